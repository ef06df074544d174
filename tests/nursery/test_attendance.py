"""Attendance: absences told, told again, and told by the other guardian."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from bot.database import transaction
from nursery import records
from nursery.attendance import Absence, Reason, away_on, change, next_session, standing, take_back, tell_away
from tests.cast import MONDAY, People

MON, TUE, WED, FRI = (date(2026, 11, day) for day in (23, 24, 25, 27))


def tell(session: Session, people: People, who: str, first: date, last: date, reason: str = Reason.ILL) -> Absence:
    absence = Absence(
        child_id=people.children["Noor"].id or 0,
        guardian_id=people.guardians[who].id or 0,
        first_day=first,
        last_day=last,
        reason=reason,
        told_at=MONDAY,
    )
    return tell_away(session, absence)


@pytest.mark.parametrize(
    ("again", "expected"),
    [
        (("Amina", MON, FRI), (MON, FRI)),
        (("Amina", MON, MON), (MON, MON)),
        (("Amina", TUE, WED), (MON, WED)),
    ],
)
def test_told_twice_it_is_one_absence(
    engine: Engine, people: People, again: tuple[str, date, date], expected: tuple[date, date]
) -> None:
    with transaction(engine) as session:
        tell(session, people, "Amina", MON, TUE)
        tell(session, people, *again)
        only = session.exec(select(Absence)).one()
        assert (only.first_day, only.last_day) == expected


def _spans(session: Session) -> list[tuple[date, date]]:
    return sorted((one.first_day, one.last_day) for one in session.exec(select(Absence)))


@pytest.mark.parametrize(
    ("told", "on", "left"),
    [((MON, FRI), WED, [(MON, TUE)]), ((MON, FRI), MON, []), ((WED, FRI), MON, []), ((MON, MON), TUE, [(MON, MON)])],
)
def test_what_is_taken_back_has_been_only_until_then(
    engine: Engine, people: People, told: tuple[date, date], on: date, left: list[tuple[date, date]]
) -> None:
    with transaction(engine) as session:
        tell(session, people, "Farah", MON, FRI)
        mine = tell(session, people, "Amina", *told)
        for found in standing(session, mine.guardian_id, on):
            take_back(session, found, on)
        assert _spans(session) == sorted([(MON, FRI), *left]), "the other guardian's stands"


@pytest.mark.parametrize(
    ("known", "told", "on", "left"),
    [
        ((WED, FRI), (MON, MON), MON, [(MON, MON)]),
        ((WED, FRI), (FRI, FRI), MON, [(FRI, FRI)]),
        ((MON, FRI), (WED, WED), WED, [(MON, WED)]),
        ((MON, WED), (FRI, FRI), WED, [(MON, TUE), (FRI, FRI)]),
    ],
)
def test_what_is_changed_is_as_told_last_from_that_day_on(
    engine: Engine,
    people: People,
    known: tuple[date, date],
    told: tuple[date, date],
    on: date,
    left: list[tuple[date, date]],
) -> None:
    with transaction(engine) as session:
        before = tell(session, people, "Amina", *known)
        after = Absence(
            **before.model_dump(exclude={"id", "first_day", "last_day"}), first_day=told[0], last_day=told[1]
        )
        change(session, before, after, on)
        assert _spans(session) == left


@pytest.mark.parametrize("last", [MON, FRI])
def test_what_one_guardian_told_is_not_the_others_to_read(engine: Engine, people: People, last: date) -> None:
    """Told by both, each has what they told; for staff it is one child, away as long as either said."""
    with transaction(engine) as session:
        tell(session, people, "Amina", MON, TUE)
        tell(session, people, "Farah", MON, last, Reason.HOLIDAY)
        for who, told in (("Amina", (MON, TUE, "ill")), ("Farah", (MON, last, "holiday"))):
            away = records.record_of(session, people.guardians[who], people.children["Noor"]).away
            assert [(one.first_day, one.last_day, one.reason) for one in away] == [told]
        assert [found.last_day for _, found in away_on(session, people.setting.id or 0, MON)] == [max(TUE, last)]


def test_days_apart_are_two_absences(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        tell(session, people, "Amina", MON, MON)
        tell(session, people, "Amina", WED, WED)
        assert len(session.exec(select(Absence)).all()) == 2
        away = {
            day: [child.first_name for child, _ in away_on(session, people.setting.id or 0, day)]
            for day in (MON, TUE, WED)
        }
        assert away == {MON: ["Noor"], TUE: [], WED: ["Noor"]}


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 11, 23, 7, tzinfo=UTC), MON),
        (datetime(2026, 11, 23, 17, 59, tzinfo=UTC), MON),
        (datetime(2026, 11, 23, 18, 0, tzinfo=UTC), TUE),
        (datetime(2026, 11, 27, 20, tzinfo=UTC), date(2026, 11, 30)),
        (datetime(2026, 11, 28, 9, tzinfo=UTC), date(2026, 11, 30)),
    ],
)
def test_after_closing_away_means_the_next_open_day(engine: Engine, people: People, now: datetime, day: date) -> None:
    with transaction(engine) as session:
        assert next_session(session, people.setting, now) == day
