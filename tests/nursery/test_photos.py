"""Photos: who may be shown which child, at this moment."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import SQLModel, select

from nursery import photos, retention
from nursery.consents import Purpose
from nursery.forgetting import remove
from nursery.guardians import Guardianship, Topic
from nursery.photo_links import USUAL, message_of, token_of
from nursery.photos import PhotoChild, PhotoRefused, Showing, Unshown, kept_from, may_go
from nursery.recipients import Audience
from nursery.settings import today
from tests.cast import MONDAY, People
from tests.photographs import agree, jpeg, photo_of, png
from tests.talking import Player

INSIDE, OUTSIDE = Purpose.PHOTOS_INSIDE, Purpose.PHOTOS_OUTSIDE
DAY = today(MONDAY)
KEY = b"a key of the tests, of thirty-two bytes and more"

Yes = tuple[str, str, Purpose]
NOOR_IN, NOOR_OUT = ("Amina", "Noor", INSIDE), ("Amina", "Noor", OUTSIDE)
YUSUF_IN, YUSUF_OUT = ("Samira", "Yusuf", INSIDE), ("Samira", "Yusuf", OUTSIDE)
ANDREI_IN, MARA_IN = ("Ioana", "Andrei", INSIDE), ("Ioana", "Mara", INSIDE)

TABLE: list[tuple[str, tuple[str, ...], list[Yes], Unshown | None]] = [
    ("Amina", (), [], None),
    ("Amina", ("Noor",), [], Unshown.OWN),
    ("Amina", ("Noor",), [NOOR_OUT], Unshown.OWN),
    ("Amina", ("Noor",), [NOOR_IN], None),
    ("Farah", ("Noor",), [NOOR_IN], None),
    ("Samira", ("Noor",), [NOOR_IN], Unshown.OTHERS),
    ("Samira", ("Noor",), [NOOR_OUT], None),
    ("Amina", ("Noor", "Yusuf"), [NOOR_IN], Unshown.OTHERS),
    ("Amina", ("Noor", "Yusuf"), [NOOR_IN, YUSUF_IN], Unshown.OTHERS),
    ("Amina", ("Noor", "Yusuf"), [NOOR_IN, YUSUF_OUT], None),
    ("Samira", ("Noor", "Yusuf"), [NOOR_IN, YUSUF_OUT], Unshown.OWN),
    ("Samira", ("Noor", "Yusuf"), [YUSUF_IN, NOOR_OUT], None),
    ("Piotr", ("Noor", "Yusuf"), [NOOR_OUT], Unshown.OTHERS),
    ("Piotr", ("Noor", "Yusuf"), [NOOR_OUT, YUSUF_OUT], None),
    ("Ioana", ("Andrei", "Mara"), [ANDREI_IN], Unshown.OWN),
    ("Ioana", ("Andrei", "Mara"), [ANDREI_IN, MARA_IN], None),
]


@pytest.mark.parametrize(("who", "shown", "given", "refusal"), TABLE)
def test_each_child_needs_the_consent_for_who_looks(
    play: Player, people: People, who: str, shown: tuple[str, ...], given: list[Yes], refusal: Unshown | None
) -> None:
    with play.session() as session:
        for guardian, child, purpose in given:
            agree(session, people, guardian, child, purpose)
        photo = photo_of(session, people, *shown)
        assert Showing(session, photo, DAY).refusal(people.guardians[who].id or 0) == refusal


def test_anothers_no_stands_against_a_yes(play: Player, people: People) -> None:
    with play.session() as session:
        photo = photo_of(session, people, "Noor")
        agree(session, people, "Amina", "Noor", INSIDE)
        agree(session, people, "Farah", "Noor", INSIDE, given=False)
        for who in ("Amina", "Farah"):
            assert not may_go(session, photo, people.guardians[who].id or 0, DAY)


def test_a_year_later_the_consent_has_run_out(play: Player, people: People) -> None:
    with play.session() as session:
        agree(session, people, "Amina", "Noor", INSIDE)
        photo, amina = photo_of(session, people, "Noor"), people.guardians["Amina"].id or 0
        assert may_go(session, photo, amina, DAY + timedelta(days=365))
        assert not may_go(session, photo, amina, DAY + timedelta(days=366))


LIMITS: dict[str, dict[str, Any]] = {
    "under a court's limit": {"restricted_from": DAY},
    "not confirmed": {"confirmed_at": None},
    "ended": {"ends_on": DAY - timedelta(days=1)},
    "told of nothing": {"may_receive": 0},
}


@pytest.mark.parametrize("limit", sorted(LIMITS))
def test_who_may_not_be_told_of_a_child_is_not_shown_it_either(play: Player, people: People, limit: str) -> None:
    """Though every other family may see that child."""
    with play.session() as session:
        agree(session, people, "Amina", "Noor", INSIDE)
        agree(session, people, "Amina", "Noor", OUTSIDE)
        farah = people.guardians["Farah"].id
        tie = session.exec(select(Guardianship).where(Guardianship.guardian_id == farah)).one()
        for name, value in LIMITS[limit].items():
            setattr(tie, name, value)
        session.add(tie)
        session.flush()
        showing = Showing(session, photo_of(session, people, "Noor"), DAY)
        assert showing.refusal(farah or 0) == Unshown.NOT_TOLD
        assert showing.refusal(people.guardians["Amina"].id or 0) is None
        assert showing.refusal(people.guardians["Piotr"].id or 0) is None


def test_a_photo_taken_back_goes_to_nobody(play: Player, people: People) -> None:
    with play.session() as session:
        photo = photo_of(session, people)
        photos.take_back(session, photo.id, MONDAY)
        assert Showing(session, photo, DAY).refusal(people.guardians["Amina"].id or 0) == Unshown.TAKEN_BACK


def test_a_photo_of_a_child_whose_record_has_gone_is_no_photo_of_a_place(play: Player, people: People) -> None:
    with play.session() as session:
        photo = photo_of(session, people, "Zosia")
        remove(session, SQLModel.metadata.tables["child"], [people.children["Zosia"].id])
        assert session.exec(select(PhotoChild)).all() == []
        assert Showing(session, photo, DAY).refusal(people.guardians["Amina"].id or 0) == Unshown.INCOMPLETE


def test_who_would_get_the_words_alone(play: Player, people: People) -> None:
    with play.session() as session:
        agree(session, people, "Amina", "Noor", INSIDE)
        agree(session, people, "Amina", "Noor", OUTSIDE)
        agree(session, people, "Samira", "Yusuf", INSIDE)
        photo, whom = photo_of(session, people, "Noor", "Yusuf"), Audience(people.setting.id or 0)
        found = [(one.name, why) for one, why in kept_from(session, photo, whom, Topic.NOTICES, DAY)]
        others = Unshown.OTHERS
        assert found == [("Amina", others), ("Farah", others), ("Ioana", others), ("Piotr", others)]
        assert not any(name in why for why in Unshown for name in (*people.children, *people.guardians))


def test_what_is_kept_is_the_picture_alone(play: Player, people: People) -> None:
    with play.session() as session:
        setting = people.setting.id or 0
        photo = photos.add_photo(session, setting, jpeg(6), [people.children["Noor"]] * 2, now=MONDAY)
        assert (photo.mime, photo.children, b"51.5" in photo.content) == ("image/jpeg", 1, False)
        with pytest.raises(PhotoRefused, match="JPEG or PNG"):
            photos.add_photo(session, setting, b"%PDF-1.7", [], now=MONDAY)
        with pytest.raises(PhotoRefused, match=r"6\.0 MB"):
            photos.add_photo(session, setting, b"\0" * 6_000_000, [], now=MONDAY)
        with pytest.raises(PhotoRefused, match="another setting"):
            photos.add_photo(session, setting + 1, png(), [people.children["Noor"]], now=MONDAY)


def test_words_too_long_for_a_photo_are_refused() -> None:
    photos.check_words(["x" * photos.MOST_WORDS])
    with pytest.raises(PhotoRefused, match="the longest has 802"):
        photos.check_words(["short", "\N{SNAIL}" * 401])


def test_a_photo_is_forgotten_with_whom_it_showed(play: Player, people: People) -> None:
    with play.session() as session:
        photo_of(session, people, "Noor")
        due = retention.due(session, "photo", MONDAY + retention.YEAR + timedelta(days=1))
        assert retention.drop(session, "photo", due) == 1
        assert session.exec(select(PhotoChild)).all() == []


@pytest.mark.parametrize("number", [0, 1, 31, 32, 70_000, 2**62])
def test_a_token_is_of_one_message_and_one_house(number: int) -> None:
    token = token_of(number, KEY)
    assert message_of(token, KEY) == message_of(token.upper(), KEY) == number
    assert message_of(token, b"another house's key, of thirty-two bytes") is None
    for wrong in (token[1:], token[:-1], token + "2", f"2{token}", token.swapcase() + "é", "", "a" * 500):
        assert message_of(wrong, KEY) is None


def test_a_token_is_short() -> None:
    assert len(token_of(999_999, KEY)) == USUAL
