"""The question a contact saw last, which a bare number answers; one below it may be open still, and not be meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select

from bot.answers import chosen, normalise
from bot.asked import ASKED, asked_by, is_theirs
from bot.brought import PICTURE
from bot.conversation import Question
from bot.opened import FRESH, Opened
from bot.outbox import TABLE, State
from bot.segments import named_by
from bot.statements import Prepared
from bot.thread import CLOSED, JUST, Thread

NUMBERS = re.compile(r"\d+(?:[\s,.+&]+\d+)*")
SINCE = timedelta(minutes=1)
"""What was asked in the last minute is what the contact sees last: most answers come so soon, and need no looking."""
LATELY = 20
"""Messages that ask, among which the last shown is: a push waits while few of the others are made."""
SHOWN = (State.SENDING.value, State.SENT.value, State.DELIVERED.value, State.UNKNOWN.value)


@dataclass(frozen=True, slots=True)
class Shown:
    """A message of ours that asks, as it stands in the outbox."""

    number: int
    conversation: str
    question: str
    at: datetime
    pushed: bool


def last(thread: Thread) -> Shown | None:
    """What this contact was asked last, here; None where nothing was."""
    rows = _asking.rows(thread.session, contact=thread.speaker.contact_id)
    found = [
        Shown(number, conversation, question, sent or made, not key.startswith("in:"))
        for number, key, state, conversation, question, made, sent in rows
        if state in SHOWN or (state == State.DUE.value and key.startswith("in:"))
    ]
    return max(found, key=lambda one: (one.at, one.number), default=None)


def heard_lately(thread: Thread) -> bool:
    """Whether we have just said something here that may be thanked for: an answer within the hour, or something sent
    unasked, which is read when there is time for it, within half a day."""
    rows = _saying.rows(thread.session, contact=thread.speaker.contact_id)
    return any(
        (sent or made) > thread.now - (JUST if key.startswith("in:") else FRESH)
        for key, state, made, sent in rows
        if state in SHOWN or (state == State.DUE.value and key.startswith("in:"))
    )


def closed_above(thread: Thread, current: Opened) -> Any:
    """The message (a row of the outbox) that asked something after this was asked, and is closed now; None where this
    is what the contact saw last."""
    shown = last(thread) if current.asked_at < thread.now - SINCE else None
    if shown is None or shown.at < current.asked_at:
        return None
    alike = shown.conversation == current.conversation and current.offered[:1] in ([], [shown.question])
    row = thread.session.connection().execute(select(TABLE).where(TABLE.c.id == shown.number)).one()
    return None if alike and _own(row.params) == _own(current.params) else row


def is_meant_for(row: Any, thread: Thread, asked: Question) -> bool:
    """Whether what was said may be the answer to the closed question as well: a number is to any, a word to what
    offered it."""
    said = thread.said.text
    if NUMBERS.fullmatch(thread.house.understanding.plain(said)) or NUMBERS.fullmatch(normalise(said)):
        return True
    key = chosen(asked, thread.said, thread.house.understanding.plain)
    return key is not None and normalise(said) in {normalise(label) for _, label in row.choices}


def ask_which(thread: Thread, current: Opened, asked: Question, row: Any) -> None:
    """Takes nothing; names the closed question, where it is still theirs to hear of, and asks the open one again."""
    turn, here = thread.turn(), (thread.speaker.guardian_id, *thread.speaker.sharing)
    thread.outcome = "which"
    if not is_theirs(thread.session, asked_by(row._mapping), here, thread.now):
        thread.ask(current, asked, turn.gettext(CLOSED))
        return
    text = turn.gettext(
        "I am not sure which question that answers. This one is closed now: %(closed)s\n"
        "This one is open. Please answer it:"
    )
    thread.ask(current, asked, turn.say(text, closed=named_by(row.text)))


def _own(params: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in params.items() if name not in (ASKED, PICTURE, "writer")}


_asking = Prepared(
    lambda _: (
        select(*(TABLE.c[name] for name in ("id", "key", "state", "conversation", "question", "created_at", "sent_at")))
        .where(TABLE.c.contact_id == bindparam("contact"), TABLE.c.question != "")
        .order_by(TABLE.c.id.desc())
        .limit(LATELY)
    )
)
_saying = Prepared(
    lambda _: (
        select(*(TABLE.c[name] for name in ("key", "state", "created_at", "sent_at")))
        .where(TABLE.c.contact_id == bindparam("contact"))
        .order_by(TABLE.c.id.desc())
        .limit(LATELY)
    )
)
