"""A sentence where a choice is asked is not lost: a person has it if the parent says so, and the question stands."""

import pytest
from sqlmodel import select

from handlers import CONVERSATIONS
from locales import catalogue
from nursery.inbox import waiting_for_staff
from nursery.queries import Query, words_of
from tests.cast import CAST
from tests.talking import Player

NAMED = {one.name: one for one in CONVERSATIONS}


def to_staff(play: Player) -> list[str]:
    """The words of every question that staff have."""
    with play.session() as session:
        return [said.words for query in session.exec(select(Query)) for said in words_of(session, query)]


def in_the_inbox(play: Player) -> list[str]:
    with play.session() as session:
        return [message.text for message in waiting_for_staff(session)]


def test_it_is_passed_to_a_person_and_the_question_asked_again(on_both: Player) -> None:
    on_both("""
        Amina: ABSENT
        Coatpeg: Why is Noor away?
          ...
        Amina: the blue gate is sticking
        Coatpeg: I can't take that as an answer here. Shall I pass your words to a person?
          1 Pass my words to a person
          2 Go on with the question
        Amina: [tap 1]
        Coatpeg: Thank you. Your question is Q-1042. ...
        Coatpeg: Why is Noor away?
          ...
        Amina: [tap 1]
        Coatpeg: Until when is Noor away?
          ...
    """)
    assert to_staff(on_both) == ["the blue gate is sticking"]


def test_or_the_question_goes_on_and_the_words_are_staffs_to_read_all_the_same(on_both: Player) -> None:
    on_both("""
        Amina: ABSENT
        Coatpeg: Why is Noor away?
          ...
        Amina: the blue gate is sticking
        Coatpeg: I can't take that as an answer here. ...
          ...
        Amina: [tap 2]
        Coatpeg: Why is Noor away?
          ...
        Amina: Ill
        Coatpeg: Until when is Noor away?
          ...
    """)
    assert to_staff(on_both) == []
    assert in_the_inbox(on_both) == ["the blue gate is sticking"]


def test_what_it_is_clearly_about_is_offered_first(on_both: Player) -> None:
    on_both("""
        Amina: POLICY
        Coatpeg: ...
          ...
        Amina: she has a fever and is staying home today
        Coatpeg: Thank you. What shall I do with this?
          1 Go to: Child away
          2 Pass my words to a person
          3 Go on with the question
        Amina: [tap 1]
        Coatpeg: Why is Noor away?
          ...
    """)


def test_a_missed_meeting_leads_to_another_time(on_both: Player) -> None:
    for before in ("", "POLICY"):
        if before:
            on_both.say("Amina", before)
        offered = on_both.say("Amina", "sorry I missed the meeting, can we do another")[-1]
        assert offered.choices[0].endswith("Book a time with us")
        on_both("""
            Amina: [tap 1]
            Coatpeg: There is no free time on my list just now.
              What would you like a time for?
              ...
            Amina: [tap 3]
            Coatpeg: Which days and times would suit you? We will look for one.
        """)
        assert on_both.say("Amina", "any morning next week")[0].text.startswith("Thank you. Grace looks for a time")


SENTENCES = {
    "Amina": "I cannot pay the rent",
    "Piotr": "nie mam jak zapłacić czynszu",
    "Ioana": "nu am cum să plătesc chiria",
    "Farah": "بجلی کا بل بہت زیادہ آیا ہے",
    "Samira": "لا أستطيع أن أدفع إيجار البيت",
}


@pytest.mark.parametrize("who", SENTENCES)
def test_in_services_nobody_has_it_unless_the_parent_says_so(on_both: Player, who: str) -> None:
    asked = on_both.say(who, catalogue(CAST[who].language).words(NAMED["service"].words)[0])
    stands = on_both.say(who, SENTENCES[who])
    assert len(stands[0].choices) in (2, 3)
    again = on_both.say(who, "2")
    assert (again[0].text, again[0].choices) == (asked[0].text, asked[0].choices)
    assert (to_staff(on_both), in_the_inbox(on_both)) == ([], [])
    on_both.say(who, SENTENCES[who])
    replies = on_both.say(who, "1")
    if len(CAST[who].children) > 1:
        replies = on_both.say(who, "3")
    assert "Q-1042" in replies[0].text
    assert replies[-1].choices == asked[0].choices
    assert to_staff(on_both) == [SENTENCES[who]]


