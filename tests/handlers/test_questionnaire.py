"""A questionnaire: begun, left, gone on with, finished; and nobody can see who answered what."""

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import inspect, text
from sqlmodel import Session, select

from bot.messages import Incoming
from bot.outbox import TABLE
from bot.receive import receive
from bot.writer import Writer
from nursery import questionnaires
from nursery.forms import read_form
from nursery.guardians import Topic
from nursery.inbox import InboundMessage, Media, waiting_for_staff
from nursery.questionnaires import Questionnaire, QuestionnaireAnswer, QuestionnaireDone
from nursery.recipients import Audience
from tests.cast import CAST, MONDAY, People
from tests.talking import Player

FORM = """
title = { en_GB = "settling in", pl = "pierwsze dni" }

[[question]]
name = "welcome"
text = { en_GB = "Did you feel welcome?", pl = "Czy było miło?" }
choices = ["Yes, always", { en_GB = "Sometimes", pl = "Czasami" }]

[[question]]
name = "heard"
kind = "scale"
text = "Staff listen to me."

[[question]]
name = "times"
kind = "several"
text = "When could you come to a talk?"
choices = ["Morning", "Afternoon", "Evening"]

[[question]]
name = "more"
kind = "free"
text = "What could we do better?"
"""


@pytest.fixture
def survey(play: Player, people: People) -> Questionnaire:
    with play.session() as session:
        audience = Audience(people.setting.id or 0)
        return questionnaires.open_questionnaire(
            session, audience, read_form(FORM), MONDAY, MONDAY + timedelta(days=10)
        )


INVITED = """
    Coatpeg to Amina: We would like to hear from you about this: settling in (4 short questions). Nobody can see...
      1 Begin now
      2 Later
      3 No, thank you
"""

FIRST = """
    Coatpeg: 1/4 Did you feel welcome?
      1 Yes, always
      2 Sometimes
"""

SECOND = """
    Coatpeg: 2/4 Staff listen to me.
      1 Not at all true
      2 Mostly not true
      3 Partly true
      4 Mostly true
      5 Very true
"""

REST = """
    Amina: [tap 5]
    Coatpeg: 3/4 When could you come to a talk?
      You may send several numbers, such as: 1 2
      1 Morning
      2 Afternoon
      3 Evening
    Amina: 3, 1
    Coatpeg: 4/4 What could we do better?
      1 Skip
    Amina: The door is heavy
    Coatpeg: Thank you, that was all. We will tell you what we learned from it and what we do about it.
"""


def _invite(play: Player, survey: Questionnaire) -> None:
    play.push("Amina", "questionnaire", {"questionnaire": survey.id}, topic=Topic.SURVEYS)


def test_from_the_invitation_to_the_end(on_both: Player, survey: Questionnaire) -> None:
    _invite(on_both, survey)
    on_both(f"{INVITED}\n    Amina: [tap 1]\n{FIRST}\n    Amina: [tap 2]\n{SECOND}\n{REST}")
    with on_both.session() as session:
        kept = {(answer.question, answer.value) for answer in session.exec(select(QuestionnaireAnswer))}
    assert kept == {
        ("welcome", "2"),
        ("heard", "5"),
        ("times", "1"),
        ("times", "3"),
        ("more", "The door is heavy"),
    }


def test_left_for_something_else_it_goes_on_where_it_was(on_both: Player, survey: Questionnaire) -> None:
    on_both(f"    Amina: SURVEY\n{FIRST}\n    Amina: [tap 1]\n{SECOND}")
    on_both.clock.pass_(days=2)
    on_both(f"    Amina: IDEA\n    Coatpeg: ...\n      ...\n      For another one, text IDEA.\n{SECOND}")
    on_both.clock.pass_(days=2)
    on_both(f"    Amina: SURVEY\n    Coatpeg: Let us go on.\n{SECOND}\n{REST}")
    with on_both.session() as session:
        assert len(session.exec(select(QuestionnaireAnswer)).all()) == 5


