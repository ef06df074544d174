"""A question that went to another address of the same guardian: a bare number, or a word of its choices, sent from here
where nothing is open, is its answer."""

from __future__ import annotations

from datetime import timedelta

from bot import opened as store
from bot.answered import answer
from bot.answers import Changed, as_asked, bare_number, chosen
from bot.asked import ASKED, is_theirs
from bot.conversation import Question
from bot.opened import Opened
from bot.thread import Thread
from bot.untaken import is_stray

WITHIN = timedelta(days=1)
"""How long ago it may have been asked: of an older one nobody knows that it is meant."""

LONGEST = 40
"""Characters of a word of a choice."""


def answer_elsewhere(thread: Thread) -> bool:
    """Takes the message as the answer to the one question we sent to the guardian's other address, and goes on here;
    of several the last is asked here again. Returns False, and does nothing, where there is none.

    Never on a phone that others use too, and never of what is private: it stays where it was asked.
    """
    said, speaker = thread.said, thread.speaker
    number = is_stray(thread)
    if speaker.guardian_id is None or speaker.several or said.media or not 0 < len(said.text) <= LONGEST:
        return False
    if not number and bare_number(said.text) is not None:
        return False
    asked = [(one, step) for one in _sent(thread, speaker.guardian_id) if (step := _asks(thread, one)) is not None]
    found = [one for one, _ in asked]
    if not found or (len(found) == 1 and not _fits(thread, *asked[0])) or (len(found) > 1 and not number):
        return False
    current = store.bring(thread.session, speaker.contact_id, found[0])
    if current is None:
        return False
    thread.opened.insert(0, current)
    if len(found) == 1:
        answer(thread, current, None)
    else:
        thread.outcome = "asked here"
        thread.run(current)
    return True


def _sent(thread: Thread, guardian_id: int) -> list[Opened]:
    """What we sent to the guardian's other addresses within a day and asks still, the last first."""
    conversations = thread.house.conversations
    return [
        one
        for one in store.open_elsewhere(thread.session, guardian_id, thread.speaker.contact_id, thread.now - WITHIN)
        if one.expires_at > thread.now
        and ASKED in one.params
        and "writer" not in one.params
        and one.conversation in conversations
        and not conversations[one.conversation].private
        and is_theirs(thread.session, one.params, (guardian_id,), thread.now)
    ]


def _asks(thread: Thread, one: Opened) -> Question | None:
    """What it asks at this moment, None where it has come to its end. This only looks: what a conversation writes as it
    ends is undone, for nobody has answered it."""
    looking = thread.session.begin_nested()
    try:
        step = thread.step(one)
    finally:
        looking.rollback()
    return step if isinstance(step, Question) else None


def _fits(thread: Thread, one: Opened, asked: Question) -> bool:
    plain = thread.house.understanding.plain
    try:
        return chosen(asked, as_asked(asked, thread.said, one.offered, plain), plain) is not None
    except Changed:
        return True  # it is asked here as it is now
