"""Rights: no table is forgotten when a guardian asks for a copy, is erased, or when time has passed."""

import json
from datetime import timedelta

import pytest
from sqlmodel import Session, SQLModel, select

from bot.messages import Incoming
from bot.outbox import OutboxMessage
from bot.receive import receive
from bot.wanted import want
from nursery import erasing, exporting, held, retention
from nursery.complaints import Grievance, lodge
from nursery.concerns import Concern, raise_concern
from nursery.contacts import Contact, SharedPhone, contact_at
from nursery.erasing import RightsLog, erase
from nursery.guardians import Guardian, Guardianship
from nursery.held import HELD, Fate
from nursery.inbox import InboundMessage, note_writer
from nursery.people import Child
from nursery.retention import RETENTION, Aged, Left, Stays, With
from nursery.sayings import Alarm
from nursery.settings import today
from nursery.shared_phones import propose, share
from nursery.translations import Translation, Wanted
from tests.cast import CAST, MONDAY, People
from tests.nursery.everything import Filling, rows_of, whole_database
from tests.talking import Player

TABLES = {table.name: table for table in SQLModel.metadata.sorted_tables}
POINTING = sorted(
    name
    for name, table in TABLES.items()
    if {key.column.table.name for key in table.foreign_keys} & {"guardian", "contact"}
)
AMINAS, FARAHS = "zebra", "heron"


@pytest.mark.parametrize("name", POINTING)
def test_every_table_about_a_guardian_has_a_line(name: str) -> None:
    """Add it to nursery.held.HELD: counted under a name, or not, for a reason."""
    lines = [line for line in HELD if line.table == name]
    assert len(lines) == 1
    assert bool(lines[0].name) != bool(lines[0].uncounted)
    assert {"guardian_id", "contact_id"} & set(TABLES[name].c.keys())


@pytest.mark.parametrize("name", sorted(TABLES))
def test_of_every_table_it_is_said_how_long_it_is_kept(name: str) -> None:
    """Add it to nursery.retention.RETENTION, with the source."""
    rule = RETENTION[name]
    if isinstance(rule, With):
        pointed = {key.column.table.name for key in TABLES[name].foreign_keys if not key.parent.nullable}
        assert rule.table in pointed
    else:
        assert rule.source
    if isinstance(rule, Aged | Left):
        assert retention.past(TABLES[name], rule, MONDAY) is not None
    assert isinstance(rule, Stays) or name != "guardian"


def test_every_line_is_a_table() -> None:
    assert {line.table for line in HELD} | set(RETENTION) <= set(TABLES)


def _fill(session: Session, people: People) -> tuple[int, int]:
    """Something of Amina's and of Farah's in every table."""
    noor = people.children["Noor"].id or 0
    amina, farah = (people.guardians[who].id or 0 for who in ("Amina", "Farah"))
    common: dict[str, int] = {}
    Filling(session, amina, noor, AMINAS, common).fill()
    Filling(session, farah, noor, FARAHS, common).fill()
    return amina, farah


def test_a_copy_holds_all_of_theirs_and_nothing_of_anybody_elses(play: Player, people: People) -> None:
    with play.session() as session:
        amina, _ = _fill(session, people)
        copy = exporting.copy_of(session, amina)
    text = json.dumps(copy)
    assert FARAHS not in text
    assert "Farah" not in text
    assert CAST["Farah"].chat not in text
    assert CAST["Amina"].chat in text
    assert copy["guardian"][0]["name"] == "Amina"
    assert copy["media"][0]["content"] == "cGhvdG8="
    expected = {line.table for line in HELD if not line.withheld} - {"shared_phone"}
    assert expected <= set(copy)
    assert not {line.table for line in HELD if line.withheld} & set(copy)
    for hidden in ("digest", "lease", "sends_held", "staff_id", "investigation"):
        assert f'"{hidden}"' not in text


