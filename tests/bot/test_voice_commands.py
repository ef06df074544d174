"""coatpeg voice-note: what waits to be read aloud, who would hear a recording, and what is refused."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot.database import reading, transaction
from bot.outbox import OutboxMessage
from nursery import listeners, notices, preferences, prints, recordings
from nursery.contacts import Contact, ContactState
from nursery.recipients import Audience
from nursery.recordings import Recording
from nursery.tasks import Task, raise_task
from tests.cast import MONDAY, People
from tests.command_line import Coatpeg, Ran
from tests.postgres import Cluster
from tests.recordings import m4a, ogg

WORDS = "Bring wellies."


@pytest.fixture
def spoken(engine: Engine, people: People, tmp_path: Path) -> str:
    """Amina, Piotr and Farah have asked to hear what they are told, and there is a notice; a recording's file."""
    with transaction(engine) as session:
        whom = Audience(people.setting.id or 0)
        told = notices.draft(session, whom, publish_at=MONDAY, now=MONDAY, text=WORDS)
        for who in ("Amina", "Piotr", "Farah"):
            guardian_id = people.guardians[who].id or 0
            preferences.prefer(session, guardian_id, form="voice note")
            assert prints.want(session, guardian_id, told.setting_id, "notice", str(told.id), MONDAY)
    file = tmp_path / "memo.m4a"
    file.write_bytes(m4a())
    return str(file)


def test_what_waits_is_listed_by_language_with_the_text_to_read(desk: Coatpeg, spoken: str) -> None:
    listed = desk("voice-note").out
    assert [line.split()[:4] for line in listed.splitlines()[1:4]] == [
        ["1", "notice", "1", "English"],
        ["2", "notice", "1", "Polski"],
        ["3", "notice", "1", "اردو"],
    ]
    assert desk("voice-note", "1").out == "To read aloud in English (notice 1):\nBring wellies.\n"
    read = desk("voice-note", "2").out
    assert read == "To say in Polski (notice 1); it is there in English alone:\nBring wellies.\n"


def test_a_dry_run_says_who_would_hear_it_and_who_not_and_keeps_nothing(
    desk: Coatpeg, spoken: str, engine: Engine
) -> None:
    said = desk("voice-note", "2", spoken, "--dry-run").out
    assert "A voice note of 2 seconds in Polski (notice 1):" in said
    assert "1 in Polski by sms, " in said
    assert "/v/aaaa" in said, "the link is counted in the price"
    assert "not to Amina: another language (English)" in said
    assert "not to Farah: another language (اردو)" in said
    assert "That is English. To give the words in Polski: --words" in said
    assert said.endswith("Nothing was sent.\n")
    shown = json.loads(desk("voice-note", "2", spoken, "--dry-run", "--words", "Weźcie kalosze.", "--json").out)
    assert (shown["recording"], shown["words"], shown["in_english"]) == (None, "Weźcie kalosze.", False)
    assert [one["guardian"] for one in shown["not_to"]] == ["Amina", "Farah"]
    with reading(engine) as session:
        assert [*session.exec(select(Recording)), *session.exec(select(OutboxMessage))] == []
        assert len(listeners.waiting(session)) == 3


def test_it_is_sent_and_can_be_sent_anew_or_taken_back(desk: Coatpeg, spoken: str, engine: Engine) -> None:
    ran = desk("voice-note", "1", spoken, "--staff", "Grace")
    assert "To take it back: coatpeg voice-note 1 --take-back" in ran.out
    assert desk("voice-note", "1", spoken).err.startswith("There is a recording of this in English already (notice 1).")
    assert desk("voice-note", "1", spoken, "--again").code == 0
    with reading(engine) as session:
        first, second = session.exec(select(Recording).order_by(Recording.id)).all()  # type: ignore[arg-type]
        assert (first.made_by, first.taken_back_at is None, second.made_by) == ("Grace", False, "Helen")
        rows = session.exec(select(OutboxMessage).order_by(OutboxMessage.id)).all()  # type: ignore[arg-type]
        assert [row.params["recording"] for row in rows] == [first.id, second.id]
        assert [task.id for task in listeners.waiting(session)] == [2, 3]
    assert desk("voice-note", "1", "--take-back").code == 0
    with reading(engine) as session:
        assert all(one.taken_back_at for one in session.exec(select(Recording)))
        assert [task.id for task in listeners.waiting(session)] == [1, 2, 3]
    assert desk("voice-note", "1", "--take-back").err.startswith("There is no recording of this in English (notice 1).")


