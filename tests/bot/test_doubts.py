"""A word of a conversation where free words are asked: which was meant is asked once, and nothing is lost."""

import pytest
from sqlmodel import select

from handlers import CONVERSATIONS
from locales import LANGUAGES, catalogue
from nursery.complaints import Complaint
from nursery.queries import Query, words_of
from tests.cast import CAST
from tests.talking import Player

NAMED = {one.name: one for one in CONVERSATIONS}
WRITERS = {member.language: name for name, member in CAST.items() if member.language}


def word_of(conversation: str, language: str) -> str:
    return catalogue(language).words(NAMED[conversation].words)[0]


def asked(play: Player) -> list[str]:
    """The words of every question that staff have."""
    with play.session() as session:
        return [said.words for query in session.exec(select(Query)) for said in words_of(session, query)]


def test_a_word_at_a_question_may_be_the_answer(on_both: Player) -> None:
    on_both("""
        Amina: ASK
        Coatpeg: What would you like to ask? ...
        Amina: Events
        Coatpeg: Is "Events" your answer?
          1 Yes, that is my answer
          2 No, go to: What is on
        Amina: [tap 1]
        Coatpeg: Thank you. Your question is Q-1042. ...
    """)
    assert asked(on_both) == ["Events"]


def test_or_lead_where_it_leads_and_then_the_question_is_asked_again(on_both: Player) -> None:
    on_both("""
        Amina: COMPLAIN
        Coatpeg: I am sorry. Please tell us in your own words what happened. ...
        Amina: absent
        Coatpeg: Is "absent" your answer?
          ...
        Amina: [tap 2]
        Coatpeg: Why is Noor away?
          ...
        Amina: [tap 2]
        Coatpeg: Until when is Noor away?
          ...
        Amina: [tap 1]
        Coatpeg: Thank you. Noor is down as away on ...
        Coatpeg: I am sorry. Please tell us in your own words what happened. ...
        Amina: Nobody rang me
        Coatpeg: Is it about one of these?
          ...
        Amina: [tap 3]
        Coatpeg: Thank you. Your complaint is written down as ...
        Coatpeg: Helen looks into it and may ring you to hear more.
        Coatpeg: ...
    """)
    with on_both.session() as session:
        assert [case.words for case in session.exec(select(Complaint))] == ["Nobody rang me"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("of", ["own", "english"])
def test_in_every_language_by_its_words_and_the_english(on_both: Player, language: str, of: str) -> None:
    who, tag = WRITERS[language], language if of == "own" else "en_GB"
    on_both.say(who, word_of("query", tag))
    doubt = on_both.say(who, word_of("event", tag))
    assert [len(one.choices) for one in doubt] == [2]
    assert catalogue(language).gettext(NAMED["event"].label) in doubt[0].choices[1]
    on_both.say(who, "2")
    assert asked(on_both) == []
    on_both.say(who, word_of("event", tag))
    on_both.say(who, "1")
    if len(CAST[who].children) > 1:
        on_both.say(who, "1")
    assert asked(on_both) == [word_of("event", tag)]


def test_back_asks_the_question_again(on_both: Player) -> None:
    on_both("""
        Amina: ASK
        Coatpeg: What would you like to ask? ...
        Amina: EVENTS
        Coatpeg: Is "EVENTS" your answer?
          ...
        Amina: BACK
        Coatpeg: What would you like to ask? ...
        Amina: BACK
        Coatpeg: What can I do for you?
          ...
    """)


def test_a_change_of_language_asks_which_was_meant_in_that_language(on_both: Player) -> None:
    on_both.say("Amina", "ASK")
    on_both.say("Amina", "EVENTS")
    on_both.say("Amina", "LANGUAGE")
    changed = on_both.say("Amina", "2")
    assert [(one.language, len(one.choices)) for one in changed] == [("pl", 0), ("pl", 2)]
    assert catalogue("pl").gettext("What is on") in changed[1].choices[1]
    on_both.say("Amina", "1")
    assert asked(on_both) == ["EVENTS"]


def test_menu_leaves_and_stop_stops(on_both: Player) -> None:
    for word in ("MENU", "STOP"):
        on_both.say("Amina", "ASK")
        on_both.say("Amina", "EVENTS")
        assert [one.text for one in on_both.say("Amina", word) if "answer?" in one.text] == []
    assert asked(on_both) == []


@pytest.mark.parametrize("words", ["when is the next one?", "no I mean the trip"])
def test_other_words_are_the_answer_instead(on_both: Player, words: str) -> None:
    on_both.say("Amina", "ASK")
    on_both.say("Amina", "EVENTS")
    assert "Q-1042" in on_both.say("Amina", words)[0].text
    assert asked(on_both) == [words]


def test_the_word_once_more_goes_there(on_both: Player) -> None:
    on_both.say("Amina", "ASK")
    on_both.say("Amina", "ABSENT")
    assert on_both.say("Amina", "ABSENT")[0].text == "Why is Noor away?"


def test_a_number_that_is_no_choice_is_asked_again(on_both: Player) -> None:
    on_both.say("Amina", "ASK")
    on_both.say("Amina", "ABSENT")
    again = on_both.say("Amina", "7")
    assert 'Is "ABSENT" your answer?' in again[0].text
    assert again[0].choices


def test_a_button_of_the_doubt_is_no_answer_once_it_is_settled(play: Player) -> None:
    play("""
        Amina: ASK
        Coatpeg: What would you like to ask? ...
        Amina: EVENTS
        Coatpeg: Is "EVENTS" your answer?
          ...
        Amina: BACK
        Coatpeg: What would you like to ask? ...
        Amina: [tap 1]
        Coatpeg: That question is closed. ...
    """)
    assert asked(play) == []


def test_the_question_s_own_button_still_answers_it(play: Player) -> None:
    play("""
        Amina: CALLME
        Coatpeg: We will ring you. ...
          1 Skip
        Amina: EVENTS
        Coatpeg: Is "EVENTS" your answer?
          ...
        Amina: [tap 1 on ring]
        Coatpeg: Grace rings you by ...
    """)


def test_a_word_of_the_conversation_itself_is_its_answer(on_both: Player) -> None:
    on_both.say("Amina", "ABSENT")
    on_both.say("Amina", "4")
    assert on_both.say("Amina", "poorly")[0].text.startswith("Until when")


def test_where_a_choice_is_asked_a_word_leads_on_at_once(on_both: Player) -> None:
    on_both("""
        Amina: COMPLAIN
        Coatpeg: I am sorry. ...
        Amina: Nobody rang me
        Coatpeg: Is it about one of these?
          ...
        Amina: ABSENT
        Coatpeg: Why is Noor away?
          ...
    """)


@pytest.mark.parametrize("unclear", ["ok", "thank you"])
def test_a_courtesy_decides_nothing_and_is_no_question_for_staff(on_both: Player, unclear: str) -> None:
    on_both.say("Amina", "ASK")
    (doubted,) = on_both.say("Amina", "EVENTS")
    (again,) = on_both.say("Amina", unclear)
    assert again.choices == doubted.choices
    assert doubted.text in again.text
