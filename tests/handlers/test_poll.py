"""A meeting-time poll: several times in one answer, or one after the other; then what was decided."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from nursery import meeting_times, polls
from nursery.guardians import Topic
from nursery.polls import Poll, PollAnswer
from nursery.recipients import Audience
from tests.cast import MONDAY, People
from tests.talking import Player, says_word

TIMES = [datetime(2026, 12, day, hour, 0, tzinfo=UTC) for day, hour in ((1, 18), (2, 9), (3, 18))]


@pytest.fixture
def poll(play: Player, people: People) -> int:
    with play.session() as session:
        audience = Audience(people.setting.id or 0)
        closes_at = MONDAY + timedelta(days=5)
        return polls.open_poll(session, audience, "New menus", TIMES, closes_at, now=MONDAY).id or 0


def _ask(play: Player, poll: int, who: str) -> None:
    play.push(who, "meeting_poll", {"poll": poll}, topic=Topic.EVENTS)


def _answer(play: Player) -> list[int]:
    with play.session() as session:
        return session.exec(select(PollAnswer)).one().times


def _close(play: Player, poll: int) -> None:
    with play.session() as session:
        meeting_times.close(session, session.get_one(Poll, poll), play.clock.now)


def test_by_sms_the_numbers_in_one_message(play: Player, poll: int) -> None:
    play.channel = "sms"
    _ask(play, poll, "Amina")
    play("""
        Coatpeg to Amina: Little Acorns: which of these times could you come to? New menus. Several numbers: 1 2
          1 Tue 1 Dec 18:00
          2 Wed 2 Dec 09:00
          3 Thu 3 Dec 18:00
          4 None of these
        Amina: 3, 1
        Coatpeg: Thank you. We choose the time that suits most families, and tell you.
    """)
    assert _answer(play) == [1, 3]


def test_by_telegram_one_after_the_other(play: Player, poll: int) -> None:
    _ask(play, poll, "Amina")
    play("""
        Coatpeg to Amina: Little Acorns: which of these times could you come to? New menus. You can choose several.
          1 Tue 1 Dec 18:00
          2 Wed 2 Dec 09:00
          3 Thu 3 Dec 18:00
          4 None of these
        Amina: [tap 1]
        Coatpeg: Could you come at another of these times too?
          1 Wed 2 Dec 09:00
          2 Thu 3 Dec 18:00
          3 No other
        Amina: [tap 2]
        Coatpeg: Could you come at another of these times too?
          1 Wed 2 Dec 09:00
          2 No other
        Amina: BACK
        Coatpeg: Could you come at another of these times too?
          1 Wed 2 Dec 09:00
          2 Thu 3 Dec 18:00
          3 No other
        Amina: [tap 2]
        Coatpeg: Could you come at another of these times too?
          ...
        Amina: [tap 2]
        Coatpeg: Thank you. We choose the time that suits most families, and tell you.
    """)
    assert _answer(play) == [1, 3]


def test_a_button_counts_though_no_other_follows(play: Player, poll: int) -> None:
    _ask(play, poll, "Amina")
    play.deliver()
    play("Amina: [tap 1]\nCoatpeg: Could you come at another of these times too?\n  ...")
    assert _answer(play) == [1]
    play("Amina: [tap 1]\nCoatpeg: Could you come at another of these times too?\n  ...")
    assert _answer(play) == [1, 2]
    play("Amina: [tap 1]\nCoatpeg: Thank you. We choose the time ...")
    assert _answer(play) == [1, 2, 3]


def test_none(on_both: Player, poll: int) -> None:
    _ask(on_both, poll, "Amina")
    on_both.deliver()
    on_both("""
        Amina: [tap 4]
        Coatpeg: Thank you for telling us. We will tell you what we decide.
    """)
    assert _answer(on_both) == []


@pytest.mark.parametrize("words", ["maybe", "5", "1 4", "0", "1 9"])
def test_what_is_no_answer(on_both: Player, poll: int, words: str) -> None:
    _ask(on_both, poll, "Amina")
    on_both.deliver()
    assert on_both.say("Amina", words)[0].text.startswith("I did not understand.")
    assert on_both.say("Amina", "1 2")[0].text.startswith("Thank you.")
    assert _answer(on_both) == [1, 2]


def test_the_time_is_told_to_each_their_own(on_both: Player, poll: int) -> None:
    for who, words in (("Amina", "1 3"), ("Samira", "2")):
        _ask(on_both, poll, who)
        on_both.deliver()
        on_both.say(who, words)
        if words == "2" and on_both.heard[-1].choices:
            on_both.say(who, "3")
    _close(on_both, poll)
    for who in ("Amina", "Samira", "Piotr"):
        on_both.push(who, "meeting_time", {"poll": poll}, topic=Topic.EVENTS)
    told = {one.who: one for one in on_both.deliver()}
    assert set(told) == {"Amina", "Samira"}  # Piotr has not answered: he has the event's own reminders
    assert told["Amina"].text == (
        "New menus: Tue 1 Dec at 18:00. Thank you for helping us choose. To say that you come, text EVENTS."
    )
    assert says_word(told["Samira"].text, "book", "ar")


def test_an_answer_that_comes_too_late(on_both: Player, poll: int) -> None:
    _ask(on_both, poll, "Amina")
    _ask(on_both, poll, "Piotr")
    on_both.deliver()
    _close(on_both, poll)
    on_both("""
        Amina: 1
        Coatpeg: This is decided now. For what is on, text EVENTS.
    """)
    _ask(on_both, poll, "Samira")
    assert on_both.deliver() == []


@pytest.mark.parametrize("who", ["Piotr", "Samira", "Farah", "Ioana"])
def test_in_the_readers_language(on_both: Player, poll: int, people: People, who: str) -> None:
    _ask(on_both, poll, who)
    asked = on_both.deliver()[0]
    assert (asked.language, len(asked.choices)) == (people.guardians[who].language, 4)
    assert "New menus" in asked.text
    on_both.say(who, "1 2")
    assert _answer(on_both) == [1, 2]