@pytest.mark.parametrize("days", [0, 3])
def test_an_ill_child_is_no_answer_and_stands_by_its_parents_name(
    on_both: Player, survey: Questionnaire, days: int
) -> None:
    for words in ("SURVEY", "1", "5", "1"):
        on_both.say("Amina", words)
    on_both.clock.pass_(days=days)
    (doubt,) = on_both.say("Amina", "Noor has a temperature")
    assert doubt.choices[1:] == ("No, go to: Child away", "No, it is something else")
    with on_both.session() as session:
        assert waiting_for_staff(session) == [], "private until the parent has said what it is"
    for words in ("3", "MENU", "SURVEY", "Longer days"):
        on_both.say("Amina", words)
    with on_both.session() as session:
        assert [one.text for one in waiting_for_staff(session)] == ["Noor has a temperature"]
        kept = [one.value for one in session.exec(select(QuestionnaireAnswer))]
    assert "Noor has a temperature" not in str(kept)
    assert "Longer days" in str(kept)


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("Amina", "I'll be 20 minutes late"),
        ("Amina", "sorry stuck in traffic, late for pick up"),
        ("Amina", "grandma is picking him up at 3"),
        ("Amina", "Noor needs her inhaler at 12"),
        ("Piotr", "babcia odbierze o 15"),
        ("Farah", "main 20 minute late ho jaun gi"),
    ],
)
def test_what_staff_need_today_is_not_swallowed_by_an_answer_that_is_nobodys(
    play: Player, survey: Questionnaire, who: str, words: str
) -> None:
    for before in ("SURVEY", "1", "5", "1"):
        play.say(who, before)
    (doubt,) = play.say(who, words)
    assert len(doubt.choices) == 3
    with play.session() as session:
        assert session.exec(select(QuestionnaireDone)).all() == []


def test_doubted_words_that_menu_leaves_are_said_to_be_nobodys(on_both: Player, survey: Questionnaire) -> None:
    for words in ("SURVEY", "1", "5", "1", "Noor has a temperature"):
        on_both.say("Amina", words)
    on_both("""
        Amina: MENU
        Coatpeg: I have not passed on what you sent. For a person to see it, text ASK, then send it.
          ...
          9 More
    """)
    with on_both.session() as session:
        assert waiting_for_staff(session) == []


def test_what_is_always_so_is_an_answer_and_nobodys_to_read(play: Player, survey: Questionnaire) -> None:
    for words in ("SURVEY", "1", "5", "1", "Please let grandparents collect without a password"):
        said = play.say("Amina", words)
    assert said[0].text.startswith("Thank you, that was all.")
    with play.session() as session:
        assert waiting_for_staff(session) == []


def test_later_and_no(on_both: Player, survey: Questionnaire) -> None:
    _invite(on_both, survey)
    on_both(INVITED)
    on_both("Amina: [tap 2]\nCoatpeg: That is fine. When you have a minute, text SURVEY.")
    on_both.push("Amina", "questionnaire", {"questionnaire": survey.id, "once": "more"}, topic=Topic.SURVEYS)
    on_both(INVITED)
    on_both("""
        Amina: [tap 3]
        Coatpeg: That is fine. We will not ask you about it again.
        Amina: SURVEY
        Coatpeg: There is nothing to answer now. Thank you for asking.
    """)


def test_once_answered_it_is_not_asked_again(play: Player, survey: Questionnaire) -> None:
    play(f"    Amina: SURVEY\n{FIRST}\n    Amina: [tap 2]\n{SECOND}\n{REST}")
    _invite(play, survey)
    play.push("Amina", "questionnaire_reminder", {"questionnaire": survey.id}, topic=Topic.SURVEYS)
    assert play.deliver() == []


def test_closed_in_the_middle(play: Player, survey: Questionnaire) -> None:
    play(f"    Amina: SURVEY\n{FIRST}")
    play.clock.pass_(days=11)
    play("Amina: [tap 1]\nCoatpeg: This questionnaire is closed now. Thank you.")


def test_the_reminder_says_how_to_go_on(play: Player, survey: Questionnaire) -> None:
    play.push("Amina", "questionnaire_reminder", {"questionnaire": survey.id}, topic=Topic.SURVEYS)
    play("""
        Coatpeg to Amina: We would like to hear from you about this: settling in. To answer by Thu 3 Dec, text SURVEY.
    """)


