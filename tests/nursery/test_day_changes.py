"""Changes of a child's day: who may agree to them."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from bot.database import transaction
from nursery import day_changes
from nursery.day_changes import Change, ChangeRefused, Told
from tests.cast import MONDAY, People


def test_a_person_checks_who_collects_once(engine: Engine, people: People) -> None:
    grace, amina, noor = people.staff["Grace"], people.guardians["Amina"], people.children["Noor"]
    with transaction(engine) as session:
        who, at = Told("Bilal Khan"), Told("at 4")
        change = day_changes.tell_collector(session, people.setting, noor, amina, who=who, at=at, now=MONDAY)
        assert day_changes.to_check(session, people.setting.id or 0) == [change]
        day_changes.check(session, change, grace, MONDAY + timedelta(minutes=5), agreed=False)
        assert (change.agreed, change.checked_by_id) == (False, grace.id)
        assert day_changes.to_check(session, people.setting.id or 0) == []
        with pytest.raises(ChangeRefused, match="already"):
            day_changes.check(session, change, grace, MONDAY, agreed=True)


def test_being_late_is_not_checked(engine: Engine, people: People) -> None:
    amina, noor = people.guardians["Amina"], people.children["Noor"]
    with transaction(engine) as session:
        late = Change.LATE_TO_COLLECT
        change = day_changes.tell(session, people.setting, noor, amina, late, at=Told("17:45"), now=MONDAY)
        with pytest.raises(ChangeRefused):
            day_changes.check(session, change, people.staff["Grace"], MONDAY, agreed=True)
