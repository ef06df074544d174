"""Offers: what a parent would share, being asked for it, and the thanks."""

import pytest
from sqlmodel import select

from nursery import interests, offers
from nursery.inbox import InboundMessage
from nursery.offers import Free, Offer, OfferAsk, Skill
from nursery.tasks import open_tasks
from tests.cast import MONDAY, People
from tests.talking import Player


def _offers(play: Player) -> list[tuple[str, str, str, bool]]:
    with play.session() as session:
        return [
            (one.skill, one.free, one.words, one.withdrawn_at is None)
            for one in session.exec(select(Offer).order_by(Offer.id))  # type: ignore[arg-type]
        ]


def _asked(play: Player, people: People, who: str = "Amina") -> int:
    with play.session() as session:
        guardian_id = people.guardians[who].id or 0
        kept = offers.offer(session, people.setting.id or 0, guardian_id, Skill.COOKING, Free.ASK, MONDAY)
        return offers.ask_for(session, kept, "Would you make samosas with us on Friday at 10?", MONDAY).id or 0


def test_offered_thanked_and_taken_back(on_both: Player, people: People) -> None:
    on_both("""
        Amina: OFFER
        Coatpeg: How kind. What would you like to share with us?
          1 Cooking from home
          2 Reading in my language
          3 My work
          4 Music
          5 Gardening
          6 Repairs
          7 The committee
          8 Something else
        Amina: [tap 1]
        Coatpeg: When would it suit you?
          1 Mornings
          2 Afternoons
          3 Weekends
          4 Ask me each time
        Amina: [tap 2]
        Coatpeg: Thank you, we have noted it: Cooking from home, Afternoons. Before anything is planned, we ask you. To change it, text OFFER.
        Amina: skills
        Coatpeg: You offer: Cooking from home. Thank you. What would you like to do?
          1 Offer something else
          2 Take back: Cooking from home
        Amina: [tap 2]
        Coatpeg: We have taken this off the list: Cooking from home. Thank you all the same.
    """)  # noqa: E501
    assert _offers(on_both) == [("cooking", "afternoons", "", False)]
    with on_both.session() as session:
        assert interests.interests_of(session, people.guardians["Amina"].id or 0) == {"cooking"}
        [task] = open_tasks(session)
        assert (task.kind, task.about) == ("offer made", "offer 1, cooking, afternoons")


def test_in_own_words(on_both: Player) -> None:
    on_both("""
        Amina: HELP OUT
        Coatpeg: How kind. ...
          ...
        Amina: My work
        Coatpeg: Please tell us a little about it, in your own words.
        Amina: I drive a bus
        Coatpeg: When would it suit you?
          ...
        Amina: BACK
        Coatpeg: Please tell us a little about it, in your own words.
        Amina: I drive a big red bus
        Coatpeg: When would it suit you?
          ...
        Amina: [tap 4]
        Coatpeg: Thank you, we have noted it: My work (I drive a big red bus), Ask me each time. ...
    """)
    assert _offers(on_both) == [("work", "ask", "I drive a big red bus", True)]
    with on_both.session() as session:
        read = session.exec(select(InboundMessage).where(InboundMessage.text == "I drive a big red bus")).one()
        assert read.for_staff
        assert all("bus" not in task.about for task in open_tasks(session))


def test_something_else_is_called_by_the_parents_own_words(on_both: Player, people: People) -> None:
    for words in ("OFFER", "8", "I can sew costumes", "4"):
        on_both.say("Amina", words)
    on_both("""
        Amina: OFFER
        Coatpeg: You offer: I can sew costumes. Thank you. What would you like to do?
          1 Offer something else
          2 Take back: I can sew costumes
    """)


def test_the_same_again_is_one_offer_and_something_else_another(on_both: Player) -> None:
    for words in ("OFFER", "4", "1", "OFFER", "1", "4", "3", "OFFER", "1", "5", "1"):
        on_both.say("Amina", words)
    assert _offers(on_both) == [("music", "weekends", "", True), ("gardening", "mornings", "", True)]


def test_asked_for_it_yes(on_both: Player, people: People) -> None:
    number = _asked(on_both, people)
    on_both.push("Amina", "offer_asked", {"ask": number})
    on_both("""
        Coatpeg to Amina: You offered to share this with us: Cooking from home. Would you like to?
          Would you make samosas with us on Friday at 10?
          1 Yes, gladly
          2 Not this time
        Amina: [tap 1]
        Coatpeg: Thank you. Staff will speak with you about the rest. If it changes, ring 01632 960123.
    """)
    with on_both.session() as session:
        assert session.get_one(OfferAsk, number).accepted is True
        assert [task.kind for task in open_tasks(session)] == ["offer accepted"]
    on_both.push("Amina", "offer_asked", {"ask": number})
    assert on_both.deliver() == [], "asked once"


def test_asked_for_it_not_this_time(on_both: Player, people: People) -> None:
    number = _asked(on_both, people)
    on_both.push("Amina", "offer_asked", {"ask": number})
    on_both.deliver()
    on_both("""
        Amina: [tap 2]
        Coatpeg: That is fine. Thank you for telling us.
    """)
    with on_both.session() as session:
        assert session.get_one(OfferAsk, number).accepted is False


def test_thanked_for_it(on_both: Player, people: People) -> None:
    number = _asked(on_both, people)
    on_both.push("Amina", "offer_thanked", {"ask": number})
    assert on_both.deliver() == [], "nothing has happened yet"
    with on_both.session() as session:
        asked = session.get_one(OfferAsk, number)
        offers.answer(session, asked, MONDAY, accepted=True)
        offers.thank(session, session.get_one(Offer, asked.offer_id), MONDAY)
    on_both.push("Amina", "offer_thanked", {"ask": number})
    on_both("""
        Coatpeg to Amina: Thank you for sharing this with us: Cooking from home. It meant a lot to us. Little Acorns
    """)


def test_the_other_parent_sees_none_of_it(on_both: Player, people: People) -> None:
    number = _asked(on_both, people)
    assert len(on_both.say("Farah", "OFFER")[0].choices) == 8
    on_both.push("Farah", "offer_asked", {"ask": number})
    assert on_both.deliver() == []


@pytest.mark.parametrize("who", ["Piotr", "Samira", "Farah", "Ioana"])
def test_in_the_readers_language(on_both: Player, people: People, who: str) -> None:
    for words in ("OFFER", "8", "Haft", "2"):
        said = on_both.say(who, words)
    assert said[0].language not in ("", "en_GB")
    assert _offers(on_both) == [("other", "afternoons", "Haft", True)]
    number = _asked(on_both, people, who)
    on_both.push(who, "offer_asked", {"ask": number})
    [asked] = on_both.deliver()
    assert "samosas" in asked.text
    assert (asked.language, len(asked.choices)) == (said[0].language, 2)


def test_menu_in_the_middle_keeps_nothing(on_both: Player) -> None:
    for words in ("OFFER", "3", "I bake bread", "MENU"):
        on_both.say("Amina", words)
    assert _offers(on_both) == []
