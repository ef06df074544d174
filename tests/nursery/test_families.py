"""Families from the office's list: what is taken, what is refused and why, and that twice changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot.database import transaction
from nursery.contacts import Contact, SharedPhone, best_contact
from nursery.families import Imported, import_families
from nursery.family_rows import COLUMNS, RowRefused, read_rows
from nursery.guardians import ANY_TOPIC, Guardian, Guardianship, Topic
from nursery.people import Child
from nursery.phones import NotAMobile, mobile
from nursery.tasks import open_tasks
from tests.cast import MONDAY

ROW = {
    "setting": "Little Acorns",
    "room": "Butterflies",
    "child": "Noor  Khan",
    "child_born": "30/04/2023",
    "guardian": "Amina Khan",
    "relationship": "mother",
    "phone": "07700 900001",
    "language": "en",
    "channel": "telegram",
    "parental_responsibility": "yes",
    "may_receive": "yes",
    "key_person": "Grace",
}


def take(engine: Engine, *rows: dict[str, str]) -> Imported:
    with transaction(engine) as session:
        return import_families(session, rows, MONDAY, test_numbers=True)


def test_a_row_is_a_family(engine: Engine) -> None:
    assert take(engine, ROW) == Imported(taken=1, changed=1)
    with transaction(engine) as session:
        child, guardian = session.exec(select(Child)).one(), session.exec(select(Guardian)).one()
        tie, contact = session.exec(select(Guardianship)).one(), session.exec(select(Contact)).one()
    assert (child.name, child.first_name, str(child.born)) == ("Noor Khan", "Noor", "2023-04-30")
    assert (guardian.language, guardian.channel) == ("en_GB", "telegram")
    assert (tie.may_receive, tie.parental_responsibility, tie.confirmed_at) == (int(ANY_TOPIC), True, MONDAY)
    assert (contact.channel, contact.address, contact.preferred) == ("sms", "+447700900001", False)


def test_twice_changes_nothing(engine: Engine) -> None:
    take(engine, ROW)
    assert take(engine, ROW) == Imported(taken=1, changed=0)


def test_one_number_with_two_children_is_one_guardian(engine: Engine) -> None:
    take(engine, ROW, {**ROW, "child": "Sami Khan", "child_born": "2024-01-02", "room": "Caterpillars"})
    with transaction(engine) as session:
        assert len(session.exec(select(Guardian)).all()) == 1
        assert len(session.exec(select(Guardianship)).all()) == 2


@pytest.mark.parametrize(
    ("written", "topics"),
    [("", 0), ("no", 0), ("all", int(ANY_TOPIC)), ("notices; events", int(Topic.NOTICES | Topic.EVENTS))],
)
def test_what_a_guardian_may_be_told(engine: Engine, written: str, topics: int) -> None:
    take(engine, {**ROW, "may_receive": written})
    with transaction(engine) as session:
        tie = session.exec(select(Guardianship)).one()
        assert (tie.may_receive, tie.confirmed_at is not None) == (topics, bool(topics))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"setting": ""}, "setting is empty"),
        ({"child": ""}, "child is empty"),
        ({"language": "Klingon"}, "language: Klingon is not one of ours"),
        ({"channel": "post"}, "channel: post is neither sms nor telegram"),
        ({"child_born": "April"}, "child_born: write the day of birth as 2023-04-30 or 30/04/2023"),
        ({"phone": "Amina"}, "phone: this is not a telephone number"),
        ({"phone": "01632 960123"}, "phone: this number does not exist"),
        ({"phone": "020 7946 0018"}, "phone: this is not a mobile number, so it can't be texted"),
        ({"may_receive": "gossip"}, "may_receive: gossip is not one of yes, no, notices, learning, progress, "),
    ],
)
def test_a_row_that_cannot_be_taken_is_named_and_the_rest_is_taken(
    engine: Engine, change: dict[str, str], reason: str
) -> None:
    result = take(engine, {**ROW, **change}, ROW)
    assert (result.taken, [line for line, _ in result.refused]) == (1, [2])
    assert result.refused[0][1].startswith(reason)


def test_a_refused_row_leaves_nothing_behind(engine: Engine) -> None:
    take(engine, ROW)
    assert take(engine, {**ROW, "child": "New Child", "phone": "Amina"}).taken == 0
    with transaction(engine) as session:
        assert [child.name for child in session.exec(select(Child))] == ["Noor Khan"]


def test_a_number_of_another_guardian_is_not_taken_from_them(engine: Engine) -> None:
    gran = {**ROW, "guardian": "Nani Khan", "relationship": "grandmother"}
    assert take(engine, ROW, gran, gran) == Imported(taken=3, changed=2)
    with transaction(engine) as session:
        amina, nani = session.exec(select(Guardian).order_by(Guardian.id)).all()  # type: ignore[arg-type]
        assert session.exec(select(Contact)).one().guardian_id == amina.id
        assert best_contact(session, nani.id or 0) is None
        assert session.exec(select(SharedPhone)).one().confirmed_at is None
        assert [task.guardian_id for task in open_tasks(session)] == [nani.id]


def test_another_number_in_the_list_is_for_staff_to_confirm(engine: Engine) -> None:
    changed = {**ROW, "phone": "07700 900777"}
    assert take(engine, ROW, changed, changed) == Imported(taken=3, changed=2)
    with transaction(engine) as session:
        assert session.exec(select(Contact)).one().address == "+447700900001"
        assert [task.kind for task in open_tasks(session)] == ["another number in the office's list: has it changed?"]


def test_a_child_of_two_settings_has_a_place_at_each(engine: Engine) -> None:
    there = {**ROW, "setting": "Busy Bees", "room": "Hive", "key_person": "Olu"}
    assert take(engine, ROW, there, there) == Imported(taken=3, changed=2)
    with transaction(engine) as session:
        assert len(session.exec(select(Child)).all()) == 2
        assert len(session.exec(select(Guardian)).all()) == len(session.exec(select(Contact)).all()) == 1


def test_not_a_list(tmp_path: Path) -> None:
    file = tmp_path / "families.csv"
    file.write_text("setting,child\n", encoding="utf-8")
    with pytest.raises(RowRefused, match="missing: room"):
        read_rows(file)
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RowRefused, match="not a CSV file in UTF-8"):
        read_rows(file)
    file.write_text("\ufeff" + ",".join(COLUMNS) + "\n" + ",".join(ROW.values()) + "\n", encoding="utf-8")
    assert read_rows(file) == [ROW]


@pytest.mark.parametrize(
    ("written", "e164"),
    [
        ("07700 900123", "+447700900123"),
        ("0044 7700 900123", "+447700900123"),
        ("+44 (0)7700 900123", "+447700900123"),
        ("447700900123", "+447700900123"),
        ("+48 512 345 678", "+48512345678"),
    ],
)
def test_numbers_as_people_write_them(written: str, e164: str) -> None:
    assert mobile(written, test_numbers=True) == e164


def test_numbers_for_films_are_for_tests_alone() -> None:
    with pytest.raises(NotAMobile, match="films and tests"):
        mobile("07700 900123")
