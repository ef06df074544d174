"""coatpeg guardian, hold-sends and the rest: what staff set about one guardian, and what it stops at once."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import select

from bot.database import open_engine, reading, transaction
from bot.outbox import OutboxMessage, Priority, Reply, State, enqueue
from bot.pushes import Push, push_one
from nursery.contacts import Contact, best_contact
from nursery.family_rows import COLUMNS
from nursery.guardians import Guardian, Guardianship, Topic
from nursery.people import Child
from tests.cast import MONDAY
from tests.command_line import Coatpeg, Ran

Rows = Callable[..., Ran]
ROW = dict(zip(COLUMNS, ["Little Acorns", "Butterflies", "Lily Gray", "2023-04-30"], strict=False))


@pytest.fixture
def rows(acorns: Coatpeg, tmp_path: Path) -> Rows:
    """Takes rows about Lily from the office's list."""

    def take(*changes: dict[str, str]) -> Ran:
        file = tmp_path / "more.csv"
        with file.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, COLUMNS)
            writer.writeheader()
            usual = {"language": "en", "channel": "sms", "may_receive": "yes", "parental_responsibility": "yes"}
            writer.writerows({**ROW, **usual, **change} for change in changes)
        return acorns("import-families", str(file))

    return take


MUM = {"guardian": "Jo Gray", "phone": "07700 900701"}
FOSTER = {"guardian": "Sam Hill", "relationship": "foster carer", "phone": "07700 900702"}
GRAN = {"guardian": "Nan Gray", "phone": "07700 900701", "may_receive": "yes"}


def _outbox(folder: Path) -> list[OutboxMessage]:
    engine = open_engine(f"sqlite:///{folder}/coatpeg.db")
    with reading(engine) as session:
        found = list(session.exec(select(OutboxMessage).order_by(OutboxMessage.id)))  # type: ignore[arg-type]
    engine.dispose()
    return found


def _wait(folder: Path, name: str) -> None:
    """A reply, a snippet about the child and a rendered notice wait for this guardian."""
    engine = open_engine(f"sqlite:///{folder}/coatpeg.db")
    with transaction(engine) as session:
        guardian = session.exec(select(Guardian).where(Guardian.name == name)).one()
        child = session.exec(select(Child).where(Child.name == "Lily Gray")).one()
        contact = best_contact(session, guardian.id or 0)
        assert contact is not None
        enqueue(session, [Reply("in:1:0", "sms", contact.id or 0, "Lily ran", "en_GB", MONDAY, guardian.id)])
        for key, about in (("snippet:1", child.id), ("notice:1", None)):
            push = Push(key, "notice", {}, Topic.NOTICES, child.setting_id, MONDAY, Priority.NOTICE)
            push_one(session, push, contact, MONDAY, child_id=about)
        rendered = session.exec(select(OutboxMessage).where(OutboxMessage.key.startswith("notice:1"))).one()
        rendered.text = "As it was put into words before"
        session.add(rendered)
    engine.dispose()


def test_a_new_link_is_told_nothing_until_confirmed(acorns: Coatpeg, rows: Rows) -> None:
    rows(MUM, {**FOSTER, "may_receive": ""})
    assert "Sam Hill  Lily Gray  foster carer  not confirmed, told nothing" in acorns("guardian", "list").out
    assert acorns("guardian", "confirm", "Sam Hill").out == "Sam Hill, Lily Gray: told of all.\n"
    assert "No tie waits" in acorns("guardian", "list").out
    said = acorns("guardian", "topics", "sam hill", "notices events").out
    assert said == "Sam Hill, Lily Gray: told of notices, events.\n"
    assert "told of notices, events" in acorns("guardian", "list", "Sam Hill").out


def test_a_limit_takes_back_what_waits(acorns: Coatpeg, rows: Rows, tmp_path: Path) -> None:
    rows(MUM, FOSTER)
    _wait(tmp_path, "Sam Hill")
    ran = acorns("guardian", "limit", "Sam Hill", "--child", "Lily")
    assert ran.out.startswith(
        "2 messages that had not left do not go.\nSam Hill, Lily Gray: told of all; limited by an"
    )
    by_key = {one.key.split(":")[0]: one for one in _outbox(tmp_path)}
    assert (by_key["in"].state, by_key["snippet"].state) == (State.CANCELLED, State.CANCELLED)
    assert (by_key["notice"].state, by_key["notice"].text) == (State.DUE, "")  # put into words, or not, when claimed
    assert "limited" not in acorns("guardian", "lift", "Sam Hill").out


