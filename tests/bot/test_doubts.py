"""A word of a conversation where free words are asked: which was meant is asked once, and nothing is lost."""

import pytest
from sqlmodel import col, select

from handlers import CONVERSATIONS
from locales import LANGUAGES, catalogue
from nursery.agreements import Signature
from nursery.complaints import Complaint
from nursery.consents import Consent
from nursery.inbox import waiting_for_staff
from nursery.profiles import ProfileAnswer
from nursery.queries import Query, words_of
from nursery.tasks import open_tasks
from tests.cast import CAST
from tests.talking import Heard, Player

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


UNHEARD = "I have not passed on what you sent. For a person to see it, text ASK, then send it."


@pytest.mark.parametrize("who", ["Ioana", "Samira"])
def test_words_of_a_talk_that_menu_leaves_are_said_to_be_nobodys(on_both: Player, who: str) -> None:
    unheard = catalogue(CAST[who].language).gettext(UNHEARD)
    for words in ("ASK", "Is there a trip this month?"):
        asked = on_both.say(who, words)
    if len(CAST[who].children) == 1:
        assert unheard not in on_both.say(who, "MENU")[-1].text, "it is a question already"
        for words in ("ABSENT", "4", "Grandmother is visiting"):
            asked = on_both.say(who, words)
    assert asked[-1].choices
    [menu] = on_both.say(who, "MENU")
    assert menu.text.startswith(unheard)
    assert len(menu.choices) == 9
    [again] = on_both.say(who, "MENU")
    assert unheard not in again.text
    on_both.say(who, "COMPLAIN")
    assert unheard not in on_both.say(who, "EVENTS")[0].text
    assert unheard not in on_both.say(who, "MENU")[0].text, "a word of ours says nothing"


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


ILL = {
    "Amina": "Noor has a temperature",
    "Piotr": "Zosia ma gorączkę",
    "Ioana": "Mara nu vine azi",
    "Farah": "noor ko bukhar hai",
    "Samira": "يوسف مريض اليوم",
}


def begun(play: Player, who: str, conversation: str) -> list[Heard]:
    return play.say(who, word_of(conversation, CAST[who].language))


def in_the_inbox(play: Player) -> list[str]:
    with play.session() as session:
        return [message.text for message in waiting_for_staff(session)]


def signed(play: Player) -> list[str]:
    with play.session() as session:
        return [one.name for one in session.exec(select(Signature))]


@pytest.mark.parametrize("who", ILL)
@pytest.mark.parametrize("days", [0, 3])
def test_an_ill_child_signs_nothing(on_both: Player, who: str, days: int) -> None:
    begun(on_both, who, "sign")
    on_both.say(who, "2")
    on_both.clock.pass_(days=days)
    (doubt,) = on_both.say(who, ILL[who])
    assert len(doubt.choices) == 3
    assert (signed(on_both), in_the_inbox(on_both)) == ([], [ILL[who]])
    assert catalogue(CAST[who].language).gettext(NAMED["absent"].label) in doubt.choices[1]
    offered = on_both.say(who, "3")
    assert catalogue(CAST[who].language).gettext(NAMED["absent"].label) in offered[0].choices
    on_both.say(who, "MENU")
    assert signed(on_both) == []


@pytest.mark.parametrize("name", ["Amina Khan", "amina k.", "Mrs Amina Khan", "أمينة خان", "امینہ"])
def test_the_name_on_record_signs_at_any_time_and_in_any_letters(on_both: Player, name: str) -> None:
    begun(on_both, "Amina", "sign")
    on_both.say("Amina", "2")
    on_both.clock.pass_(days=3)
    assert on_both.say("Amina", name)[0].text.startswith("Thank you. You signed as")
    assert len(signed(on_both)) == 1


def test_another_name_signs_once_the_parent_says_that_it_is_theirs(on_both: Player) -> None:
    on_both("""
        Amina: SIGN
        Coatpeg: ...
          ...
        Amina: [tap 2]
        Coatpeg: ...
        Coatpeg: ...
        Coatpeg: ...
        Coatpeg: ...
        Coatpeg: ...
        Coatpeg: ...
          ...
        Amina: Khadija Begum
        Coatpeg: Is that your answer to this? To sign this, type your full name.
          1 Yes, that is my answer
          2 No, it is something else
        Amina: ok
        Coatpeg: I did not understand. ...
          ...
        Amina: [tap 1]
        Coatpeg: Thank you. You signed as Khadija Begum on ...
    """)
    assert signed(on_both) == ["Khadija Begum"]