def test_each_reads_it_in_their_language_where_staff_gave_one(play: Player, survey: Questionnaire) -> None:
    said = play.say("Piotr", "SURVEY")[0]
    assert said.text == "1/4 Czy było miło?"
    assert said.choices == ("Yes, always", "Czasami")


def test_numbers_that_are_none_are_asked_again(play: Player, survey: Questionnaire) -> None:
    play(f"    Amina: SURVEY\n{FIRST}\n    Amina: [tap 1]\n{SECOND}")
    play.say("Amina", "5")
    assert play.say("Amina", "4")[0].text.startswith("I did not understand")
    assert "4/4" in play.say("Amina", "١ ٢")[0].text


@pytest.mark.parametrize(
    ("who", "said", "kept"),
    [("Amina", "Morning", {"1"}), ("Piotr", "morning, Evening", {"1", "3"}), ("Farah", "1 اور 3", {"1", "3"})],
)
def test_several_are_named_in_words_or_in_numbers(
    play: Player, survey: Questionnaire, who: str, said: str, kept: set[str]
) -> None:
    for words in ("SURVEY", "1", "5"):
        play.say(who, words)
    again = play.say(who, "whenever")[0].text
    assert ("from 1 to 3" in again) is (who == "Amina")
    assert play.say(who, said)[0].text.startswith("4/4")
    play.say(who, "SKIP")
    with play.session() as session:
        answers = session.exec(select(QuestionnaireAnswer).where(QuestionnaireAnswer.question == "times"))
        assert {one.value for one in answers} == kept


@pytest.mark.parametrize("kind", ["voice", "photo"])
def test_what_would_say_whose_it_is_is_no_answer_and_is_not_kept(
    on_both: Player, survey: Questionnaire, kind: str
) -> None:
    for words in ("SURVEY", "1", "5", "1"):
        on_both.say("Amina", words)
    on_both(f"""
        Amina: [{kind}]
        Coatpeg: I can't take that as an answer here. Shall I pass your words to a person?
          1 Pass my words to a person
          2 Go on with the question
        Amina: [tap 2]
        Coatpeg: 4/4 What could we do better?
          1 Skip
        Amina: The door is heavy
        Coatpeg: Thank you, that was all. ...
    """)
    with on_both.session() as session:
        assert "The door is heavy" in {one.value for one in session.exec(select(QuestionnaireAnswer))}
        assert session.exec(select(Media)).all() == []
        assert waiting_for_staff(session) == []


def test_a_voice_note_among_the_answers_is_a_persons_when_the_parent_says_so(
    on_both: Player, survey: Questionnaire
) -> None:
    for words in ("SURVEY", "1", "5", "1"):
        on_both.say("Amina", words)
    on_both("Amina: [voice]\nCoatpeg: I can't take that as an answer here. ...\n  ...")
    on_both.say("Amina", "1")
    on_both.say("Amina", "SKIP")
    with on_both.session() as session:
        assert session.exec(select(QuestionnaireDone)).one()
        voice = session.exec(select(Media)).one()
        message = session.get_one(InboundMessage, voice.inbound_id)
        assert (voice.kind, message.for_staff, message.outcome) == ("voice", True, "passed on")


def test_a_sentence_at_a_question_goes_to_staff_only_if_the_parent_says_so(
    on_both: Player, survey: Questionnaire
) -> None:
    on_both(f"    Amina: SURVEY\n{FIRST}")
    assert len(on_both.say("Amina", "the blue gate is sticking")[0].choices) == 2
    on_both(f"    Amina: [tap 2]\n{FIRST}")
    on_both.say("Amina", "the blue gate is sticking")
    with on_both.session() as session:
        assert waiting_for_staff(session) == []
        assert {one.outcome for one in session.exec(select(InboundMessage)) if "gate" in one.text} == {"questionnaire"}
    passed = on_both.say("Amina", "1")
    assert "Q-1042" in passed[0].text
    assert passed[1].text.startswith("1/4")


