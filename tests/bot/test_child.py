"""coatpeg about and consents, as staff read them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import Session, select

from bot.database import open_engine, transaction
from nursery import about_me, consents
from nursery.about_me import Reply
from nursery.consents import Purpose
from nursery.contacts import Contact
from nursery.guardians import Guardian
from nursery.inbox import InboundMessage, Media
from nursery.people import Child
from tests.command_line import Coatpeg

NOW = datetime.now(UTC)


@contextmanager
def _database(folder: Path) -> Iterator[Session]:
    engine = open_engine(f"sqlite:///{folder}/coatpeg.db")
    with transaction(engine) as session:
        yield session
    engine.dispose()


def _noor(session: Session) -> Child:
    return session.exec(select(Child).where(Child.name == "Noor Khan")).one()


def _guardian(session: Session, name: str) -> Guardian:
    return session.exec(select(Guardian).where(Guardian.name == name)).one()


def _tell(folder: Path, words: str, *, restricted: bool = False) -> None:
    with _database(folder) as session:
        amina = _guardian(session, "Amina Khan")
        contact = session.exec(select(Contact).where(Contact.guardian_id == amina.id)).first()
        assert contact is not None
        message = InboundMessage(channel="sms", provider_id="1", kind="text", received_at=NOW, contact_id=contact.id)
        message.restricted = restricted
        session.add(message)
        session.flush()
        if not words:
            session.add(Media(inbound_id=message.id or 0, channel="sms", kind="voice", ref="r"))
        about_me.answer(session, _noor(session), amina, Reply("likes", words, message.id), NOW)


def test_what_a_parent_has_told_of_a_child_is_read(acorns: Coatpeg, tmp_path: Path) -> None:
    assert acorns("about", "Noor").out.startswith("Nobody has told us about Noor yet.")
    _tell(tmp_path, "Ducks and puddles")
    assert acorns("about", "Noor").out.splitlines() == [
        "What does Noor like to do and to play with? Small things count too.",
        "  Amina Khan  Ducks and puddles",
    ]


@pytest.mark.parametrize(
    ("words", "restricted", "shown"),
    [("", False, "(with a file: coatpeg files 1)"), ("He hits her", True, "(for the safeguarding lead:")],
)
def test_a_voice_note_and_words_of_harm(
    acorns: Coatpeg, tmp_path: Path, words: str, restricted: bool, shown: str
) -> None:
    _tell(tmp_path, words, restricted=restricted)
    said = acorns("about", "Noor").out
    assert shown in said
    assert "hits" not in said


def _agrees(session: Session, name: str, purpose: Purpose, *, given: bool = True) -> None:
    guardian = _guardian(session, name).id or 0
    consents.answer(session, _noor(session), guardian, purpose, given=given, text="We may.", language="en_GB", now=NOW)


def test_one_no_is_enough(acorns: Coatpeg, tmp_path: Path) -> None:
    assert "outings  no\n" in acorns("consents", "Noor").out
    with _database(tmp_path) as session:
        _agrees(session, "Amina Khan", Purpose.SUN_CREAM)
        _agrees(session, "Farah Siddiqui", Purpose.SUN_CREAM, given=False)
        _agrees(session, "Amina Khan", Purpose.OUTINGS)
    lines = acorns("consents", "Noor").out.splitlines()
    assert "outings  yes" in lines
    assert lines[lines.index("outings  yes") + 1].startswith("  Amina Khan  yes, until ")
    assert "sun cream  no" in lines
    assert "  Farah Siddiqui  no" in lines


def test_of_every_child_for_an_outing(acorns: Coatpeg, tmp_path: Path) -> None:
    with _database(tmp_path) as session:
        _agrees(session, "Amina Khan", Purpose.OUTINGS)
    shown = acorns("consents", "--purpose", "outings").out.splitlines()
    assert "Noor Khan  yes" in shown
    assert "Andrei Pop  no" in shown
    assert acorns("consents").err == "Name a child, or say --purpose, such as --purpose outings.\n"
