"""One phone, two guardians: what is for both comes once, what is for one names them, and who writes is asked."""

from __future__ import annotations

import json

import pytest
from sqlmodel import Session, col, select

from bot.again import reroute
from bot.commands.preview import preview
from bot.outbox import OutboxMessage, Priority
from bot.pushes import Push, fan_out, push_one
from locales import LANGUAGES
from nursery import replies
from nursery.attendance import Absence
from nursery.complaints import Complaint
from nursery.concerns import Concern, may_have_written
from nursery.consents import Consent
from nursery.contacts import Contact, best_contact, contact_at
from nursery.erasing import erase
from nursery.exporting import copy_of
from nursery.guardians import ANY_TOPIC, Guardian, Guardianship, Topic
from nursery.inbox import InboundMessage
from nursery.notices import draft
from nursery.numbers import change_number
from nursery.recipients import Audience, recipients, unreachable
from nursery.reclassing import NotTaken, message_to_complaint, message_to_query
from nursery.replies import NoticeReply
from nursery.settings import today
from nursery.shared_phones import SharingRefused, part, propose, share
from nursery.tasks import open_tasks
from nursery.terms import TermAnswer
from nursery.ties import limit
from tests.cast import CAST, MONDAY, People
from tests.talking import Player

STILL_HERE = (
    "STOP has come by SMS from a phone that you use, so it gets no more messages from us. They still come here. "
    "To stop them here too, text STOP."
)
PHONE_STOPPED = (
    "This phone will get no more messages from us. If it is urgent, staff will ring you. To begin again, text START."
)
ZOSIA_PHONE = CAST["Piotr"].phone


@pytest.fixture
def phone(play: Player, people: People) -> Player:
    """Babcia, Zosia's grandmother, uses Piotr's phone; staff have confirmed it. It speaks English here."""
    with play.session() as session:
        piotr = session.get_one(Guardian, people.guardians["Piotr"].id)
        piotr.language = "en_GB"
        babcia = Guardian(name="Babcia", language="en_GB")
        session.add_all([piotr, babcia])
        session.flush()
        tie = Guardianship(guardian_id=babcia.id or 0, child_id=people.children["Zosia"].id or 0)
        tie.may_receive, tie.confirmed_at, tie.parental_responsibility = int(ANY_TOPIC), MONDAY, True
        session.add(tie)
        contact = contact_at(session, "sms", ZOSIA_PHONE)
        assert contact is not None
        share(session, contact, babcia, MONDAY, today(MONDAY))
    return play


def _id(play: Player, name: str) -> int:
    with play.session() as session:
        return _id_in(session, name)


def _id_in(session: Session, name: str) -> int:
    return session.exec(select(Guardian.id).where(Guardian.name == name)).one() or 0


def _tell(play: Player, people: People, *, to: str = "", checks: bool = False) -> None:
    """A notice to all of the setting, or put in the outbox for one of this phone alone."""
    audience, only = Audience(people.setting.id or 0), _id(play, to) if to else 0
    with play.session() as session:
        told = draft(session, audience, publish_at=MONDAY, now=MONDAY, text="Wellies, please", checks=checks)
        push = Push("n", "notice", {"notice": told.id}, Topic.NOTICES, told.setting_id, MONDAY, Priority.URGENT)
        fan_out(session, push, recipients(audience, Topic.NOTICES, today(MONDAY), only - 1, only or None), MONDAY)


def test_the_same_notice_comes_once(phone: Player, people: People) -> None:
    _tell(phone, people)
    heard = [one for one in phone.deliver() if one.who == "Piotr"]
    assert [one.text for one in heard] == ["Little Acorns: Wellies, please"]
    assert phone.deliver() == []


def test_what_is_for_one_names_them(phone: Player, people: People) -> None:
    _tell(phone, people, to="Babcia")
    assert [one.text for one in phone.deliver()] == ["For Babcia: Little Acorns: Wellies, please"]


def test_what_a_person_writes_to_one_names_them(phone: Player, people: People) -> None:
    with phone.session() as session:
        told = draft(session, Audience(people.setting.id or 0), publish_at=MONDAY, now=MONDAY, text="Your outcome")
        contact = best_contact(session, _id_in(session, "Babcia"))
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
        assert session.exec(select(Complaint)).one().guardian_id == _id_in(session, "Babcia")


