"""Links to calendars: the token, and one link cut off without the others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nursery import calendar_links, erasing
from nursery.calendar_links import CalendarLink, address, number_in, token
from tests.cast import MONDAY, People
from tests.talking import Player

KEY, OTHER = b"one key of thirty-two bytes or more", b"another key of thirty-two bytes...."


@given(st.integers(0, 2**40 - 1))
def test_a_token_is_of_its_link_alone(number: int) -> None:
    assert number_in(token(number, KEY), KEY) == number
    assert number_in(token(number, KEY), OTHER) is None


@pytest.mark.parametrize("written", ["", "x", "A" * 28, "ü" * 28, token(1, KEY)[:-1], token(1, KEY) + "=", "../etc"])
def test_what_is_no_token(written: str) -> None:
    assert number_in(written, KEY) is None


@given(st.text(max_size=40))
def test_anything_else_is_nobodys(written: str) -> None:
    assert number_in(written, KEY) is None


def test_changing_one_sign_of_a_token_breaks_it() -> None:
    good = token(7, KEY)
    for place in range(len(good)):
        bad = good[:place] + ("A" if good[place] != "A" else "B") + good[place + 1 :]
        assert number_in(bad, KEY) is None, place


def test_the_address_fits_a_text() -> None:
    assert len(address("https://nursery.example", 12, KEY)) < 70


def test_one_is_cut_off_and_the_others_are_not(play: Player, people: People) -> None:
    amina, farah = (people.guardians[who].id or 0 for who in ("Amina", "Farah"))
    with play.session() as session:
        assert not calendar_links.cut(session, amina, MONDAY), "there is none yet"
        mine, theirs = (calendar_links.link_of(session, one, MONDAY) for one in (amina, farah))
        assert calendar_links.link_of(session, amina, MONDAY) is mine, "asked for again it is the same"
        assert calendar_links.cut(session, amina, MONDAY)
        fresh = calendar_links.link_of(session, amina, MONDAY)
        opened = [calendar_links.whose(session, token(one.id or 0, KEY), KEY) for one in (mine, theirs, fresh)]
        assert opened == [None, farah, amina]


def test_a_link_of_before_names_a_guardian_until_one_is_cut_off(play: Player, people: People) -> None:
    amina, farah = (people.guardians[who].id or 0 for who in ("Amina", "Farah"))
    with play.session() as session:
        old = {one: token(one, KEY, calendar_links.BEFORE) for one in (amina, farah)}
        assert [calendar_links.whose(session, one, KEY) for one in old.values()] == [None, None]
        assert [calendar_links.whose_before(session, one, KEY) for one in old.values()] == [amina, farah]
        assert calendar_links.whose_before(session, old[amina], OTHER) is None
        made = calendar_links.link_of(session, amina, MONDAY)
        assert calendar_links.whose_before(session, token(made.id or 0, KEY), KEY) is None
        calendar_links.cut(session, amina, MONDAY)
        erasing.note(session, farah, "erased", "Helen", MONDAY)
        assert [calendar_links.whose_before(session, one, KEY) for one in old.values()] == [None, None]


def test_two_made_at_the_same_moment_are_both_cut_off(play: Player, people: People) -> None:
    amina = people.guardians["Amina"].id or 0
    with play.session() as session:
        session.add_all([CalendarLink(guardian_id=amina, made_at=MONDAY) for _ in range(2)])
        assert calendar_links.cut(session, amina, MONDAY)
        assert calendar_links.in_force(session, amina) is None