def test_who_can_t_be_reached_or_asks_no_more_is_named_and_waits(
    desk: Coatpeg, spoken: str, engine: Engine, people: People
) -> None:
    with transaction(engine) as session:
        piotr, farah = (people.guardians[who].id or 0 for who in ("Piotr", "Farah"))
        session.exec(select(Contact).where(Contact.guardian_id == piotr)).one().state = ContactState.CLOSED
        preferences.prefer(session, farah, form="text")
    said = desk("voice-note", "2", spoken).out
    assert "not to Piotr: no working number or chat" in said
    said = desk("voice-note", "3", spoken).out
    assert "not to Farah: asks for voice notes no more" in said
    with transaction(engine) as session:
        assert session.exec(select(OutboxMessage)).all() == []
        session.exec(select(Contact).where(Contact.guardian_id == piotr)).one().state = ContactState.ACTIVE
    assert desk("run-job", "send_recordings").code == 0
    with reading(engine) as session:
        assert [row.guardian_id for row in session.exec(select(OutboxMessage))] == [piotr]


def test_an_ogg_by_link_is_warned_of(desk: Coatpeg, spoken: str, tmp_path: Path) -> None:
    file = tmp_path / "memo.ogg"
    file.write_bytes(ogg())
    assert "Older iPhones don't play OGG" in desk("voice-note", "2", str(file), "--dry-run").out
    assert "iPhones" not in desk("voice-note", "1", str(file), "--dry-run").out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("9", "memo.m4a"), "Task 9 asks for no voice note."),
        (("4", "memo.m4a"), "Task 4 asks for no voice note."),
        (("1", "nowhere.m4a"), "There is no file nowhere.m4a."),
        (("1", "letter.pdf"), "The recording must be an M4A, MP3 or OGG (Opus) file"),
        (("1", "memo.m4a", "--language", "xx"), "--language: xx is not a language Coatpeg has (en_GB, "),
        (("1", "memo.m4a", "--language", "ro"), "Nobody who asked to hear it reads Română."),
        (("1", "memo.m4a", "--words", "x" * 801), "The words may have 800 characters; they have 801."),
        (("1", "memo.m4a", "--staff", "Nobody"), "There is no member of staff called Nobody."),
        (("1", "--take-back"), "There is no recording of this in English (notice 1)."),
    ],
)
def test_what_is_refused_is_one_sentence_and_keeps_nothing(
    desk: Coatpeg,
    spoken: str,
    engine: Engine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    sentence: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.7")
    with transaction(engine) as session:
        raise_task(session, "other", "call a parent", now=MONDAY)
    ran = desk("voice-note", *words)
    assert (ran.code, ran.err.startswith(sentence)) == (1, True), ran.err
    with reading(engine) as session:
        assert session.exec(select(Recording)).all() == []


def test_a_withdrawn_notice_needs_no_recording(desk: Coatpeg, spoken: str, engine: Engine) -> None:
    assert desk("withdraw", "1").code == 0
    assert desk("voice-note", "1", spoken).err.startswith("It was taken back (notice 1): nobody needs the recording")
    assert desk("done", "1").code == 0
    with reading(engine) as session:
        assert session.get_one(Task, 1).done_at is not None


def test_of_two_at_once_one_is_kept(postgres: Cluster, desk: Coatpeg, spoken: str, engine: Engine) -> None:
    """One has spoken and is not done keeping it when the other comes; only PostgreSQL lets them."""
    ran: list[Ran] = []
    other = threading.Thread(target=lambda: ran.append(desk("voice-note", "1", spoken)))
    with transaction(engine) as session:
        task = session.get_one(Task, 1)
        listeners.claim(session, task)
        recordings.add(session, task, m4a(), language="en_GB", words="", now=MONDAY)
        other.start()
        time.sleep(0.5)  # until it waits for the row
    other.join(20)
    assert ran[0].err.startswith("There is a recording of this in English already")
    with reading(engine) as session:
        assert len(session.exec(select(Recording)).all()) == 1