@pytest.mark.parametrize("answer", [1, 2])
def test_each_agrees_for_themselves(phone: Player, answer: int) -> None:
    for words in ("CONSENT", str(answer), "3", "1"):
        phone.say("Piotr", words)
    with phone.session() as session:
        assert session.exec(select(Consent)).one().guardian_id == _id_in(session, ["Piotr", "Babcia"][answer - 1])


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
        assert session.exec(select(Absence.guardian_id)).all() == [_id_in(session, who)]


@pytest.mark.parametrize("words", ["IDEA", "PROGRESS"])
def test_where_their_children_differ_who_asks_after_them_is_asked(phone: Player, people: People, words: str) -> None:
    _also(phone, people, "Babcia", "Noor", Topic.PROGRESS | Topic.LEARNING)
    assert phone.say("Piotr", words)[0].choices == ("Piotr", "Babcia")


def _also(play: Player, people: People, who: str, child: str, topics: Topic) -> None:
    with play.session() as session:
        tie = Guardianship(guardian_id=_id_in(session, who), child_id=people.children[child].id or 0)
        tie.may_receive, tie.confirmed_at = int(topics), MONDAY
        session.add(tie)


def _ask_each(play: Player, conversation: str, params: dict[str, object]) -> list[str]:
    """What one push says to the two of them, as it is sent to all guardians."""
    with play.session() as session:
        push = Push("each", conversation, params, Topic.CARE, 1, MONDAY, Priority.URGENT)
        for who in ("Piotr", "Babcia"):
            contact = best_contact(session, _id_in(session, who))
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
        assert answered == sorted([_id_in(session, "Piotr"), _id_in(session, "Babcia")])


def test_an_answer_to_a_question_of_ours_is_whose_it_was_for(phone: Player, people: People) -> None:
    _tell(phone, people, to="Babcia", checks=True)
    assert phone.deliver()[0].text.startswith("For Babcia: ")
    assert phone.say("Piotr", "1")[0].text == "Thank you for telling us."
    with phone.session() as session:
        assert session.exec(select(NoticeReply.guardian_id)).one() == _id_in(session, "Babcia")


def test_a_phone_not_confirmed_yet_is_not_used(phone: Player, people: People) -> None:
    with phone.session() as session:
        part(session, session.exec(select(Guardian).where(Guardian.name == "Babcia")).one())
        contact = contact_at(session, "sms", ZOSIA_PHONE)
        assert contact is not None
        assert propose(session, contact, session.get_one(Guardian, _id_in(session, "Babcia")), MONDAY, 1)
    assert "We hold your name (Piotr)" in phone.say("Piotr", "DATA")[0].text
    _tell(phone, people, to="Babcia")
    assert phone.deliver() == []
    with phone.session() as session:
        assert [task.kind for task in open_tasks(session)] == ["a phone that two guardians share: to confirm"]


def test_nobody_under_an_order_shares_a_phone(phone: Player) -> None:
    with phone.session() as session:
        babcia, contact = session.get_one(Guardian, _id_in(session, "Babcia")), contact_at(session, "sms", ZOSIA_PHONE)
        assert contact is not None
        tie = session.exec(select(Guardianship).where(Guardianship.guardian_id == babcia.id)).one()
        limit(session, tie, today(MONDAY), None)
        with pytest.raises(SharingRefused):
            share(session, contact, babcia, MONDAY, today(MONDAY))


READS = ["pl", "ro", "ur"]
"""What Babcia may read, where Piotr reads English."""


def _reads(play: Player, **languages: str) -> None:
    with play.session() as session:
        for name, language in languages.items():
            session.get_one(Guardian, _id_in(session, name)).language = language


def _on_telegram(play: Player, name: str, chat: str) -> None:
    """An own chat of one of theirs, the address to use first."""
    with play.session() as session:
        session.add(Contact(channel="telegram", address=chat, guardian_id=_id_in(session, name), preferred=True))


def _language(play: Player, name: str) -> str:
    with play.session() as session:
        return session.get_one(Guardian, _id_in(session, name)).language


@pytest.mark.parametrize("language", READS)
def test_what_is_for_both_comes_once_in_each_language_they_read(phone: Player, people: People, language: str) -> None:
    _reads(phone, Babcia=language)
    _tell(phone, people)
    heard = {one.language: one.text for one in phone.deliver() if one.who == "Piotr"}
    assert heard.keys() == {"en_GB", language}
    assert heard["en_GB"] == "For Piotr: Little Acorns: Wellies, please"
    assert "Babcia" in heard[language]
    phone.clock.pass_(minutes=10)
    assert phone.deliver() == []


