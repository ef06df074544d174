"""The menu and going back to it."""

import pytest

from bot.segments import parts
from bot.turn import Speaker, Turn
from handlers import CONVERSATIONS
from handlers.menu import headings_of
from tests.cast import MONDAY
from tests.talking import Player


@pytest.mark.parametrize("word", ["MENU", "menu.", "/menu", "Help", "options", "Back"])
def test_menu_is_a_word_away(on_both: Player, word: str) -> None:
    on_both(f"""
        Amina: {word}
        Coatpeg: What can I do for you?
          1 Child away
          2 Ask a question
          ...
    """)


def test_a_choice_leads_on(on_both: Player) -> None:
    on_both("""
        Amina: MENU
        Coatpeg: What can I do for you?
          ...
        Amina: [tap 1]
        Coatpeg: Why is Noor away?
          ...
        Amina: MENU
        Coatpeg: What can I do for you?
          ...
        Amina: ask a question
        Coatpeg: What would you like to ask? ...
    """)


def test_a_stranger_is_shown_no_menu(on_both: Player) -> None:
    on_both("""
        Stranger: MENU
        Coatpeg: This is Little Acorns. Please send the code from your letter, ... No code? Ring 01632 960123.
        Stranger: ABSENT
        Coatpeg: This is Little Acorns. ...
    """)


def test_the_menu_is_one_text_to_pay_for(play: Player) -> None:
    """160 characters of GSM-7, numbers and all."""
    play.channel = "sms"
    assert parts("\n".join(play.say("Amina", "MENU")[0].line().lines)).count == 1


HEADINGS = """
    Coatpeg: What else can I do for you?
      1 Today
      2 My child
      3 Learning at home
      4 Your say
      5 The nursery
      6 Me and my messages
"""


def test_the_second_menu_has_the_rest_by_headings(on_both: Player) -> None:
    on_both(f"""
        Amina: MENU
        Coatpeg: What can I do for you?
          ...
        Amina: [tap 9]
        {HEADINGS}
        Amina: [tap 1]
        Coatpeg: Today:
          1 Running late
          ...
        Amina: BACK
        {HEADINGS}
        Amina: me and my messages
        Coatpeg: Me and my messages:
          ...
        Amina: Pause messages
        Coatpeg: Until which day ...
          ...
    """)


@pytest.mark.parametrize("words", ["Pause messages", "pause messages.", "PAUSE"])
def test_a_line_or_its_word_is_an_answer_to_the_headings(on_both: Player, words: str) -> None:
    on_both(f"""
        Amina: MORE
        {HEADINGS}
        Amina: {words}
        Coatpeg: Until which day ...
          ...
    """)


def test_back_from_the_headings_leads_to_the_menu(on_both: Player) -> None:
    on_both(f"""
        Amina: MORE
        {HEADINGS}
        Amina: BACK
        Coatpeg: What can I do for you?
          ...
    """)


def test_what_is_no_answer_is_said_so(on_both: Player) -> None:
    on_both.say("Amina", "MORE")
    assert on_both.say("Amina", "9")[0].text != ""
    assert on_both.say("Amina", "MORE")[0].choices[0] == "Today"


def test_a_word_leads_out_of_the_second_menu_for_good(on_both: Player) -> None:
    on_both.say("Amina", "MORE")
    on_both.say("Amina", "TOPICS")
    assert [one.text for one in on_both.say("Amina", "1")] == [
        "News and notices: off. You will get no more of these. If it is urgent, staff will ring you. "
        "To start them again, text TOPICS."
    ]


def test_every_line_stands_under_a_heading(play: Player) -> None:
    turn = Turn(play.session, Speaker(1, "sms", "", 1, "en_GB"), MONDAY)  # type: ignore[arg-type]
    stray = [one.name for one in CONVERSATIONS if (one.more or one.label) and one.group not in headings_of(turn)]
    assert [name for name in stray if name != "more"] == []


@pytest.mark.parametrize("who", ["Amina", "Piotr", "Ioana", "Samira", "Farah"])
@pytest.mark.parametrize("heading", range(1, 7))
def test_every_heading_leads_on_in_every_language(on_both: Player, who: str, heading: int) -> None:
    headings = on_both.say(who, "MORE")[0]
    assert len(headings.choices) == 6
    below = on_both.say(who, str(heading))[-1]
    assert below.language == headings.language
    assert 1 <= len(below.choices) <= 9 or below.text


def test_headings_and_lines_are_short(play: Player) -> None:
    """One part by SMS for the headings and two at most for the lines of one of them."""
    play.channel = "sms"
    assert parts("\n".join(play.say("Amina", "MORE")[0].line().lines)).count == 1
    for heading in range(1, 7):
        play.say("Amina", "MORE")
        assert parts("\n".join(play.say("Amina", str(heading))[0].line().lines)).count <= 2
