"""Joining: by a code, by a known number, and not at all for a stranger."""

from datetime import timedelta

import pytest
from sqlmodel import select

from nursery.contacts import Contact, contact_at
from nursery.guardians import Guardian
from nursery.inbox import waiting_for_staff
from nursery.invitations import invite
from nursery.people import Child
from nursery.settings import today
from nursery.shared_phones import share
from nursery.tasks import open_tasks
from tests.cast import CAST, MONDAY, People
from tests.conftest import KEY
from tests.talking import Player

WELCOME = """
        Coatpeg: Welcome to Little Acorns. You can ask, ... ideas here. Text MENU to see all, STOP to stop.
        Coatpeg: No one reads this at all hours. If you need us now, ring 01632 960123. In danger, ring 999.
"""


def code_for(play: Player, name: str) -> str:
    with play.session() as session:
        guardian = session.exec(select(Guardian).where(Guardian.name == name)).one()
        return invite(session, guardian.id or 0, KEY, play.clock.now)


@pytest.mark.parametrize(
    "written",
    ["{code}", "/start {code}", "{lower}", "{bare}", "{spaced}", " {code}. ", "{full}"],
)
def test_the_code_in_any_shape(on_both: Player, written: str) -> None:
    code = code_for(on_both, "Amina")
    full = code.translate({sign: sign + 0xFEE0 for sign in range(0x21, 0x7F)})
    text = written.format(
        code=code, lower=code.lower(), bare=code.replace("-", ""), spaced=code.replace("-", " "), full=full
    )
    on_both(f"""
        Stranger: {text}
{WELCOME}
        Stranger: ABSENT
        Coatpeg: Why is Noor away?
          ...
    """)
    with on_both.session() as session:
        contact = contact_at(session, on_both.channel or "", CAST["Stranger"].address(on_both.channel or ""))
        assert contact is not None
        assert contact.preferred
        others = session.exec(select(Contact).where(Contact.guardian_id == contact.guardian_id)).all()
        assert [other.id for other in others if other.preferred] == [contact.id]


def test_signs_that_look_alike_are_read_as_one(on_both: Player) -> None:
    code = code_for(on_both, "Amina")
    on_both(f"""
        Stranger: {code.replace("L", "1")}
{WELCOME}
    """)


SENTENCES = {
    "Amina": ["My code is {code}", "hello this is Amina, code {spaced} thank you", "{code}\nAmina Khan, Noor's mum"],
    "Piotr": ["Dzień dobry, mój kod to {code}.", "kod: {bare}"],
    "Ioana": ["Bună ziua! Codul meu e {code}, mulțumesc"],
    "Farah": ["میرا کوڈ {code} ہے"],
    "Samira": ["رمزي هو {code} شكرا", "الرمز:{spaced}"],
}


@pytest.mark.parametrize(("who", "written"), [(who, one) for who, many in SENTENCES.items() for one in many])
def test_the_code_in_a_sentence(on_both: Player, who: str, written: str) -> None:
    code = code_for(on_both, who)
    text = written.format(code=code, bare=code.replace("-", ""), spaced=code.replace("-", " "))
    joined = on_both.say("Stranger", text)
    assert {one.language for one in joined} == {CAST[who].language}
    with on_both.session() as session:
        contact = contact_at(session, on_both.channel or "", CAST["Stranger"].address(on_both.channel or ""))
        assert contact is not None
        assert contact.guardian_id == session.exec(select(Guardian.id).where(Guardian.name == who)).one()


def test_wrong_codes_in_sentences_are_counted_too(on_both: Player) -> None:
    code = code_for(on_both, "Amina")
    for number in range(2, 7):
        on_both(f"Stranger: my code is AAAA-222{number}, please\nCoatpeg: I do not know this code. ...")
    on_both(f"Stranger: my code is {code}\nCoatpeg: Too many codes were wrong. ...")


def test_what_looks_like_a_code_in_a_parents_sentence_is_none(on_both: Player) -> None:
    said = on_both.say("Amina", "the room code is 2B4C-5D6E is that right")
    assert "code" not in said[0].text


def test_a_code_works_once(on_both: Player) -> None:
    code = code_for(on_both, "Amina")
    on_both(f"""
        Amina: {code}
        Coatpeg: You have joined already, thank you. Text MENU to see what you can do.
        Amina: {code}
        Coatpeg: You have joined already, thank you. Text MENU to see what you can do.
        Stranger: {code}
        Coatpeg: I do not know this code. Please look at your letter again, or ring Little Acorns: 01632 960123.
    """)


def test_a_code_of_ones_own_leaves_nothing_for_staff_to_read_and_words_beside_it_do(on_both: Player) -> None:
    code = code_for(on_both, "Amina")
    on_both.say("Amina", code)
    with on_both.session() as session:
        assert waiting_for_staff(session) == []
    on_both.say("Amina", f"{code} and can somebody ring me")
    with on_both.session() as session:
        assert len(waiting_for_staff(session)) == 1


@pytest.mark.parametrize(
    ("who", "word"), [("Amina", "ABSENT"), ("Piotr", "ABSENT"), ("Farah", "ASK"), ("Ioana", "COMPLAIN")]
)
def test_a_code_is_taken_whatever_is_asked_and_the_question_is_asked_again(play: Player, who: str, word: str) -> None:
    asked = play.say(who, word)[-1].text
    replies = play.say(who, code_for(play, who))
    assert len(replies) >= 2
    assert replies[-1].text == asked
    with play.session() as session:
        assert waiting_for_staff(session) == []


