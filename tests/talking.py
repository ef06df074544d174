"""The script player: a conversation's test is the conversation, as a manager could read it.

    play('''
        Amina: ABSENT
        Coatpeg: Why is Noor away?
          1 Ill
          2 Holiday
        Amina: [tap 1]
        Coatpeg: Thank you. ...
    ''')

Each line is received on its speaker's own channel (`channel="sms"` moves the whole script to another), and all replies
must follow, in order: one `Coatpeg:` block each, its further lines and numbered choices indented. `...` stands for any
words, alone on an indented line for any lines; `Coatpeg: (nothing)` for no answer. A speaker may also send `[tap 2]`,
the second choice of the last message that had any (a button, or "2" by SMS), `[tap 2 on WORDS]`, of the last message
with these words in it, `[photo] words` and `[voice]`. Blocks `Coatpeg to Amina:` expect all that the outbox holds now,
for everyone; there pushes are rendered as delivery does it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select, update
from sqlmodel import Session, SQLModel

from bot.database import transaction
from bot.house import OPTING, House
from bot.messages import Attachment, Incoming, Kind
from bot.outbox import TABLE, Priority, State
from bot.pushes import Push, push_one
from bot.receive import receive
from bot.rendering import prepare
from bot.understanding import learn
from handlers import CONVERSATIONS
from nursery.guardians import Topic
from tests.cast import CAST, MONDAY, contact_of
from tests.scripts import US, Exchange, Line, difference, exchanges, matches

CHILD = SQLModel.metadata.tables["child"]
CHANNELS = ("sms", "telegram")
TAP = re.compile(r"^\[tap (?P<number>\d+)(?: on (?P<words>.+))?\]$")
MEDIA = re.compile(r"^\[(?P<kind>photo|voice|document|sticker)\] ?(?P<words>.*)$")
MIMES = {
    "photo": "image/jpeg",
    "voice": "audio/ogg",
    "document": "application/pdf",
    "sticker": "application/x-tgsticker",
}


@dataclass(slots=True)
class Clock:
    """The test's clock: it stands still until it is told to pass."""

    now: datetime = MONDAY

    def pass_(self, **span: float) -> None:
        """Lets time go by, as in `pass_(hours=3)`."""
        self.now += timedelta(**span)


@dataclass(frozen=True, slots=True)
class Heard:
    """One message of ours as it stands in the outbox, and whom of the cast it went to."""

    id: int
    who: str
    text: str
    choices: tuple[str, ...]
    language: str
    key: str

    def line(self, *, named: bool = False) -> Line:
        lines = [line.strip() for line in self.text.splitlines() if line.strip()]
        lines += [f"{number} {label}" for number, label in enumerate(self.choices, 1)]
        return Line(US, self.who if named else "", lines)


