"""Complaints: 28 days, and round the manager where it is about the manager."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot.database import transaction
from nursery import complaints, holds, outcomes
from nursery.complaints import Grievance
from nursery.guardians import Guardian
from nursery.leavers import LeavingRefused, leave
from nursery.people import Child, Staff, is_named
from nursery.settings import Setting
from nursery.tasks import Task, open_tasks
from tests.cast import MONDAY, People


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (MONDAY, date(2026, 12, 21)),
        (datetime(2026, 12, 1, 12, tzinfo=UTC), date(2026, 12, 29)),
        (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), date(2027, 4, 25)),
        (datetime(2027, 6, 30, 23, 30, tzinfo=UTC), date(2027, 7, 29)),
    ],
)
def test_the_outcome_is_due_in_28_calendar_days(engine: Engine, people: People, now: datetime, due: date) -> None:
    """Counted on the setting's calendar: in summer half past eleven at night in UTC is tomorrow already."""
    with transaction(engine) as session:
        case = complaints.lodge(session, people.setting, people.guardians["Amina"], Grievance("The gate"), now)
        assert case.due_on == due


def test_due_soon_then_overdue_until_the_parent_is_told(engine: Engine, people: People) -> None:
    helen = people.staff["Helen"]
    with transaction(engine) as session:
        case = complaints.lodge(session, people.setting, people.guardians["Amina"], Grievance("The gate"), MONDAY)
        assert complaints.due_soon(session, MONDAY + timedelta(days=20)) == []
        assert complaints.due_soon(session, MONDAY + timedelta(days=21)) == [case]
        assert complaints.overdue(session, MONDAY + timedelta(days=28)) == []
        assert complaints.overdue(session, MONDAY + timedelta(days=29)) == [case]
        outcomes.conclude(session, case, "The gate has a new lock.", helen, MONDAY + timedelta(days=29))
        assert complaints.open_complaints(session) == [case]
        case.told_at = MONDAY + timedelta(days=29)
        assert complaints.overdue(session, MONDAY + timedelta(days=30)) == complaints.open_complaints(session) == []
        assert case.outcome_by_id == helen.id


def test_about_the_manager_the_manager_has_no_part_in_it(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        grievance = Grievance("She shouted", people.children["Noor"], about_manager=True)
        case = complaints.lodge(session, people.setting, people.guardians["Amina"], grievance, MONDAY)
        assert case.handler_id is None
        task = open_tasks(session)[0]
        assert (task.kind, task.staff_id, task.urgent) == ("complaint about the manager", None, True)
        session.add(Staff(setting_id=people.setting.id or 0, name="Dee", role="deputy"))
        session.add(Staff(setting_id=people.setting.id or 0, name="Olu", role="owner"))
        session.flush()
        second = complaints.lodge(session, people.setting, people.guardians["Farah"], grievance, MONDAY)
        owner = session.get_one(Staff, second.handler_id)
        assert owner.name == "Olu"


@pytest.mark.parametrize(
    ("name", "words", "named"),
    [
        ("Helen Hall", "Helen's manner is rude", True),
        ("Helen Hall", "HELEN, again", True),
        ("Helen Hall", "Helena was kind", False),
        ("Anne-Marie Hall", "it was Anne-Marie", True),
        ("Anne-Marie Hall", "it was anne marie.", True),
        ("Anne-Marie Hall", "it was Anne", False),
        ("Na'ima", "I asked Na’ima twice", True),
    ],
)
def test_whom_words_name(people: People, name: str, words: str, named: bool) -> None:
    assert is_named(Staff(setting_id=people.setting.id or 0, name=name), words) is named


def test_a_task_holds_no_words_of_the_parent(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        complaints.lodge(session, people.setting, people.guardians["Amina"], Grievance("The gate was open"), MONDAY)
        assert "gate" not in repr(open_tasks(session))


def test_what_somebody_leaves_goes_round_the_manager_where_it_is_about_the_manager(
    engine: Engine, people: People
) -> None:
    amina = people.guardians["Amina"]
    with transaction(engine) as session:
        setting, noor = session.get_one(Setting, people.setting.id), session.get_one(Child, people.children["Noor"].id)
        nadia = Staff(setting_id=setting.id or 0, name="Nadia", role="deputy")
        session.add(nadia)
        session.flush()
        case = complaints.lodge(session, setting, amina, Grievance("She shouted", about_manager=True), MONDAY)
        setting.lead = "Nadia"
        holds.hold(session, session.get_one(Guardian, amina.id), noor, nadia, "Strategy meeting", MONDAY)
        holds.tell_by_hand(session, "guest:1", amina.id or 0, setting.id or 0, "event 1", MONDAY, MONDAY)
        assert case.handler_id == nadia.id
        with pytest.raises(LeavingRefused, match="leads on keeping children safe"):
            leave(session, setting, nadia, MONDAY)
        setting.lead = "Olu"
        olu = Staff(setting_id=setting.id or 0, name="Olu", role="owner")
        session.add_all([olu, setting])
        session.flush()
        left = leave(session, setting, nadia, MONDAY)
        assert (left.passed_on, left.children, case.handler_id) == (1, [], olu.id)
        owners = {task.kind: task.staff_id for task in session.exec(select(Task))}
        assert owners == {"complaint about the manager": olu.id, holds.TO_TELL: None}
        assert [task.about for task in holds.to_tell(session, olu)] == [f"guardian {amina.id}: event 1"]
        assert holds.to_tell(session, session.get_one(Staff, people.staff["Helen"].id)) == []