def test_what_asks_is_answered_by_each_in_their_own_language(phone: Player, people: People) -> None:
    _reads(phone, Babcia="ur")
    _tell(phone, people, checks=True)
    assert sorted(one.language for one in phone.deliver() if one.who == "Piotr") == ["en_GB", "ur"]
    said = [one.language for _ in range(2) for one in phone.say("Piotr", "1")]
    assert sorted(set(said)) == ["en_GB", "ur"]
    with phone.session() as session:
        answered = sorted(session.exec(select(NoticeReply.guardian_id)))
        assert answered == sorted([_id_in(session, "Piotr"), _id_in(session, "Babcia")])


def test_of_three_those_who_read_the_same_get_it_once_under_both_names(phone: Player, people: People) -> None:
    _reads(phone, Piotr="ro")
    with phone.session() as session:
        farah = session.get_one(Guardian, people.guardians["Farah"].id)
        contact, chat = contact_at(session, "sms", ZOSIA_PHONE), contact_at(session, "telegram", CAST["Farah"].chat)
        assert contact is not None
        assert chat is not None
        chat.state, farah.language = "blocked", "en_GB"
        share(session, contact, farah, MONDAY, today(MONDAY))
        told = draft(session, Audience(people.setting.id or 0), publish_at=MONDAY, now=MONDAY, text="Wellies, please")
        shown = preview(session, told, today(MONDAY))
        session.delete(told)
    lanes = {(one.language, one.channel): (one.guardians, one.messages) for one in shown.lanes}
    assert lanes["en_GB", "sms"] == (2, 1)
    _tell(phone, people)
    heard = [one for one in phone.deliver() if one.who == "Piotr"]
    assert sorted(one.language for one in heard) == ["en_GB", "ro"]
    assert "For Farah, Babcia: Little Acorns: Wellies, please" in [one.text for one in heard]


def test_the_price_is_of_what_goes_not_of_who_reads_it(phone: Player, people: People) -> None:
    with phone.session() as session:
        told = draft(session, Audience(people.setting.id or 0), publish_at=MONDAY, now=MONDAY, text="Wellies, please")
        same = preview(session, told, today(MONDAY))
        session.get_one(Guardian, _id_in(session, "Babcia")).language = "ro"
        differ = preview(session, told, today(MONDAY))
    once = next(one for one in same.lanes if (one.language, one.channel) == ("en_GB", "sms"))
    assert (once.guardians, once.messages, once.charged) == (2, 1, once.parts)
    assert "some share a phone" in str(once.line())
    assert all(one.messages == one.guardians for one in differ.lanes)
    assert sum(one.charged for one in differ.lanes) > sum(one.charged for one in same.lanes)


@pytest.mark.parametrize("language", READS)
@pytest.mark.parametrize("words", [["LANGUAGE", "2", "{}"], ["{}", "2"]])
def test_a_language_chosen_there_is_for_who_writes(phone: Player, words: list[str], language: str) -> None:
    _on_telegram(phone, "Piotr", CAST["Piotr"].chat)
    asked = phone.say("Piotr", words[0].format(LANGUAGES[language].autonym))[0]
    assert asked.choices == ("Piotr", "Babcia")
    for said in words[1:]:
        told = phone.say("Piotr", said.format(LANGUAGES[language].autonym))
    assert told[0].language == language
    assert (_language(phone, "Piotr"), _language(phone, "Babcia")) == ("en_GB", language)
    assert phone.say("Piotr", "MENU")[0].language == "en_GB"
    for said in ("SETTINGS", "2"):
        told = phone.say("Piotr", said)
    assert LANGUAGES[language].autonym in told[0].text
    assert told[0].language == language


@pytest.mark.parametrize("language", READS)
def test_a_talk_is_in_the_language_of_who_writes_to_its_end(phone: Player, language: str) -> None:
    _reads(phone, Babcia=language)
    assert phone.say("Piotr", "ABSENT")[0].language == "en_GB"
    for words in ("2", "xyzzy", "1"):
        [told] = phone.say("Piotr", words)
        assert told.language == language
        assert "understand" not in told.text
    phone.clock.pass_(hours=2)
    assert phone.say("Piotr", "WHO")[0].language == "en_GB"


