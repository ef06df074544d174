"""Families at the command line: pegs, calendars, a shared phone's words of harm, an outcome on paper."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from bot.database import open_engine, transaction
from nursery import calendar_links, complaints, concerns, notices, preferences, prints
from nursery.complaints import Grievance
from nursery.concerns import Concern
from nursery.contacts import contacts_of
from nursery.guardians import Guardian
from nursery.inbox import InboundMessage
from nursery.pegs import pictures
from nursery.people import LEFT, Child, Staff
from nursery.recipients import Audience
from nursery.sayings import Alarm
from nursery.settings import Setting
from nursery.shared_phones import propose
from tests.command_line import Coatpeg

NOW = datetime.now(UTC)


@contextmanager
def _desk(folder: Path) -> Iterator[Session]:
    engine = open_engine(f"sqlite:///{folder}/coatpeg.db")
    with transaction(engine) as session:
        yield session
    engine.dispose()


def _named(session: Session, name: str) -> Guardian:
    return session.exec(select(Guardian).where(col(Guardian.name).startswith(name))).one()


def test_every_child_of_the_sample_has_a_picture_and_no_two_of_a_room_the_same(acorns: Coatpeg, tmp_path: Path) -> None:
    with _desk(tmp_path) as session:
        found = [(one.room_id, one.peg) for one in session.exec(select(Child))]
    assert {peg for _, peg in found} <= set(pictures())
    assert len(set(found)) == len(found)


def test_a_picture_is_seen_and_changed(acorns: Coatpeg) -> None:
    assert acorns("peg", "Noor").out == "Noor's peg picture: boat.\n"
    assert acorns("peg", "Noor", "Owl").out == "Noor's peg picture: owl.\n"
    assert "Another child of the room has the picture owl." in acorns("peg", "Andrei", "owl").err
    assert "dragon is none of the pictures" in acorns("peg", "Noor", "dragon").err
    assert acorns("peg", "Noor").out == "Noor's peg picture: owl.\n"


def test_a_calendar_is_seen_and_cut_off(acorns: Coatpeg, tmp_path: Path) -> None:
    assert acorns("guardian", "calendar", "Piotr Nowak").out == "Piotr Nowak has no link to a calendar.\n"
    with _desk(tmp_path) as session:
        calendar_links.link_of(session, _named(session, "Piotr").id or 0, NOW)
        theirs = calendar_links.link_of(session, _named(session, "Amina").id or 0, NOW)
    assert "has had a link since" in acorns("guardian", "calendar", "Piotr Nowak").out
    assert acorns("guardian", "calendar", "Piotr Nowak", "--cut").out.startswith("Piotr Nowak's link is cut off.")
    assert "no link" in acorns("guardian", "calendar", "Piotr Nowak", "--cut").out
    with _desk(tmp_path) as session:
        mine = calendar_links.in_force(session, theirs.guardian_id)
        assert mine is not None
        assert mine.id == theirs.id


def test_the_lead_reads_who_shares_the_phone_and_releases_each(acorns: Coatpeg, tmp_path: Path) -> None:
    with _desk(tmp_path) as session:
        piotr, farah = _named(session, "Piotr"), _named(session, "Farah")
        [contact] = contacts_of(session, piotr.id or 0)
        propose(session, contact, farah, NOW, 1)
        setting = session.exec(select(Setting)).one()
        said = InboundMessage(channel="sms", provider_id="1", contact_id=contact.id, kind="text", received_at=NOW)
        said.text, said.of_several = "He hits her", True
        session.add(said)
        session.flush()
        concerns.raise_concern(
            session, said.id or 0, piotr, setting, Alarm("child", "x", "en_GB"), NOW, sharing=[farah]
        )
        numbers = (piotr.id, farah.id)
        reader = session.get_one(Staff, session.exec(select(Concern)).one().owner_id).name
    shown = acorns("concerns", "--staff", reader).out
    assert f"Piotr Nowak ({numbers[0]}), Farah Siddiqui ({numbers[1]})" in shown
    assert "nobody can tell who of them wrote it" in shown
    for number in numbers:
        assert acorns("concerns", "--staff", reader, "--release", str(number)).code == 0
    with _desk(tmp_path) as session:
        assert session.exec(select(Guardian).where(col(Guardian.sends_held).is_(True))).all() == []


@pytest.mark.parametrize("way", [("staff", "add", "Kim", "--role", "manager"), ("setting", "--lead", "Grace")])
def test_what_nobody_could_read_has_a_reader_once_there_is_one(
    acorns: Coatpeg, tmp_path: Path, way: tuple[str, ...]
) -> None:
    with _desk(tmp_path) as session:
        for one in session.exec(select(Staff).where(Staff.role == "manager")):
            one.role = LEFT
            session.add(one)
        said = InboundMessage(channel="sms", provider_id="1", kind="text", received_at=NOW, text="He hits her")
        session.add(said)
        session.flush()
        setting, piotr = session.exec(select(Setting)).one(), _named(session, "Piotr")
        found = concerns.raise_concern(session, said.id or 0, piotr, setting, Alarm("child", "x", "en_GB"), NOW)
        assert found.owner_id is None
    assert "1 safeguarding message waits that nobody could read" in acorns(*way).out
    assert "He hits her" in acorns("concerns", "--staff", way[-1] if way[0] == "setting" else "Kim").out
    assert "nobody could read" not in acorns(*way).out


def test_the_inbox_does_not_say_whose_words_came_from_a_shared_phone(acorns: Coatpeg, tmp_path: Path) -> None:
    with _desk(tmp_path) as session:
        [contact] = contacts_of(session, _named(session, "Piotr").id or 0)
        for place, known in enumerate((None, _named(session, "Farah").id)):
            said = InboundMessage(channel="sms", provider_id=str(place), kind="text", received_at=NOW, for_staff=True)
            said.contact_id, said.of_several, said.guardian_id, said.text = contact.id, True, known, "hello"
            session.add(said)
    shown = acorns("inbox").out
    assert [who in shown for who in ("one of those who share a phone", "Farah", "Piotr")] == [True, True, False]


@pytest.mark.parametrize(("who", "tag"), [("Farah", "ur"), ("Piotr", "pl"), ("Amina", "en-GB")])
def test_an_outcome_to_print(acorns: Coatpeg, tmp_path: Path, who: str, tag: str) -> None:
    with _desk(tmp_path) as session:
        setting = session.exec(select(Setting)).one()
        complaints.lodge(session, setting, _named(session, who), Grievance("The gate was open"), NOW)
    helen, folder = ("--staff", "Helen"), tmp_path / "letters"
    assert "C-1042 has no outcome yet." in acorns("complaint", "C-1042", *helen, "--letter", str(folder)).err
    acorns("outcome", "C-1042", "The <gate> has a new lock.", *helen)
    assert "C-1042.html" in acorns("complaint", "C-1042", *helen, "--letter", str(folder)).out
    page = (folder / "C-1042.html").read_text("utf-8")
    assert f'<html lang="{tag}"' in page
    assert "The &lt;gate&gt; has a new lock." in page
    assert [words in page for words in ("C-1042", "Noor", 'class="peg"')] == [True, False, False]


def test_on_a_printed_notice_stands_the_childs_picture(acorns: Coatpeg, tmp_path: Path) -> None:
    with _desk(tmp_path) as session:
        setting, amina = session.exec(select(Setting)).one(), _named(session, "Amina")
        kept = preferences.preference_of(session, amina.id or 0)
        kept.format = preferences.Format.LARGE
        session.add(kept)
        session.flush()
        told = notices.draft(session, Audience(setting.id or 0), publish_at=NOW, now=NOW, text="Wellies, please")
        assert prints.want(session, amina.id or 0, setting.id or 0, "notice", str(told.id), NOW)
    acorns("print-queue", str(tmp_path / "paper"))
    [page] = [one.read_text("utf-8") for one in (tmp_path / "paper").glob("*.html")]
    assert pictures()["boat"] in page
    assert "<bdi>Noor</bdi>" in page
