"""What nothing took, where nothing is open: a stranger is asked to join; a parent's words are a person's to read."""

from __future__ import annotations

from bot.answers import bare_number, normalise
from bot.emergencies import pass_on
from bot.shown import heard_lately
from bot.thread import Thread
from nursery.concerns import is_about_staff
from nursery.inbox import pass_to_staff
from nursery.safeguarding import is_doubtful

OF_TODAY = ("absent", "late", "early")
BESIDE = (*OF_TODAY, "complaint")
"""What is offered to who tells of somebody hurt as well, where that is plain: "she broke her arm, she won't be in"."""

PERSON = "callme"

PLAINLY = 0.7
"""How likely that must be: beside the number to ring a list to choose from does harm where it is none."""

HIGHEST_CHOICE = 20
"""A bare number up to this was meant for a list of choices; a higher one, such as 999, is for a person to read."""


def is_allowed(thread: Thread, name: str) -> bool:
    """Whether whoever writes may begin this conversation."""
    return thread.speaker.guardian_id is not None or thread.house.conversations[name].open_to_strangers


def is_stray(thread: Thread) -> bool:
    """Whether the message is no more than the number of some choice."""
    number = bare_number(thread.said.text)
    return number is not None and number <= HIGHEST_CHOICE and not thread.said.media


def fall_back(thread: Thread, named: str | None = None, *, welcomed: bool = False) -> None:
    """Offers what was perhaps meant; words are a person's to read, whatever comes of them."""
    said, known = thread.said, thread.house.understanding
    if thread.speaker.guardian_id is None:
        thread.begin(thread.house.join, {"said": said.text if named is None else ""})
        return
    if thread.alarmed and named is None:
        _beside_harm(thread)
        return
    if thread.urgent:
        pass_on(thread)
        if known.clear(said.text, PLAINLY) not in BESIDE:
            thread.outcome = "passed on"
            return
    courtesy = "" if said.media else known.courtesy(said.text)
    if courtesy and not welcomed and _is_word_of_thanks(thread) and not heard_lately(thread):
        thread.begin(thread.house.thanks)
        return
    close = known.close(said.text, thread.speaker.language)
    chat = not close and not said.media and (welcomed or not thread.spoken)  # after words of harm it is none
    if said.inbound_id is not None and named is None and not courtesy and not is_stray(thread):
        pass_to_staff(thread.session, said.inbound_id)
    params = {
        "inbound": said.inbound_id,
        "said": said.text,
        "media": list(said.media),
        "close": close,
        "courtesy": courtesy or ("idle" if chat and known.idle(said.text) else ""),
        "welcomed": welcomed,
    }
    thread.begin(thread.house.unsure, params)


def _beside_harm(thread: Thread) -> None:
    """The lead has the words, and what to do now has been said. Nothing is added but what is plain: what staff need to
    know today, and of staff a complaint. Where the alarm may well be false it is anything, and a person to talk to.
    Nobody else is offered to read the words."""
    inbound_id = thread.said.inbound_id or 0
    pass_to_staff(thread.session, inbound_id)
    plain = thread.house.understanding.clear(thread.said.text, PLAINLY)
    beside = BESIDE if is_about_staff(thread.session, inbound_id) else OF_TODAY
    close = [plain] if plain in beside else []
    if is_doubtful(thread.said.text, thread.speaker.language):
        close = list(dict.fromkeys(filter(None, (plain, PERSON))))
    if close:
        thread.begin(thread.house.unsure, {"inbound": inbound_id, "close": close, "known": True})
    thread.outcome = "unsure"


def _is_word_of_thanks(thread: Thread) -> bool:
    """The word as it is texted for what it begins; with a mark after it, "Thanks!", it is said to somebody."""
    text = thread.said.text.strip()
    return text[-1:].isalpha() and normalise(text) in thread.house.understanding.thanking
