"""coatpeg away: staff see who does not come, and not what is for the safeguarding lead alone."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from bot.database import open_engine, transaction
from nursery.attendance import Absence, Reason, tell_away
from nursery.contacts import Contact
from nursery.guardians import Guardian
from nursery.inbox import InboundMessage
from nursery.people import Child
from nursery.settings import today
from tests.command_line import Coatpeg

NOW = datetime.now(UTC)
TODAY = today(NOW)


def _told(folder: Path, *, restricted: bool = False) -> None:
    """Amina says that Noor is away today and tomorrow."""
    engine = open_engine(f"sqlite:///{folder}/coatpeg.db")
    with transaction(engine) as session:
        amina = session.exec(select(Guardian).where(Guardian.name == "Amina Khan")).one()
        noor = session.exec(select(Child).where(Child.name == "Noor Khan")).one()
        tell_away(
            session,
            Absence(
                child_id=noor.id or 0,
                guardian_id=amina.id or 0,
                first_day=TODAY,
                last_day=TODAY + timedelta(days=1),
                reason=Reason.OTHER,
                words="Her grandmother is visiting",
                inbound_id=_message(session, amina, restricted=restricted),
                told_at=NOW,
            ),
        )
    engine.dispose()


def _message(session: Session, amina: Guardian, *, restricted: bool) -> int | None:
    contact = session.exec(select(Contact).where(Contact.guardian_id == amina.id)).first()
    assert contact is not None
    message = InboundMessage(channel=contact.channel, provider_id="1", kind="text", received_at=NOW)
    message.contact_id, message.restricted = contact.id, restricted
    session.add(message)
    session.flush()
    return message.id


def test_who_is_away_why_until_when_and_who_said_so(acorns: Coatpeg, tmp_path: Path) -> None:
    assert acorns("away").out == f"Nobody has told us of a child away on {TODAY}.\n"
    _told(tmp_path)
    assert acorns("away").out.splitlines() == [
        f"1 child is away on {TODAY}:",
        f"  Noor Khan  Butterflies  something else  until {TODAY + timedelta(days=1)}  Amina Khan  "
        "Her grandmother is visiting",
    ]
    (shown,) = json.loads(acorns("away", "--json").out)
    assert (shown["child"], shown["words"]) == ("Noor Khan", "Her grandmother is visiting")


@pytest.mark.parametrize(("ahead", "count"), [(1, 1), (2, 0), (-1, 0)])
def test_another_day(acorns: Coatpeg, tmp_path: Path, ahead: int, count: int) -> None:
    _told(tmp_path)
    assert len(json.loads(acorns("away", "--json", "--on", str(TODAY + timedelta(days=ahead))).out)) == count


def test_words_of_harm_are_the_leads_alone(acorns: Coatpeg, tmp_path: Path) -> None:
    _told(tmp_path, restricted=True)
    shown = acorns("away").out
    assert "Noor Khan" in shown
    assert "grandmother" not in shown
    assert "coatpeg concerns" in shown


def test_a_day_that_is_none_is_refused(acorns: Coatpeg) -> None:
    ran = acorns("away", "--on", "Friday")
    assert ran.code == 1
    assert ran.err == "--on: write the day as 2027-01-04, not Friday.\n"
