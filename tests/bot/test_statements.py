"""Statements handed to the driver: the same goes in and comes out as by SQLAlchemy's own way, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from weakref import ref

import pytest
from sqlalchemy import Engine, bindparam, event, insert, select, update
from sqlalchemy.exc import NoResultFound
from sqlmodel import Session
from sqlmodel import select as sqlmodel_select

from bot.database import catch_up, forget_writes, has_written, held, reading, transaction
from bot.house import House
from bot.messages import Incoming
from bot.opened import TABLE as OPEN
from bot.outbox import TABLE as OUTBOX
from bot.outbox import ignoring
from bot.receive import receive
from bot.statements import Prepared, among, loaded
from nursery.guardians import Guardian
from nursery.inbox import InboundMessage
from nursery.tasks import Task
from tests.cast import CAST, MONDAY, People

pytestmark = pytest.mark.database

INBOUND = InboundMessage.__table__  # type: ignore[attr-defined]
TASK = Task.__table__  # type: ignore[attr-defined]
GUARDIAN = Guardian.__table__  # type: ignore[attr-defined]
ODD = {"text": 'a "quoted" \N{PILE OF POO} \n line', "list": [1, None, True, [2.5]], "ur": "سلام", "7": {}}
FIRST = 1
"""The number of the cast's first contact."""
ELSEWHERE = datetime(2026, 11, 23, 10, 30, 0, 123456, timezone(timedelta(hours=2)))

ADD = Prepared(
    lambda _: insert(OPEN).returning(OPEN.c.id),
    ("contact_id", "conversation", "params", "answers", "unclear", "asked_at", "expires_at", "offered"),
)
ALL = Prepared(lambda _: select(OPEN).where(OPEN.c.contact_id == bindparam("contact")).order_by(OPEN.c.id))


def opened(**fields: Any) -> dict[str, Any]:
    found = {
        "contact_id": FIRST,
        "conversation": "menu",
        "params": ODD,
        "answers": [["a", 1]],
        "unclear": 0,
        "offered": ["a", ["b"]],
    }
    return found | {"asked_at": ELSEWHERE, "expires_at": MONDAY} | fields


