"""Suggestions, what became of them, and thanks."""

from datetime import timedelta

import pytest
from sqlmodel import select

from nursery import suggestions
from nursery.complaints import Complaint
from nursery.inbox import InboundMessage
from nursery.people import Staff
from nursery.suggestions import Decision, Suggestion
from nursery.tasks import open_tasks
from tests.cast import CAST, People
from tests.talking import Player, says_word


def _suggestion(play: Player, who: str = "Amina", words: str = "More songs at lunch") -> int:
    for said in ("SUGGEST", words):
        play.say(who, said)
    with play.session() as session:
        return session.exec(select(Suggestion)).one().id or 0


def _decide(play: Player, people: People, number: int, decision: Decision, reason: str) -> None:
    with play.session() as session:
        kept = session.get_one(Suggestion, number)
        suggestions.decide(session, kept, decision, reason, people.staff["Helen"], play.clock.now)


def test_a_suggestion_is_written_down(on_both: Player, people: People) -> None:
    on_both("""
        Amina: Suggest
        Coatpeg: What would you change or add? Tell us in your own words.
        Amina: More songs at lunch
        Coatpeg: Thank you. Your suggestion is S-1042. We will tell you what we decide, and why.
    """)
    with on_both.session() as session:
        [task] = open_tasks(session)
        assert (task.kind, task.about, task.staff_id) == ("suggestion to decide", "S-1042", people.staff["Helen"].id)


@pytest.mark.parametrize(
    ("decision", "sentence"),
    [
        (Decision.YES, "We are doing it: Grace brings the guitar."),
        (Decision.LATER, "Not now, we will look at it again: Grace brings the guitar."),
        (Decision.NO, "We will not do it: Grace brings the guitar."),
    ],
)
def test_you_said_we_did(on_both: Player, people: People, decision: Decision, sentence: str) -> None:
    number = _suggestion(on_both)
    _decide(on_both, people, number, decision, "Grace brings the guitar.")
    on_both.push("Amina", "suggestion_decided", {"suggestion": number})
    on_both(f"""
        Coatpeg to Amina: You said (S-1042): More songs at lunch
          {sentence}
    """)


def test_in_another_language_a_line_says_that_the_reason_is_english(on_both: Player, people: People) -> None:
    number = _suggestion(on_both, "Piotr", "Więcej piosenek")
    _decide(on_both, people, number, Decision.YES, "From Monday.")
    on_both.push("Piotr", "suggestion_decided", {"suggestion": number})
    [heard] = on_both.deliver()
    assert "Więcej piosenek" in heard.text
    assert "From Monday." in heard.text
    assert says_word(heard.text, "callme", "pl")


def test_nobody_else_is_told(on_both: Player, people: People) -> None:
    number = _suggestion(on_both)
    _decide(on_both, people, number, Decision.YES, "From Monday.")
    on_both.push("Farah", "suggestion_decided", {"suggestion": number})
    assert on_both.deliver() == []


def test_words_for_the_lead_alone_are_not_said_back(on_both: Player, people: People) -> None:
    number = _suggestion(on_both)
    _decide(on_both, people, number, Decision.YES, "From Monday.")
    with on_both.session() as session:
        message = session.get_one(InboundMessage, session.get_one(Suggestion, number).inbound_id)
        message.restricted = True
        session.add(message)
    on_both.push("Amina", "suggestion_decided", {"suggestion": number})
    on_both("""
        Coatpeg to Amina: You wrote to us (S-1042).
          We are doing it: From Monday.
    """)


def test_a_complaint_in_a_suggestion_is_a_complaint(on_both: Player, people: People) -> None:
    number = _suggestion(on_both, words="Somebody should close the gate at last")
    on_both.clock.pass_(days=3)
    with on_both.session() as session:
        kept = session.get_one(Suggestion, number)
        suggestions.to_complaint(session, kept, people.staff["Helen"], on_both.clock.now)
    on_both.push("Amina", "suggestion_decided", {"suggestion": number})
    on_both("""
        Coatpeg to Amina: You said (S-1042): Somebody should close the gate at last
          We look into it as a complaint: C-1043. You will have the outcome in writing by Mon 21 Dec.
    """)
    with on_both.session() as session:
        assert session.exec(select(Complaint)).one().received_at == on_both.clock.now - timedelta(days=3)