def test_a_limit_that_begins_later_takes_nothing_back_yet(acorns: Coatpeg, rows: Rows, tmp_path: Path) -> None:
    rows(FOSTER)
    _wait(tmp_path, "Sam Hill")
    ran = acorns("guardian", "limit", "Sam Hill", "--from", "2099-01-01", "--until", "2099-02-01")
    assert ran.out == "Sam Hill, Lily Gray: told of all; limited by an order from 2099-01-01 to 2099-02-01.\n"
    assert {one.state for one in _outbox(tmp_path)} == {State.DUE}


def test_who_leaves_is_told_nothing_from_that_day(acorns: Coatpeg, rows: Rows, tmp_path: Path) -> None:
    rows(FOSTER)
    _wait(tmp_path, "Sam Hill")
    assert "Sam Hill leaves on 2026-01-05" in acorns("guardian", "leave", "Sam Hill", "--on", "2026-01-05").out
    assert [one.state for one in _outbox(tmp_path)][:2] == [State.CANCELLED, State.CANCELLED]
    assert "until 2026-01-04; leaves on 2026-01-05" in acorns("guardian", "list", "Sam Hill").out


@pytest.mark.parametrize(("on", "back"), [("never", True), ("2099-03-31", True), ("2026-01-02", False)])
def test_who_left_and_has_the_child_again_has_not_left(
    acorns: Coatpeg, rows: Rows, tmp_path: Path, on: str, back: bool
) -> None:
    """Or a slip could not be undone: they would be answered, and never told of anything."""
    rows(FOSTER)
    acorns("guardian", "leave", "Sam Hill", "--on", "2026-01-05")
    assert "leaves on" in acorns("guardian", "confirm", "Sam Hill").out
    assert ("leaves on" not in acorns("guardian", "ends", "Sam Hill", on).out) is back
    ran = acorns("notice", "--to", "child:Lily Gray", "--text", "Wellies", "--dry-run")
    assert ("Sam Hill" not in ran.out) is back, "among those who can't be reached"


def test_the_end_of_a_placement(acorns: Coatpeg, rows: Rows) -> None:
    rows(FOSTER)
    assert (
        acorns("guardian", "ends", "Sam Hill", "2099-03-31").out
        == "Sam Hill, Lily Gray: told of all; until 2099-03-31.\n"
    )
    assert acorns("run-job", "end_ties", "--at", "2099-03-30T09:00").out == "end_ties: 1\n"
    assert acorns("run-job", "end_ties", "--at", "2099-03-31T09:00").out == "end_ties: 0\n"
    assert "a guardian's time with the child ends" in acorns("inbox").out
    assert acorns("guardian", "ends", "Sam Hill", "never").out == "Sam Hill, Lily Gray: told of all.\n"


def test_a_shared_phone_is_taken_and_waits_for_staff(acorns: Coatpeg, rows: Rows, tmp_path: Path) -> None:
    assert rows(MUM, GRAN).out.startswith("2 rows taken, 2 of them new or changed, 0 refused.")
    assert rows(MUM, GRAN).out.startswith("2 rows taken, 0 of them new")
    assert _best(tmp_path, "Nan Gray") is None
    assert "a phone that two guardians share: to confirm" in acorns("inbox").out
    assert acorns("guardian", "share", "Nan Gray", "Jo Gray").out.startswith(
        "Nan Gray is written to on Jo Gray's phone."
    )
    assert "to confirm" not in acorns("inbox").out
    assert _best(tmp_path, "Nan Gray") == _best(tmp_path, "Jo Gray") == "+447700900701"
    shared = acorns("guardian", "limit", "Nan Gray")
    assert "They shared a phone with another guardian, and do so no more." in shared.out
    assert _best(tmp_path, "Nan Gray") is None
    assert acorns("guardian", "share", "Nan Gray", "Jo Gray").err.startswith("One of them is limited by an order.")