def test_the_copy_leaves_out_what_is_with_the_lead_and_does_not_say_so(play: Player, people: People) -> None:
    play.say("Amina", "My partner hits me and I am scared")
    with play.session() as session:
        inbound = session.exec(select(InboundMessage)).one()
        inbound.restricted = True
        session.add(inbound)
        session.flush()
        copy = exporting.copy_of(session, people.guardians["Amina"].id or 0)
    assert "inbound_message" not in copy
    assert "outbox_message" not in copy
    assert "scared" not in json.dumps(copy)


def test_the_copy_does_not_say_that_the_lead_holds_what_is_sent(play: Player, people: People) -> None:
    with play.session() as session:
        session.get_one(Guardian, people.guardians["Amina"].id).sends_held = True
    play.push("Amina", "birthday")
    assert play.deliver() == []
    with play.session() as session:
        assert session.exec(select(OutboxMessage.reason)).one() == "held"
        copy = exporting.copy_of(session, people.guardians["Amina"].id or 0)
    assert "held" not in json.dumps(copy)


def test_the_copy_names_no_other_guardian_by_number(play: Player, people: People) -> None:
    with play.session() as session:
        amina, piotr = (session.get_one(Guardian, people.guardians[who].id) for who in ("Amina", "Piotr"))
        contact = contact_at(session, "sms", CAST["Piotr"].phone)
        assert contact is not None
        propose(session, contact, amina, MONDAY, people.setting.id or 0)
        copy = exporting.copy_of(session, amina.id or 0)
    assert "task" in copy
    assert f"guardian share {amina.id} {piotr.id}" not in json.dumps(copy)


def test_erased_and_the_other_guardian_untouched(play: Player, people: People) -> None:
    with play.session() as session:
        amina, farah = _fill(session, people)
        before = rows_of(session, farah)
    with play.session() as session:
        done = erase(session, amina, MONDAY, by="test")
        left = rows_of(session, amina)
        kept = {line.table for line in HELD if line.fate == Fate.KEPT}
        assert {name for name, rows in left.items() if rows} == kept
        assert rows_of(session, farah) == before
        assert done.gone > 10
        assert any("EYFS" in why for why in done.kept)
        everything = whole_database(session)
        assert CAST["Amina"].chat not in everything
        assert "concern" not in repr(done)
        guardian = session.get_one(Guardian, amina)
        assert (guardian.name, guardian.left_on, guardian.language) == ("Amina", today(MONDAY), "en_GB")
        tie = session.exec(select(Guardianship).where(Guardianship.guardian_id == amina)).one()
        assert (tie.may_receive, tie.may_collect) == (0, False)


def test_of_whom_nothing_must_be_kept_nothing_is(play: Player, people: People) -> None:
    with play.session() as session:
        child = session.get_one(Child, people.children["Noor"].id)
        child.left_on = today(MONDAY)
        session.add(child)
    play.say("Amina", "IDEA")
    with play.session() as session:
        done = erase(session, people.guardians["Amina"].id or 0, MONDAY, by="test")
        assert done.kept == ()
        assert session.get(Guardian, people.guardians["Amina"].id) is None
        assert "Amina" not in whole_database(session)
        assert session.exec(select(RightsLog)).one().what == "erased"


def test_a_number_erased_is_a_strangers(on_both: Player, people: People) -> None:
    on_both.say("Amina", "MENU")
    on_both.say("Stranger", "RECORD")
    to_strangers, channel = on_both.heard[-1].text, on_both.channel or ""
    address = CAST["Amina"].address(channel)
    with on_both.session() as session:
        erase(session, people.guardians["Amina"].id or 0, MONDAY, by="test")
        assert contact_at(session, channel, address) is None
        receive(session, Incoming(channel, "later", address, text="RECORD"), on_both.house, MONDAY)
    with on_both.session() as session:
        contact = contact_at(session, channel, address)
        assert contact is not None
        assert contact.guardian_id is None
        told = session.exec(select(OutboxMessage).where(OutboxMessage.contact_id == contact.id)).one()
        assert told.text == to_strangers