@pytest.mark.parametrize("said", ["hm", "[photo]", "[voice]", "[photo] our letter"])
def test_nor_a_word_said_three_times_or_a_photo(on_both: Player, said: str) -> None:
    on_both("""
        Amina: SERVICES
        Coatpeg: ...
          ...
    """)
    for _ in range(3):
        on_both(f"""
            Amina: {said}
            Coatpeg: ...
              ...
        """)
    assert (to_staff(on_both), in_the_inbox(on_both)) == ([], [])
    assert len(on_both.heard[-1].choices) == 2
    on_both.say("Amina", "1")
    assert len(to_staff(on_both)) == 1


def test_what_was_said_before_the_answer_is_passed_with_it(on_both: Player) -> None:
    on_both.say("Amina", "SERVICES")
    on_both.say("Amina", "I cannot pay the rent")
    on_both.say("Amina", "and the landlord wants us out")
    assert in_the_inbox(on_both) == []
    on_both.say("Amina", "1")
    assert to_staff(on_both) == ["I cannot pay the rent\nand the landlord wants us out"]


def test_an_answer_after_all_is_taken(on_both: Player) -> None:
    on_both("""
        Amina: ABSENT
        Coatpeg: Why is Noor away?
          ...
        Amina: the blue gate is sticking
        Coatpeg: I can't take that as an answer here. ...
          ...
        Amina: Ill
        Coatpeg: Until when is Noor away?
          ...
    """)


def test_back_asks_the_question_again(on_both: Player) -> None:
    on_both.say("Amina", "ABSENT")
    on_both.say("Amina", "the blue gate is sticking")
    assert on_both.say("Amina", "BACK")[0].text == "Why is Noor away?"


def test_where_a_day_is_asked_there_is_an_example_as_before(on_both: Player) -> None:
    on_both("""
        Amina: ABSENT
        Coatpeg: Why is Noor away?
          ...
        Amina: Ill
        Coatpeg: Until when is Noor away?
          ...
        Amina: some time after the trip
        Coatpeg: I need a day from today on, such as ...
          Until when is Noor away?
          ...
    """)


@pytest.mark.parametrize("said", ["hm not sure", "9"])
def test_few_words_or_a_number_have_help_as_before(on_both: Player, said: str) -> None:
    on_both.say("Amina", "ABSENT")
    assert "pass your words" not in on_both.say("Amina", said)[0].text


def test_a_word_of_another_conversation_leads_there_as_before(on_both: Player) -> None:
    on_both.say("Amina", "ABSENT")
    on_both.say("Amina", "the blue gate is sticking")
    assert on_both.say("Amina", "CALLME")[0].text.startswith("We will ring you.")


@pytest.mark.parametrize("yes", ["yes please", "Yes, thank you", "1, please"])
def test_a_polite_yes_is_a_yes(on_both: Player, yes: str) -> None:
    on_both.say("Amina", "SERVICES")
    on_both.say("Amina", "my husband has hurt his back and we cannot pay")
    on_both.say("Amina", yes)
    assert to_staff(on_both) == ["my husband has hurt his back and we cannot pay"]


@pytest.mark.parametrize("unclear", ["ok", "thank you", "sure", "go ahead"])
def test_what_decides_nothing_leaves_it_open_and_the_words_are_not_lost(on_both: Player, unclear: str) -> None:
    on_both.say("Amina", "SERVICES")
    (asked,) = on_both.say("Amina", "my husband has hurt his back and we cannot pay")
    for _ in range(2):
        (again,) = on_both.say("Amina", unclear)
        assert again.choices == asked.choices
    on_both("Amina: [tap 1]\nCoatpeg: Thank you. Your question is Q-1042. ...\nCoatpeg: ...\n  ...")
    assert to_staff(on_both) == ["my husband has hurt his back and we cannot pay"]


def test_the_question_itself_may_be_answered_instead(on_both: Player) -> None:
    on_both.say("Amina", "ABSENT")
    on_both.say("Amina", "the blue gate is sticking")
    assert on_both.say("Amina", "Ill")[0].text.startswith("Until when")
