"""The menu and going back to it."""

import pytest

from tests.talking import Player


@pytest.mark.parametrize("word", ["MENU", "menu.", "/menu", "Help", "options", "Back"])
def test_menu_is_a_word_away(on_both: Player, word: str) -> None:
    on_both(f"""
        Amina: {word}
        Coatpeg: What would you like to do?
          1 Child away
          2 Ask a question
          ...
    """)


def test_a_choice_leads_on(on_both: Player) -> None:
    on_both("""
        Amina: MENU
        Coatpeg: What would you like to do?
          ...
        Amina: [tap 1]
        Coatpeg: Why is Noor away?
          ...
        Amina: MENU
        Coatpeg: What would you like to do?
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
