"""coatpeg concerns: what a held family has to be told by hand is shown to whoever holds it, and crossed off."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlmodel import select

from bot.database import open_engine, transaction
from nursery import bookings, events, rsvps
from nursery.guardians import Guardian
from nursery.people import Child
from nursery.rsvps import Coming
from nursery.settings import today
from tests.command_line import Coatpeg

SOON = today(datetime.now(UTC)) + timedelta(days=9)


def _says_yes(folder: Path) -> None:
    """Amina comes to the event and has booked the time."""
    engine, now = open_engine(f"sqlite:///{folder}/coatpeg.db"), datetime.now(UTC)
    with transaction(engine) as session:
        amina = session.exec(select(Guardian).where(Guardian.name == "Amina Khan")).one()
        noor = session.exec(select(Child).where(Child.name == "Noor Khan")).one()
        rsvps.respond(session, session.get_one(events.Event, 1), amina.id or 0, Coming.YES, now)
        assert bookings.take(session, 1, amina.id or 0, noor.id or 0, now)
    engine.dispose()


def _called_off(acorns: Coatpeg, folder: Path) -> None:
    acorns("staff", "add", "Dina", "--role", "deputy")
    acorns("setting", "--lead", "Dina")
    acorns("event", "Songs", "--starts", f"{SOON}T10:00")
    acorns("slots", "add", "--kind", "talk", "--staff", "Grace", "--from", f"{SOON}T14:00")
    _says_yes(folder)
    acorns("hold-sends", "child:Noor Khan", "--staff", "Dina", "--why", "Strategy meeting")
    acorns("cancel-event", "1")
    acorns("slots", "cancel", "1")
    assert acorns("run-job", "tell_guests").out == "tell_guests: 1\n"
    assert acorns("run-job", "tell_bookings").out == "tell_bookings: 1\n"


def test_the_lead_sees_what_to_tell_and_crosses_it_off(acorns: Coatpeg, tmp_path: Path) -> None:
    _called_off(acorns, tmp_path)
    shown = acorns("concerns", "--staff", "Dina").out
    assert "1  Amina Khan  Songs on " in shown
    assert "2  Amina Khan  the time booked for " in shown
    left = acorns("concerns", "--staff", "Dina", "--told", "1").out
    assert "Songs" not in left
    assert "the time booked for " in left
    again = acorns("concerns", "--staff", "Dina", "--told", "1")
    assert (again.code, again.err) == (1, "There is nothing to tell under number 1.\n")


def test_nobody_else_sees_it_or_crosses_it_off(acorns: Coatpeg, tmp_path: Path) -> None:
    _called_off(acorns, tmp_path)
    assert acorns("concerns", "--staff", "Helen").out == "0 for you.\n"
    assert acorns("concerns", "--staff", "Helen", "--told", "1").code == 1
    assert acorns("done", "1").err == "There is no open task 1.\n"
    assert "held" not in acorns("inbox").out
    assert "1  Amina Khan" in acorns("concerns", "--staff", "Dina").out
