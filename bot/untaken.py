"""What nothing took, where nothing is open: a stranger is asked to join; a parent's words are a person's to read."""

from __future__ import annotations

from bot.answers import bare_number
from bot.emergencies import pass_on
from bot.thread import Thread
from nursery.inbox import pass_to_staff

BESIDE = ("absent", "late", "early", "complaint")
"""What is offered to who tells of somebody hurt as well, where that is clear: "she broke her arm, off till Monday"."""

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
    if thread.urgent:
        pass_on(thread)
        if known.clear(said.text) not in BESIDE:
            thread.outcome = "passed on"
            return
    courtesy = "" if said.media else known.courtesy(said.text)
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
