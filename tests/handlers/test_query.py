"""A question, its reference, and its answer."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from nursery import queries
from nursery.guardians import Guardian, Guardianship
from nursery.people import Staff
from nursery.queries import Query
from nursery.settings import Setting
from tests.cast import CAST, People
from tests.talking import Player, says_word


def answered(play: Player, words: str) -> dict[str, int]:
    """Grace answers the one question there is; the push's parameters."""
    with play.session() as session:
        query = session.exec(select(Query)).one()
        grace = session.exec(select(Staff).where(Staff.name == "Grace")).one()
        said = queries.answer(session, query, words, grace, play.clock.now)
        return {"query": query.id or 0, "answer": said.id or 0}


def test_asked_answered_and_asked_on(on_both: Player) -> None:
    on_both("""
        Amina: ASK
        Coatpeg: What would you like to ask? You can write, or send a photo or a voice note.
        Amina: Does Noor need wellies?
        Coatpeg: Thank you. Your question is Q-1042. Grace answers by Wed 25 Nov. If it can't wait, ring 01632 960123.
    """)
    on_both.push("Amina", "query_answer", answered(on_both, "Yes please, a pair to leave here."))
    on_both("""
        Coatpeg to Amina: Grace answers Q-1042: Yes please, a pair to leave here.
          1 Thank you, that is clear
          2 I have another question
        Amina: [tap 2]
        Coatpeg: What else would you like to ask?
        Amina: Which size?
        Coatpeg: Thank you. Your question is Q-1042. ...
    """)
    with on_both.session() as session:
        query = queries.open_queries(session)[0]
        assert [said.words for said in queries.words_of(session, query)] == [
            "Does Noor need wellies?", "Yes please, a pair to leave here.", "Which size?",
        ]  # fmt: skip


def test_a_clear_answer_closes_it(on_both: Player) -> None:
    on_both.say("Amina", "ASK")
    on_both.say("Amina", "Does Noor need wellies?")
    on_both.push("Amina", "query_answer", answered(on_both, "Yes."))
    on_both("""
        Coatpeg to Amina: Grace answers Q-1042: Yes.
          ...
        Amina: [tap 1]
        Coatpeg: Thank you.
    """)
    with on_both.session() as session:
        assert session.exec(select(Query)).one().closed_at is not None


def test_an_answer_in_english_says_so(on_both: Player) -> None:
    on_both.say("Piotr", "ASK")
    on_both.say("Piotr", "Czy Zosia spała?")
    on_both.push("Piotr", "query_answer", answered(on_both, "Yes, for an hour."), child="Zosia")
    assert "Yes, for an hour." in (text := on_both.deliver()[0].text)
    assert says_word(text, "callme", "pl")


@pytest.mark.parametrize("line", ["[voice]", "[photo] this one"])
def test_a_voice_note_is_a_question_too(on_both: Player, line: str) -> None:
    on_both(f"""
        Amina: QUESTION
        Coatpeg: What would you like to ask? ...
        Amina: {line}
        Coatpeg: Thank you. Your question is Q-1042. ...
    """)
    with on_both.session() as session:
        assert queries.words_of(session, session.exec(select(Query)).one())[0].inbound_id is not None


def test_nobody_elses_answer_goes_out(play: Player, people: People) -> None:
    play.say("Amina", "ASK")
    play.say("Amina", "Does Noor need wellies?")
    play.push("Farah", "query_answer", answered(play, "Yes."), child="Noor")
    assert play.deliver() == []


def test_a_court_order_between_question_and_answer_withholds_it(play: Player, people: People) -> None:
    play.say("Amina", "ASK")
    play.say("Amina", "Does Noor need wellies?")
    params = answered(play, "Yes.")
    with play.session() as session:
        tie = session.exec(select(Guardianship).where(Guardianship.guardian_id == people.guardians["Amina"].id)).one()
        tie.restricted_from = (play.clock.now - timedelta(days=1)).date()
        session.add(tie)
    play.push("Amina", "query_answer", params)
    assert play.deliver() == []


def test_while_the_key_person_is_away_the_manager_answers(on_both: Player, people: People) -> None:
    with on_both.session() as session:
        grace = session.get_one(Staff, people.staff["Grace"].id)
        grace.away_until = on_both.clock.now.date()
        session.add(grace)
    on_both.say("Amina", "ASK")
    assert "Helen answers by Wed 25 Nov" in on_both.say("Amina", "Does Noor need wellies?")[0].text


@pytest.mark.parametrize("who", ["Piotr", "Farah", "Ioana", "Samira"])
def test_in_the_readers_language_with_the_answer_as_written(on_both: Player, who: str) -> None:
    on_both.say(who, "ASK")
    noted = on_both.say(who, "Czy jest parking? 🚗")
    if who == "Ioana":  # who has two children
        noted = on_both.say(who, "3")
    assert "Q-1042" in noted[0].text
    on_both.push(who, "query_answer", answered(on_both, "Behind the church."))
    (told,) = on_both.deliver()
    assert "Behind the church." in told.text
    asked = on_both.say(who, "2")
    again = on_both.say(who, "And the door code?")
    assert {one.language for one in (*noted, told, *asked, *again)} == {CAST[who].language}
    assert "Q-1042" in again[0].text
    with on_both.session() as session:
        assert [one.words for one in queries.words_of(session, session.exec(select(Query)).one())] == [
            "Czy jest parking? 🚗",
            "Behind the church.",
            "And the door code?",
        ]


FURTHER = {"Amina": "still not clear to me", "Piotr": "A o której?", "Ioana": "nu", "Samira": "ويوم الخميس؟"}


@pytest.mark.parametrize("who", FURTHER)
def test_words_said_back_ask_on_under_the_same_reference(on_both: Player, who: str) -> None:
    with on_both.session() as session:
        case = queries.open_query(
            session,
            session.exec(select(Setting)).one(),
            _guardian(session, who),
            None,
            "Cake?",
            None,
            on_both.clock.now,
        )
        reference = case.reference
    on_both.push(who, "query_answer", answered(on_both, "On Friday."))
    on_both.deliver()
    on_both.clock.pass_(days=1)
    assert reference in on_both.say(who, FURTHER[who])[0].text
    with on_both.session() as session:
        (case,) = queries.open_queries(session)
        assert [said.words for said in queries.words_of(session, case)][-1] == FURTHER[who]


@pytest.mark.parametrize(("said", "is_closed"), [("ok thanks", True), ("EVENTS", False)])
def test_thanks_close_it_and_a_word_leads_on(on_both: Player, said: str, *, is_closed: bool) -> None:
    on_both.say("Amina", "ASK")
    on_both.say("Amina", "Does Noor need wellies?")
    on_both.push("Amina", "query_answer", answered(on_both, "Yes."))
    on_both.deliver()
    on_both.say("Amina", said)
    with on_both.session() as session:
        assert (session.exec(select(Query)).one().closed_at is not None) is is_closed
        assert queries.open_queries(session) == []


def test_an_ill_child_is_no_further_question(on_both: Player) -> None:
    on_both.say("Amina", "ASK")
    on_both.say("Amina", "Does Noor need wellies?")
    on_both.push("Amina", "query_answer", answered(on_both, "Yes."))
    on_both.deliver()
    assert on_both.say("Amina", "Noor has a temperature")[0].choices[1] == "No, go to: Child away"


def _guardian(session: Session, name: str) -> Guardian:
    return session.exec(select(Guardian).where(Guardian.name == name)).one()
