"""coatpeg files: staff see the photos and hear the voice notes that parents send, and only those that are theirs."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from bot.database import open_engine, transaction
from nursery.complaints import Grievance, lodge
from nursery.concerns import raise_concern
from nursery.contacts import Contact
from nursery.guardians import Guardian
from nursery.inbox import InboundMessage, Media
from nursery.sayings import Alarm
from nursery.settings import Setting
from tests.command_line import Coatpeg

NOW = datetime.now(UTC)


def _came(folder: Path, *, outcome: str = "share", becomes: str = "", **media: Any) -> None:
    """Amina sends a photo, which becomes nothing, a concern, or a complaint about the manager."""
    engine = open_engine(f"sqlite:///{folder}/coatpeg.db")
    with transaction(engine) as session:
        amina = session.exec(select(Guardian).where(Guardian.name == "Amina Khan")).one()
        contact = session.exec(select(Contact).where(Contact.guardian_id == amina.id)).first()
        setting = session.exec(select(Setting)).one()
        assert contact is not None
        message = InboundMessage(channel="telegram", provider_id="1", kind="text", received_at=NOW, outcome=outcome)
        message.contact_id, message.for_staff = contact.id, True
        session.add(message)
        session.flush()
        photo = Media(inbound_id=message.id or 0, channel="telegram", kind="photo", ref="r", mime="image/jpeg")
        session.add(photo.sqlmodel_update({"content": b"a photo", "fetched_at": NOW, **media}))
        if becomes == "concern":
            raise_concern(session, message.id or 0, amina, setting, Alarm("child", "hits", "en_GB"), NOW)
        elif becomes == "complaint":
            lodge(session, setting, amina, Grievance("", about_manager=True, inbound_id=message.id), NOW)
    engine.dispose()


def test_a_photo_is_put_in_a_folder_that_only_they_read(acorns: Coatpeg, tmp_path: Path) -> None:
    _came(tmp_path)
    assert "(with a file: coatpeg files 1)" in acorns("inbox").out
    ran = acorns("files", "1", "--to", str(tmp_path / "out"))
    kept = tmp_path / "out" / "message-1-1.jpg"
    assert ran.out.splitlines()[0] == str(kept)
    assert (kept.read_bytes(), kept.stat().st_mode & 0o777) == (b"a photo", 0o600)


@pytest.mark.parametrize(
    ("media", "said"),
    [
        ({"content": None, "refused": "size"}, "too large to keep"),
        ({"content": None, "refused": "gone"}, "the provider does not have it any more"),
        ({"content": None, "fetched_at": None}, "it is still being fetched: try again in a minute"),
    ],
)
def test_why_there_is_none(acorns: Coatpeg, tmp_path: Path, media: dict[str, Any], said: str) -> None:
    _came(tmp_path, **media)
    assert acorns("files", "1").out.splitlines()[0] == said


@pytest.mark.parametrize(
    ("what", "reader", "other"),
    [
        ({"becomes": "concern"}, "Helen", "Grace"),
        ({"becomes": "complaint"}, "Grace", "Helen"),
        ({"outcome": "questionnaire"}, "", "Helen"),
        ({"outcome": "service"}, "", "Helen"),
    ],
)
def test_only_who_may_read_it(acorns: Coatpeg, tmp_path: Path, what: dict[str, Any], reader: str, other: str) -> None:
    _came(tmp_path, **what)
    for words in ((), ("--staff", other)):
        ran = acorns("files", "1", *words)
        assert (ran.code, "Message 1 is " in ran.err) == (1, True)
    assert not list(tmp_path.glob("message-*"))
    if reader:
        assert acorns("files", "1", "--staff", reader).code == 0


def test_a_number_that_is_none_is_refused(acorns: Coatpeg) -> None:
    assert acorns("files", "9").err == "There is no message 9.\n"
