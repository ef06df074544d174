"""Retention: nothing goes before its time, and then with all that hangs on it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, SQLModel, select

from nursery import retention
from nursery.complaints import Complaint
from nursery.contacts import Contact
from nursery.guardians import Guardian, Guardianship
from nursery.inbox import InboundMessage, Media
from nursery.people import Child
from nursery.retention import RETENTION, Aged, Left
from nursery.settings import today
from tests.cast import MONDAY, People
from tests.nursery.everything import Filling, whole_database
from tests.talking import Player

DAY = timedelta(days=1)
AGED = {name: rule for name, rule in RETENTION.items() if isinstance(rule, Aged) and not rule.free}


def _rows(session: Session, name: str) -> int:
    return len(session.connection().execute(SQLModel.metadata.tables[name].select()).all())


def _forget(session: Session, now: Any) -> None:
    """As the job does it: each table in turn until nothing is due."""
    for name in RETENTION:
        while numbers := retention.due(session, name, now):
            assert retention.drop(session, name, numbers) > 0
    retention.erase_the_gone(session, now)


@pytest.mark.parametrize("name", sorted(AGED))
def test_each_goes_on_its_day_and_not_before(play: Player, people: People, name: str) -> None:
    rule = AGED[name]
    with play.session() as session:
        Filling(session, 1, people.children["Noor"].id or 0, "zebra").row(SQLModel.metadata.tables[name])
        before = _rows(session, name)
        assert retention.due(session, name, MONDAY + rule.after - DAY) == []
        due = retention.due(session, name, MONDAY + rule.after + DAY)
        assert len(due) == before == 1
        retention.drop(session, name, due)
        assert _rows(session, name) == 0


@pytest.mark.parametrize("name", sorted(name for name, rule in RETENTION.items() if isinstance(rule, Left)))
def test_a_childs_record_goes_three_years_after_leaving(play: Player, people: People, name: str) -> None:
    with play.session() as session:
        child = session.get_one(Child, people.children["Noor"].id)
        filling = Filling(session, people.guardians["Amina"].id or 0, child.id or 0, "zebra")
        if name != "guardianship":
            filling.row(SQLModel.metadata.tables[name])
        after = MONDAY + retention.THREE_YEARS
        assert retention.due(session, name, after + 900 * DAY) == []
        child.left_on = today(MONDAY)
        session.add(child)
        session.flush()
        assert retention.due(session, name, after) == []
        assert retention.due(session, name, after + DAY)


def test_a_message_stays_as_long_as_something_rests_on_it(play: Player, people: People) -> None:
    play.say("Amina", "The gate was open")
    play.say("Amina", "just hello")
    with play.session() as session:
        gate, hello = session.exec(select(InboundMessage).order_by(InboundMessage.id)).all()  # type: ignore[arg-type]
        media = Media(inbound_id=hello.id or 0, channel="telegram", kind="photo", ref="x", content=b"photo")
        setting, guardian = people.setting.id or 0, people.guardians["Amina"].id or 0
        complaint = Complaint(
            reference="C-1",
            setting_id=setting,
            guardian_id=guardian,
            words="",
            inbound_id=gate.id,
            received_at=MONDAY,
            due_on=today(MONDAY),
            told_at=MONDAY,
        )
        edited: dict[str, Any] = {
            "message_ref": "7",
            "corrects_id": gate.id,
            "contact_id": gate.contact_id,
            "received_at": MONDAY,
        }
        session.add(InboundMessage(channel="telegram", provider_id="e", kind="edit", text="The gates", **edited))
        session.add_all([media, complaint])
        session.flush()
        _forget(session, MONDAY + 366 * DAY)
        session.expire_all()
        assert {one.text for one in session.exec(select(InboundMessage))} == {"The gate was open", "The gates"}
        assert session.exec(select(Media)).all() == []
        _forget(session, MONDAY + retention.THREE_YEARS + DAY)
        assert session.exec(select(InboundMessage)).all() == []


def test_an_open_complaint_never_goes(play: Player, people: People) -> None:
    for words in ("COMPLAIN", "The gate was open", "2"):
        play.say("Amina", words)
    with play.session() as session:
        _forget(session, MONDAY + 4000 * DAY)
        assert session.exec(select(Complaint)).one().words == "The gate was open"


def test_years_after_a_family_has_left_nothing_is_left_of_them(play: Player, people: People) -> None:
    play.say("Ioana", "MENU")
    play.say("Amina", "MENU")
    with play.session() as session:
        ioana = session.get_one(Guardian, people.guardians["Ioana"].id)
        for first in ("Andrei", "Mara"):
            child = session.get_one(Child, people.children[first].id)
            child.left_on = today(MONDAY)
            session.add(child)
        ioana.left_on = today(MONDAY)
        session.add(ioana)
        session.flush()
        _forget(session, MONDAY + retention.THREE_YEARS)
        assert session.get(Guardian, ioana.id) is not None
        for _ in range(2):
            _forget(session, MONDAY + retention.THREE_YEARS + 2 * DAY)
        session.expire_all()
        left = whole_database(session)
        for words in ("Ioana", "Andrei", "+447700900004"):
            assert words not in left, words
        assert "Amina" in left
        assert len(session.exec(select(Guardianship)).all()) == 4


def test_a_strangers_stop_is_not_forgotten(play: Player, people: People) -> None:
    play.say("Stranger", "STOP")
    with play.session() as session:
        for _ in range(2):
            _forget(session, MONDAY + 4000 * DAY)
        assert session.exec(select(Contact.state).where(Contact.address == "+447700900099")).one() == "stopped"


def test_a_stranger_is_forgotten_after_a_year(play: Player, people: People) -> None:
    play.say("Stranger", "MENU")
    with play.session() as session:
        _forget(session, MONDAY + 364 * DAY)
        assert session.exec(select(Contact).where(Contact.address == "+447700900099")).first() is not None
        for _ in range(2):
            _forget(session, MONDAY + 366 * DAY)
        assert session.exec(select(Contact).where(Contact.address == "+447700900099")).first() is None
        assert len(session.exec(select(Contact)).all()) == 5
