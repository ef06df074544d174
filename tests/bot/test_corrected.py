"""An edited message passes round no rule: it is taken as if written now where its question is open or the first led to
nothing; else it stands beside the first, and whoever may not read that reads neither. Only Telegram tells of edits."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from bot.messages import Attachment, Incoming, Kind
from nursery import invitations, questionnaires
from nursery.attendance import Absence
from nursery.complaints import Complaint
from nursery.concerns import Concern
from nursery.contacts import ContactState
from nursery.forms import read_form
from nursery.guardians import Guardian, Topic
from nursery.inbox import InboundMessage, Media
from nursery.people import Staff
from nursery.queries import QueryWords
from nursery.questionnaires import QuestionnaireAnswer
from nursery.recipients import Audience
from nursery.settings import Setting
from nursery.tasks import Task
from tests.cast import CAST, MONDAY, People, contact_of
from tests.command_line import Coatpeg
from tests.talking import Heard, Player

FORM = """
title = "settling in"

[[question]]
name = "more"
kind = "free"
text = "What could we do better?"

[[question]]
name = "heard"
kind = "scale"
text = "Staff listen to me."
"""

HARM = [
    ("Amina", "My husband hits Noor and she has marks on her back"),
    ("Piotr", "mąż bije dziecko i ma siniaki na plecach"),
    ("Farah", "میرے شوہر مجھے مارتے ہیں اور بچے ڈرے ہوئے ہیں"),
]
WEDNESDAY = [("Amina", "Wednesday"), ("Piotr", "środa"), ("Farah", "بدھ")]


@pytest.fixture
def chat(play: Player, people: People) -> Player:
    """The cast on Telegram; Little Acorns has a lead, and a deputy."""
    play.channel = "telegram"
    with play.session() as session:
        setting = session.exec(select(Setting)).one()
        setting.lead, setting.lead_phone = "Nadia", "01632 960124"
        session.add_all([setting, Staff(setting_id=setting.id or 0, name="Nadia", role="key person")])
        session.add(Staff(setting_id=setting.id or 0, name="Omar", role="deputy"))
    return play


def _edit(play: Player, text: str, *, who: str = "Amina", ref: str = "7") -> list[Heard]:
    return play.say(who, text, message_ref=ref, kind=Kind.EDIT)


def _all(play: Player, kind: type[Any]) -> list[Any]:
    with play.session() as session:
        return list(session.exec(select(kind)))


def _newest(play: Player) -> InboundMessage:
    with play.session() as session:
        return session.exec(select(InboundMessage).order_by(col(InboundMessage.id).desc())).first()  # type: ignore[return-value]


def _inbox(desk: Coatpeg) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(desk("inbox", "--json").out)
    return shown


def _where(desk: Coatpeg, words: str) -> list[str]:
    return [heading for heading, rows in _inbox(desk).items() for row in rows if words in json.dumps(row)]


@pytest.mark.parametrize(("who", "words"), HARM)
@pytest.mark.parametrize("first", ["hello", "ABSENT"])
def test_harm_is_answered_and_raised_once(chat: Player, desk: Coatpeg, who: str, words: str, first: str) -> None:
    chat.say(who, first, message_ref="7")
    before = _inbox(desk)
    told = _edit(chat, words, who=who)
    assert "999" in told[0].text
    assert "0808 800 5000" in told[0].text
    assert [one.kind for one in _all(chat, Concern)]
    again = _edit(chat, f"{words}!", who=who)
    assert not any("999" in one.text for one in again)
    assert len(_all(chat, Concern)) == 1
    assert _newest(chat).restricted
    assert _inbox(desk) == before


def test_about_the_lead_it_goes_round_the_lead(chat: Player, desk: Coatpeg) -> None:
    chat.say("Amina", "hello", message_ref="7")
    _edit(chat, "Nadia hit Noor and left marks on her arm")
    assert "marks on her arm" not in desk("concerns", "--staff", "Nadia").out
    assert "marks on her arm" in desk("concerns", "--staff", "Omar").out


def test_what_was_the_leads_alone_stays_so_in_calmer_words(chat: Player, desk: Coatpeg) -> None:
    for text in ("ASK", HARM[0][1]):
        chat.say("Amina", text, message_ref=text)
    before = _inbox(desk)
    assert HARM[0][1] in desk("concerns", "--staff", "Nadia").out
    _edit(chat, "Forget it, all is well here", ref=HARM[0][1])
    assert _inbox(desk) == before
    assert "all is well" in desk("concerns", "--staff", "Nadia").out
    urgent = [one for one in _all(chat, Task) if one.kind == "safeguarding"]
    assert len(urgent) == 2, "who has read it already is told"


@pytest.mark.parametrize("who", ["Amina", "Piotr", "Farah"])
def test_stop_and_start_are_obeyed(chat: Player, who: str) -> None:
    chat.say(who, "ABSENT", message_ref="7")
    for word, state in (("STOP", ContactState.STOPPED), ("START", ContactState.ACTIVE)):
        _edit(chat, word, who=who)
        with chat.session() as session:
            contact = contact_of(session, who, "telegram")
            assert contact is not None
            assert contact.state == state


@pytest.mark.parametrize(("who", "day"), WEDNESDAY)
def test_a_mistyped_day_put_right_counts(chat: Player, who: str, day: str) -> None:
    for text in ("ABSENT", "1"):
        chat.say(who, text, message_ref=text)
    chat.say(who, "til Wendsay is it ok", message_ref="7")
    _edit(chat, day, who=who)
    (told,) = _all(chat, Absence)
    assert (told.last_day - MONDAY.date()).days == 2


def test_a_choice_taken_back_counts_once(chat: Player) -> None:
    chat("""
        Amina: ABSENT
        Coatpeg: Why is Noor away?
          ...
    """)
    chat.say("Amina", "1", message_ref="7")
    (asked,) = _edit(chat, "2")
    assert asked.text.startswith("Until when is Noor away?")
    chat.say("Amina", "1")
    (told,) = _all(chat, Absence)
    assert told.reason == "holiday"


def test_a_word_or_a_choice_of_the_menu_put_right_leads_elsewhere(chat: Player) -> None:
    chat.say("Amina", "MENU")
    chat.say("Amina", "1", message_ref="7")
    (asked,) = _edit(chat, "2")
    assert asked.text.startswith("What would you like to ask?")
    chat.say("Amina", "ABSNT", message_ref="8")
    chat.say("Amina", "MENU", message_ref="9")
    (asked,) = _edit(chat, "ABSENT", ref="9")
    assert asked.text.startswith("Why is Noor away?")


def test_a_number_out_of_range_put_right_is_the_answer(chat: Player) -> None:
    chat.say("Amina", "ABSENT")
    chat.say("Amina", "9", message_ref="7")
    (asked,) = _edit(chat, "1")
    assert asked.text.startswith("Until when is Noor away?")


def test_a_mistyped_code_put_right_joins(chat: Player) -> None:
    with chat.session() as session:
        amina = session.exec(select(Guardian).where(Guardian.name == "Amina")).one()
        code = invitations.invite(session, amina.id or 0, chat.house.key, chat.clock.now)
    chat.say("Stranger", "AAAA-2222", message_ref="7")
    _edit(chat, code, who="Stranger")
    with chat.session() as session:
        contact = contact_of(session, "Stranger", "telegram")
        assert contact is not None
        assert contact.guardian_id is not None


def test_a_word_that_only_went_on_with_a_talk_takes_nothing_back_with_it(chat: Player) -> None:
    for words in ("ASK", "Is there a trip this month?"):
        chat.say("Ioana", words)
    chat.say("Ioana", "ASK", message_ref="7")
    _edit(chat, "WHO", who="Ioana")
    chat.say("Ioana", "1")
    assert [one.words for one in _all(chat, QueryWords)] == ["Is there a trip this month?"]


@pytest.mark.parametrize("who", ["Amina", "Piotr", "Farah"])
def test_the_words_of_a_question_are_corrected_where_it_stands(chat: Player, desk: Coatpeg, who: str) -> None:
    chat.say(who, "ASK")
    chat.say(who, "When is the trip?", message_ref="7")
    _edit(chat, "When is the museum trip?", who=who)
    assert _where(desk, "museum") == _where(desk, "When is the trip?") == ["queries"]
    assert desk("answer", "Q-1042", "In May.", "--staff", "Grace").code == 0
    assert _where(desk, "museum") == ["messages"]
    assert len(_all(chat, QueryWords)) == 2


def test_the_words_of_a_question_that_is_still_being_asked_are_changed(chat: Player) -> None:
    chat.say("Ioana", "ASK")
    chat.say("Ioana", "When is the trip?", message_ref="7")
    chat.say("Ioana", "hello there")
    (asked,) = _edit(chat, "When is the museum trip?", who="Ioana")
    assert len(asked.choices) == 3
    chat.say("Ioana", "1")
    assert [one.words for one in _all(chat, QueryWords)] == ["When is the museum trip?"]


def test_a_complaint_about_the_manager_goes_round_the_manager(chat: Player, desk: Coatpeg) -> None:
    chat.say("Amina", "COMPLAIN")
    chat.say("Amina", "Helen was rude to me", message_ref="7")
    chat.say("Amina", "1")
    before = _inbox(desk)
    _edit(chat, "Helen was rude to me at the gate on Friday")
    assert _inbox(desk) == before
    assert desk("complaint", "C-1042", "--staff", "Helen").code != 0
    assert "at the gate on Friday" in desk("complaint", "C-1042", "--staff", "Omar").out
    assert "at the gate on Friday" in desk("complaints", "--since", "2026-11-01", "--until", "2026-12-01").out
    with chat.session() as session:
        case = session.exec(select(Complaint)).one()
        case.outcome_at = case.told_at = chat.clock.now
        session.add(case)
    _edit(chat, "Helen was rude to me twice")
    assert _where(desk, "twice") == []
    assert [row["kind"] for row in _inbox(desk)["tasks"]].count("complaint about the manager") == 2


def _questionnaire(chat: Player, people: People) -> None:
    with chat.session() as session:
        audience = Audience(people.setting.id or 0)
        asked = questionnaires.open_questionnaire(
            session, audience, read_form(FORM), MONDAY, MONDAY + timedelta(days=10)
        )
        number = asked.id
    chat.push("Amina", "questionnaire", {"questionnaire": number}, topic=Topic.SURVEYS)
    chat.deliver()
    chat.say("Amina", "1")
    chat.say("Amina", "Grace is often late", message_ref="7")


def test_a_confidential_answer_is_shown_to_nobody(chat: Player, people: People, desk: Coatpeg) -> None:
    _questionnaire(chat, people)
    chat.say("Amina", "3")
    before = _inbox(desk)
    (told,) = _edit(chat, "Grace is often late and cross")
    assert _inbox(desk) == before
    assert "Nobody can see which answers are yours" in told.text
    assert not [one for one in _all(chat, InboundMessage) if "cross" in one.text]
    assert [one.value for one in _all(chat, QuestionnaireAnswer) if one.question == "more"] == ["Grace is often late"]


def test_a_confidential_answer_that_is_the_last_one_given_is_changed(
    chat: Player, people: People, desk: Coatpeg
) -> None:
    _questionnaire(chat, people)
    before = _inbox(desk)
    (asked,) = _edit(chat, "Grace is often late and cross")
    assert asked.text.startswith("2/2")
    chat.say("Amina", "3")
    assert _inbox(desk) == before
    answers = [one.value for one in _all(chat, QuestionnaireAnswer) if one.question == "more"]
    assert answers == ["Grace is often late and cross"]
    assert not [one for one in _all(chat, InboundMessage) if "Grace" in one.text]


def test_harm_in_a_confidential_answer_is_the_leads(chat: Player, people: People, desk: Coatpeg) -> None:
    _questionnaire(chat, people)
    chat.say("Amina", "3")
    before = _inbox(desk)
    told = _edit(chat, HARM[0][1])
    assert "999" in told[0].text
    assert _inbox(desk) == before
    assert HARM[0][1] in desk("concerns", "--staff", "Nadia").out


@pytest.mark.parametrize("same", ["Noor comes at nine", "  Noor comes at nine "])
def test_an_edit_that_changes_no_word_adds_nothing(chat: Player, same: str) -> None:
    chat.say("Amina", "Noor comes at nine", message_ref="7")
    assert _edit(chat, same) == []
    assert len(_all(chat, InboundMessage)) == 1
    _edit(chat, "Noor comes at ten")
    count = len(_all(chat, InboundMessage))
    assert _edit(chat, "Noor comes at ten") == []
    assert len(_all(chat, InboundMessage)) == count


def _numbered(chat: Player, number: int, text: str, kind: Kind = Kind.EDIT) -> list[Heard]:
    incoming = Incoming("telegram", str(number), CAST["Amina"].chat, kind, text=text, message_ref="7")
    return chat.receive("Amina", incoming)


def test_an_older_wording_that_comes_late_does_not_win(chat: Player, desk: Coatpeg) -> None:
    chat.say("Amina", "ASK")
    _numbered(chat, 101, "When is the trip?", Kind.TEXT)
    _numbered(chat, 103, "When is the museum trip?")
    assert _numbered(chat, 102, "When is the zoo trip?") == []
    assert _where(desk, "museum") == ["queries"]
    assert _where(desk, "zoo") == []
    assert _numbered(chat, 104, "STOP")
    assert _numbered(chat, 102, "When is the zoo trip?") == []


def test_an_older_wording_that_tells_of_harm_is_raised_all_the_same(chat: Player) -> None:
    _numbered(chat, 101, "hello", Kind.TEXT)
    _numbered(chat, 103, "good morning")
    (told,) = _numbered(chat, 102, HARM[0][1])
    assert "999" in told.text
    assert len(_all(chat, Concern)) == 1


def test_an_edit_of_what_we_never_had_is_taken_as_new(chat: Player) -> None:
    (asked,) = _edit(chat, "ABSENT")
    assert asked.text.startswith("Why is Noor away?")
    assert _newest(chat).corrects_id is None


def test_a_caption_takes_its_photo_along(chat: Player, desk: Coatpeg) -> None:
    chat.say("Amina", "ASK")
    chat.say("Amina", "What is tihs?", message_ref="7", attachments=(Attachment("photo", "f", "image/jpeg"),))
    _edit(chat, "What is this?")
    assert "What is tihs? (corrected to: What is this?) (with a file: coatpeg files 2)" in desk("inbox").out
    chat.say("Ioana", "ASK")
    chat.say("Ioana", "What is tihs?", message_ref="8", attachments=(Attachment("photo", "g", "image/jpeg"),))
    _edit(chat, "What is that?", who="Ioana", ref="8")
    chat.say("Ioana", "1")
    assert _where(desk, "What is that?") == ["queries"]
    asked = {one.words: one.inbound_id for one in _all(chat, QueryWords)}
    assert sorted(one.inbound_id for one in _all(chat, Media)) == [2, asked["What is that?"]]


def test_who_has_the_address_now_does_not_edit_what_another_wrote(chat: Player, people: People) -> None:
    chat.say("Amina", "Noor comes at nine", message_ref="7")
    with chat.session() as session:
        contact = contact_of(session, "Amina", "telegram")
        assert contact is not None
        contact.guardian_id = people.guardians["Ioana"].id
        session.add(contact)
    _edit(chat, "Noor comes at ten")
    assert _newest(chat).corrects_id is None
