"""A parent with two addresses is one person: moving from SMS to Telegram loses nothing."""

from __future__ import annotations

import pytest
from sqlmodel import select

from nursery.attendance import Absence
from nursery.contacts import best_contact, contact_at
from nursery.guardians import Guardian, Topic
from nursery.invitations import invite
from tests.cast import CAST, People
from tests.conftest import KEY
from tests.talking import Heard, Player

WELCOME = """
        Coatpeg: Welcome to Little Acorns. ...
        Coatpeg: No one reads this at all hours. ...
"""
WHICH = """
        Coatpeg: We can write to you by text message or on Telegram. Which one shall we use?
          1 Telegram
          2 Text message (SMS)
"""


@pytest.fixture
def sms(play: Player, people: People) -> Player:
    """Piotr, who reads English here, has written by SMS; his new Telegram chat is the Stranger's."""
    with play.session() as session:
        guardian = session.get_one(Guardian, people.guardians["Piotr"].id)
        guardian.language = "en_GB"
    return play


def _code(play: Player, people: People, who: str = "Piotr") -> str:
    with play.session() as session:
        return invite(session, people.guardians[who].id or 0, KEY, play.clock.now)


def _home(play: Player, people: People, who: str = "Piotr") -> str:
    with play.session() as session:
        best = best_contact(session, people.guardians[who].id or 0)
        return best.channel if best else ""


@pytest.mark.parametrize(("answer", "channel"), [("1", "telegram"), ("2", "sms"), ("telegram", "telegram")])
def test_which_one_shall_we_use(sms: Player, people: People, answer: str, channel: str) -> None:
    sms(f"Stranger: {_code(sms, people)}{WELCOME}{WHICH}", channel="telegram")
    sms(
        f"""
        Stranger: {answer}
        Coatpeg: Thank you. You can write to us on either. To change it, text SETTINGS.
        """,
        channel="telegram",
    )
    assert _home(sms, people) == channel


def test_what_was_begun_by_sms_goes_on_in_the_chat(sms: Player, people: People) -> None:
    sms("""
        Piotr: ABSENT
        Coatpeg: Why is Zosia away?
          ...
        Piotr: 1
        Coatpeg: Until when is Zosia away?
          ...
    """)
    sms(
        f"""
        Stranger: {_code(sms, people)}{WELCOME}{WHICH}
        Stranger: [tap 1]
        Coatpeg: Thank you. You can write to us on either. ...
        Coatpeg: Until when is Zosia away?
          1 Mon 23 Nov only
          ...
        Stranger: [tap 1]
        Coatpeg: Thank you. Zosia is down as away on Mon 23 Nov.
        Coatpeg: We hope ...
        """,
        channel="telegram",
    )
    with sms.session() as session:
        assert session.exec(select(Absence)).one().reason == "ill"


def test_what_is_preferred_and_stopped_is_the_same_there(sms: Player, people: People) -> None:
    with sms.session() as session:
        guardian = session.get_one(Guardian, people.guardians["Piotr"].id)
        guardian.stopped_topics, guardian.learning = int(Topic.EVENTS), "one"
    sms(f"Stranger: {_code(sms, people)}{WELCOME}{WHICH}", channel="telegram")
    with sms.session() as session:
        contact = contact_at(session, "telegram", CAST["Stranger"].chat)
        assert contact is not None
        guardian = session.get_one(Guardian, contact.guardian_id)
        assert (guardian.name, guardian.stopped_topics, guardian.learning) == ("Piotr", int(Topic.EVENTS), "one")


def test_a_stop_on_one_is_a_stop_on_both_and_says_so(sms: Player, people: People) -> None:
    sms(f"Stranger: {_code(sms, people)}{WELCOME}{WHICH}", channel="telegram")
    sms(
        """
        Stranger: STOP
        Coatpeg: You will get no more messages from us, by SMS or on Telegram. If it is urgent, staff will ring ...
        """,
        channel="telegram",
    )
    assert _home(sms, people) == ""
    sms("""
        Piotr: START
        Coatpeg: ...
    """)
    assert _home(sms, people) == "sms"


def test_in_their_own_language(play: Player, people: People) -> None:
    code = _code(play, people)
    said = [*play.say("Piotr", "ABSENT"), *_by_telegram(play, code)]
    assert {one.language for one in said} == {"pl"}
    assert len(said[-1].choices) == 2


def test_who_never_wrote_by_sms_is_not_asked(play: Player, people: People) -> None:
    with play.session() as session:
        contact = contact_at(session, "sms", CAST["Piotr"].phone)
        assert contact is not None
        contact.greeted_at = None
    assert [one.choices for one in _by_telegram(play, _code(play, people))] == [(), ()]


def _by_telegram(play: Player, words: str) -> list[Heard]:
    play.channel = "telegram"
    try:
        return play.say("Stranger", words)
    finally:
        play.channel = None
