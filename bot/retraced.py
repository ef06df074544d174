"""Taking back: what the last message did to an open conversation, so that it can be said again in other words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, Select
from sqlalchemy import select as core_select
from sqlmodel import col, select

from bot.conversation import Question
from bot.doubts import DOUBT
from bot.opened import Opened
from bot.outbox import TABLE as OUTBOX
from bot.replies import key_of
from bot.thread import Thread
from nursery.inbox import InboundMessage

AGAIN = ("unclear", "courtesy", "changed")
"""Outcomes of messages that answered nothing: their question was asked again."""
PASSED = "passed on"
"""So it was of what was passed to a person, if nothing else was said."""

MOST_REPLIES = 12


def take_back(thread: Thread, before: InboundMessage) -> bool:
    """Stands again where the contact stood before a message of theirs, if nothing has been said since and what it led
    to is still asked. Says whether it does; what was written meanwhile is never undone."""
    current = thread.current
    replies = _replies(thread, before)
    step = thread.step(current) if current is not None else None
    if current is None or not isinstance(step, Question) or not _asks(replies, current, step):
        return False
    if before.outcome in AGAIN or (before.outcome == PASSED and _all_ask(replies)):
        _drop_doubt(thread, current, before)
        return True
    if not _is_last(thread, before) or not _all_ask(replies):
        return False
    return bool(current.unclear) or _undo(thread, current, before)


def _undo(thread: Thread, current: Opened, before: InboundMessage) -> bool:
    if len(current.answers.get(DOUBT, {}).get("ids", ())) > 1:
        return False  # words of other messages stand there too, and nobody else has them
    if not _may_be_of(next(reversed(current.answers.values()), None), before):
        return False
    if before.outcome == current.conversation and current.answers:
        current.answers.popitem()
        _offer_as_before(thread, current)
    elif current.answers:
        return False
    elif before.outcome == current.conversation and "before" in current.params:
        thread.close(current)
        _silently(thread, *current.params["before"])
    elif before.outcome == current.conversation:
        thread.close(current)
    else:
        return before.outcome in thread.house.passing and _reopen(thread, current, before)
    return True


def _may_be_of(value: Any, before: InboundMessage) -> bool:
    """Whether an answer came in this message, as far as it says: a word that only went on with a talk gave none."""
    came = {value.get("inbound"), *value.get("ids", ())} - {None} if isinstance(value, Mapping) else set()
    return not came or before.id in came


def _silently(thread: Thread, name: str, params: Any = None) -> None:
    said = len(thread.spoken)
    thread.begin(name, params)
    del thread.spoken[said:]
    thread.outcome = ""


def _reopen(thread: Thread, current: Opened, before: InboundMessage) -> bool:
    """A list that only led on, such as the menu, is chosen from again."""
    row = _asked_last(thread, before.outcome, OUTBOX.c.question != "")
    if row is None:
        return False
    thread.close(current)
    again = thread.new(before.outcome, row.params)
    again.offered = [row.question, [key for key, _ in row.choices]]
    thread.opened.insert(0, again)
    return True


def _drop_doubt(thread: Thread, current: Opened, before: InboundMessage) -> None:
    """What stands aside, and is this message alone, is asked about no more."""
    kept = current.answers.get(DOUBT)
    if kept is not None and kept.get("ids") == [before.id]:
        del current.answers[DOUBT]
        _offer_as_before(thread, current)


def _offer_as_before(thread: Thread, current: Opened) -> None:
    """A number means what stood at it when the question was asked."""
    step = thread.step(current)
    if not isinstance(step, Question):
        return
    row = _asked_last(thread, current.conversation, OUTBOX.c.question == step.name)
    current.offered = [row.question, [key for key, _ in row.choices]] if row is not None else step.offered


def _asked_last(thread: Thread, conversation: str, question: Any) -> Row[Any] | None:
    """The question of a conversation that the contact was asked last, with what could be chosen."""
    asked: Select[Any] = core_select(OUTBOX.c.params, OUTBOX.c.question, OUTBOX.c.choices).where(
        OUTBOX.c.contact_id == thread.speaker.contact_id, OUTBOX.c.conversation == conversation, question
    )
    found: Row[Any] | None = thread.session.connection().execute(asked.order_by(OUTBOX.c.id.desc()).limit(1)).first()
    return found


def _replies(thread: Thread, before: InboundMessage) -> list[Row[Any]]:
    keys = [key_of(before.id or 0, place) for place in range(MOST_REPLIES)]
    found = core_select(OUTBOX.c.conversation, OUTBOX.c.params, OUTBOX.c.question).where(OUTBOX.c.key.in_(keys))
    return list(thread.session.connection().execute(found))


def _asks(replies: list[Row[Any]], current: Opened, step: Question) -> bool:
    """Whether what is asked now is what was asked in answer to the message."""
    now = (current.conversation, current.params, step.name)
    return any((row.conversation, row.params, row.question) == now for row in replies)


def _all_ask(replies: list[Row[Any]]) -> bool:
    """Whether nothing else was said: no end of a conversation, no number to ring."""
    return all(row.question for row in replies)


def _is_last(thread: Thread, before: InboundMessage) -> bool:
    """Whether nothing has come from there since but this."""
    later = select(InboundMessage.id).where(
        InboundMessage.contact_id == before.contact_id,
        col(InboundMessage.id) > (before.id or 0),
        InboundMessage.id != thread.said.inbound_id,
    )
    return thread.session.exec(later.limit(1)).first() is None
