"""A right that has gone since we asked: neither a number typed nor an old button is an answer any more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session, SQLModel, select

from bot.messages import Kind
from nursery import courses, events, settling, targets, ties
from nursery.courses import CourseReply, Details
from nursery.guardians import Topic
from nursery.recipients import Audience
from nursery.rsvps import Rsvp
from nursery.settings import today
from nursery.settling import SettlingReply
from nursery.targets import TargetReply
from nursery.tasks import Task
from tests.cast import MONDAY, People, contact_of
from tests.talking import Player

CLOSED = "That question is closed. Text MENU to see what you can do."
TODAY = today(MONDAY)


def _settling(session: Session, people: People) -> int:
    noor = people.children["Noor"]
    settling.begin(session, noor, TODAY)
    return settling.write(session, noor, "Noor laughed.", people.staff["Grace"], MONDAY).id or 0


def _target(session: Session, people: People) -> int:
    return targets.set_target(session, people.children["Noor"], "Shoes on.", people.staff["Grace"], MONDAY).id or 0


def _event(session: Session, people: People) -> int:
    starts, audience = MONDAY + timedelta(days=2), Audience(people.setting.id or 0)
    return events.add_event(session, audience, "Songs", starts, starts + timedelta(hours=1), now=MONDAY).id or 0


def _course(session: Session, people: People) -> int:
    said = Details(courses.Kind.COURSE, "English for parents", places=1)
    return courses.add_course(session, people.setting.id or 0, said, MONDAY).id or 0


def _end(play: Player, people: People, who: str) -> None:
    """The tie ends without anybody at the desk, as a placement does: nothing was taken back."""
    with play.session() as session:
        for tie, _ in ties.ties_of(session, people.guardians[who].id or 0):
            ties.end(session, tie, TODAY - timedelta(days=1))


def _kept(play: Player, *tables: type[SQLModel]) -> int:
    with play.session() as session:
        return sum(len(session.exec(select(table)).all()) for table in tables)


@pytest.mark.parametrize("who", ["Amina", "Farah"])
@pytest.mark.parametrize(("conversation", "made"), [("settling_note", _settling), ("target_asked", _target)])
def test_about_the_child(on_both: Player, people: People, who: str, conversation: str, made: object) -> None:
    assert callable(made)
    with on_both.session() as session:
        number = made(session, people)
    params = {"note": number, "target": number}
    on_both.push(who, conversation, params, topic=Topic.PROGRESS)
    assert on_both.deliver()[0].choices
    _end(on_both, people, who)
    told = " ".join(one.text for one in on_both._tap(who, 3, ""))
    assert "Noor" not in told
    assert "Grace" not in told
    assert _kept(on_both, SettlingReply, TargetReply, Task) == 0


@pytest.mark.parametrize(
    ("conversation", "made", "params"),
    [("event_reminder", _event, {"when": "day"}), ("course_told", _course, {})],
)
def test_an_old_button(play: Player, people: People, conversation: str, made: object, params: dict[str, str]) -> None:
    assert callable(made)
    with play.session() as session:
        number = made(session, people)
    about = {"event": number, "course": number, **params}
    play.push("Amina", conversation, about, topic=Topic.EVENTS, child="Noor")
    asked = play.deliver()[0]
    _end(play, people, "Amina")
    said = play.say("Amina", kind=Kind.TAP, tapped=f"{asked.id}:0", tap_ref="late")
    assert [one.text for one in said] == [CLOSED]
    assert _kept(play, Rsvp, CourseReply, Task) == 0


def test_a_button_of_a_message_to_somebody_else(play: Player, people: People) -> None:
    """The chat is another guardian's since: what was asked of the first is not for the second to answer."""
    with play.session() as session:
        number = _target(session, people)
    play.push("Amina", "target_asked", {"target": number}, topic=Topic.PROGRESS)
    asked = play.deliver()[0]
    with play.session() as session:
        contact = contact_of(session, "Amina", "telegram")
        assert contact is not None
        contact.guardian_id = people.guardians["Farah"].id
        session.add(contact)
    said = play.say("Amina", kind=Kind.TAP, tapped=f"{asked.id}:0", tap_ref="late")
    assert "Noor" not in said[0].text
    assert _kept(play, TargetReply) == 0