def test_whose_the_phone_is_changes_what_it_speaks(phone: Player) -> None:
    for said in ("ABSENT", "1", "polski", "1"):
        told = phone.say("Piotr", said)
    assert [one.language for one in told] == ["pl", "pl"], "and what was open is asked again"
    assert (_language(phone, "Piotr"), _language(phone, "Babcia")) == ("pl", "en_GB")
    assert phone.say("Piotr", "MENU")[0].language == "pl"


@pytest.mark.parametrize(("who", "chat"), [("Piotr", CAST["Piotr"].chat), ("Babcia", CAST["Stranger"].chat)])
@pytest.mark.parametrize("words", ["STOP", "Stop. Thank you"])
def test_a_stop_there_shuts_the_phone_alone(phone: Player, people: People, who: str, chat: str, words: str) -> None:
    """Nobody knows which of them said it. Who has another address goes on there, and is told so once."""
    _on_telegram(phone, who, chat)
    said = [one.text for one in phone.say("Piotr", words)]
    assert said == ([PHONE_STOPPED] if words != "STOP" else [])
    assert [one.text for one in phone.deliver()] == [STILL_HERE]
    phone.say("Piotr", words)
    assert phone.deliver() == []
    other = "Babcia" if who == "Piotr" else "Piotr"
    with phone.session() as session:
        best = best_contact(session, _id_in(session, who))
        assert best is not None
        assert best.channel == "telegram"
        missed = unreachable(session, Audience(people.setting.id or 0), Topic.NOTICES, today(MONDAY))
        assert [(one.name, str(why)) for one, why in missed] == [(other, "said stop")]
    assert "Messages come to this phone again." in phone.say("Piotr", "START")[0].text
    with phone.session() as session:
        assert unreachable(session, Audience(people.setting.id or 0), Topic.NOTICES, today(MONDAY)) == []


def test_what_one_of_them_has_stopped_elsewhere_start_on_the_phone_leaves(phone: Player, people: People) -> None:
    _on_telegram(phone, "Piotr", CAST["Piotr"].chat)
    phone.channel = "telegram"
    phone.say("Piotr", "STOP")
    phone.channel = None
    for words in ("STOP", "START"):
        phone.say("Piotr", words)
    assert phone.deliver() == [], "nothing is said to who has stopped there"
    with phone.session() as session:
        assert best_contact(session, _id_in(session, "Piotr")) is None
        assert best_contact(session, _id_in(session, "Babcia")) is not None


def test_what_is_written_on_a_phone_that_is_shut_is_answered_nowhere_else(phone: Player) -> None:
    """It may be the other's: their words and ours go to no chat of one's own."""
    _on_telegram(phone, "Piotr", CAST["Piotr"].chat)
    phone.say("Piotr", "STOP")
    phone.deliver()
    with phone.session() as session:
        rows = session.exec(select(OutboxMessage).where(OutboxMessage.sender == "telegram")).all()
    phone.say("Piotr", "COMPLAIN")
    with phone.session() as session:
        assert len(session.exec(select(OutboxMessage).where(OutboxMessage.sender == "telegram")).all()) == len(rows)
        message = session.exec(select(OutboxMessage).where(col(OutboxMessage.key).startswith("in:"))).all()[-1]
        assert not reroute(session, message.model_dump(), MONDAY)


def test_a_stop_on_the_phone_is_a_stop_for_both(phone: Player, people: People) -> None:
    phone.say("Piotr", "Stop. Thank you")
    _tell(phone, people)
    assert [one for one in phone.deliver() if one.who == "Piotr"] == []


@pytest.mark.parametrize("language", ["pl", "ur", "ro"])
def test_in_the_language_of_the_phone(phone: Player, language: str) -> None:
    with phone.session() as session:
        session.get_one(Guardian, _id_in(session, "Piotr")).language = language
    asked = phone.say("Piotr", "COMPLAIN")[0]
    assert (asked.choices, asked.language) == (("Piotr", "Babcia"), language)
    for words in ("1", "The gate was open", "3"):
        said = phone.say("Piotr", words)
    assert said[-1].language == language
    with phone.session() as session:
        assert session.exec(select(Complaint)).one().guardian_id == _id_in(session, "Piotr")


def test_what_one_of_them_had_begun_is_not_the_others_once_they_are_parted(phone: Player) -> None:
    for words in ("COMPLAIN", "2", "The other one shouts at Zosia"):
        phone.say("Piotr", words)
    with phone.session() as session:
        part(session, session.get_one(Guardian, _id_in(session, "Babcia")))
    for words in ("3", "1"):
        phone.say("Piotr", words)
    with phone.session() as session:
        assert session.exec(select(Complaint)).all() == []


