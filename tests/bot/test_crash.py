"""Killed at every named point of in and out, with a real SIGKILL, and started again: nothing is lost and nothing twice.

What is asked of each death: the provider sends its message again if it got no 200; after the restart the message is
kept once and answered once; and whatever was on its way out is sent once, or is known to be unknown and dealt with: by
SMS it is looked up at Twilio, on Telegram an answer is sent once more and a notice becomes a line for staff.

All deaths are died before the first test begins, a few houses at a time, since a start takes a second or two.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.database import transaction
from bot.outbox import Priority, State
from bot.pushes import Push, push_one
from nursery.guardians import Topic
from nursery.notices import draft
from nursery.recipients import Audience
from tests.cast import CAST, contact_of
from tests.providers.updates import text_update
from tests.serving import Served

IN = (
    "receive: before insert",
    "receive: after insert",
    "receive: after conversation",
    "receive: after conversation>before commit",
    "receive: after conversation>after commit",
    "receive: committed",
)
OUT = (
    "delivery: before claim",
    "delivery: before claim>before commit",
    "delivery: before claim>after commit",
    "delivery: after claim",
    "delivery: before request",
    "delivery: after answer",
    "delivery: before mark",
    "delivery: before mark>before commit",
    "delivery: after mark",
)
CLAIMED = OUT[2:5]
"""Taken, and not yet asked of the provider."""

ANSWERED = OUT[5:8]
"""The provider has it, and we have not noted that."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one death and one restart came to."""

    arrived: int
    """Messages the provider got because of it."""
    kept: int
    """Times the inbound message was kept."""
    states: tuple[str, ...]
    tasks: tuple[str, ...]


Death = tuple[str, str]
"""What was going on ("telegram", "sms": an answer there; "notice": a push on Telegram), and the point."""


class Street(Served):
    """A house that dies at one point after another."""

    async def walk(self, what: str, points: Sequence[str]) -> dict[Death, Outcome]:
        outcomes: dict[Death, Outcome] = {}
        await self.begin(points[0])
        for number, (point, following) in enumerate(zip(points, [*points[1:], ""], strict=True)):
            before = self._counts()
            await self.arm()
            status = await self._happen(what, number)
            await self.dead()
            await self.recover_at(following)
            if status != 200 and what != "notice":
                assert await self._happen(what, number) == 200, f"{what}, {point}: the redelivery"
            await self.settled()
            outcomes[what, point] = self._outcome(before)
        assert self.telegram.violations == self.twilio.violations == []
        return outcomes

    async def recover_at(self, following: str) -> None:
        await self.begin(following)

    async def _happen(self, what: str, number: int) -> int | None:
        if what == "telegram":
            return await self.telegram_says(text_update(int(CAST["Amina"].chat), "MENU", update_id=1000 + number))
        if what == "sms":
            return await self.twilio_says("Piotr", "MENU", f"SM{number:032d}")
        self._publish(number)
        return None

    def _publish(self, number: int) -> None:
        """Puts a notice to Amina in the outbox, as the clock would."""
        with transaction(self.engine) as session:
            contact = contact_of(session, "Amina", "telegram")
            now = self.now()
            later = now + timedelta(days=1)  # or the clock would publish it to everybody
            notice = draft(session, Audience(1), publish_at=later, now=now, text=f"Wellies on day {number}, please.")
            push = Push(f"death:{number}", "notice", {"notice": notice.id}, Topic.NOTICES, 1, now, Priority.NOTICE)
            assert push_one(session, push, contact, now)

    def _counts(self) -> tuple[int, int, int, int]:
        arrived = len(self.telegram.sent) + len(self.twilio.sent)
        return arrived, len(self.inbound()), len(self.rows()), len(self.tasks())

    def _outcome(self, before: tuple[int, int, int, int]) -> Outcome:
        arrived, kept, rows, tasks = before
        now = self._counts()
        states = tuple(row.state for row in self.rows()[rows:])
        kinds = tuple(task.kind for task in self.tasks()[tasks:])
        return Outcome(now[0] - arrived, now[1] - kept, states, kinds)


class SharedStreet(Street):
    """The same on PostgreSQL, where others may be at work: what a dead process had is its own until its lease is over.

    That is a minute. The test does not wait for it: it turns back the dead one's clocks instead.
    """

    async def recover_at(self, following: str) -> None:
        with transaction(self.engine) as session:
            session.execute(text("UPDATE outbox_message SET leased_until = leased_until - interval '2 minutes'"))
            session.execute(text("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '2 minutes'"))
        await self.begin(following)


async def walk_all(kind: type[Street], walks: Sequence[tuple[Street, str, Sequence[str]]]) -> dict[Death, Outcome]:
    async def one(street: Street, what: str, points: Sequence[str]) -> dict[Death, Outcome]:
        async with street:
            return await street.walk(what, points)

    results = await asyncio.gather(*(one(*walk) for walk in walks))
    return {death: outcome for result in results for death, outcome in result.items()}


WALKS = {
    "sqlite": [
        ("telegram", IN),
        ("telegram", OUT),
        ("sms", (IN[4], *OUT[3:6], *OUT[7:9])),
        ("notice", (OUT[0], *OUT[3:6], OUT[8])),
    ],
    "postgresql": [("telegram", IN[3:5]), ("telegram", (OUT[4],)), ("sms", (OUT[5],)), ("notice", (OUT[4],))],
}

FEW = {(what, point) for what, points in WALKS["postgresql"] for point in points}
"""The deaths that are died on PostgreSQL as well."""


@pytest.fixture(scope="module")
def outcomes(
    request: pytest.FixtureRequest, new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory
) -> dict[Death, Outcome]:
    chosen = request.config.getoption("--db")
    kind = SharedStreet if chosen == "postgresql" else Street
    walks = [(kind(new_database(), tmp_path_factory.mktemp("street")), *walk) for walk in WALKS[chosen]]
    return asyncio.run(walk_all(kind, walks))


def expected(what: str, point: str) -> Outcome:
    """The table: what each death comes to."""
    kept = 0 if what == "notice" else 1
    if what == "notice" and point in (*CLAIMED, *ANSWERED):
        return Outcome(int(point in ANSWERED), kept, (State.UNKNOWN,), ("perhaps not sent",))
    twice = what == "telegram" and point in ANSWERED
    return Outcome(1 + twice, kept, (State.SENT,), ())


@pytest.mark.parametrize(
    ("what", "point"),
    [
        pytest.param(what, point, id=f"{what} at {point}", marks=() if (what, point) in FEW else pytest.mark.sqlite)
        for what, points in WALKS["sqlite"]
        for point in points
    ],
)
def test_killed(outcomes: dict[Death, Outcome], what: str, point: str) -> None:
    assert outcomes[what, point] == expected(what, point)


def test_every_named_point_is_died_at() -> None:
    """A new point is put in the lists above."""
    sources = Path(__file__).parents[2].joinpath("bot").rglob("*.py")
    named = {
        line.split('point("')[1].split('"')[0]
        for file in sources
        for line in file.read_text().splitlines()
        if 'point("' in line
    }
    assert named == {name for story in (*IN, *OUT) for name in story.split(">")}