def test_what_is_written_comes_back_as_by_sqlalchemy(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        ((number,),) = ADD.rows(session, **opened())
        session.connection().execute(insert(OPEN).values(**opened()))
        ours, theirs = ALL.rows(session, contact=FIRST)
        assert ours[0] == number
        assert ours[1:] == theirs[1:]
        rows = session.connection().execute(select(OPEN).order_by(OPEN.c.id)).all()
        assert [ours, theirs] == [tuple(row) for row in rows]
        assert rows[0].params == ODD
        assert rows[0].asked_at == ELSEWHERE
        assert rows[0].asked_at.tzinfo == UTC


def test_a_time_of_nowhere_is_refused(engine: Engine, people: People) -> None:
    with transaction(engine) as session, pytest.raises(ValueError, match="timezone"):
        ADD.rows(session, **opened(asked_at=datetime(2026, 11, 23)))  # noqa: DTZ001


def test_a_column_not_named_gets_what_the_record_gives_it(engine: Engine) -> None:
    with transaction(engine) as session:
        values = {"channel": "sms", "provider_id": "1", "kind": "text", "message_ref": "", "text": "", "outcome": ""}
        kept = Prepared(lambda _: insert(INBOUND), (*values, "received_at", "for_staff"))
        kept.run(session, **values, received_at=MONDAY, for_staff=False)
        assert session.connection().execute(select(INBOUND.c.restricted)).scalar_one() is False


def test_a_key_that_is_there_adds_nothing(engine: Engine) -> None:
    with transaction(engine) as session:
        values = {"key": "a", "kind": "note", "about": "", "urgent": False, "raised_at": MONDAY}
        add = Prepared(lambda dialect: ignoring(dialect, TASK).returning(TASK.c.id), tuple(values))
        assert [len(add.rows(session, **values)) for _ in range(2)] == [1, 0]


def test_how_many_rows_are_counted(engine: Engine, people: People) -> None:
    chosen = Prepared(lambda _: update(GUARDIAN).where(GUARDIAN.c.id > bindparam("after")), ("left_on",))
    with transaction(engine) as session:
        every = sorted(guardian.id or 0 for guardian in people.guardians.values())
        assert chosen.count(session, after=every[1], left_on=date(2026, 12, 1)) == len(every) - 2
        assert chosen.count(session, after=every[-1], left_on=None) == 0
        assert session.connection().execute(select(GUARDIAN.c.left_on).where(GUARDIAN.c.id == every[-1])).scalar() == (
            date(2026, 12, 1)
        )


def test_many_at_once(engine: Engine, people: People) -> None:
    add = Prepared(lambda _: insert(OPEN), tuple(opened()))
    with transaction(engine) as session:
        add.run_many(session, [opened(conversation=f"c{number}") for number in range(100)])
        assert len(ALL.rows(session, contact=FIRST)) == 100


def test_a_session_that_only_reads_can_run_one(engine: Engine, people: People) -> None:
    with reading(engine) as session:
        assert ALL.rows(session, contact=FIRST) == []


def test_a_transaction_undone_undoes_it(engine: Engine, people: People) -> None:
    def spoilt(session: Session) -> None:
        ADD.rows(session, **opened())
        raise LookupError

    with pytest.raises(LookupError), transaction(engine) as session:
        spoilt(session)
    with reading(engine) as session:
        assert ALL.rows(session, contact=FIRST) == []


def test_a_value_that_is_not_named_is_a_mistake(engine: Engine) -> None:
    with reading(engine) as session, pytest.raises(KeyError):
        ALL.rows(session)


def test_a_list_is_no_value(engine: Engine) -> None:
    listed = Prepared(lambda _: select(OUTBOX.c.id).where(OUTBOX.c.id.in_([1, 2])))
    with reading(engine) as session, pytest.raises(AssertionError):
        listed.rows(session)


def test_a_record_is_the_sessions_own_as_if_it_had_read_it(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        number = session.exec(sqlmodel_select(Guardian.id)).first() or 0
        forget_writes(session)
        ours = loaded(session, Guardian, number)
        assert session.get(Guardian, number) is ours
        assert loaded(session, Guardian, number) is ours
        assert not has_written(session)
        with reading(engine) as other:
            assert other.get_one(Guardian, number).model_dump() == ours.model_dump()
        ours.name = "Amina Begum"
    with transaction(engine) as session:
        assert session.get_one(Guardian, number).name == "Amina Begum"


def test_a_record_that_was_changed_and_not_yet_written_is_the_one_in_hand(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        number = session.exec(sqlmodel_select(Guardian.id)).first() or 0
        session.get_one(Guardian, number).name = "Amina Begum"
        assert loaded(session, Guardian, number).name == "Amina Begum"


@pytest.mark.parametrize("way", [loaded, Session.get_one])
def test_what_is_held_is_read_once_whichever_way(
    engine: Engine, people: People, way: Callable[[Session, type[Guardian], int], Guardian]
) -> None:
    with transaction(engine) as session:
        number = session.exec(sqlmodel_select(Guardian.id)).first() or 0
        let_go = ref(way(session, Guardian, number))
        with held(session):
            kept = ref(way(session, Guardian, number))
            assert let_go() is None
            assert kept() is not None
        assert kept() is None


def test_the_rows_among_many_numbers(engine: Engine, people: People) -> None:
    chosen = Prepared(lambda dialect: select(GUARDIAN.c.id).where(among(GUARDIAN.c.id, "ids", dialect)))
    with reading(engine) as session:
        every = list(session.exec(sqlmodel_select(Guardian.id)))
        for ids in ([], every[:1], [*every[1:], 999], every):
            assert {row[0] for row in chosen.rows(session, ids=ids)} == set(ids) - {999}


def test_of_no_such_number_there_is_no_record(engine: Engine, people: People) -> None:
    with transaction(engine) as session, pytest.raises(NoResultFound):
        loaded(session, Guardian, 999)


def test_what_parents_write_most_runs_prepared_statements_alone(engine: Engine, people: People, house: House) -> None:
    """Any other costs as much as ten of these, at every such message."""
    others: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        others.append(statement)

    for number, words in enumerate(["MENU", "1", "MENU", "1"]):
        said = Incoming("telegram", str(number), CAST["Amina"].address("telegram"), text=words)
        with transaction(engine) as session:
            session.info["later"] = {}
            forget_writes(session)
            others.clear()
            event.listen(engine, "before_cursor_execute", note)
            receive(session, said, house, MONDAY)
            session.flush()
            event.remove(engine, "before_cursor_execute", note)
            catch_up(session)
    assert others == [], "to begin to say that a child is away"
