"""coatpeg notice and snippet with a photo: what staff see before it is sent, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import Session, select

from bot.database import open_engine, transaction
from nursery import consents
from nursery.consents import Purpose
from nursery.guardians import Guardianship
from nursery.notices import Notice
from nursery.observations import Snippet
from nursery.people import Child
from nursery.photos import Photo, PhotoChild, Unshown
from tests.command_line import Coatpeg
from tests.photographs import jpeg

ALL = ("--to", "setting:Little Acorns", "--text", "We painted leaves.")


@pytest.fixture
def photo(tmp_path: Path) -> str:
    file = tmp_path / "leaves.jpg"
    file.write_bytes(jpeg(6))
    return str(file)


@contextmanager
def database(folder: Path) -> Iterator[Session]:
    engine = open_engine(f"sqlite:///{folder}/coatpeg.db")
    with transaction(engine) as session:
        yield session
    engine.dispose()


def agree(session: Session, first_name: str, *purposes: Purpose) -> None:
    """All with parental responsibility for a child say yes."""
    child = next(one for one in session.exec(select(Child)) if one.first_name == first_name)
    for tie in session.exec(select(Guardianship).where(Guardianship.child_id == child.id)):
        for purpose in purposes:
            now = datetime.now(UTC)
            consents.answer(session, child, tie.guardian_id, purpose, given=True, text="", language="en_GB", now=now)


def test_a_dry_run_says_who_would_get_the_words_alone_and_keeps_nothing(
    acorns: Coatpeg, tmp_path: Path, photo: str
) -> None:
    with database(tmp_path) as session:
        agree(session, "Zosia", Purpose.PHOTOS_INSIDE)
    words = (*ALL, "--photo", photo, "--shows", "Zosia", "--dry-run")
    shown = json.loads(acorns("notice", *words, "--json").out)
    kept = {one["guardian"]: one["reason"] for one in shown["without_photo"]}
    assert set(kept.values()) == {Unshown.OTHERS.value}
    assert 0 < len(kept) < shown["recipients"]
    said = acorns("notice", *words).out
    assert f": {Unshown.OTHERS.value}" in said
    assert "Zosia" not in said, "whose child stands in the way is told to nobody"
    assert "/p/aaaa" in said, "the link is counted in the price"
    with database(tmp_path) as session:
        assert [session.exec(select(table)).all() for table in (Notice, Photo, PhotoChild)] == [[], [], []]


def test_a_notice_keeps_its_photo_and_gives_it_back(acorns: Coatpeg, tmp_path: Path, photo: str) -> None:
    sent = json.loads(acorns("notice", *ALL, "--photo", photo, "--now", "--json").out)
    assert sent["without_photo"] == []
    with database(tmp_path) as session:
        kept = session.exec(select(Photo)).one()
        assert session.exec(select(Notice)).one().photo_id == kept.id
        assert (kept.mime, kept.children, b"51.5074N" in kept.content) == ("image/jpeg", 0, False)
    acorns("withdraw", str(sent["notice"]))
    with database(tmp_path) as session:
        assert session.exec(select(Photo)).one().taken_back_at is not None


def test_a_snippet_shows_its_child_and_those_named(acorns: Coatpeg, tmp_path: Path, photo: str) -> None:
    ran = acorns("snippet", "Zosia", "Zosia and Noor built a den.", "--photo", photo, "--with", "Noor")
    assert ran.code == 0
    assert Unshown.OWN.value in ran.out
    with database(tmp_path) as session:
        shown = session.exec(select(Child).join(PhotoChild)).all()
        assert {one.first_name for one in shown} == {"Zosia", "Noor"}
        assert session.exec(select(Snippet)).one().photo_id is not None
        agree(session, "Zosia", Purpose.PHOTOS_INSIDE)
        agree(session, "Noor", Purpose.PHOTOS_OUTSIDE)
    ran = acorns("snippet", "Zosia", "And a boat.", "--photo", photo, "--with", "Noor")
    assert "without the photo" not in ran.out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("notice", *ALL, "--photo", "nowhere.jpg"), "There is no file nowhere.jpg."),
        (("notice", *ALL, "--photo", "letter.pdf"), "letter.pdf: The photo must be a JPEG or PNG file."),
        (("notice", *ALL, "--shows", "Zosia"), "There is no --photo to show anybody on."),
        (("notice", *ALL, "--photo", "leaves.jpg", "--shows", "Nobody"), "There is no child called Nobody."),
        (
            ("notice", "--to", "child:Zosia", "--text", "x" * 801, "--photo", "leaves.jpg"),
            "With a photo the words may have 800 characters in each language; the longest has",
        ),
        (("snippet", "Zosia", "Ran.", "--photo", "letter.pdf"), "letter.pdf: The photo must be a JPEG or PNG file."),
        (("snippet", "Zosia", "Ran.", "--with", "Noor"), "There is no --photo to show anybody on."),
    ],
)
def test_what_is_refused_is_one_sentence_and_keeps_nothing(
    acorns: Coatpeg, tmp_path: Path, photo: str, words: tuple[str, ...], sentence: str
) -> None:
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.7")
    ran = acorns(*words)
    assert (ran.code, ran.err.startswith(sentence)) == (1, True), ran.err
    with database(tmp_path) as session:
        assert [session.exec(select(table)).all() for table in (Notice, Snippet, Photo)] == [[], [], []]
