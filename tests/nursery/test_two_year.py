"""The check at two: when it is due, and that it is shared only where consent stands."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from bot.database import transaction
from nursery import consents, sharing, two_year
from nursery.consents import Purpose
from nursery.people import Child
from nursery.settings import at, today
from nursery.two_year import TwoYearRefused
from tests.cast import MONDAY, People

BORN = date(2024, 11, 23)


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (date(2026, 11, 22), None),
        (date(2026, 11, 23), 24),
        (date(2027, 5, 22), 24),
        (date(2027, 5, 23), 30),
        (date(2027, 11, 22), 30),
        (date(2027, 11, 23), None),
    ],
)
def test_when_it_is_due(engine: Engine, people: People, day: date, stage: int | None) -> None:
    with transaction(engine) as session:
        child = _two(session, people)
        assert two_year.stage(child, day) == stage
        due = {found.id: months for found, months in two_year.due(session, at(day, datetime.min.time()))}
        assert due.get(child.id) == stage


def test_not_of_a_child_who_has_left_or_whose_check_is_done(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        child = _two(session, people)
        child.left_on = today(MONDAY)
        assert child not in [one for one, _ in two_year.due(session, MONDAY)]
        child.left_on = None
        assert child in [one for one, _ in two_year.due(session, MONDAY)]
        two_year.ready(session, child, people.staff["Grace"], MONDAY)
        two_year.finish(session, child, people.staff["Grace"], MONDAY)
        assert child not in [one for one, _ in two_year.due(session, MONDAY)]
        with pytest.raises(TwoYearRefused, match="check is done"):
            two_year.ask(session, child, MONDAY)


@pytest.mark.parametrize(
    ("answers", "shared"),
    [
        ({}, False),
        ({"Amina": True}, True),
        ({"Amina": False}, False),
        ({"Amina": True, "Farah": False}, False),
        ({"Amina": True, "Farah": True}, True),
    ],
)
def test_shared_only_by_consent(engine: Engine, people: People, answers: dict[str, bool], shared: bool) -> None:
    with transaction(engine) as session:
        child = _two(session, people)
        check = two_year.ready(session, child, people.staff["Grace"], MONDAY)
        for who, given in answers.items():
            _answer(session, people, child, who, given)
        if shared:
            two_year.finish(session, child, people.staff["Grace"], MONDAY, shared_with="Nurse Bell")
        else:
            with pytest.raises(TwoYearRefused, match="Nothing may be shared"):
                two_year.finish(session, child, people.staff["Grace"], MONDAY, shared_with="Nurse Bell")
        logged = [(one.shared_with, one.scopes) for one in sharing.every_sharing(session, child.id)]
        assert logged == ([("Nurse Bell", ["two-year check"])] if shared else [])
        assert (check.shared_with, check.done_at is not None) == (("Nurse Bell", True) if shared else ("", False))


def test_consent_that_has_run_out_does_not_do(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        child = _two(session, people)
        two_year.ready(session, child, people.staff["Grace"], MONDAY)
        _answer(session, people, child, "Amina", True)
        with pytest.raises(TwoYearRefused, match="Nothing may be shared"):
            two_year.finish(
                session, child, people.staff["Grace"], MONDAY + timedelta(days=366), shared_with="Nurse Bell"
            )


def test_what_is_refused(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        child = _two(session, people)
        with pytest.raises(TwoYearRefused, match="summary is not ready"):
            two_year.finish(session, child, people.staff["Grace"], MONDAY)
        with pytest.raises(TwoYearRefused, match="key person or the manager"):
            two_year.ready(session, child, people.staff["Grace"].model_copy(update={"id": 99}), MONDAY)
        with pytest.raises(TwoYearRefused, match="not between 24 and 36"):
            two_year.ask(session, people.children["Zosia"], MONDAY)


def _two(session: Session, people: People) -> Child:
    """Noor, two years old today."""
    noor = session.merge(people.children["Noor"])
    noor.born = BORN
    session.flush()
    return noor


def _answer(session: Session, people: People, child: Child, who: str, given: bool) -> None:
    guardian_id, purpose = people.guardians[who].id or 0, Purpose.HEALTH_VISITOR
    consents.answer(session, child, guardian_id, purpose, given=given, text="We may.", language="en_GB", now=MONDAY)
