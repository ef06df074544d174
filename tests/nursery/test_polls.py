"""Meeting-time polls: the time that leaves fewest out, the event it becomes, and who is left out still."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, select

from bot.database import transaction
from nursery import meeting_times, polls
from nursery.events import Event
from nursery.meeting_times import fewest_excluded
from nursery.polls import Poll, PollRefused
from nursery.recipients import Audience
from nursery.tasks import Task
from tests.cast import MONDAY, People

TIMES = [datetime(2026, 12, day, 18, 0, tzinfo=UTC) for day in (1, 2, 3)]
CLOSES = MONDAY + timedelta(days=5)


def _poll(session: Session, people: People, **fields: Any) -> Poll:
    details: dict[str, Any] = {"title": "Meals", "starts": TIMES, "closes_at": CLOSES} | fields
    title, starts, closes_at = (details.pop(name) for name in ("title", "starts", "closes_at"))
    return polls.open_poll(session, Audience(people.setting.id or 0), title, starts, closes_at, now=MONDAY, **details)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": " "}, "needs a title"),
        ({"starts": TIMES[:1]}, "two to 8"),
        ({"starts": [TIMES[0]] * 3}, "two to 8"),
        ({"starts": [TIMES[0] + timedelta(hours=number) for number in range(9)]}, "two to 8"),
        ({"closes_at": MONDAY}, "must close after now"),
        ({"closes_at": TIMES[0] + timedelta(minutes=1)}, "before the first"),
    ],
)
def test_what_is_refused(engine: Engine, people: People, fields: dict[str, Any], sentence: str) -> None:
    with transaction(engine) as session, pytest.raises(PollRefused, match=sentence):
        _poll(session, people, **fields)


@pytest.mark.parametrize(
    ("answers", "chosen"),
    [
        ([], 1),
        ([{2}], 2),
        ([{2, 3}, {3}], 3),
        ([{1}, {2}], 1),
        ([{2}, {3}], 2),
        ([set(), {3}], 3),
        ([set(), set()], 1),
    ],
)
def test_the_time_chosen(answers: list[set[int]], chosen: int) -> None:
    assert fewest_excluded([1, 2, 3], answers) == chosen


@given(st.integers(1, 8), st.data())
def test_none_leaves_fewer_out_and_of_equals_it_is_the_earliest(count: int, data: st.DataObject) -> None:
    times = list(range(count))
    answers = data.draw(st.lists(st.sets(st.sampled_from(times))))
    out = {time: sum(time not in answer for answer in answers) for time in times}
    chosen = fewest_excluded(times, answers)
    assert out[chosen] == min(out.values())
    assert all(out[time] > out[chosen] for time in times if time < chosen)


def test_it_becomes_an_event_and_staff_know_how_many_are_left_out(engine: Engine, people: People) -> None:
    who = {name: guardian.id or 0 for name, guardian in people.guardians.items()}
    with transaction(engine) as session:
        poll = _poll(session, people, place="Hall", minutes=45)
        first, second, third = (time.id or 0 for time in polls.times_of(session, poll))
        polls.answer(session, poll, who["Amina"], [first], MONDAY)
        polls.answer(session, poll, who["Amina"], [second, third], MONDAY)
        polls.answer(session, poll, who["Piotr"], [third], MONDAY)
        polls.answer(session, poll, who["Farah"], [], MONDAY)
        event = meeting_times.close(session, poll, MONDAY + timedelta(days=1))
        assert event is not None
        assert (event.title, event.place, event.starts_at, event.ends_at) == (
            "Meals",
            "Hall",
            TIMES[2],
            TIMES[2] + timedelta(minutes=45),
        )
        could = {name: meeting_times.can_come(session, poll, number) for name, number in who.items()}
        assert could == {"Amina": True, "Piotr": True, "Farah": False, "Ioana": None, "Samira": None}
        task = session.exec(select(Task)).one()
        assert (task.kind, task.about) == ("meeting time chosen", f"poll {poll.id}: 2 can come, 1 can't")
        left_out = meeting_times.standing(session, poll)
        assert [[one.name for one in left_out[time]] for time in (first, second, third)] == [
            ["Amina", "Farah", "Piotr"],
            ["Farah", "Piotr"],
            ["Farah"],
        ]
        with pytest.raises(PollRefused, match="closed already"):
            meeting_times.close(session, poll, MONDAY)


def test_a_time_that_has_passed_is_not_chosen(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        late, over = _poll(session, people), _poll(session, people)
        event = meeting_times.close(session, late, TIMES[1])
        assert event is not None
        assert event.starts_at == TIMES[2]
        assert meeting_times.close(session, over, TIMES[2]) is None
        assert len(session.exec(select(Event)).all()) == 1
        assert session.exec(select(Task).where(Task.kind == "meeting time to choose")).one()