@pytest.mark.parametrize("who", ["Amina", "Piotr", "Samira"])
def test_days_later_words_are_no_profile_unless_the_parent_says_so(on_both: Player, who: str) -> None:
    begun(on_both, who, "profile")
    on_both.say(who, "1")
    on_both.clock.pass_(days=3)
    assert len(on_both.say(who, "blue gate")[0].choices) == 2
    assert in_the_inbox(on_both) == ["blue gate"]
    on_both.say(who, "1")
    with on_both.session() as session:
        assert [one.words for one in session.exec(select(ProfileAnswer))] == ["blue gate"]


def test_what_was_pushed_is_young_for_half_a_day_and_a_talk_for_an_hour(on_both: Player) -> None:
    for hours, asks in ((0.9, False), (1.1, True)):
        begun(on_both, "Amina", "share")
        on_both.clock.pass_(hours=hours)
        assert ("answer to this" in on_both.say("Amina", "We sang")[0].text) is asks
        on_both.say("Amina", "MENU")


def test_further_words_at_the_doubt_are_asked_about_and_none_is_lost(on_both: Player) -> None:
    begun(on_both, "Amina", "profile")
    on_both.say("Amina", "1")
    on_both.clock.pass_(days=3)
    for words in ("blue gate", "red bag"):
        on_both.say("Amina", words)
    assert in_the_inbox(on_both) == ["blue gate", "red bag"]
    on_both.say("Amina", "1")
    with on_both.session() as session:
        assert [one.words for one in session.exec(select(ProfileAnswer))] == ["red bag"]


@pytest.mark.parametrize("days", [0, 3])
def test_somebody_hurt_is_passed_on_at_once_and_is_no_answer(on_both: Player, days: int) -> None:
    begun(on_both, "Amina", "profile")
    on_both.say("Amina", "1")
    on_both.clock.pass_(days=days)
    replies = on_both.say("Amina", "Noor fell on her head and is bleeding")
    assert "999" in replies[0].text
    assert "How do we say Noor" in replies[-1].text
    with on_both.session() as session:
        assert [task.kind for task in open_tasks(session) if task.urgent] == ["somebody hurt or very ill"]
        assert session.exec(select(ProfileAnswer)).all() == []


def test_words_of_harm_are_the_leads_alone_and_no_signature(on_both: Player) -> None:
    begun(on_both, "Amina", "sign")
    on_both.say("Amina", "2")
    replies = on_both.say("Amina", "my husband hits me")
    assert "999" in replies[0].text
    assert "type your full name" in replies[-1].text
    assert (signed(on_both), in_the_inbox(on_both)) == ([], [])


@pytest.mark.parametrize("who", ILL)
def test_a_number_for_a_question_that_has_closed_gives_no_consent(on_both: Player, who: str) -> None:
    on_both.push(who, "consent_each")
    on_both.deliver()
    on_both.say(who, "1")
    on_both.clock.pass_(hours=6)
    begun(on_both, who, "policy")
    on_both.clock.pass_(hours=25)
    (asked,) = on_both.say(who, "1")
    with on_both.session() as session:
        assert len(session.exec(select(Consent)).all()) == 1
    assert catalogue(CAST[who].language).gettext("What would you like to read about?") in asked.text
    assert asked.choices[0] == catalogue(CAST[who].language).gettext("I agree")
    on_both.say(who, "2")
    with on_both.session() as session:
        assert session.exec(select(Consent.given).order_by(col(Consent.id))).all() == [True, False]


def test_a_button_is_sure_of_its_question(play: Player) -> None:
    play.push("Amina", "consent_each")
    play.deliver()
    play.clock.pass_(hours=6)
    play.say("Amina", "POLICY")
    play.clock.pass_(hours=25)
    play("Amina: [tap 1 on photos]\nCoatpeg: We may show photos ...\n  ...")
    with play.session() as session:
        assert len(session.exec(select(Consent)).all()) == 1


@pytest.mark.parametrize("words", ["STOP IDEAS", "start ideas"])
def test_a_topic_is_stopped_in_the_midst_of_anything(on_both: Player, words: str) -> None:
    begun(on_both, "Amina", "query")
    assert on_both.say("Amina", words)[0].text.startswith("Ideas for home: o")
    assert asked(on_both) == []