def test_a_code_expires(on_both: Player) -> None:
    code = code_for(on_both, "Amina")
    on_both.clock.pass_(days=30)
    on_both(f"""
        Stranger: {code}
        Coatpeg: I do not know this code. ...
    """)


def test_a_code_for_somebody_else_is_refused_and_staff_hear(on_both: Player) -> None:
    code = code_for(on_both, "Amina")
    on_both(f"""
        Samira: {code}
        Coatpeg: ...
        Stranger: {code}
{WELCOME}
    """)
    with on_both.session() as session:
        assert [task.kind for task in open_tasks(session)] == ["code from another family's phone"]


@pytest.mark.parametrize("joined", [False, True])
def test_the_other_parents_letter_does_not_tell_whether_they_have_joined(on_both: Player, joined: bool) -> None:
    code = code_for(on_both, "Amina")
    with on_both.session() as session:
        session.exec(select(Guardian).where(Guardian.name == "Samira")).one().language = "en_GB"
    if joined:
        on_both.say("Stranger", code)
    for days in (0, 31):  # and where it is too old, it is as if it were not
        on_both.clock.pass_(days=days)
        on_both(f"""
            Samira: {code}
            Coatpeg: This code belongs to somebody else, so I can't use it here. Staff will look at it, ...
        """)
    with on_both.session() as session:
        assert [task.kind for task in open_tasks(session)] == ["code from another family's phone"]


def test_a_code_of_who_shares_the_phone_is_no_strangers_and_stays_good_elsewhere(play: Player, people: People) -> None:
    code = code_for(play, "Amina")
    with play.session() as session:
        contact = contact_at(session, "sms", CAST["Ioana"].phone)
        assert contact is not None
        share(session, contact, session.get_one(Guardian, people.guardians["Amina"].id), MONDAY, today(MONDAY))
        session.get_one(Guardian, people.guardians["Ioana"].id).language = "en_GB"
    play(f"""
        Ioana: {code}
        Coatpeg: You have joined already, thank you. Text MENU to see what you can do.
        Stranger: {code}
{WELCOME}
    """)
    with play.session() as session:
        assert open_tasks(session) == []


def test_after_five_wrong_codes_a_contact_waits(on_both: Player) -> None:
    code = code_for(on_both, "Amina")
    wrong = "        Stranger: AAAA-222{}\n        Coatpeg: I do not know this code. ...\n"
    on_both("".join(wrong.format(number) for number in range(2, 7)))
    on_both.clock.pass_(minutes=20)
    on_both(f"""
        Stranger: {code}
        Coatpeg: Too many codes were wrong. Please wait until 10:00, or ring Little Acorns: 01632 960123.
    """)
    on_both.clock.pass_(minutes=40)
    on_both(f"""
        Stranger: {code}
{WELCOME}
    """)


def test_a_known_number_is_greeted_first_and_then_answered(play: Player) -> None:
    with play.session() as session:
        contact = contact_at(session, "telegram", CAST["Amina"].chat)
        assert contact is not None
        contact.greeted_at = None
        session.add(contact)
    play(f"""
        Amina: ABSENT
{WELCOME}
        Coatpeg: Why is Noor away?
          ...
        Amina: 1
        Coatpeg: Until when ...
          ...
    """)


@pytest.mark.parametrize("text", ["hello", "thanks", "{code}"])
def test_a_greeting_is_answered_by_the_welcome_alone(play: Player, text: str) -> None:
    code = code_for(play, "Amina")
    with play.session() as session:
        contact = contact_at(session, "telegram", CAST["Amina"].chat)
        assert contact is not None
        contact.greeted_at = None
        session.add(contact)
    play(f"""
        Amina: {text.format(code=code)}
{WELCOME}
        Amina: hi
        Coatpeg: Hello. Text MENU to see what you can do here.
    """)


@pytest.mark.parametrize("text", ["hello", "Thursday", "is Noor there?", "/start", "START", "ASK", "1", "[photo]"])
def test_a_stranger_learns_nothing(on_both: Player, people: People, text: str) -> None:
    on_both(f"""
        Stranger: {text}
        Coatpeg: This is Little Acorns. Please send the code from your letter, ... No code? Ring 01632 960123.
    """)
    said = " ".join(one.text for one in on_both.heard)
    with on_both.session() as session:
        names = (
            [child.first_name for child in session.exec(select(Child))] + list(people.guardians) + list(people.staff)
        )
    assert not [name for name in names if name in said]


def test_a_code_is_joined_in_the_language_the_setting_wrote_down(on_both: Player) -> None:
    code = code_for(on_both, "Piotr")
    on_both.say("Stranger", code)
    assert {heard.language for heard in on_both.heard} == {"pl"}


def test_the_clock_of_a_code_is_not_reset_by_asking_again(play: Player) -> None:
    code = code_for(play, "Amina")
    play.clock.now = MONDAY + timedelta(days=29)
    assert code_for(play, "Amina") == code
    play.clock.now = MONDAY + timedelta(days=31)
    assert code_for(play, "Amina") != code
