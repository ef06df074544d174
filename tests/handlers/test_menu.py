"""The menu and going back to it."""

import pytest

from bot.segments import parts
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


def test_the_second_menu_has_the_rest(on_both: Player) -> None:
    on_both("""
        Amina: MENU
        Coatpeg: What can I do for you?
          ...
        Amina: [tap 9]
        Coatpeg: What else can I do for you?
          ...
        Amina: Pause messages
        Coatpeg: Until which day ...
          ...
    """)


def test_a_word_leads_out_of_the_second_menu_for_good(on_both: Player) -> None:
    on_both.say("Amina", "MORE")
    on_both.say("Amina", "TOPICS")
    assert [one.text for one in on_both.say("Amina", "1")] == [
        "News and notices: off. You will get no more of these. If it is urgent, staff will ring you. "
        "To start them again, text TOPICS."
    ]


def test_the_second_menu_turns_over(on_both: Player) -> None:
    first = on_both.say("Amina", "MORE")[0].choices
    assert (len(first), first[-1]) == (10, "More")
    [second] = on_both.say("Amina", "10")
    assert set(second.choices).isdisjoint(first[:-1])
    assert "Running late" in first + second.choices
    place = second.choices.index("Suggest something") + 1
    on_both(f"""
        Amina: [tap {place}]
        Coatpeg: What would you change or add? Tell us in your own words.
    """)