def test_what_one_of_them_was_asked_is_not_the_others_once_they_are_parted(phone: Player, people: People) -> None:
    _tell(phone, people, to="Babcia", checks=True)
    phone.deliver()
    with phone.session() as session:
        part(session, session.get_one(Guardian, _id_in(session, "Babcia")))
    phone.say("Piotr", "1")
    with phone.session() as session:
        assert session.exec(select(NoticeReply)).all() == []


def test_what_is_kept_back_from_one_still_comes_for_the_other(phone: Player, people: People) -> None:
    with phone.session() as session:
        told = draft(
            session, Audience(people.setting.id or 0), publish_at=MONDAY, now=MONDAY, text="Wellies", checks=True
        )
        replies.note_reply(session, told.id or 0, _id_in(session, "Piotr"), replies.Understood.CLEAR, MONDAY)
        params = {"notice": told.id, "again": True}
        for who in ("Piotr", "Babcia"):
            contact = best_contact(session, _id_in(session, who))
            assert contact is not None
            push = Push("n", "notice", params, Topic.NOTICES, told.setting_id, MONDAY, Priority.URGENT)
            assert push_one(session, push, contact, MONDAY)
    assert ["Wellies" in one.text for one in phone.deliver()] == [True]


def test_a_new_number_is_not_the_others_phone(phone: Player, people: People) -> None:
    """Who leaves with a new phone takes no other guardian's messages along, and leaves them their old one."""
    with phone.session() as session:
        change_number(session, session.get_one(Guardian, _id_in(session, "Piotr")), CAST["Stranger"].phone)
    with phone.session() as session:
        piotr, babcia = (best_contact(session, _id_in(session, who)) for who in ("Piotr", "Babcia"))
        assert piotr is not None
        assert babcia is not None
        assert (piotr.address, piotr.shared) == (CAST["Stranger"].phone, False)
        assert (babcia.address, babcia.shared) == (ZOSIA_PHONE, False)
    _tell(phone, people)
    assert sorted(one.who for one in phone.deliver() if one.who in ("Piotr", "Stranger")) == ["Piotr", "Stranger"]


def test_words_from_a_shared_phone_are_nobodys_until_somebody_says_whose(phone: Player) -> None:
    phone.say("Piotr", "the gate was open again and nobody came")
    with phone.session() as session:
        message = session.exec(select(InboundMessage)).one()
        with pytest.raises(NotTaken, match="several"):
            message_to_complaint(session, message, MONDAY)
        with pytest.raises(NotTaken, match="several"):
            message_to_query(session, message, MONDAY)


def test_a_copy_holds_nothing_that_was_said_to_the_other(phone: Player) -> None:
    """What came from the phone is given to neither; nor is what was answered there."""
    for words in ("DATA", "2"):
        phone.say("Piotr", words)
    with phone.session() as session:
        assert "Babcia" not in json.dumps(copy_of(session, _id_in(session, "Piotr")))


def _parted(play: Player) -> None:
    with play.session() as session:
        part(session, session.get_one(Guardian, _id_in(session, "Babcia")))


def _copies(play: Player) -> tuple[str, str]:
    with play.session() as session:
        mine, theirs = (json.dumps(copy_of(session, _id_in(session, who))) for who in ("Piotr", "Babcia"))
    return mine, theirs


def test_after_they_have_parted_each_ones_copy_holds_their_own_words_alone(phone: Player) -> None:
    for words in ("COMPLAIN", "2", "The slide is broken", "3", "1", "hello from one of us", "MENU"):
        phone.say("Piotr", words)
    for words in ("COMPLAIN", "1", "The soup was cold", "3", "1"):
        phone.say("Piotr", words)
    _parted(phone)
    phone.say("Piotr", "hello from me alone")
    mine, theirs = _copies(phone)
    assert [words in mine for words in ("soup", "alone", "slide", "one of us", "Babcia")] == [True, True, *[False] * 3]
    assert [words in theirs for words in ("slide", "soup", "alone", "one of us", "Piotr")] == [True, *[False] * 4]