def test_a_changed_number_takes_everything_along(acorns: Coatpeg, rows: Rows, tmp_path: Path) -> None:
    rows(MUM, FOSTER)
    _wait(tmp_path, "Jo Gray")
    assert "Jo Gray is now reached at" in acorns("guardian", "number", "Jo Gray", "07700 900777").out
    assert _best(tmp_path, "Jo Gray") == "+447700900777"
    engine = open_engine(f"sqlite:///{tmp_path}/coatpeg.db")
    with reading(engine) as session:
        assert session.exec(select(Contact).where(Contact.address == "+447700900701")).first() is None
        waiting = {session.get_one(Contact, one.contact_id).address for one in session.exec(select(OutboxMessage))}
    engine.dispose()
    assert waiting == {"+447700900777"}
    taken = acorns("guardian", "number", "Jo Gray", "07700 900702")
    assert (taken.code, taken.err[:38]) == (1, "This number is another guardian's. If ")


def test_holds_are_for_the_lead_alone(acorns: Coatpeg, rows: Rows, tmp_path: Path) -> None:
    rows(MUM, FOSTER, {**GRAN, "may_receive": ""})
    acorns("staff", "add", "Dina", "--role", "deputy")
    hold = ("hold-sends", "child:Lily Gray", "--why", "Strategy meeting on Friday")
    assert acorns(*hold, "--staff", "Helen").err.startswith("This is for the safeguarding lead")
    acorns("setting", "--lead", "Dina")
    assert acorns(*hold, "--staff", "Helen").code == 1
    assert acorns(*hold, "--staff", "Dina").out == "Held: 3. Answers that people give them still go.\n"
    assert acorns(*hold, "--staff", "Dina").out == "Held: 0. Answers that people give them still go.\n"
    assert acorns("holds", "--staff", "Helen").code == 1
    assert "Strategy meeting on Friday" in acorns("holds", "--staff", "Dina").out
    for command in (("inbox",), ("guardian", "list", "Jo Gray"), ("guardian", "list")):
        assert "eld" not in acorns(*command).out
    assert acorns("release-sends", "child:Lily Gray", "--staff", "Dina").out.startswith("Released: 3.")
    assert "0 held." in acorns("holds", "--staff", "Dina").out


def test_who_is_tied_to_a_held_child_later_is_held_too(acorns: Coatpeg, rows: Rows, tmp_path: Path) -> None:
    rows(MUM)
    acorns("staff", "add", "Dina", "--role", "deputy")
    acorns("setting", "--lead", "Dina")
    acorns("hold-sends", "child:Lily Gray", "--staff", "Dina", "--why", "x")
    rows(MUM, {**GRAN, "phone": "07700 900703"}, {**FOSTER, "may_receive": ""})
    acorns("guardian", "confirm", "Sam Hill")
    assert "3 held." in acorns("holds", "--staff", "Dina").out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("guardian", "confirm", "Nobody"), "There is no guardian called Nobody."),
        (("guardian", "confirm", "9999"), "There is no guardian 9999."),
        (("guardian", "limit", "Jo Gray", "--child", "Zosia"), "Jo Gray is not tied to Zosia."),
        (("guardian", "limit", "Jo Gray", "--from", "soon"), "Write the day as 2027-01-31, not soon."),
        (
            ("guardian", "limit", "Jo Gray", "--from", "2027-02-01", "--until", "2027-01-01"),
            "--until is before --from.",
        ),
        (("guardian", "topics", "Jo Gray", "gossip"), "topics: gossip is not one of yes, no, notices"),
        (("guardian", "number", "Jo Gray", "01632 960123"), "01632 960123: this number does not exist."),
        (("guardian", "share", "Jo Gray", "Jo Gray"), "Jo Gray does not share this phone with anybody."),
    ],
)
def test_every_error_is_a_sentence(acorns: Coatpeg, rows: Rows, words: tuple[str, ...], sentence: str) -> None:
    rows(MUM)
    ran = acorns(*words)
    assert (ran.code, ran.err[: len(sentence)]) == (1, sentence)


def _best(folder: Path, name: str) -> str | None:
    engine = open_engine(f"sqlite:///{folder}/coatpeg.db")
    with reading(engine) as session:
        guardian = session.exec(select(Guardian).where(Guardian.name == name)).one()
        contact = best_contact(session, guardian.id or 0)
        address = contact.address if contact else None
    engine.dispose()
    return address


def test_ties_made_twice_stay_one(acorns: Coatpeg, rows: Rows, tmp_path: Path) -> None:
    rows(MUM, GRAN, GRAN)
    engine = open_engine(f"sqlite:///{tmp_path}/coatpeg.db")
    with reading(engine) as session:
        lily = session.exec(select(Child.id).where(Child.name == "Lily Gray")).one()
        assert len(session.exec(select(Guardianship).where(Guardianship.child_id == lily)).all()) == 2
    engine.dispose()
