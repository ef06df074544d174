"""Safeguarding words: whether a message may be telling that a child or the one who writes is being harmed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from nursery import judge
from nursery.folding import fold
from nursery.hearing import Heard
from nursery.sayings import RANK, Alarm, Kind, book

WIDE = {"near", "pairs"}
"""Reasons of rules that take many words in any order: these alone yield to the judge."""
SURELY_NOT = 0.1
"""What sounds this little like harm is not, where only a wide rule says so ("this heat will kill us")."""
DOUBT = 0.2
"""What sounds this much like harm is looked at again with the names of staff in mind."""
SURELY = 0.95
"""Of messages that sound less like harm than this to the judge, and are alarms by its word alone, more than half are
innocent; of all other alarms one in fifty, of an author it had not learned from one in twenty."""
A_TEACHER = {"en_GB": "teacher", "pl": "pani", "ro": "doamna", "ur": "ٹیچر", "ar": "المعلمة"}
"""What a name of ours is heard as; "miss" in letters of another script."""
SOURCE = "en_GB"
"""The language an alarm is said to be in where we hold none that has rules."""
WORD = re.compile(r"[^\W_]+")


def alarm(text: str, language: str, names: Callable[[], Iterable[str]] = tuple) -> Alarm | None:
    """The gravest alarm in a message, or None.

    A phrase of the list is certain and can be explained; where there is none, the learned judge says what sounds like
    telling of harm all the same. Both miss: no alarm never means that all is well. `names` are the staff's, asked for
    only where there is doubt: "Grace hit him" is about one of us where Grace works.
    """
    likeness = judge.harm(text)
    found = _heard(text, language, likeness)
    if found is None and likeness < DOUBT:
        return None
    known = {fold(name.split()[0]) for name in names() if name.strip()}
    said = fold(text)
    if not known & set(WORD.findall(said)):
        return found
    teacher = A_TEACHER.get(language, "teacher")
    teacher = teacher if teacher.isascii() or not said.isascii() else "miss"
    retold = WORD.sub(lambda word: teacher if word[0] in known else word[0], said)
    return _heard(retold, language, judge.harm(retold)) or found


def is_doubtful(text: str, language: str) -> bool:
    """Whether what raises an alarm may well be about something else, such as a complaint: only a wide rule says so, or
    only the judge, and not surely."""
    found = phrase(text, language)
    if found is not None and found.reason not in WIDE:
        return False
    return judge.harm(text) < (SURELY if found is None else judge.LIKELY)


def phrase(text: str, language: str) -> Alarm | None:
    """The gravest alarm that a phrase of the list raises, or None.

    Parents mix languages and scripts, and the language we hold may be wrong: all are tried, and `language`
    decides between equals.
    """
    found = [rule.alarm for rule in Heard(book(), text).rules()]
    return min(found, key=lambda each: (RANK.index(each.kind), each.language != language), default=None)


def _heard(text: str, language: str, likeness: float) -> Alarm | None:
    found = phrase(text, language)
    if found is not None and (found.reason not in WIDE or likeness >= SURELY_NOT):
        return replace(found, kind=_kind(text, found.kind))
    if likeness < judge.LIKELY:
        return None
    known = {rule.alarm.language for rule in book().rules}
    return Alarm(_kind(text), "likeness", language if language in known else SOURCE)


def _kind(text: str, told: Kind | None = None) -> Kind:
    kind = judge.kind(text, told)
    return next(one for one in RANK if one == kind)
