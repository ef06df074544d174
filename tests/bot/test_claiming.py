"""Claiming: no row has two claimers, urgent goes first, settings take turns, and nothing is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule, run_state_machine_as_test
from sqlalchemy import Engine, insert, select
from sqlmodel import Session

from bot.claiming import LEASE, Mark, abandon, claim, has_work, mark, release_held
from bot.database import reading, transaction
from bot.outbox import TABLE, Priority, State
from nursery.contacts import Contact
from tests.cast import MONDAY
from tests.databases import wipe

SECOND = timedelta(seconds=1)


def contact(session: Session) -> int:
    found = Contact(channel="sms", address="+447700900001")
    session.add(found)
    session.flush()
    return found.id or 0


def put(session: Session, count: int, contact_id: int = 1, **fields: Any) -> None:
    """So many rows, due now unless told otherwise."""
    begin = session.connection().execute(select(TABLE.c.id).order_by(TABLE.c.id.desc()).limit(1)).scalar() or 0
    base = {
        "sender": "sms",
        "contact_id": contact_id,
        "priority": Priority.BULK,
        "setting_id": 1,
        "due_at": MONDAY,
        "created_at": MONDAY,
    }
    plain = {
        "state": State.DUE.value,
        "language": "en_GB",
        "reason": "",
        "topic": 0,
        "conversation": "",
        "params": {},
        "question": "",
        "choices": [],
        "answered": "",
    }
    plain |= {"text": "", "lease": "", "tries": 0, "provider_id": "", "error_code": ""}
    session.connection().execute(
        insert(TABLE), [plain | base | fields | {"key": f"row:{begin + place}"} for place in range(count)]
    )


@pytest.fixture
def contact_id(engine: Engine) -> int:
    with transaction(engine) as session:
        return contact(session)


def take(engine: Engine, count: int, lease: str = "a", now: datetime = MONDAY) -> list[dict[str, Any]]:
    with transaction(engine) as session:
        return claim(session, "sms", count, lease, now)


def states(engine: Engine) -> Counter[str]:
    with reading(engine) as session:
        return Counter(session.connection().execute(select(TABLE.c.state)).scalars())


class Desk(RuleBasedStateMachine):
    """Two claimers and a clock, doing anything in any order; beside them, what ought to be true of each row."""

    claimed = Bundle("claimed")

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self.engine, self.now = engine, MONDAY
        self.leases: dict[int, tuple[str, datetime]] = {}
        self.expected: dict[int, str] = {}
        wipe(engine)
        with transaction(engine) as session:
            contact(session)

    def do(self, act: Callable[[Session], Any]) -> Any:
        with transaction(self.engine) as session:
            return act(session)

    def ready(self) -> list[Any]:
        with reading(self.engine) as session:
            due = (TABLE.c.state == "due") & (TABLE.c.due_at <= self.now)
            return list(session.connection().execute(select(TABLE).where(due).order_by(TABLE.c.due_at, TABLE.c.id)))

    @rule(
        count=st.integers(1, 4),
        priority=st.sampled_from(list(Priority)),
        setting=st.integers(1, 3),
        after=st.integers(-5, 90),
    )
    def add(self, count: int, priority: Priority, setting: int, after: int) -> None:
        due_at = self.now + after * SECOND
        self.do(lambda session: put(session, count, priority=int(priority), setting_id=setting, due_at=due_at))
        with reading(self.engine) as session:
            for number in session.connection().execute(select(TABLE.c.id)).scalars():
                self.expected.setdefault(number, "due")

    @rule(target=claimed, count=st.integers(1, 6), lease=st.sampled_from("ab"))
    def claim(self, count: int, lease: str) -> Any:
        ready = self.ready()
        taken = self.do(lambda session: claim(session, "sms", count, lease, self.now))
        assert len(taken) <= count
        assert bool(taken) is bool(ready)
        first = min((row.priority for row in ready), default=None)
        assert {row["priority"] for row in taken} <= {first}, "urgent first"
        assert {row["id"] for row in taken} <= {row.id for row in ready}, "only what is due, and nobody else's"
        self._oldest_of_each_setting(taken, [row for row in ready if row.priority == first])
        for row in taken:
            self.leases[row["id"]] = (lease, self.now + LEASE)
            self.expected[row["id"]] = "sending"
        return multiple(*((row["id"], lease) for row in taken))

    def _oldest_of_each_setting(self, taken: list[dict[str, Any]], ready: list[Any]) -> None:
        """Settings share alike: none gets two more than another that still has some waiting."""
        got = Counter(row["setting_id"] for row in taken)
        have = Counter(row.setting_id for row in ready)
        for setting in have:
            oldest = [row.id for row in ready if row.setting_id == setting][: got[setting]]
            assert sorted(oldest) == sorted(row["id"] for row in taken if row["setting_id"] == setting)
            if got[setting] < have[setting]:
                assert all(got[other] <= got[setting] + 1 for other in have)

    @rule(
        which=claimed,
        state=st.sampled_from([State.SENT, State.FAILED, State.UNKNOWN, State.HELD, State.DUE]),
        stranger=st.booleans(),
    )
    def mark(self, which: tuple[int, str], state: State, stranger: bool) -> None:
        """A claimer says what became of a row; or one whose lease it is no longer says so."""
        number, lease = which
        told = "another" if stranger else lease
        due_at = self.now + 10 * SECOND if state in (State.HELD, State.DUE) else None
        self.do(lambda session: mark(session, [Mark(number, told, state, due_at=due_at)], self.now))
        if self.expected[number] == "sending" and self.leases[number][0] == told:
            self.expected[number] = state.value

    @rule(seconds=st.sampled_from([1, 11, 61]))
    def pass_time(self, seconds: int) -> None:
        self.now += seconds * SECOND

    @rule()
    def find_the_dead(self) -> None:
        self.do(lambda session: abandon(session, "sms", self.now))
        for number, (_, until) in self.leases.items():
            if self.expected[number] == "sending" and until < self.now:
                self.expected[number] = "unknown"

    @rule()
    def release(self) -> None:
        with reading(self.engine) as session:
            ripe = (TABLE.c.state == "held") & (TABLE.c.due_at <= self.now)
            numbers = list(session.connection().execute(select(TABLE.c.id).where(ripe)).scalars())
        assert self.do(lambda session: release_held(session, "sms", self.now)) == len(numbers)
        self.expected |= dict.fromkeys(numbers, "due")

    @invariant()
    def every_row_stands_where_it_should(self) -> None:
        with reading(self.engine) as session:
            found = {row.id: row.state for row in session.connection().execute(select(TABLE.c.id, TABLE.c.state))}
        assert found == self.expected

    @invariant()
    def work_is_seen(self) -> None:
        with reading(self.engine) as session:
            assert has_work(session, "sms", self.now) is bool(self.ready())


def test_whatever_happens_in_whatever_order(engine: Engine) -> None:
    run_state_machine_as_test(
        partial(Desk, engine),  # type: ignore[arg-type]
        settings=settings(
            max_examples=20,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],  # to look for the shortest failing story takes a database minutes
        ),
    )


def test_claimers_at_the_same_time_never_get_the_same_row(engine: Engine, contact_id: int) -> None:
    with transaction(engine) as session:
        put(session, 400)

    def work(lease: str) -> list[int]:
        mine: list[int] = []
        while got := take(engine, 7, lease):
            mine += [row["id"] for row in got]
        return mine

    with ThreadPoolExecutor(4) as pool:
        shares = list(pool.map(work, "abcd"))
    numbers = [number for share in shares for number in share]
    assert len(numbers) == len(set(numbers))
    while left := take(engine, 100, "e"):  # on PostgreSQL a row that another was just taking is passed over
        numbers += [row["id"] for row in left]
    assert len(numbers) == 400


def test_a_large_setting_does_not_starve_a_small_one(engine: Engine, contact_id: int) -> None:
    """Glific: the newest broadcast starves the older. Here the small setting waits for its share, not for the rest."""
    with transaction(engine) as session:
        put(session, 1000, setting_id=1)
        put(session, 10, setting_id=2, due_at=MONDAY + SECOND)
    got = Counter(row["setting_id"] for _ in range(2) for row in take(engine, 20, now=MONDAY + SECOND))
    assert got[2] == 10


def test_many_settings_on_a_slow_sender_all_get_their_turn(engine: Engine, contact_id: int) -> None:
    """At one text a second only two are claimed at a time, and more settings than that have something waiting."""
    with transaction(engine) as session:
        for setting in range(1, 7):
            put(session, 60, setting_id=setting)
    got: Counter[int] = Counter()
    for _ in range(60):
        got.update(row["setting_id"] for row in take(engine, 2))
    assert sum(got.values()) == 120
    assert min(got[setting] for setting in range(1, 7)) >= 5


def test_an_urgent_message_goes_before_any_number_of_others(engine: Engine, contact_id: int) -> None:
    with transaction(engine) as session:
        put(session, 500, priority=Priority.BULK)
        put(session, 1, priority=Priority.URGENT, setting_id=9)
        put(session, 1, priority=Priority.REPLY, setting_id=0)
    assert [row["priority"] for row in take(engine, 10)] == [Priority.URGENT]
    assert [row["priority"] for row in take(engine, 10)] == [Priority.REPLY]
    assert len(take(engine, 10)) == 10


def test_an_urgent_message_that_is_not_due_yet_stops_nobody(engine: Engine, contact_id: int) -> None:
    with transaction(engine) as session:
        put(session, 3, priority=Priority.URGENT, due_at=MONDAY + SECOND)
        put(session, 3)
    assert {row["priority"] for row in take(engine, 10)} == {Priority.BULK}


def test_another_senders_rows_are_not_taken(engine: Engine, contact_id: int) -> None:
    with transaction(engine) as session:
        put(session, 3, sender="telegram")
    assert take(engine, 10) == []


def test_a_paused_worker_that_wakes_changes_nothing(engine: Engine, contact_id: int) -> None:
    """Its lease is over, the row was found and given to another: the late mark is not written."""
    with transaction(engine) as session:
        put(session, 1)
    (row,) = take(engine, 1, "slow")
    later = MONDAY + LEASE + SECOND
    with transaction(engine) as session:
        assert abandon(session, "sms", later) == 1
        mark(session, [Mark(row["id"], "slow", State.SENT, provider_id="SM1")], later)
    assert states(engine) == {"unknown": 1}


def test_a_try_that_did_not_count_is_given_back(engine: Engine, contact_id: int) -> None:
    with transaction(engine) as session:
        put(session, 1)
    for _ in range(3):
        (row,) = take(engine, 1)
        assert row["tries"] == 1
        with transaction(engine) as session:
            mark(session, [Mark(row["id"], "a", State.DUE, due_at=MONDAY, undo_try=True)], MONDAY)


def test_alone_on_the_database_all_that_is_claimed_is_a_dead_ones(engine: Engine, contact_id: int) -> None:
    with transaction(engine) as session:
        put(session, 5)
    take(engine, 3)
    with transaction(engine) as session:
        assert abandon(session, "sms", MONDAY) == 0
        assert abandon(session, "sms", MONDAY, everything=True) == 3
    assert states(engine) == {"unknown": 3, "due": 2}
