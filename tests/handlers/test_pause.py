"""A pause, from now on or between two days: nothing is sent by itself, answers still are."""

from datetime import date, timedelta

import pytest

from bot.outbox import Priority
from nursery.guardians import Guardian, Topic, is_paused
from tests.cast import People
from tests.talking import Player


def _guardian(play: Player, people: People, name: str) -> Guardian:
    with play.session() as session:
        return session.get_one(Guardian, people.guardians[name].id)


def test_a_pause_until_a_day(on_both: Player, people: People) -> None:
    on_both("""
        Amina: PAUSE
        Coatpeg: Until which day shall we send you nothing, that day included? Or send ... last day: 14/12 - 21/12.
          1 For one week
          2 For two weeks
        Amina: when it is over
        Coatpeg: I need a day from today on, such as 14/12. BACK goes back, MENU leaves.
          ...
        Amina: 4 December
        Coatpeg: We send you nothing until Fri 4 Dec. You can still ask us anything, ... text PAUSE.
    """)
    assert _guardian(on_both, people, "Amina").paused_until == date(2026, 12, 4)


@pytest.mark.parametrize(
    "words",
    ["20/12 - 3/1", "20/12-3/1", "20.12.\u20133.1.", "20 December to 3 January", "20 Dec until 3 Jan", "20/12 to 3/1"],
)
def test_a_pause_from_one_day_to_another(on_both: Player, people: People, words: str) -> None:
    on_both(f"""
        Amina: PAUSE
        Coatpeg: Until which day ...
          ...
        Amina: {words}
        Coatpeg: We send you nothing from Sun 20 Dec until Sun 3 Jan. You can still ask us anything, ... text PAUSE.
    """)
    amina = _guardian(on_both, people, "Amina")
    assert (amina.paused_from, amina.paused_until) == (date(2026, 12, 20), date(2027, 1, 3))
    days = (date(2026, 12, 19), date(2026, 12, 20), date(2027, 1, 3), date(2027, 1, 4))
    assert [is_paused(amina, day) for day in days] == [False, True, True, False]
    on_both("""
        Amina: PAUSE
        Coatpeg: The pause is over. You will get messages from us again.
    """)
    assert _guardian(on_both, people, "Amina").paused_from is None


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("Amina", "20-27 December"),
        ("Amina", "20-27/12"),
        ("Amina", "from 20 to 27 December"),
        ("Amina", "20th to the 27th of December"),
        ("Amina", "from 20 December to 27 December please"),
        ("Piotr", "od 20 do 27 grudnia"),
        ("Piotr", "20 - 27 grudnia"),
        ("Piotr", "20/12 to 27/12"),
        ("Ioana", "de la 20 la 27 decembrie"),
        ("Ioana", "din 20 până în 27 decembrie"),
        ("Farah", "20 سے 27 دسمبر تک"),
        ("Samira", "من 20 إلى 27 ديسمبر"),
        ("Samira", "من ٢٠ حتى ٢٧ ديسمبر"),
    ],
)
def test_a_pause_between_two_days_of_a_month(on_both: Player, people: People, who: str, words: str) -> None:
    on_both.say(who, "PAUSE")
    on_both.say(who, words)
    paused = _guardian(on_both, people, who)
    assert (paused.paused_from, paused.paused_until) == (date(2026, 12, 20), date(2026, 12, 27))


@pytest.mark.parametrize(
    ("words", "first"), [("28-3 December", date(2026, 11, 28)), ("25-27 November", date(2026, 11, 25))]
)
def test_the_first_day_is_before_the_last(play: Player, people: People, words: str, first: date) -> None:
    play.say("Amina", "PAUSE")
    play.say("Amina", words)
    assert _guardian(play, people, "Amina").paused_from == first


@pytest.mark.parametrize("words", ["from 40 to 45 December", "27 December to 20 December", "20-10 November", "to - to"])
def test_days_that_are_none_pause_nothing(on_both: Player, people: People, words: str) -> None:
    on_both.say("Amina", "PAUSE")
    on_both.say("Amina", words)
    assert _guardian(on_both, people, "Amina").paused_from is None


@pytest.mark.parametrize(("words", "until"), [("today - 4/12", 4), ("until 4 December", 4), ("2026-12-04", 4)])
def test_a_pause_that_begins_today(play: Player, people: People, words: str, until: int) -> None:
    play.say("Amina", "PAUSE")
    play.say("Amina", words)
    amina = _guardian(play, people, "Amina")
    assert (amina.paused_from, amina.paused_until) == (None, date(2026, 12, until))


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("Amina", "until Monday"),
        ("Piotr", "do poniedziałku"),
        ("Ioana", "pana luni"),
        ("Farah", "پیر تک"),
        ("Samira", "حتى الاثنين"),
    ],
)
def test_until_the_day_of_the_week_that_it_is_means_the_next(
    play: Player, people: People, who: str, words: str
) -> None:
    """It is a Monday: a pause that is over tonight would be none."""
    play.say(who, "PAUSE")
    play.say(who, words)
    assert _guardian(play, people, who).paused_until == date(2026, 11, 30)


@pytest.mark.parametrize("words", ["today", "23/11", "until today"])
def test_today_is_today(play: Player, people: People, words: str) -> None:
    play.say("Amina", "PAUSE")
    play.say("Amina", words)
    assert _guardian(play, people, "Amina").paused_until == date(2026, 11, 23)


def test_before_a_pause_to_come_all_is_pushed_and_in_it_nothing(play: Player) -> None:
    play.say("Amina", "PAUSE")
    play.say("Amina", "25/11 - 27/11")
    for days, count in ((0, 1), (2, 0), (3, 1)):
        play.clock.pass_(days=days)
        play.push("Amina", "who", topic=Topic.CARE)
        assert len(play.deliver()) == count


@pytest.mark.parametrize(
    ("who", "words"), [("Piotr", "20/12 - 3/1"), ("Samira", "20/12 - 3/1"), ("Ioana", "20.12 - 3.1")]
)
def test_a_pause_between_days_in_every_language(on_both: Player, people: People, who: str, words: str) -> None:
    on_both.say(who, "PAUSE")
    assert on_both.say(who, words)[0].language == people.guardians[who].language
    assert _guardian(on_both, people, who).paused_from == date(2026, 12, 20)


def test_during_a_pause_nothing_is_pushed_and_after_it_all_is(play: Player) -> None:
    play.say("Amina", "PAUSE")
    play.say("Amina", "1")
    play.push("Amina", "daily_idea", topic=Topic.LEARNING, priority=Priority.BULK)
    assert play.deliver() == []
    play("""
        Amina: pause
        Coatpeg: The pause is over. You will get messages from us again.
    """)


def test_start_ends_a_pause(on_both: Player, people: People) -> None:
    on_both.say("Amina", "PAUSE")
    on_both.say("Amina", "2")
    on_both("""
        Amina: START
        Coatpeg: Welcome back. You will get messages from us again. Text MENU to see what you can do.
        Amina: START
        Coatpeg: Messages are on. Text MENU to see what you can do.
    """)
    assert _guardian(on_both, people, "Amina").paused_until is None


def test_a_pause_is_over_when_its_day_is(play: Player, people: People) -> None:
    amina = _guardian(play, people, "Amina")
    amina.paused_until = date(2026, 12, 4)
    days = (date(2026, 12, 4) + timedelta(days=ahead) for ahead in (0, 1))
    assert [is_paused(amina, day) for day in days] == [True, False]
