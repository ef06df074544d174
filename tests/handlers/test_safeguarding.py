"""Words of harm: fixed words at once, a concern for the lead alone, and the talk goes on."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from sqlmodel import Session, select

from locales import catalogue
from nursery import concerns, queries, tasks
from nursery.concerns import Concern
from nursery.guardians import Guardian, Topic
from nursery.inbox import InboundMessage, may_be_shown, waiting_for_staff
from nursery.people import Staff
from nursery.settings import Setting
from tests.cast import CAST, People
from tests.talking import Player

HARM = "He hit her again and she has marks on her back"


@pytest.fixture
def led(play: Player, people: People) -> None:
    """Little Acorns has named its lead, and a deputy."""
    with play.session() as session:
        setting = session.exec(select(Setting)).one()
        setting.lead, setting.lead_phone = "Nadia", "01632 960124"
        session.add_all([setting, Staff(setting_id=setting.id or 0, name="Nadia", role="key person")])
        session.add(Staff(setting_id=setting.id or 0, name="Omar", role="deputy"))


def _one(session: Session) -> Concern:
    return session.exec(select(Concern)).one()


def test_it_is_answered_at_once_and_never_swallowed(on_both: Player, led: None) -> None:
    on_both(f"""
        Amina: ASK
        Coatpeg: ...
        Amina: {HARM}
        Coatpeg: If you or a child are in danger now, ring 999.
          Nadia keeps children safe at Little Acorns and will see your message. Ring: 01632 960124.
          You can ring the NSPCC, free: 0808 800 5000. Nobody reads messages here at all hours.
        Coatpeg: Thank you. Your question is Q-1042. ...
    """)
    with on_both.session() as session:
        assert queries.open_queries(session)


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("Piotr", "on bije dziecko i ma siniaki na plecach"),
        ("Farah", "میرے شوہر مجھے مارتے ہیں اور بچے ڈرے ہوئے ہیں"),
        ("Ioana", "tatăl îl bate pe copil și are vânătăi"),
        ("Samira", "زوجي يضربني ويضرب الاولاد"),
    ],
)
def test_in_every_language(on_both: Player, led: None, who: str, words: str) -> None:
    [told] = on_both.say(who, words)  # and nothing is asked beside it
    assert "999" in told.text
    assert "0808 800 5000" in told.text
    assert told.language == CAST[who].language
    with on_both.session() as session:
        assert _one(session).read_at is None


def test_nobody_but_the_lead_sees_it(play: Player, led: None) -> None:
    play.say("Amina", HARM)
    with play.session() as session:
        concern = _one(session)
        assert HARM not in [one.text for one in waiting_for_staff(session)]
        assert not may_be_shown(session, concern.inbound_id)
        assert not [one for one in tasks.open_tasks(session) if one.kind.startswith("safeguarding")]
        nadia, grace = (session.exec(select(Staff).where(Staff.name == name)).one() for name in ("Nadia", "Grace"))
        assert concerns.read(session, concern, nadia, play.clock.now) == HARM
        assert concern.read_by_id == nadia.id
        with pytest.raises(concerns.NotYours):
            concerns.read(session, concern, grace, play.clock.now)


def test_unread_it_goes_to_a_second_person_once(play: Player, led: None) -> None:
    play.say("Amina", HARM)
    start = play.clock.now
    escalate = partial(_escalate, play)
    assert [escalate(start + timedelta(minutes=minutes)) for minutes in (14, 15, 30)] == [0, 1, 0]
    with play.session() as session:
        omar = session.exec(select(Staff).where(Staff.name == "Omar")).one()
        assert concerns.may_read(session, _one(session), omar)


def _escalate(play: Player, now: object) -> int:
    with play.session() as session:
        return concerns.escalate(session, now)  # type: ignore[arg-type]


def test_about_staff_it_goes_round_the_lead(play: Player, led: None) -> None:
    play.say("Amina", "someone at nursery grabbed him by the arm and hit him")
    with play.session() as session:
        concern = _one(session)
        assert concern.kind == "staff"
        assert session.get_one(Staff, concern.owner_id).name == "Omar"


def test_what_staff_need_today_is_asked_beside_it_and_nobody_else_is_offered_to_read_it(
    on_both: Player, led: None
) -> None:
    on_both("""
        Amina: he hit me again. Noor is off sick today
        Coatpeg: If you or a child are in danger now, ring 999.
          ...
        Coatpeg: Did you mean one of these?
          1 Child away
          2 Menu
        Amina: [tap 1]
        Coatpeg: Why is Noor away?
          ...
    """)


def test_told_of_staff_where_it_is_plainly_a_complaint_that_is_offered(on_both: Player, led: None) -> None:
    _, offered = on_both.say("Piotr", "wasza pracownica krzyczala na nia i ja popchnela")
    polish = catalogue("pl")
    assert offered.choices == (polish.gettext("Complain"), polish.gettext("Menu"))
    with on_both.session() as session:
        assert _one(session).kind == "staff"


@pytest.mark.parametrize(
    ("who", "words"), [("Farah", "teacher ne mujh se bohat badtameezi ki"), ("Samira", "ما حدا اعتذر حتى")]
)
def test_where_the_alarm_may_well_be_false_what_is_plain_is_offered_and_a_person(
    on_both: Player, led: None, who: str, words: str
) -> None:
    _, asked = on_both.say(who, words)
    said = catalogue(CAST[who].language)
    assert asked.choices == tuple(map(said.gettext, ("Complain", "Talk to a person", "Menu")))
    with on_both.session() as session:
        assert _one(session).read_at is None


def test_where_a_choice_is_asked_that_is_asked_again_and_the_words_go_to_no_colleague(
    on_both: Player, led: None
) -> None:
    on_both("""
        Amina: ABSENT
        Coatpeg: Why is Noor away?
          ...
        Amina: he hit me and Noor last night and we ran
        Coatpeg: If you or a child are in danger now, ring 999.
          ...
        Coatpeg: Why is Noor away?
          ...
        Amina: [tap 4]
        Coatpeg: What shall I tell the staff?
    """)
    with on_both.session() as session:
        assert not queries.open_queries(session)
        assert not waiting_for_staff(session)


def test_after_words_nobody_understood_it_is_not_asked_what_it_means(on_both: Player, led: None) -> None:
    on_both(f"""
        Amina: blorb gleb
        Coatpeg: ...
          ...
        Amina: {HARM}
        Coatpeg: If you or a child are in danger now, ring 999.
          ...
    """)
    with on_both.session() as session:
        assert [one.text for one in waiting_for_staff(session)] == ["blorb gleb"]


def test_nobody_it_names_is_given_it_or_said_to_read_it(on_both: Player, led: None) -> None:
    on_both("""
        Amina: Nadia hit him and he has marks on his arm
        Coatpeg: If you or a child are in danger now, ring 999.
          Omar at Little Acorns will see your message. Ring: 01632 960123.
          You can ring the NSPCC, free: 0808 800 5000. Nobody reads messages here at all hours.
    """)
    with on_both.session() as session:
        concern = _one(session)
        assert concern.kind == "staff"  # Nadia works here
        assert session.get_one(Staff, concern.owner_id).name == "Omar"


@pytest.mark.parametrize(
    ("words", "reader"),
    [("someone at nursery grabbed him by the arm and hit him", "Helen"), ("Helen hit him and he has marks", None)],
)
def test_where_there_is_no_deputy_it_is_the_managers_unless_it_names_her(
    on_both: Player, people: People, words: str, reader: str | None
) -> None:
    on_both.say("Amina", words)
    with on_both.session() as session:
        concern = _one(session)
        owner = session.get(Staff, concern.owner_id) if concern.owner_id else None
        assert concern.kind == "staff"
        assert (owner.name if owner else None) == reader
    assert on_both.heard[0].text.count("will see your message") == (1 if reader else 0)


def test_what_is_sent_by_itself_waits_until_the_lead_releases_it(play: Player, led: None) -> None:
    play.say("Amina", HARM)
    play.push("Amina", "daily_idea", {"day": "2026-11-23"}, topic=Topic.LEARNING)
    assert not play.deliver()
    with play.session() as session:
        guardian = session.exec(select(Guardian).where(Guardian.sends_held)).one()
        concerns.release(session, guardian)
        assert not guardian.sends_held


def test_ordinary_talk_raises_nothing(play: Player, led: None) -> None:
    for words in ("she bit him at lunch", "can Aisha bring water", "he killed it at dancing", "Noor bumped her head"):
        play.say("Amina", words)
    with play.session() as session:
        assert not session.exec(select(Concern)).all()
        assert session.exec(select(InboundMessage)).all()