def test_nothing_that_is_kept_says_who_answered_what(on_both: Player, survey: Questionnaire) -> None:
    _invite(on_both, survey)
    on_both(f"{INVITED}\n    Amina: [tap 1]\n{FIRST}\n    Amina: [tap 2]\n{SECOND}\n{REST}")
    with on_both.session() as session:
        assert "heavy" not in str([message.text for message in session.exec(select(InboundMessage))])
        assert {message.text for message in session.exec(select(InboundMessage))} <= {""}
        pressed = {row.answered for row in session.connection().execute(TABLE.select())}
        assert pressed <= {"", "-"}
        assert session.connection().execute(text("select count(*) from open_conversation")).scalar() == 0
        columns = {column["name"] for column in inspect(session.connection()).get_columns("questionnaire_answer")}
        done = {column["name"] for column in inspect(session.connection()).get_columns("questionnaire_done")}
        assert columns == {"id", "questionnaire_id", "question", "value"}
        assert done == {"questionnaire_id", "guardian_id", "declined"}
        assert len(session.exec(select(QuestionnaireDone)).all()) == 1


def test_nor_what_was_asked_back_nor_what_was_said_at_another_address(play: Player, survey: Questionnaire) -> None:
    play.channel = "telegram"
    for words in ("SURVEY", "2"):
        play.say("Amina", words)
    play.channel = "sms"
    for words in ("SURVEY", "1", "5", "3", "Events", "1"):
        play.say("Amina", words)
    with play.session() as session:
        assert session.exec(select(QuestionnaireDone)).one()
        assert "Events" in {one.value for one in session.exec(select(QuestionnaireAnswer))}
        assert '"Events"' not in str([row.text for row in session.connection().execute(TABLE.select())])
        kept = {one.text for one in session.exec(select(InboundMessage))}
        assert kept == {"SURVEY", "", "1"}, "the last, which says that Events is the answer, says no answer"


def test_words_of_harm_among_the_answers_are_kept_for_the_lead(on_both: Player, survey: Questionnaire) -> None:
    for words in ("SURVEY", "1", "5", "1", "My husband hits me"):
        on_both.say("Amina", words)
    with on_both.session() as session:
        assert session.exec(select(QuestionnaireDone)).one()
        answers = [
            (one.text, one.restricted) for one in session.exec(select(InboundMessage)) if one.outcome != "survey"
        ]
        assert sorted(answers) == [("", False)] * 3 + [("My husband hits me", True)]


def test_nothing_said_is_left_where_two_answers_share_a_commit(on_both: Player, survey: Questionnaire) -> None:
    """The writer takes the turns that wait into one transaction and keeps what each was taken for at its end."""
    on_both.push("Amina", "questionnaire", {"questionnaire": survey.id}, topic=Topic.SURVEYS)
    on_both.deliver()
    for words in ("1", "1", "5"):
        on_both.say("Amina", words)
    address = CAST["Amina"].address(on_both.channel or "")
    last = [Incoming(on_both.channel or "", f"last{text}", address, text=text) for text in ("1 3", "More stories")]

    async def together() -> None:
        writer = Writer(on_both.engine)
        turns: list[Callable[[Session], object]] = [
            partial(receive, incoming=one, house=on_both.house, now=MONDAY) for one in last
        ]
        await asyncio.gather(*[writer.do(turn) for turn in (_slow, *turns)])
        await writer.close()

    asyncio.run(together())
    with on_both.session() as session:
        assert session.exec(select(QuestionnaireDone)).one()
        assert {one.text for one in session.exec(select(InboundMessage))} == {""}


def _slow(_: Session) -> None:
    """So that the others wait for it together."""
    time.sleep(0.2)


@pytest.mark.parametrize("who", ["Piotr", "Farah", "Ioana", "Samira"])
def test_in_the_readers_language_to_the_end(on_both: Player, survey: Questionnaire, who: str) -> None:
    on_both.push(who, "questionnaire", {"questionnaire": survey.id}, topic=Topic.SURVEYS)
    heard = on_both.deliver()
    for said in ("1", "9", "2", "5", "3 1", "SKIP"):
        heard += on_both.say(who, said)
    assert [one.language for one in heard] == [CAST[who].language] * 7
    assert [len(one.choices) for one in heard] == [3, 2, 2, 5, 0, 1, 0]
    with on_both.session() as session:
        assert len(session.exec(select(QuestionnaireAnswer)).all()) >= 4
