"""Targets: one at a time, signed off by whoever sets it, and asked after when its day has come."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from bot.database import transaction
from nursery import targets
from nursery.targets import Target, TargetRefused
from tests.cast import MONDAY, People


def _set(session: Session, people: People, words: str = "Noor pours.", **fields: Any) -> Target:
    staff = people.staff["Grace"].model_copy(update={"id": fields.pop("staff", people.staff["Grace"].id)})
    return targets.set_target(session, people.children["Noor"], words, staff, MONDAY, **fields)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"concern": True}, "never goes by text"),
        ({"words": ""}, "needs words"),
        ({"words": "a" * 301}, "300 characters"),
        ({"staff": 99}, "key person or the manager"),
        ({"days": 0}, "1 to 92 days"),
        ({"days": 93}, "1 to 92 days"),
    ],
)
def test_what_is_refused(engine: Engine, people: People, fields: dict[str, Any], sentence: str) -> None:
    with transaction(engine) as session, pytest.raises(TargetRefused, match=sentence):
        _set(session, people, **fields)


def test_one_at_a_time(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        first, second = _set(session, people), _set(session, people, "Noor hops.")
        assert first.ended_at == MONDAY
        assert targets.current(session, second.child_id) == second
        assert targets.unsent(session, MONDAY) == [second]


@pytest.mark.parametrize(("days", "asked"), [(13, False), (14, True), (20, True), (21, False)])
def test_asked_when_its_day_has_come(engine: Engine, people: People, days: int, asked: bool) -> None:
    with transaction(engine) as session:
        target = _set(session, people)
        assert targets.to_ask(session, MONDAY + timedelta(days=days)) == []  # nobody has been told of it
        target.sent_at = MONDAY
        session.flush()
        assert targets.to_ask(session, MONDAY + timedelta(days=days)) == ([target] if asked else [])