@pytest.mark.parametrize("as_a_stranger", [False, True])
def test_what_came_before_they_shared_it_is_whose_the_phone_was(
    play: Player, people: People, as_a_stranger: bool
) -> None:
    play.say("Piotr", "hello from before")
    with play.session() as session:
        if as_a_stranger:
            session.exec(select(InboundMessage)).one().guardian_id = None
        farah = session.get_one(Guardian, people.guardians["Farah"].id)
        contact = contact_at(session, "sms", ZOSIA_PHONE)
        assert contact is not None
        share(session, contact, farah, MONDAY, today(MONDAY))
        change_number(session, session.get_one(Guardian, people.guardians["Piotr"].id), CAST["Stranger"].phone)
        copies = [json.dumps(copy_of(session, _id_in(session, who))) for who in ("Piotr", "Farah")]
    assert ["hello" in copy for copy in copies] == [True, False]


def test_while_staff_have_not_said_whether_it_is_shared_nobody_can_tell_whose_words_came(
    play: Player, people: People
) -> None:
    with play.session() as session:
        farah = session.get_one(Guardian, people.guardians["Farah"].id)
        contact = contact_at(session, "sms", ZOSIA_PHONE)
        assert contact is not None
        propose(session, contact, farah, MONDAY, 1)
    play.say("Piotr", "hello from one of us")
    with play.session() as session:
        part(session, session.get_one(Guardian, people.guardians["Farah"].id))
        copies = [json.dumps(copy_of(session, _id_in(session, who))) for who in ("Piotr", "Farah")]
        assert not any("hello" in copy for copy in copies)


def test_after_they_have_parted_staff_still_say_whose_a_message_was(phone: Player) -> None:
    phone.say("Piotr", "the gate was open again and nobody came")
    _parted(phone)
    with phone.session() as session:
        message = session.exec(select(InboundMessage)).one()
        with pytest.raises(NotTaken, match="several"):
            message_to_complaint(session, message, MONDAY)
        babcia = session.get_one(Guardian, _id_in(session, "Babcia"))
        assert message_to_complaint(session, message, MONDAY, writer=babcia).guardian_id == babcia.id
    mine, theirs = _copies(phone)
    assert ("gate" in mine, "gate" in theirs) == (False, True)


def test_erasing_one_takes_their_words_and_leaves_the_others(phone: Player) -> None:
    for words in ("SUGGEST", "2", "More sand", "1"):
        phone.say("Piotr", words)
    for words in ("SUGGEST", "1", "More water", "1"):
        phone.say("Piotr", words)
    _parted(phone)
    with phone.session() as session:
        erase(session, _id_in(session, "Babcia"), MONDAY, by="test")
        left = {one.text for one in session.exec(select(InboundMessage))}
    assert ("More sand" in left, "More water" in left) == (False, True)


@pytest.mark.parametrize("confirmed", [True, False])
def test_words_of_harm_hold_all_who_have_the_phone_and_the_lead_learns_who_they_are(
    play: Player, people: People, confirmed: bool
) -> None:
    with play.session() as session:
        farah = session.get_one(Guardian, people.guardians["Farah"].id)
        contact = contact_at(session, "sms", ZOSIA_PHONE)
        assert contact is not None
        propose(session, contact, farah, MONDAY, 1)
        if confirmed:
            share(session, contact, farah, MONDAY, today(MONDAY))
    play.say("Piotr", "on bije dziecko i ma siniaki na plecach")
    with play.session() as session:
        concern = session.exec(select(Concern)).one()
        assert [one.name for one in may_have_written(session, concern)] == ["Piotr", "Farah"]
        held = session.exec(select(Guardian.name).where(Guardian.sends_held).order_by(Guardian.name))
        assert list(held) == ["Farah", "Piotr"]
        assert concern.inbound_id == session.exec(select(InboundMessage.id)).one()
    _tell(play, people)
    assert sorted(one.who for one in play.deliver()) == ["Amina", "Ioana", "Samira"]
    _parted_from(play, "Farah")
    with play.session() as session:
        known = may_have_written(session, session.exec(select(Concern)).one())
        assert [one.name for one in known] == ["Piotr", "Farah"], "who had the phone then"


def _parted_from(play: Player, name: str) -> None:
    with play.session() as session:
        part(session, session.get_one(Guardian, _id_in(session, name)))


def test_a_kind_that_is_named_is_stopped_for_who_says_so(phone: Player) -> None:
    phone("""
        Piotr: STOP IDEAS
        Coatpeg: Who of you is writing?
          1 Piotr
          2 Babcia
        Piotr: 2
        Coatpeg: Ideas for home: off. ...
    """)
    with phone.session() as session:
        stopped = {one.name for one in session.exec(select(Guardian)) if one.stopped_topics == int(Topic.LEARNING)}
    assert stopped == {"Babcia"}
