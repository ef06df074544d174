"""Offers: what can be asked for, and when thanks are due."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from bot.database import transaction
from nursery import interests, offers
from nursery.offers import Free, Offer, OfferRefused, Skill
from tests.cast import MONDAY, People


def _offer(session: Session, people: People, who: str = "Amina", skill: Skill = Skill.MUSIC, words: str = "") -> Offer:
    guardian_id, setting_id = people.guardians[who].id or 0, people.setting.id or 0
    return offers.offer(session, setting_id, guardian_id, skill, Free.ASK, MONDAY, words=words)


def test_every_skill_but_other_is_an_interest(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        for skill in Skill:
            _offer(session, people, skill=skill, words="cakes" if skill == Skill.OTHER else "")
        assert interests.interests_of(session, people.guardians["Amina"].id or 0) == set(Skill) - {"other"}


def test_own_words_are_never_written_over(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        first = _offer(session, people, skill=Skill.OTHER, words="cakes")
        second = _offer(session, people, skill=Skill.OTHER, words="knitting")
        assert first.id != second.id
        assert _offer(session, people).id == _offer(session, people).id


def test_what_is_offered_to_a_setting(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        _offer(session, people)
        _offer(session, people, "Piotr", Skill.REPAIRS)
        offers.withdraw(session, _offer(session, people, "Farah"), MONDAY)
        setting_id = people.setting.id or 0
        assert [one.skill for one in offers.offered(session, setting_id)] == ["music", "repairs"]
        assert [one.skill for one in offers.offered(session, setting_id, Skill.REPAIRS)] == ["repairs"]
        assert offers.offered(session, setting_id + 1) == []


def test_asked_answered_and_thanked_in_that_order(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        kept = _offer(session, people)
        with pytest.raises(OfferRefused, match="not been asked"):
            offers.thank(session, kept, MONDAY)
        with pytest.raises(OfferRefused, match="Say what you would like"):
            offers.ask_for(session, kept, " ", MONDAY)
        asked = offers.ask_for(session, kept, "Drums on Friday?", MONDAY)
        assert offers.unasked(session) == [asked]
        with pytest.raises(OfferRefused, match="asked already"):
            offers.ask_for(session, kept, "And on Monday?", MONDAY + timedelta(days=6))
        offers.answer(session, asked, MONDAY, accepted=True)
        assert offers.unasked(session) == []
        offers.thank(session, kept, MONDAY)
        assert offers.unthanked(session) == [asked]
        with pytest.raises(OfferRefused, match="thanked for it already"):
            offers.thank(session, kept, MONDAY)
        assert offers.ask_for(session, kept, "Again in May?", MONDAY).id != asked.id


def test_what_was_taken_back_is_not_asked_for(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        kept = _offer(session, people)
        offers.withdraw(session, kept, MONDAY)
        with pytest.raises(OfferRefused, match="taken back"):
            offers.ask_for(session, kept, "Drums?", MONDAY)


def test_asked_again_after_a_week_of_silence_and_thanked_for_a_yes_at_the_door(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        kept = _offer(session, people)
        first = offers.ask_for(session, kept, "Drums on Friday?", MONDAY)
        second = offers.ask_for(session, kept, "Drums next week?", MONDAY + timedelta(days=7))
        assert offers.thank(session, kept, MONDAY + timedelta(days=9)).id == second.id
        assert (first.thanked_at, second.accepted) == (None, True)


def test_a_no_is_not_thanked_for(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        kept = _offer(session, people)
        offers.answer(session, offers.ask_for(session, kept, "Drums?", MONDAY), MONDAY, accepted=False)
        with pytest.raises(OfferRefused, match="said no"):
            offers.thank(session, kept, MONDAY)
