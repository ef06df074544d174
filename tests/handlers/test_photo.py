"""A notice and a note with a photo, as each parent has it on either channel."""

from __future__ import annotations

import pytest
from sqlmodel import select

from locales import catalogue
from nursery import notices
from nursery.consents import Purpose
from nursery.guardians import Topic
from nursery.recipients import Audience
from nursery.replies import NoticeReply
from tests.cast import CAST, MONDAY, People
from tests.photographs import agree, photo_of
from tests.talking import Player

INSIDE = Purpose.PHOTOS_INSIDE
HOME = [("Amina", "telegram"), ("Piotr", "sms"), ("Samira", "telegram"), ("Farah", "sms"), ("Ioana", "sms")]


def _notice(play: Player, people: People, *shown: str) -> int:
    with play.session() as session:
        photo = photo_of(session, people, *shown)
        whom = Audience(people.setting.id or 0)
        words = "We painted leaves."
        told = notices.draft(session, whom, publish_at=MONDAY, now=MONDAY, text=words, checks=True, photo_id=photo.id)
        return told.id or 0


def _push(play: Player, who: str, notice: int) -> None:
    play.push(who, "notice", {"notice": notice}, topic=Topic.NOTICES)


def test_by_sms_a_line_leads_to_it(play: Player, people: People) -> None:
    play.channel = "sms"
    _push(play, "Amina", _notice(play, people))
    play("""
        Coatpeg to Amina: Little Acorns: We painted leaves.
          Photo:
          https://acorns.example/p/...
          1 It is clear
          2 It is not clear
          3 Please call me
        Amina: 1
        Coatpeg: Thank you for telling us.
    """)


def test_on_telegram_the_words_are_below_it(play: Player, people: People) -> None:
    _push(play, "Amina", _notice(play, people))
    play("""
        Coatpeg to Amina: Little Acorns: We painted leaves.
          1 It is clear
          2 It is not clear
          3 Please call me
        Amina: MENU
        Coatpeg: What can I do for you?
          ...
        Amina: [tap 1 on leaves]
        Coatpeg: Thank you for telling us.
          ...
    """)


def test_without_consent_the_words_come_alone(on_both: Player, people: People) -> None:
    _push(on_both, "Amina", _notice(on_both, people, "Noor"))
    on_both("""
        Coatpeg to Amina: Little Acorns: We painted leaves.
          1 It is clear
          2 It is not clear
          3 Please call me
    """)


@pytest.mark.parametrize(("who", "channel"), HOME)
def test_in_every_language_it_is_answered_as_ever(play: Player, people: People, who: str, channel: str) -> None:
    play.channel = channel
    with play.session() as session:
        agree(session, people, who, CAST[who].children[0], INSIDE)
    _push(play, who, _notice(play, people, CAST[who].children[0]))
    (heard,) = play.deliver()
    assert (heard.language, len(heard.choices)) == (CAST[who].language, 3)
    lines = heard.text.splitlines()
    if channel == "sms":
        assert lines[-2] == catalogue(heard.language).gettext("Photo:")
        assert lines[-1].startswith("https://acorns.example/p/")
        assert len(lines[-1]) < 50
    else:
        assert "/p/" not in heard.text
    play.say(who, "?")
    assert "/p/" not in play.heard[-1].text, "asked again, it is not sent again"
    assert len(play.heard[-1].choices) == 3
    play.say(who, "1")
    with play.session() as session:
        assert session.exec(select(NoticeReply)).one().guardian_id == people.guardians[who].id