@dataclass(slots=True)
class Player:
    """Plays scripts against the real `receive`, one real transaction a message."""

    engine: Engine
    house: House
    clock: Clock
    channel: str | None = None
    """The channel all speak on; none for each one's own."""
    heard: list[Heard] = field(default_factory=list)
    count: int = 0

    def __call__(self, script: str, *, channel: str | None = None) -> None:
        """Plays a script; a failure shows what was expected (-) beside what was said (+)."""
        before, self.channel = self.channel, channel or self.channel
        told: list[str] = []
        try:
            for exchange in exchanges(script):
                told += exchange.said.written() if exchange.said else []
                expected, actual = exchange.expected(), self._carry_out(exchange)
                if not matches(expected, actual):
                    pytest.fail(difference(told, expected, actual), pytrace=False)
                told += actual
        finally:
            self.channel = before

    def session(self) -> AbstractContextManager[Session]:
        """A transaction of the test's own, to prepare or to look."""
        return transaction(self.engine)

    def say(self, who: str, text: str = "", **fields: Any) -> list[Heard]:
        """One message of one of the cast, words as they are; returns the replies, which count as sent."""
        channel = self.channel or CAST[who].home
        self.count += 1
        incoming = Incoming(channel, f"p{self.count}", CAST[who].address(channel), text=text, **fields)
        return self.receive(who, incoming)

    def receive(self, who: str, incoming: Incoming) -> list[Heard]:
        """The replies to a message of any shape."""
        with self.session() as session:
            contact_of(session, who, incoming.channel)
            receive(session, incoming, self.house, self.clock.now)
        with self.session() as session:
            waiting = TABLE.c.key.startswith("in:") & (TABLE.c.state == State.DUE.value)
            rows = session.connection().execute(select(TABLE).where(waiting).order_by(TABLE.c.id)).all()
            return [self._sent(session, who, row.id) for row in rows]

    def push(
        self,
        who: str,
        conversation: str,
        params: Mapping[str, Any] | None = None,
        *,
        topic: Topic = Topic.CARE,
        priority: Priority = Priority.URGENT,
        child: str = "",
    ) -> None:
        """Puts a push in the outbox, due now; `Coatpeg to WHO:` in a script (or `deliver`) renders it."""
        self.count += 1
        with self.session() as session:
            contact = contact_of(session, who, self.channel or CAST[who].home)
            named = select(CHILD.c.id).where(CHILD.c.name.startswith(child or CAST[who].children[0]))
            child_id = session.connection().execute(named).scalar()
            push = Push(f"test:{self.count}", conversation, dict(params or {}), topic, 1, self.clock.now, priority)
            push_one(session, push, contact, self.clock.now, child_id=child_id)

    def deliver(self) -> list[Heard]:
        """Renders all that is due, as delivery does, and counts it as sent; in the order of sending."""
        self.count += 1
        with self.session() as session:
            ready = [
                one
                for channel in CHANNELS
                for one in prepare(session, channel, 100, f"lease{self.count}", self.house, self.clock.now)
            ]
            return [self._sent(session, _who(one.message.address), one.row["id"]) for one in ready]

    def _carry_out(self, exchange: Exchange) -> list[str]:
        if exchange.said is None:
            said = [one.line(named=True) for one in self.deliver()]
        else:
            said = [one.line() for one in self._speak(exchange.said)]
        return [line for one in said for line in one.written()]

    def _speak(self, line: Line) -> list[Heard]:
        text = "\n".join(line.lines)
        if tap := TAP.match(text):
            return self._tap(line.who, int(tap["number"]), tap["words"] or "")
        if media := MEDIA.match(text):
            kind = media["kind"]
            return self.say(line.who, media["words"], attachments=(Attachment(kind, f"file{self.count}", MIMES[kind]),))
        return self.say(line.who, text)

    def _tap(self, who: str, number: int, words: str) -> list[Heard]:
        if (self.channel or CAST[who].home) == "sms":
            return self.say(who, str(number))
        shown = [one for one in self.heard if one.who == who and one.choices and words in one.text]
        return self.say(who, kind=Kind.TAP, tapped=f"{shown[-1].id}:{number - 1}", tap_ref=f"tap{self.count}")

    def _sent(self, session: Session, who: str, message: int) -> Heard:
        row = session.connection().execute(select(TABLE).where(TABLE.c.id == message)).one()
        sent = update(TABLE).where(TABLE.c.id == message).values(state=State.SENT.value, sent_at=self.clock.now)
        session.connection().execute(sent)
        choices = tuple(label for _, label in row.choices)
        self.heard.append(Heard(row.id, who, row.text, choices, row.language, row.key))
        return self.heard[-1]


def _who(address: str) -> str:
    return next(member.name for member in CAST.values() if address in (member.phone, member.chat))


def says_word(text: str, conversation: str, language: str) -> bool:
    """Whether a sentence tells its reader to text something that, in this language, really starts the conversation."""
    words = learn(CONVERSATIONS, OPTING)
    tokens = [token.strip("\u2068\u2069().,:;،۔\"'") for token in text.split()]
    spoken = tokens + [f"{first} {second}" for first, second in itertools.pairwise(tokens)]
    return any(words.meant(token, language) == conversation for token in spoken)
