"""What must hold of everything that the cast received in a term, whatever the diary says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from functools import cache

from locales import LANGUAGES, SOURCE, catalogue, read_catalog
from nursery.settings import at, local
from tests import lengths
from tests.cast import CAST
from tests.story.letters import Letter
from tests.story.teller import Written

NAMES = {"Amina": ("Khan",), "Farah": ("Siddiqui",), "Piotr": ("Nowak",), "Ioana": ("Pop",), "Samira": ("Haddad",)}
CHILDREN = ("Noor", "Zosia", "Andrei", "Mara", "Yusuf")
QUIET = (time(8), time(19))
BUDGET = 3
REMINDERS = ("remind", "event:", "booking", "policy")
"""In the key of what may say again what was said, because it was not answered, or because its day has come."""
MARKS = re.compile("[\u2066-\u2069\u200e\u200f]")
LONG = 14
"""From as many letters on words are somebody's own, and not just anybody's."""


def of_others(letters: Sequence[Letter], written: Sequence[Written]) -> list[str]:
    """Messages with anything of another guardian in them: their name, number, child or words."""
    return [f"{one.moment} {one.who}: {found} in {one.whole!r}" for one in letters for found in _foreign(one, written)]


def _foreign(letter: Letter, written: Sequence[Written]) -> list[str]:
    mine = CAST[letter.who]
    found = []
    for other in CAST.values():
        if other.name == mine.name or not other.children:
            continue
        numbers = [other.phone, other.phone.replace("+44", "0"), f"0{other.phone[3:7]} {other.phone[7:]}", other.chat]
        secrets = [other.name, *NAMES[other.name], *numbers, *(set(other.children) - set(mine.children))]
        found += [one for one in secrets if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", letter.whole)]
        found += [one for one in _said(other.name, written) - _said(mine.name, written) if one in letter.whole]
    return found


def _said(who: str, written: Sequence[Written]) -> set[str]:
    return {one.words for one in written if one.who == who and len(one.words) >= LONG and one.words[0] != "["}


def twice(letters: Sequence[Letter]) -> list[str]:
    """What we sent by ourselves that reached somebody twice: the same message, or the same words but as a reminder."""
    pushed = [one for one in letters if not one.is_answer]
    once = Counter((one.who, one.key.partition(":via:")[0], one.text) for one in pushed)
    words = Counter((one.who, one.text) for one in pushed if not _is_reminder(one))
    return [f"{count} times: {what}" for what, count in [*once.items(), *words.items()] if count > 1]


def _is_reminder(letter: Letter) -> bool:
    return any(word in letter.key for word in REMINDERS)


def at_night(letters: Iterable[Letter]) -> list[str]:
    """What came in the quiet hours and was neither urgent nor an answer."""
    return [
        _shown(one)
        for one in letters
        if not one.is_answer and not one.is_urgent and not QUIET[0] <= local(one.at).time() < QUIET[1]
    ]


def while_away(letters: Sequence[Letter], written: Sequence[Written]) -> list[str]:
    """What we sent by ourselves to somebody between their STOP and their START."""
    pushed = [one for one in letters if not one.is_answer]
    return [_shown(one) for one in pushed if _last_word(one, written) == "STOP"]


def _last_word(letter: Letter, written: Sequence[Written]) -> str:
    """The last word with which its receiver stopped or started all, before it came."""
    mine = [one.words for one in written if one.who == letter.who and one.at <= letter.at]
    return next((words for words in reversed(mine) if words in ("STOP", "START")), "")


def over_budget(letters: Iterable[Letter]) -> list[str]:
    """Days on which somebody got more than the setting allows of what could have waited till the next morning."""
    counted: Counter[tuple[str, date]] = Counter()
    found = []
    for one in letters:
        if one.row is not None and not one.is_answer and not one.is_urgent:
            counted[one.who, local(one.at).date()] += 1
            tomorrow = at(local(one.at).date() + timedelta(days=1), QUIET[0])
            could_wait = one.row.expires_at is None or one.row.expires_at > tomorrow
            found += [_shown(one)] if could_wait and counted[one.who, local(one.at).date()] > BUDGET else []
    return found


def long_texts(letters: Iterable[Letter]) -> list[str]:
    """What costs more than it should: the SMS that have more parts than tests.lengths allows."""
    return [f"{one.parts} parts, {most} allowed: {_shown(one)}" for one in letters if one.parts > (most := _most(one))]


def _most(letter: Letter) -> int:
    row = letter.row
    language, conversation = (row.language, row.conversation) if row is not None else (SOURCE, "")
    return lengths.most(letter.text, language, conversation, pushed=not letter.is_answer)


def in_other_words(letters: Iterable[Letter]) -> list[str]:
    """Sentences of ours in another language than its reader's: English, or another family's."""
    rows = [one for one in letters if one.row is not None]
    return [
        f"{language} {found!r}: {_shown(one)}"
        for one in rows
        for language in LANGUAGES
        if language != one.row.language
        for found in sentences_in(one.whole, language)
    ]


def sentences_in(text: str, language: str, *, translated_to: str = "") -> list[str]:
    """The messages whose sentence in a language stands in a text; with `translated_to`, only of those which that other
    language has words of its own for."""
    plain = MARKS.sub("", text)
    found = [(domain, message) for domain, message, sentence in _sentences(language) if sentence in plain]
    wanted = catalogue(translated_to or SOURCE)
    return [message for domain, message in found if wanted.has(domain, None, message)]


@cache
def _sentences(language: str) -> list[tuple[str, str, str]]:
    """Every sentence of ours of at least three words: the domain, the message, and its longest part without a value."""
    found = []
    for domain in ("messages", "content"):
        for message in read_catalog("pl", domain):
            source = message.id[0] if isinstance(message.id, (list, tuple)) else message.id
            words = catalogue(language)
            if not source or not words.has(domain, None, source):
                continue
            said = words.gettext(source) if domain == "messages" else words.content(source)
            longest = max(re.split(r"%\(\w+\)s|\n", said), key=len).strip()
            if len(longest.split()) >= 3 and len(longest) >= LONG:
                found.append((domain, source, MARKS.sub("", longest)))
    return found


def _shown(letter: Letter) -> str:
    return f"{letter.moment} {letter.who}: {letter.text[:200]!r}"