def test_a_question_in_a_suggestion_is_a_question(on_both: Player, people: People) -> None:
    number = _suggestion(on_both, words="Could lunch be later?")
    with on_both.session() as session:
        suggestions.to_query(session, session.get_one(Suggestion, number), people.staff["Helen"], on_both.clock.now)
    on_both.push("Amina", "suggestion_decided", {"suggestion": number})
    on_both("""
        Coatpeg to Amina: You said (S-1042): Could lunch be later?
          We take it as a question: Q-1043. We answer by Wed 25 Nov.
    """)


def test_thanks_are_read_out_to_who_is_named(on_both: Player, people: People) -> None:
    on_both("""
        Amina: say thanks
        Coatpeg: Whom would you like to thank, and what for? We will read it out.
        Amina: Helen, for the lovely party
        Coatpeg: How kind. Helen will hear your words.
    """)
    with on_both.session() as session:
        [task] = open_tasks(session)
        assert (task.kind, task.about, task.staff_id) == ("thanks to read out", "T-1042", people.staff["Helen"].id)


def test_thanks_that_name_nobody_are_the_key_persons(on_both: Player) -> None:
    on_both("""
        Amina: compliment
        Coatpeg: Whom would you like to thank, and what for? We will read it out.
        Amina: You are all so patient
        Coatpeg: How kind. Grace will hear your words.
    """)


def test_of_two_children_none_need_be_named(on_both: Player) -> None:
    on_both.say("Ioana", "COMPLIMENT")
    assert len(on_both.say("Ioana", "Ce petrecere frumoasa")[0].choices) == 3
    assert "Helen" in on_both.say("Ioana", "3")[0].text


def test_where_nobody_is_named_yet_the_team_hears(on_both: Player) -> None:
    with on_both.session() as session:
        for staff in session.exec(select(Staff)):
            staff.role, staff.away_until = "office", (on_both.clock.now + timedelta(days=3)).date()
            session.add(staff)
    on_both.say("Amina", "COMPLIMENT")
    assert on_both.say("Amina", "You are all so patient")[0].text == "How kind. The team will hear your words."


@pytest.mark.parametrize("who", ["Piotr", "Farah", "Samira"])
def test_in_the_readers_language(on_both: Player, who: str) -> None:
    heard = [one for said in ("SUGGEST", "Więcej piosenek 🎵") for one in on_both.say(who, said)]
    heard += [one for said in ("SAY THANKS", "Grace") for one in on_both.say(who, said)]
    assert [one.language for one in heard] == [CAST[who].language] * 4
    assert "S-1042" in heard[1].text
    assert "Grace" in heard[3].text


def test_what_became_a_complaint_is_nothing_to_decide(on_both: Player, people: People) -> None:
    number = _suggestion(on_both, words="I complain about the gate")
    with on_both.session() as session:
        kept = session.get_one(Suggestion, number)
        suggestions.to_complaint(session, kept, people.staff["Helen"], on_both.clock.now)
        assert [task.kind for task in open_tasks(session)] == ["complaint"]


@pytest.mark.parametrize("who", ["Amina", "Piotr", "Samira"])
@pytest.mark.parametrize("word", ["THANKS", "thanks"])
def test_the_word_alone_begins_it(on_both: Player, who: str, word: str) -> None:
    (asked,) = on_both.say(who, word)
    on_both.say(who, "MENU")
    assert asked.text == on_both.say(who, "COMPLIMENT")[0].text


@pytest.mark.parametrize(("hours", "begins"), [(0, False), (0.9, False), (1.1, True)])
def test_right_after_an_answer_of_ours_it_is_a_courtesy(on_both: Player, hours: float, *, begins: bool) -> None:
    on_both.say("Amina", "WHO")
    on_both.clock.pass_(hours=hours)
    assert on_both.say("Amina", "THANKS")[0].text.startswith("Whom would you like") is begins


@pytest.mark.parametrize(("hours", "begins"), [(11, False), (13, True)])
def test_what_we_sent_may_be_thanked_for_half_a_day(
    on_both: Player, people: People, hours: float, *, begins: bool
) -> None:
    number = _suggestion(on_both)
    _decide(on_both, people, number, Decision.YES, "Grace brings the guitar.")
    on_both.push("Amina", "suggestion_decided", {"suggestion": number})
    on_both.deliver()
    on_both.clock.pass_(hours=hours)
    assert on_both.say("Amina", "Thanks")[0].text.startswith("Whom would you like") is begins
