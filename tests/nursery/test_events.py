"""Events: places, and who waits for one."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete
from sqlmodel import Session, col, select

from bot.database import transaction
from nursery import events, free_places, rsvps
from nursery.events import Event, EventRefused
from nursery.guardians import Guardianship
from nursery.recipients import Audience
from nursery.rsvps import Coming, Party, Rsvp
from tests.cast import MONDAY, People

STARTS = MONDAY + timedelta(days=5)


def _event(session: Session, people: People, **fields: Any) -> Event:
    details: dict[str, Any] = {
        "title": "Songs",
        "starts_at": STARTS,
        "ends_at": STARTS + timedelta(hours=1),
        "now": MONDAY,
    } | fields
    return events.add_event(session, Audience(people.setting.id or 0), **details)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": " "}, "needs a title"),
        ({"starts_at": MONDAY}, "in the past"),
        ({"ends_at": STARTS}, "end before it begins"),
        ({"capacity": 0}, "places must be 1 or more"),
    ],
)
def test_what_is_refused(engine: Engine, people: People, fields: dict[str, Any], sentence: str) -> None:
    with transaction(engine) as session, pytest.raises(EventRefused, match=sentence):
        _event(session, people, **fields)


def _respond(session: Session, people: People, event: Event, who: str, answer: Coming, minute: int = 0) -> Coming:
    now = MONDAY + timedelta(minutes=minute)
    return rsvps.respond(session, event, people.guardians[who].id or 0, answer, now)


def _standing(session: Session, people: People) -> dict[str, str]:
    names = {guardian.id: name for name, guardian in people.guardians.items()}
    return {names[rsvp.guardian_id]: rsvp.answer for rsvp in session.exec(select(Rsvp))}


def test_the_one_who_waited_longest_gets_the_free_place(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        event = _event(session, people, capacity=1)
        for minute, who in enumerate(("Amina", "Piotr", "Farah")):
            _respond(session, people, event, who, Coming.YES, minute)
        assert _standing(session, people) == {"Amina": "coming", "Piotr": "waiting", "Farah": "waiting"}
        _respond(session, people, event, "Piotr", Coming.YES, 5)  # asking again does not cost the turn
        _respond(session, people, event, "Amina", Coming.NO, 6)
        assert _standing(session, people) == {"Amina": "not", "Piotr": "offered", "Farah": "waiting"}
        kept = free_places.offered(session, MONDAY)
        assert [rsvp.guardian_id for rsvp in kept] == [people.guardians["Piotr"].id]
        assert kept[0].answer_by == MONDAY + timedelta(days=1, minutes=6)
        assert free_places.offered(session, STARTS + timedelta(minutes=1)) == []


def test_needs_are_kept_when_the_answer_changes(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        event, amina = _event(session, people), people.guardians["Amina"].id or 0
        rsvps.respond(session, event, amina, Coming.YES, MONDAY, Party(1, ("creche",), "an interpreter"))
        rsvps.respond(session, event, amina, Coming.MAYBE, MONDAY)
        rsvp = rsvps.rsvp_of(session, event.id or 0, amina)
        assert rsvp is not None
        assert (rsvp.answer, rsvp.wants, rsvp.needs) == ("maybe", "creche", "an interpreter")


ANSWERS = st.lists(
    st.tuples(st.sampled_from(["Amina", "Piotr", "Farah", "Ioana", "Samira"]), st.sampled_from(list(Coming)[:3]))
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANSWERS, st.integers(1, 4))
def test_never_more_than_the_places_and_nobody_waits_for_nothing(
    engine: Engine, people: People, answers: list[tuple[str, Coming]], capacity: int
) -> None:
    with transaction(engine) as session:
        event = _event(session, people, capacity=capacity)
        for minute, (who, answer) in enumerate(answers):
            _respond(session, people, event, who, answer, minute)
            taken = rsvps.places_taken(session, event.id or 0)
            waiting = "waiting" in _standing(session, people).values()
            assert taken == capacity if waiting else taken <= capacity
        session.connection().execute(delete(Rsvp))


def test_invited_through_a_room_or_the_setting(engine: Engine, people: People) -> None:
    def titles(who: str, now: datetime = MONDAY) -> list[str]:
        return [event.title for event in events.invited_to(session, people.guardians[who].id or 0, now)]

    with transaction(engine) as session:
        _event(session, people)
        room = Audience(people.setting.id or 0, room_id=people.rooms["Caterpillars"].id)
        starts = STARTS - timedelta(days=1)
        events.add_event(session, room, "Baby songs", starts, starts + timedelta(hours=1), now=MONDAY)
        assert titles("Amina") == ["Songs"]
        assert titles("Ioana") == ["Baby songs", "Songs"]
        assert titles("Ioana", STARTS) == []


@pytest.mark.parametrize(
    ("written", "tags"),
    [("", []), ("pl", ["pl"]), ("Polish, urdu,BSL", ["pl", "ur", "bsl"]), ("British Sign Language", ["bsl"])],
)
def test_languages_as_staff_write_them(written: str, tags: list[str]) -> None:
    assert events.language_tags(written) == tags


def test_a_language_nobody_knows() -> None:
    with pytest.raises(EventRefused, match="Klingonish: write a language"):
        events.language_tags("Klingonish")


def test_a_place_nobody_answers_for_goes_to_the_next(engine: Engine, people: People) -> None:
    day = timedelta(days=1)
    with transaction(engine) as session:
        event = _event(session, people, capacity=1)
        for minute, who in enumerate(("Amina", "Piotr", "Farah")):
            _respond(session, people, event, who, Coming.YES, minute)
        _respond(session, people, event, "Amina", Coming.NO)
        assert free_places.let_lapse(session, MONDAY + day - timedelta(minutes=1)) == 0
        assert [free_places.let_lapse(session, MONDAY + day) for _ in range(2)] == [1, 0]
        assert _standing(session, people) == {"Amina": "not", "Piotr": "lapsed", "Farah": "offered"}
        assert free_places.let_lapse(session, MONDAY + day + day) == 0, "nobody waits: it stays kept for Farah"
        assert _respond(session, people, event, "Piotr", Coming.YES, 5000) == Coming.WAITING


def _leave(session: Session, people: People, who: str) -> None:
    tie = session.exec(select(Guardianship).where(Guardianship.guardian_id == people.guardians[who].id)).one()
    tie.ends_on = MONDAY.date() - timedelta(days=1)
    session.add(tie)


def test_the_place_of_who_has_left_goes_to_the_next(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        event = _event(session, people, capacity=1)
        for minute, who in enumerate(("Amina", "Piotr", "Farah")):
            _respond(session, people, event, who, Coming.YES, minute)
        _leave(session, people, "Piotr")
        assert free_places.let_lapse(session, MONDAY) == 0
        _leave(session, people, "Amina")
        assert [free_places.let_lapse(session, MONDAY) for _ in range(2)] == [1, 0]
        assert _standing(session, people) == {"Amina": "lapsed", "Piotr": "waiting", "Farah": "offered"}


def test_a_place_that_went_with_a_familys_record_is_free(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        event = _event(session, people, capacity=1)
        for minute, who in enumerate(("Amina", "Piotr")):
            _respond(session, people, event, who, Coming.YES, minute)
        session.connection().execute(delete(Rsvp).where(col(Rsvp.guardian_id) == people.guardians["Amina"].id))
        assert free_places.let_lapse(session, MONDAY) == 0
        assert _standing(session, people) == {"Piotr": "offered"}


def test_who_would_bring_more_than_there_is_room_for_keeps_the_places_they_have(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        event = _event(session, people, capacity=3)
        for minute, (who, count) in enumerate((("Amina", 1), ("Piotr", 2), ("Farah", 1))):
            number, at = people.guardians[who].id or 0, MONDAY + timedelta(minutes=minute)
            rsvps.respond(session, event, number, Coming.YES, at, Party(count))
        more = Party(2, ("access",))
        assert rsvps.respond(session, event, people.guardians["Amina"].id or 0, Coming.YES, MONDAY, more) == Coming.YES
        kept = rsvps.rsvp_of(session, event.id or 0, people.guardians["Amina"].id or 0)
        assert kept is not None
        assert (kept.people, kept.wants) == (1, "access")
        assert _standing(session, people) == {"Amina": "coming", "Piotr": "coming", "Farah": "waiting"}


def test_a_place_too_small_for_who_waits_does_not_lapse(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        event = _event(session, people, capacity=2)
        rsvps.respond(session, event, people.guardians["Amina"].id or 0, Coming.YES, MONDAY)
        rsvps.respond(session, event, people.guardians["Samira"].id or 0, Coming.YES, MONDAY)
        _respond(session, people, event, "Piotr", Coming.YES)
        rsvps.respond(session, event, people.guardians["Farah"].id or 0, Coming.YES, MONDAY, Party(2))
        _respond(session, people, event, "Amina", Coming.NO)
        assert _standing(session, people)["Piotr"] == "offered"
        assert free_places.let_lapse(session, MONDAY + timedelta(days=2)) == 0


@pytest.mark.parametrize(
    ("told_before", "kept_for"),
    [
        (timedelta(days=5), timedelta(hours=24)),
        (timedelta(hours=25), timedelta(hours=24)),
        (timedelta(hours=5), timedelta(hours=4)),
        (timedelta(minutes=80), timedelta(minutes=30)),
        (timedelta(minutes=10), timedelta(minutes=10)),
    ],
    ids=str,
)
def test_how_long_a_place_is_kept(told_before: timedelta, kept_for: timedelta) -> None:
    event = Event(setting_id=1, title="Songs", starts_at=STARTS, ends_at=STARTS, made_at=MONDAY)
    told_at = STARTS - told_before
    assert rsvps.answer_by(event, told_at) - told_at == kept_for


def test_called_off_once_and_in_time(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        event = _event(session, people)
        with pytest.raises(EventRefused, match="has begun"):
            events.cancel(session, event, "", STARTS)
        events.cancel(session, event, " Snow ", MONDAY)
        assert (event.cancel_reason, events.called_off(session, MONDAY)) == ("Snow", [event])
        assert events.called_off(session, STARTS) == []
        with pytest.raises(EventRefused, match="already"):
            events.cancel(session, event, "", MONDAY)
