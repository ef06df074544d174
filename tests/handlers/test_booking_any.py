"""Whoever books whatever in whatever order: no time has two holders, and nobody has two of a kind for a child."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import SQLModel, col, select

from bot.database import open_engine, transaction
from bot.house import House
from nursery import appointments
from nursery.appointments import Appointment, Kind
from nursery.guardians import Guardian, Guardianship
from tests.cast import MONDAY, populate
from tests.talking import Clock, Player

SAID = st.one_of(
    st.just("BOOK"),
    st.integers(1, 5).map(str),
    st.integers(1, 5).map(str),
    st.sampled_from(["BACK", "MENU", "none", "Tue 1 Dec 10:00", "withdraw", "an interpreter", "hours"]),
)
TURNS = st.lists(st.tuples(st.sampled_from(["Amina", "Farah", "Ioana", "Samira"]), SAID), min_size=8, max_size=40)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Callable[[House], Player]:
    """Makes a player with the cast, two reviews and two talks, on a database of its own, each time anew."""
    folder, number = tmp_path_factory.mktemp("booking"), count()
    engine = open_engine(f"sqlite:///{folder / 'cast.db'}")
    SQLModel.metadata.create_all(engine)
    with transaction(engine) as session:
        people = populate(session)
        for kind, staff in ((Kind.REVIEW, "Grace"), (Kind.TALK, "Helen")):
            starts = MONDAY + timedelta(days=8, hours=1)
            appointments.offer(session, kind, people.staff[staff], starts, 20, 2, now=MONDAY)
    engine.dispose()

    def player(house: House) -> Player:
        copy = shutil.copy(folder / "cast.db", folder / f"{next(number)}.db")
        return Player(open_engine(f"sqlite:///{copy}"), house, Clock())

    return player


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(script=TURNS)
def test_in_any_order(fresh: Callable[[House], Player], house: House, script: list[tuple[str, str]]) -> None:
    player = fresh(house)
    player.channel = "sms"
    for who, text in script:
        if text == "hours":
            player.clock.pass_(hours=3)
        elif text == "withdraw":
            _withdraw(player)
        else:
            assert all(heard.text.strip() for heard in player.say(who, text))
        _check(player)
    player.engine.dispose()


def _withdraw(player: Player) -> None:
    """Staff call off the first time there is."""
    with player.session() as session:
        first = select(Appointment).where(col(Appointment.cancelled_at).is_(None)).order_by(col(Appointment.id))
        for one in session.exec(first).fetchmany(1):
            appointments.withdraw(session, one, player.clock.now)


def _check(player: Player) -> None:
    """Who has a time has it for a child of theirs, and one of a kind; a free one holds nothing of anybody's."""
    with player.session() as session:
        every = session.exec(select(Appointment)).all()
        ties = {(tie.guardian_id, tie.child_id) for tie in session.exec(select(Guardianship))}
        assert len(session.exec(select(Guardian)).all()) == 5
    held = [one for one in every if one.booked_at is not None]
    assert all((one.guardian_id, one.child_id) in ties and one.booked_at is not None for one in held)
    standing = Counter((one.guardian_id, one.child_id, one.kind) for one in held if one.cancelled_at is None)
    assert all(number == 1 for number in standing.values())
    free = [one for one in every if one.booked_at is None]
    assert all((one.child_id, one.booked_at, one.interpreter, one.needs) == (None, None, False, "") for one in free)