def test_a_complaint_and_a_concern_keep_their_words(play: Player, people: People) -> None:
    play.say("Amina", "The gate was open")
    play.say("Amina", "She said her uncle hurts her")
    with play.session() as session:
        gate, hurt = session.exec(select(InboundMessage).order_by(InboundMessage.id)).all()  # type: ignore[arg-type]
        amina = session.get_one(Guardian, people.guardians["Amina"].id)
        setting = people.setting
        lodge(session, setting, amina, Grievance(gate.text, None, inbound_id=gate.id), MONDAY)
        if not session.exec(select(Concern)).all():
            raise_concern(session, hurt.id or 0, amina, setting, Alarm("child", "", "en_GB"), MONDAY)
        session.add(InboundMessage(**gate.model_dump(exclude={"id", "provider_id", "text"}), provider_id="edit"))
        session.flush()
        edited = session.exec(select(InboundMessage).where(InboundMessage.provider_id == "edit")).one()
        edited.text, edited.corrects_id = "The gates were open", gate.id
        session.add(edited)
    with play.session() as session:
        done = erase(session, people.guardians["Amina"].id or 0, MONDAY, by="test")
        kept = session.exec(select(InboundMessage)).all()
        assert sorted(one.text for one in kept) == [
            "She said her uncle hurts her",
            "The gate was open",
            "The gates were open",
        ]
        assert {one.contact_id for one in kept} == {None}
        assert len(session.exec(select(Concern)).all()) == 1
        assert [why.split(":")[0] for why in done.kept] == ["complaints", "the tie to a child who still attends"]


def test_a_shared_phone_is_the_others_then(play: Player, people: People) -> None:
    amina, farah = (people.guardians[who].id or 0 for who in ("Amina", "Farah"))
    with play.session() as session:
        contact = session.exec(select(Contact).where(Contact.guardian_id == amina)).one()
        share(session, contact, session.get_one(Guardian, farah), MONDAY, today(MONDAY))
    play.say("Amina", "hello from one of us")
    with play.session() as session:
        contact = session.exec(select(Contact).where(Contact.guardian_id == amina)).one()
        assert "hello" not in json.dumps(exporting.copy_of(session, amina))
        erase(session, amina, MONDAY, by="test")
        session.refresh(contact)
        assert (contact.guardian_id, contact.shared) == (farah, False)
        assert session.exec(select(SharedPhone)).all() == []
        assert [one.text for one in session.exec(select(InboundMessage))] == ["hello from one of us"]


def test_the_gist_of_a_message_goes_with_it(play: Player, people: People) -> None:
    """It was made before it was known who of a shared phone had written."""
    words, amina = "Proszę zadzwonić do mnie", people.guardians["Amina"].id or 0
    with play.session() as session:
        contact = contact_at(session, "telegram", CAST["Amina"].chat)
        assert contact is not None
        message = InboundMessage(channel="telegram", provider_id="g1", kind="text", text=words, received_at=MONDAY)
        message.contact_id, message.of_several = contact.id, True
        session.add(message)
        session.flush()
        want(session, [Wanted(f"in:{message.id}", "pl", "en_GB", words, None, None, message.id)], MONDAY)
        note_writer(session, message.id or 0, amina)
    with play.session() as session:
        erase(session, amina, MONDAY, by="Grace")
        assert session.exec(select(Translation)).all() == []


def test_counted_is_what_there_is(play: Player, people: People) -> None:
    with play.session() as session:
        amina, farah = _fill(session, people)
        mine, theirs = (held.counted(session, one) for one in (amina, farah))
        assert mine == theirs
        assert {name for name, _ in mine} == {line.name for line in HELD if line.name}
        assert {number for _, number in mine} == {1}
        erase(session, amina, MONDAY, by="test")
        assert held.counted(session, farah) == theirs


def test_erased_twice_does_no_harm(play: Player, people: People) -> None:
    with play.session() as session:
        amina, _ = _fill(session, people)
        first = erase(session, amina, MONDAY, by="test")
        again = erase(session, amina, MONDAY + timedelta(days=1), by="test")
        assert again.kept == first.kept
        assert erasing.erased_at(session, amina) == MONDAY + timedelta(days=1)
