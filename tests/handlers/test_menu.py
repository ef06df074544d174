"""The menu."""

from tests.talking import Player


def test_menu(on_both: Player) -> None:
    on_both("""
        Amina: MENU
        Coatpeg: What would you like to do?
          ...
    """)
