"""Families from the office's list: what is taken, what is refused and why, and that twice changes nothing."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from bot.database import transaction
from bot.writer import Writer
from nursery.beginnings import Beginning
from nursery.contacts import Contact, SharedPhone, best_contact
from nursery.families import Imported, import_families
from nursery.family_list import read_list, read_rows
from nursery.family_rows import COLUMNS, OPTIONAL, RowRefused, read_row
from nursery.guardians import ANY_TOPIC, Guardian, Guardianship, Topic
from nursery.oddities import alike, oddities
from nursery.pegs import pictures
from nursery.people import LEFT, Child, Staff
from nursery.phones import NotAMobile, mobile
from nursery.settings import Setting, today
from nursery.settling import Settling
from nursery.tasks import open_tasks
from scheduler import welcome_families
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
        ({"child": "12"}, "child: 12 is not a name"),
        ({"guardian": "?"}, "guardian: ? is not a name"),
        ({"child": "Khan, Noor"}, "child: write Khan, Noor with the first name first"),
        ({"child_born": "2027-03-01"}, "child_born: 2027-03-01 is still ahead. Is the year right?"),
        ({"child_born": "1996-03-01"}, "child_born: 1996-03-01 is more than 11 years ago. Is it the child's?"),
        ({"phone": "", "channel": "sms"}, "phone is empty: who has none"),
        ({"phone": "4.4770E+11"}, "phone: this "),
        ({"more": "Flat 2"}, "there are more cells than columns (Flat 2)"),
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
    assert str(result.refused[0][1]).startswith(reason)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"child": "N Khan"}, "child: parents read the first name in every message, and it is N"),
        ({"guardian": "A"}, "guardian: the name is one letter, A"),
        ({"child_born": "01.03.2019"}, "child_born: a child born on 2019-03-01 is older than 6"),
        ({"relationship": "xyz"}, "relationship: xyz does not say who they are to the child"),
        ({"phone": "+48 512 345 678"}, "phone: +48512345678 is a foreign number"),
        ({"parental_responsibility": "perhaps"}, "parental_responsibility: perhaps counts as not known"),
        ({"starts": "2062-09-07"}, "starts: 2062-09-07 is more than a year ahead"),
    ],
)
def test_what_is_odd_in_a_row_is_said(change: dict[str, str], reason: str) -> None:
    written, day = ROW | change, today(MONDAY)
    found = list(oddities(read_row(written, True, day), written, day))
    assert [str(why).startswith(reason) for why in found] == [True]


def test_what_is_odd_beside_what_is_here_is_taken_and_said(engine: Engine) -> None:
    changes = [
        {"room": "Caterpillars"},
        {"room": "Butterflys"},
        {"child_born": "01/05/2023"},
    ]
    result = take(engine, ROW, *(ROW | change for change in changes))
    assert (result.taken, result.refused) == (4, [])
    assert [(line, str(why)) for line, why in result.odd] == [
        (3, "room: Noor Khan is in Butterflies on line 2. Taken as one child, now in Caterpillars"),
        (4, "Butterflys is new here, and much like Butterflies: are they one?"),
        (4, "room: Noor Khan is in Caterpillars on line 3. Taken as one child, now in Butterflys"),
        (5, "child_born: another Noor Khan here was born on 2023-04-30: are they two?"),
    ]


def test_no_setting_comes_of_a_slip(engine: Engine) -> None:
    slip, right = ROW | {"setting": "Little Acorn"}, ROW | {"phone": "07700 900002", "guardian": "Farah Khan"}
    first = take(engine, slip, ROW, right)
    assert [(line, str(why)) for line, why in first.refused] == [
        (2, "setting: Little Acorn is much like Little Acorns. Write it alike, or, if they are two: --new-settings")
    ]
    again = take(engine, slip)
    assert (again.taken, len(again.refused)) == (0, 1)
    with transaction(engine) as session:
        assert [one.name for one in session.exec(select(Setting))] == ["Little Acorns"]
        assert import_families(session, [slip], MONDAY, test_numbers=True, new_settings=True).taken == 1
        assert len(session.exec(select(Setting)).all()) == 2
    assert take(engine, slip).refused == []


@pytest.mark.parametrize("relationship", ["", "Mum", "step-father", "grandmother", "foster carer", "mother's partner"])
def test_what_is_usual_is_taken_without_a_word(relationship: str) -> None:
    written, day = ROW | {"relationship": relationship}, today(MONDAY)
    assert list(oddities(read_row(written, True, day), written, day)) == []


@pytest.mark.parametrize(
    ("name", "other", "one"),
    [
        ("Butterflys", "Butterflies", True),
        ("BUTTERFLIES", "Butterflies", True),
        ("Butterflies 1", "Butterflies 2", False),
        ("Grace", "Grave", False),
        ("Caterpillars", "Butterflies", False),
    ],
)
def test_two_names_that_are_perhaps_one(name: str, other: str, one: bool) -> None:
    assert alike(name, [other]) == (other if one else "")


def test_a_key_person_who_has_left_does_not_come_back_by_the_list(engine: Engine) -> None:
    take(engine, ROW)
    with transaction(engine) as session:
        grace, noor = session.exec(select(Staff)).one(), session.exec(select(Child)).one()
        grace.role, noor.key_person_id = LEFT, None
    [(line, why)] = take(engine, ROW).odd
    assert (line, str(why)) == (2, "key_person: Grace has left, so the child's key person stays as it is")
    with transaction(engine) as session:
        assert session.exec(select(Child)).one().key_person_id is None


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


def test_two_parents_of_one_name_are_two_people_and_neither_is_told_of_the_others_child(engine: Engine) -> None:
    lia = {**ROW, "child": "Lia Khan", "phone": "07700 900011"}
    taken = take(engine, ROW, lia, ROW, lia)
    assert (taken.taken, taken.changed, [line for line, _ in taken.odd]) == (4, 2, [3])
    with transaction(engine) as session:
        ties = session.exec(select(Guardianship)).all()
        assert len({tie.guardian_id for tie in ties}) == len({tie.child_id for tie in ties}) == len(ties) == 2
        assert len({one.guardian_id for one in session.exec(select(Contact))}) == 2
        assert open_tasks(session) == []


def test_one_name_and_no_number_may_be_one_person_once_staff_say_so(engine: Engine) -> None:
    lia = {**ROW, "child": "Lia Khan", "phone": ""}
    taken = take(engine, ROW, lia, lia)
    assert (taken.taken, taken.changed, [line for line, _ in taken.odd]) == (3, 2, [3])
    with transaction(engine) as session:
        assert len(session.exec(select(Guardian)).all()) == 1
        assert [tie.confirmed_at for tie in session.exec(select(Guardianship).order_by(col(Guardianship.id)))] == [
            MONDAY,
            None,
        ]


def test_what_the_list_says_later_is_taken_where_nobody_has_chosen_and_said_where_somebody_has(engine: Engine) -> None:
    blank = {**ROW, "may_receive": "", "parental_responsibility": ""}
    assert take(engine, blank, ROW, ROW).changed == 2
    with transaction(engine) as session:
        tie = session.exec(select(Guardianship)).one()
        assert (tie.may_receive, tie.confirmed_at, tie.parental_responsibility) == (int(ANY_TOPIC), MONDAY, True)
    limited = take(engine, {**ROW, "may_receive": "none", "language": "pl"})
    assert (limited.changed, len(limited.odd)) == (0, 2)
    with transaction(engine) as session:
        assert session.exec(select(Guardianship)).one().may_receive == int(ANY_TOPIC)
        assert session.exec(select(Guardian)).one().language == "en_GB"


def test_a_child_of_two_settings_has_a_place_at_each(engine: Engine) -> None:
    there = {**ROW, "setting": "Busy Bees", "room": "Hive", "key_person": "Olu"}
    assert take(engine, ROW, there, there) == Imported(taken=3, changed=2)
    with transaction(engine) as session:
        assert len(session.exec(select(Child)).all()) == 2
        assert len(session.exec(select(Guardian)).all()) == len(session.exec(select(Contact)).all()) == 1


@pytest.mark.parametrize(
    ("first", "between", "ends"),
    [("", ",", "\n"), ("\ufeff", ";", "\r\n"), ("", "\t", "\r\n"), ("sep=;\r\n", ";", "\r\n")],
)
def test_as_spreadsheets_save_it(tmp_path: Path, first: str, between: str, ends: str) -> None:
    file = tmp_path / "families.csv"
    header = [name.replace("_", " ").title() for name in COLUMNS]
    lines = [between.join(cells) for cells in (header, ROW.values(), [""] * len(COLUMNS), [*ROW.values(), "extra"])]
    file.write_bytes((first + ends.join(lines) + ends).encode())
    one, empty, moved = read_rows(file)
    assert one == ROW | dict.fromkeys(OPTIONAL, "")
    assert not any(empty.values())
    assert moved == one | {"more": "extra"}


def test_a_first_line_that_is_not_as_ours(tmp_path: Path) -> None:
    file = tmp_path / "families.csv"
    file.write_text(",".join(COLUMNS).replace("child_born", "DOB"), encoding="utf-8")
    with pytest.raises(RowRefused, match="missing: child_born; not known: DOB"):
        read_rows(file)
    file.write_text(",".join([*COLUMNS, "Phone"]), encoding="utf-8")
    with pytest.raises(RowRefused, match="names a column twice: phone"):
        read_rows(file)
    file.write_text(",".join([*COLUMNS, "Allergies", ""]), encoding="utf-8")
    assert (read_list(file).left_out, read_list(file).rows) == (["Allergies"], [])
    file.write_bytes("setting,Zoë".encode("cp1252"))
    with pytest.raises(RowRefused, match="CSV UTF-8"):
        read_rows(file)


def test_not_a_list(tmp_path: Path) -> None:
    file = tmp_path / "families.csv"
    file.write_text("setting,child\n", encoding="utf-8")
    with pytest.raises(RowRefused, match="missing: room"):
        read_rows(file)
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RowRefused, match="not a CSV file in UTF-8"):
        read_rows(file)
    file.write_text("\ufeff" + ",".join(COLUMNS) + "\n" + ",".join(ROW.values()) + "\n", encoding="utf-8")
    assert read_rows(file) == [ROW | dict.fromkeys(OPTIONAL, "")]


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


def _named(number: int, **fields: str) -> dict[str, str]:
    named = {"child": f"Child Number{number}", "guardian": f"Parent {number}", "phone": f"07700 900{100 + number}"}
    return ROW | named | fields


@pytest.mark.parametrize("days", [-14, -3, 0, 10])
def test_a_first_day_begins_settling_in_and_the_first_weeks(engine: Engine, days: int) -> None:
    first = today(MONDAY) + timedelta(days)
    row = ROW | {"channel": "sms", "starts": first.isoformat()}
    assert take(engine, row, row | {"guardian": "Farah", "phone": "07700 900003"}).changed == 2
    with transaction(engine) as session:
        settling = session.exec(select(Settling)).one()
        assert settling.settling_from == first
        begun = session.exec(select(Beginning)).all()
        assert [(one.began_on, one.next_on) for one in begun] == [(first, first + timedelta(1))] * 2
    assert take(engine, row) == Imported(taken=1, changed=0)


async def test_from_then_on_the_first_weeks_come(engine: Engine) -> None:
    first = today(MONDAY) + timedelta(2)
    take(engine, ROW | {"channel": "sms", "starts": first.isoformat()})
    writer = Writer(engine)
    try:
        assert await welcome_families.run(writer, MONDAY + timedelta(2)) == 0
        assert await welcome_families.run(writer, MONDAY + timedelta(3)) == 1
    finally:
        await writer.close()


@pytest.mark.parametrize("starts", ["", "2026-11-08", "2019-09-01"])
def test_a_first_day_long_past_begins_nothing(engine: Engine, starts: str) -> None:
    assert take(engine, ROW | {"starts": starts}).taken == 1
    with transaction(engine) as session:
        assert (session.exec(select(Settling)).all(), session.exec(select(Beginning)).all()) == ([], [])


def test_who_had_joined_before_has_no_first_weeks_again(engine: Engine) -> None:
    """A second child comes: the settling-in log begins, the first weeks are not gone through once more."""
    take(engine, ROW)
    with transaction(engine) as session:
        session.exec(select(Contact)).one().greeted_at = MONDAY
    take(engine, ROW | {"child": "Sami Khan", "child_born": "2025-01-02", "starts": "2026-11-30"})
    with transaction(engine) as session:
        assert (len(session.exec(select(Settling)).all()), session.exec(select(Beginning)).all()) == (1, [])


@pytest.mark.parametrize("starts", ["30/11/2026", "soon", "2026-13-01"])
def test_a_first_day_that_is_none_is_named(engine: Engine, starts: str) -> None:
    [(line, why)] = take(engine, ROW | {"starts": starts}).refused
    assert (line, str(why)) == (2, "starts: write the first day as 2026-09-07")


def test_in_a_room_no_two_pegs_have_the_same_picture_while_they_last(engine: Engine) -> None:
    rows = [_named(number) for number in range(60)]
    take(engine, *rows[:48])
    with transaction(engine) as session:
        assert sorted(session.exec(select(Child.peg))) == sorted(pictures())
    take(engine, *rows)
    with transaction(engine) as session:
        given = session.exec(select(Child.peg).order_by(col(Child.id))).all()
        assert max(Counter(given).values()) == 2
    assert take(engine, *rows).changed == 0
    with transaction(engine) as session:
        assert session.exec(select(Child.peg).order_by(col(Child.id))).all() == given


def test_a_picture_that_is_asked_for(engine: Engine) -> None:
    done = take(engine, _named(1), _named(2, picture="fox"), _named(3, picture="Owl"), _named(4, picture="owl"))
    assert [(line, str(why)) for line, why in done.refused] == [
        (5, "picture: Another child of the room has the picture owl.")
    ]
    assert str(take(engine, _named(5, picture="dragon")).refused[0][1]).startswith("picture: dragon is none of the ")
    with transaction(engine) as session:
        first, *others = session.exec(select(Child.peg).order_by(col(Child.id))).all()
        assert first in pictures()
        assert others == ["fox", "owl"]


def test_who_moves_to_a_room_with_the_same_picture_has_another(engine: Engine) -> None:
    take(engine, _named(1, picture="fox"), _named(2, picture="fox", room="Caterpillars"))
    take(engine, _named(2))
    with transaction(engine) as session:
        stays, moved = session.exec(select(Child.peg).order_by(col(Child.id))).all()
        assert (stays, moved != "fox", moved in pictures()) == ("fox", True, True)
