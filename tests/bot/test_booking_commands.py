"""What staff do for bookings, polls, first weeks, the check at two and targets from the command line."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from bot.database import open_engine, transaction
from nursery import bookings, polls, settling, two_year
from nursery.consents import Purpose, answer
from nursery.contacts import contacts_of, stop
from nursery.guardians import Guardian
from nursery.people import Child
from nursery.polls import Poll
from nursery.settings import today
from nursery.settling import AtHome
from tests.command_line import Coatpeg

TODAY = today(datetime.now(UTC))
SOON = TODAY + timedelta(days=9)
TEN = f"{SOON}T10:00"


@pytest.fixture
def database(acorns: Coatpeg, tmp_path: Path) -> Callable[[Callable[[Session], None]], None]:
    """Does something in the database, as a parent or time would."""

    def do(what: Callable[[Session], None]) -> None:
        engine = open_engine(f"sqlite:///{tmp_path}/coatpeg.db")
        with transaction(engine) as session:
            what(session)
        engine.dispose()

    return do


Database = Callable[[Callable[[Session], None]], None]


def _noor(session: Session) -> Child:
    return session.exec(select(Child).where(Child.name == "Noor Khan")).one()


def _amina(session: Session) -> Guardian:
    return session.exec(select(Guardian).where(Guardian.name == "Amina Khan")).one()


def _book(session: Session) -> None:
    assert bookings.take(session, 1, _amina(session).id or 0, _noor(session).id or 0, datetime.now(UTC))


def test_times_are_offered_booked_and_called_off(acorns: Coatpeg, database: Database) -> None:
    words = ("--kind", "review", "--staff", "Grace", "--from", TEN, "--minutes", "15", "--count", "2")
    assert "(Amina Khan, Farah Siddiqui)" in acorns("slots", "add", *words, "--child", "Noor").err
    assert acorns("slots", "add", *words, "--child", "Noor", "--together").out.endswith("2 times with Grace.\n")
    assert acorns("bookings").out == "Nothing is booked.\n"
    database(_book)
    assert "15 min  review  Grace  Noor Khan  Amina Khan" in acorns("bookings").out
    assert [row["guardian"] for row in json.loads(acorns("bookings", "--free", "--json").out)] == ["Amina Khan", "free"]
    assert acorns("slots", "cancel", "1").out == "Time 1 is cancelled. Amina Khan is told in the next minute.\n"
    assert acorns("slots", "cancel", "2").out == "Time 2 is cancelled. Nobody had booked it.\n"
    assert acorns("run-job", "tell_bookings").out == "tell_bookings: 1\n"
    assert acorns("run-job", "tell_bookings").out == "tell_bookings: 0\n"
    assert acorns("bookings").out == "There are no times: coatpeg slots add.\n"


def test_who_has_stopped_is_rung_that_a_time_is_called_off(acorns: Coatpeg, database: Database) -> None:
    acorns("slots", "add", "--kind", "review", "--staff", "Grace", "--from", TEN)
    database(_book)
    database(lambda session: stop(session, contacts_of(session, _amina(session).id or 0)[0]))
    said = acorns("slots", "cancel", "1").out
    assert said == "Time 1 is cancelled. Amina Khan can't be told by message now: a task will ask you to ring.\n"
    assert acorns("run-job", "tell_bookings").out == "tell_bookings: 1\n"
    assert "booking called off, not told" in acorns("inbox").out


def test_a_time_kept_for_one_guardian(acorns: Coatpeg) -> None:
    words = ("--kind", "talk", "--staff", "Grace", "--from", TEN, "--child", "Noor", "--tell")
    assert acorns("slots", "add", *words, "--guardian", "Amina").out.endswith("1 time with Grace.\n")
    assert "Noor Khan  Amina Khan (free)" in acorns("bookings", "--free").out
    assert acorns("run-job", "tell_bookings").out == "tell_bookings: 1\n"


def test_a_poll(acorns: Coatpeg, database: Database) -> None:
    later = f"{SOON + timedelta(days=1)}T17:30"
    shown = acorns("poll", "open", "--title", "Meals", "--slot", TEN, "--slot", later, "--to", "room:Butterflies")
    assert shown.out.startswith("Poll 1 closes ")

    def amina_answers(session: Session) -> None:
        poll = session.get_one(Poll, 1)
        last = polls.times_of(session, poll)[-1]
        polls.answer(session, poll, _amina(session).id or 0, [last.id or 0], datetime.now(UTC))

    database(amina_answers)
    assert "0 can come  not: Amina Khan" in acorns("poll", "show", "1").out
    closed = acorns("poll", "close", "1").out
    assert closed.startswith("Meals is on ")
    assert "17:30" in closed.splitlines()[0]
    assert "1 answered." in closed
    assert acorns("run-job", "close_polls").out == "close_polls: 1\n"
    assert acorns("poll", "close", "1").err == "Poll 1 is closed already.\n"


def test_first_weeks(acorns: Coatpeg, database: Database) -> None:
    assert acorns("settling", "Noor").out == "There are no notes yet.\n"
    assert acorns("settled", "Noor", "--text", "Played.").err.startswith("Noor is not settling in today.")
    assert acorns("settle", "Noor", "--from", TODAY.isoformat(), "--days", "3").out.startswith("Noor settles in from")
    assert acorns("settled", "Noor", "--text", "Noor played.").out.startswith("The note about Noor goes to")

    def amina_answers(session: Session) -> None:
        (note,) = settling.notes_of(session, _noor(session).id or 0)
        settling.reply(session, note, _amina(session).id or 0, AtHome.CALM, datetime.now(UTC))

    database(amina_answers)
    assert acorns("settling", "Noor").out == f"{TODAY}  Noor played.\n  Amina Khan: calm\n"


def test_the_check_at_two(acorns: Coatpeg, database: Database) -> None:
    def is_two(session: Session) -> None:
        _noor(session).born = TODAY - timedelta(days=800)

    def amina_tells(session: Session) -> None:
        check = two_year.check_of(session, _noor(session))
        assert check is not None
        told = {name: {"text": name, "inbound": None} for name in two_year.QUESTIONS} | {
            "wonders": {"text": "", "inbound": None}
        }
        two_year.keep_view(session, check, _amina(session).id or 0, told, "en_GB", datetime.now(UTC))

    def amina_agrees(session: Session) -> None:
        amina, now = _amina(session).id or 0, datetime.now(UTC)
        answer(session, _noor(session), amina, Purpose.HEALTH_VISITOR, given=True, text="x", language="en_GB", now=now)

    database(is_two)
    assert acorns("two-year", "show", "Noor").err == "Noor's check has not begun.\n"
    assert acorns("two-year", "ask", "Noor").out.startswith("The guardians of Noor are asked")
    database(amina_tells)
    assert acorns("two-year", "show", "Noor").out == "begun\nAmina Khan: enjoys / learned / -\n"
    assert acorns("two-year", "done", "Noor").err.startswith("Noor's summary is not ready")
    assert acorns("two-year", "ready", "Noor").out.startswith("The guardians of Noor are told.")
    shared = ("two-year", "done", "Noor", "--shared-with", "Nurse Bell")
    assert acorns(*shared).err.startswith("Nothing may be shared: no consent for health visitor stands for Noor.")
    database(amina_agrees)
    assert acorns(*shared).out == "Noor's check is done and shared with Nurse Bell.\n"
    assert acorns(*shared).err == "Noor's check is done, and shared with Nurse Bell.\n"
    assert acorns("two-year", "show", "Noor").out.startswith("done, shared with Nurse Bell")


def test_a_target(acorns: Coatpeg) -> None:
    assert acorns("target", "Noor").err == "There is no target for Noor.\n"
    assert acorns("target", "Noor", "Noor pours.").out.startswith("Target 1 for Noor.")
    assert acorns("target", "Noor").out == f"Until {TODAY + timedelta(days=14)}: Noor pours.\n"
    assert acorns("run-job", "send_targets").out == "send_targets: 2\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("slots", "add", "--kind", "chat", "--staff", "Grace", "--from", TEN), "--kind: chat is not one of review"),
        (("slots", "add", "--kind", "talk", "--staff", "Ann", "--from", TEN), "There is no member of staff called Ann"),
        (("slots", "add", "--kind", "talk", "--staff", "Grace", "--from", "soon"), "--from: write the moment as"),
        (("slots", "add", "--kind", "talk", "--staff", "Grace", "--from", "2020-01-01T10:00"), "The first time would"),
        (
            ("slots", "add", "--kind", "talk", "--staff", "Grace", "--from", TEN, "--room", "Attic"),
            "--room: there is no room called Attic.",
        ),
        (
            ("slots", "add", "--kind", "talk", "--staff", "Grace", "--from", TEN, "--guardian", "Amina"),
            "--guardian: say with --child which child it is about.",
        ),
        (
            (
                "slots",
                "add",
                "--kind",
                "talk",
                "--staff",
                "Grace",
                "--from",
                TEN,
                "--child",
                "Noor",
                "--guardian",
                "Jo",
            ),
            "--guardian: nobody of the child's is called Jo.",
        ),
        (("slots", "cancel", "9"), "There is no time 9."),
        (("poll", "open", "--title", "x", "--slot", TEN), "Give two to 8 different times"),
        (("poll", "open", "--title", "x", "--slot", TEN, "--slot", TEN, "--to", "child:Noor"), "--to: a poll is for"),
        (("poll", "show", "9"), "There is no poll 9."),
        (("settle", "Noor", "--from", "soon"), "--from: write the day as 2027-01-04, not soon."),
        (("settle", "Noor", "--from", "2027-01-04", "--days", "0"), "Settling in lasts 1 to 60"),
        (("settled", "Noor", "--text", "Bites.", "--concern"), "A concern never goes by text."),
        (("two-year", "ask", "Andrei"), "Andrei is not between 24 and 36 months old."),
        (("target", "Noor", "Bites.", "--concern"), "A concern never goes by text."),
        (("target", "Noor", "Pours.", "--staff", "Tom"), "Only the child's key person or the manager"),
    ],
)
def test_every_error_is_a_sentence(acorns: Coatpeg, words: tuple[str, ...], sentence: str) -> None:
    ran = acorns(*words)
    assert ran.code != 0
    assert ran.err.startswith(sentence)
    assert "Traceback" not in ran.err
