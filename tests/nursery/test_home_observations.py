"""Observations from home: who approves them, and how."""

import pytest
from sqlalchemy import Engine

from bot.database import transaction
from nursery import home_observations
from nursery.home_observations import ObservationRefused, Seen
from nursery.people import Staff
from tests.cast import MONDAY, People


def test_the_key_person_approves_once_with_a_line(engine: Engine, people: People) -> None:
    grace, noor, amina = people.staff["Grace"], people.children["Noor"], people.guardians["Amina"]
    with transaction(engine) as session:
        kept = home_observations.share(session, people.setting, noor, amina, Seen("Noor sang."), MONDAY)
        assert home_observations.to_approve(session) == [kept]
        with pytest.raises(ObservationRefused, match="say something"):
            home_observations.approve(session, kept, grace, MONDAY, line=" ")
        with pytest.raises(ObservationRefused, match="arts"):
            home_observations.approve(session, kept, grace, MONDAY, line="Lovely.", area="singing")
        assert home_observations.unthanked(session, MONDAY) == []
        home_observations.approve(session, kept, grace, MONDAY, line="Lovely.", area="arts")
        assert home_observations.unthanked(session, MONDAY) == [kept]
        assert home_observations.to_approve(session) == []
        with pytest.raises(ObservationRefused, match="already"):
            home_observations.approve(session, kept, grace, MONDAY, line="Lovely.")


def test_nobody_else_approves(engine: Engine, people: People) -> None:
    noor, amina = people.children["Noor"], people.guardians["Amina"]
    with transaction(engine) as session:
        other = Staff(setting_id=people.setting.id or 0, name="Olu")
        session.add(other)
        session.flush()
        kept = home_observations.share(session, people.setting, noor, amina, Seen("Noor sang."), MONDAY)
        with pytest.raises(ObservationRefused, match="key person"):
            home_observations.approve(session, kept, other, MONDAY, line="Lovely.")
