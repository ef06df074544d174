"""One phone, two guardians: what is for both comes once, what is for one names them, and who writes is asked."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.outbox import Priority
from bot.pushes import Push, push_one
from nursery import replies
from nursery.attendance import Absence
from nursery.complaints import Complaint
from nursery.consents import Consent
from nursery.contacts import best_contact, contact_at
from nursery.guardians import Guardian, Guardianship, Topic
from nursery.inbox import waiting_for_staff
from nursery.notices import draft
from nursery.recipients import Audience
from nursery.replies import NoticeReply
from nursery.settings import today
from nursery.shared_phones import SharingRefused, part, propose, share
from nursery.tasks import open_tasks
from nursery.terms import TermAnswer
from nursery.ties import limit
from tests.cast import MONDAY, People
from tests.handlers.sharing import ZOSIA_PHONE, id_in, tell
from tests.talking import Player


def test_the_same_notice_comes_once(phone: Player, people: People) -> None:
    tell(phone, people)
    heard = [one for one in phone.deliver() if one.who == "Piotr"]
    assert [one.text for one in heard] == ["Little Acorns: Wellies, please"]
    assert phone.deliver() == []


def test_what_is_for_one_names_them(phone: Player, people: People) -> None:
    tell(phone, people, to="Babcia")
    assert [one.text for one in phone.deliver()] == ["For Babcia: Little Acorns: Wellies, please"]


def test_what_a_person_writes_to_one_names_them(phone: Player, people: People) -> None:
    with phone.session() as session:
        told = draft(session, Audience(people.setting.id or 0), publish_at=MONDAY, now=MONDAY, text="Your outcome")
        contact = best_contact(session, id_in(session, "Babcia"))
        assert contact is not None
        push = Push("o", "notice", {"notice": told.id}, 0, told.setting_id, MONDAY, Priority.NOTICE)
        assert push_one(session, push, contact, MONDAY)
    assert [(one.who, one.text) for one in phone.deliver()] == [("Piotr", "For Babcia: Little Acorns: Your outcome")]


def test_who_complains_is_asked_and_kept(phone: Player) -> None:
    phone("""
        Piotr: COMPLAIN
        Coatpeg: Who of you is writing?
          1 Piotr
          2 Babcia
        Piotr: 2
        Coatpeg: I am sorry. Please tell us in your own words what happened. ...
        Piotr: BACK
        Coatpeg: Who of you is writing?
          ...
        Piotr: babcia
        Coatpeg: I am sorry. ...
        Piotr: The gate was open
        Coatpeg: Is it about ...
          ...
    """)
    phone.say("Piotr", "3")
    with phone.session() as session:
        assert session.exec(select(Complaint)).one().guardian_id == id_in(session, "Babcia")


@pytest.mark.parametrize("answer", [1, 2])
def test_each_agrees_for_themselves(phone: Player, answer: int) -> None:
    for words in ("CONSENT", str(answer), "3", "1"):
        phone.say("Piotr", words)
    with phone.session() as session:
        assert session.exec(select(Consent)).one().guardian_id == id_in(session, ["Piotr", "Babcia"][answer - 1])


def test_who_writes_is_kept_where_it_leads_on(phone: Player) -> None:
    for words in ("DATA", "2"):
        said = phone.say("Piotr", words)
    assert said[0].text.startswith("We hold your name (Babcia)")
    assert said[-1].text == "Would you like a copy, or is something wrong?"


def test_where_it_does_not_matter_nobody_is_asked(phone: Player) -> None:
    for words in ("WHO", "MENU", "POLICY", "OFSTED", "PROGRESS", "IDEA"):
        assert "Who of you" not in "".join(one.text for one in phone.say("Piotr", words)), words


def test_who_tells_that_a_child_is_away_is_asked_and_told_of_their_own_children(phone: Player, people: People) -> None:
    """Babcia looks after Noor as well, whom Piotr may not hear of; of Noor she may be told nothing but her day."""
    _also(phone, people, "Babcia", "Noor", Topic.CARE)
    phone("""
        Piotr: ABSENT
        Coatpeg: Who of you is writing?
          1 Piotr
          2 Babcia
        Piotr: 2
        Coatpeg: Which child is it about?
          1 Noor
          2 Zosia
          ...
        Piotr: 1
        Coatpeg: Why is Noor away?
          ...
        Piotr: MENU
        Coatpeg: ...
          ...
        Piotr: ABSENT
        Coatpeg: ...
          ...
        Piotr: 1
        Coatpeg: Why is Zosia away?
          ...
    """)


@pytest.mark.parametrize("answer", [1, 2])
def test_whoever_tells_that_a_child_is_away_it_is_in_their_record_alone(phone: Player, answer: int) -> None:
    for words in ("ABSENT", str(answer), "1", "1"):
        phone.say("Piotr", words)
    with phone.session() as session:
        who = ["Piotr", "Babcia"][answer - 1]
        assert session.exec(select(Absence.guardian_id)).all() == [id_in(session, who)]


@pytest.mark.parametrize("words", ["IDEA", "PROGRESS"])
def test_where_their_children_differ_who_asks_after_them_is_asked(phone: Player, people: People, words: str) -> None:
    _also(phone, people, "Babcia", "Noor", Topic.PROGRESS | Topic.LEARNING)
    assert phone.say("Piotr", words)[0].choices == ("Piotr", "Babcia")


def _also(play: Player, people: People, who: str, child: str, topics: Topic) -> None:
    with play.session() as session:
        tie = Guardianship(guardian_id=id_in(session, who), child_id=people.children[child].id or 0)
        tie.may_receive, tie.confirmed_at = int(topics), MONDAY
        session.add(tie)


def _ask_each(play: Player, conversation: str, params: dict[str, object]) -> list[str]:
    """What one push says to the two of them, as it is sent to all guardians."""
    with play.session() as session:
        push = Push("each", conversation, params, Topic.CARE, 1, MONDAY, Priority.URGENT)
        for who in ("Piotr", "Babcia"):
            contact = best_contact(session, id_in(session, who))
            assert contact is not None
            assert push_one(session, push, contact, MONDAY)
    return [one.text.partition(": ")[0] for one in play.deliver()]


@pytest.mark.parametrize(
    ("conversation", "params"),
    [("still_right", {"term": "2026 autumn"}), ("first_step", {"step": "settings"}), ("sign", {})],
)
def test_what_is_each_ones_own_is_asked_of_each(phone: Player, conversation: str, params: dict[str, object]) -> None:
    assert _ask_each(phone, conversation, params) == ["For Piotr", "For Babcia"]


def test_each_answers_for_themselves_whether_it_is_still_right(phone: Player) -> None:
    _ask_each(phone, "still_right", {"term": "2026 autumn"})
    phone.say("Piotr", "1")
    phone.say("Piotr", "1")
    with phone.session() as session:
        answered = sorted(session.exec(select(TermAnswer.guardian_id)))
        assert answered == sorted([id_in(session, "Piotr"), id_in(session, "Babcia")])


def test_an_answer_to_a_question_of_ours_is_whose_it_was_for(phone: Player, people: People) -> None:
    tell(phone, people, to="Babcia", checks=True)
    assert phone.deliver()[0].text.startswith("For Babcia: ")
    assert phone.say("Piotr", "1")[0].text == "Thank you for telling us."
    with phone.session() as session:
        assert session.exec(select(NoticeReply.guardian_id)).one() == id_in(session, "Babcia")


def test_a_phone_not_confirmed_yet_is_not_used(phone: Player, people: People) -> None:
    with phone.session() as session:
        part(session, session.exec(select(Guardian).where(Guardian.name == "Babcia")).one())
        contact = contact_at(session, "sms", ZOSIA_PHONE)
        assert contact is not None
        assert propose(session, contact, session.get_one(Guardian, id_in(session, "Babcia")), MONDAY, 1)
    assert "We hold your name (Piotr)" in phone.say("Piotr", "DATA")[0].text
    tell(phone, people, to="Babcia")
    assert phone.deliver() == []
    with phone.session() as session:
        assert [task.kind for task in open_tasks(session)] == ["a phone that two guardians share: to confirm"]


def test_nobody_under_an_order_shares_a_phone(phone: Player) -> None:
    with phone.session() as session:
        babcia, contact = session.get_one(Guardian, id_in(session, "Babcia")), contact_at(session, "sms", ZOSIA_PHONE)
        assert contact is not None
        tie = session.exec(select(Guardianship).where(Guardianship.guardian_id == babcia.id)).one()
        limit(session, tie, today(MONDAY), None)
        with pytest.raises(SharingRefused):
            share(session, contact, babcia, MONDAY, today(MONDAY))


def test_what_is_kept_back_from_one_still_comes_for_the_other(phone: Player, people: People) -> None:
    with phone.session() as session:
        told = draft(
            session, Audience(people.setting.id or 0), publish_at=MONDAY, now=MONDAY, text="Wellies", checks=True
        )
        replies.note_reply(session, told.id or 0, id_in(session, "Piotr"), replies.Understood.CLEAR, MONDAY)
        params = {"notice": told.id, "again": True}
        for who in ("Piotr", "Babcia"):
            contact = best_contact(session, id_in(session, who))
            assert contact is not None
            push = Push("n", "notice", params, Topic.NOTICES, told.setting_id, MONDAY, Priority.URGENT)
            assert push_one(session, push, contact, MONDAY)
    assert ["Wellies" in one.text for one in phone.deliver()] == [True]


def test_the_word_once_more_may_be_the_other_ones(phone: Player) -> None:
    """It does not go on with what the first had begun; that is a person's to read."""
    for words in ("COMPLAIN", "2", "The gate was open"):
        phone.say("Piotr", words)
    assert phone.say("Piotr", "COMPLAIN")[0].text.startswith("Who of you is writing?")
    with phone.session() as session:
        assert [one.text for one in waiting_for_staff(session)] == ["The gate was open"]
