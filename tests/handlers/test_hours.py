"""When the nursery is open, its website and its prospectus."""

from __future__ import annotations

from datetime import date, time

import pytest

from nursery.opening import Closure
from nursery.settings import Setting
from tests.cast import CAST, People
from tests.talking import Player

WORDS = ("PROSPECTUS", "website", "Opening hours", "OPENING TIMES", "about the nursery")
WEBSITE, PROSPECTUS = "https://acorns.example/families", "https://acorns.example/prospectus.pdf"


def _has_addresses(play: Player, people: People) -> None:
    with play.session() as session:
        setting = session.get_one(Setting, people.setting.id)
        setting.website, setting.prospectus = WEBSITE, PROSPECTUS
        setting.opens, setting.closes = time(7, 30), time(17, 45)
        session.add(setting)


@pytest.mark.parametrize("word", WORDS)
def test_its_hours_website_and_prospectus(on_both: Player, people: People, word: str) -> None:
    _has_addresses(on_both, people)
    on_both(f"""
        Amina: {word}
        Coatpeg: We are open Monday to Friday, 07:30 to 17:45.
          Our website: {WEBSITE}
          Our prospectus: {PROSPECTUS}
    """)


def test_without_addresses_there_is_a_way_to_a_prospectus(on_both: Player) -> None:
    on_both("""
        Amina: PROSPECTUS
        Coatpeg: We are open Monday to Friday, 08:00 to 18:00.
          For our prospectus, text ASK or ring 01632 960123.
    """)


@pytest.mark.parametrize("who", ["Piotr", "Ioana", "Farah", "Samira"])
@pytest.mark.parametrize("word", WORDS)
def test_in_other_languages_the_english_words_work(on_both: Player, people: People, who: str, word: str) -> None:
    _has_addresses(on_both, people)
    [told] = on_both.say(who, word)
    assert told.language == CAST[who].language
    assert all(part in told.text for part in ("07:30", "17:45", WEBSITE, PROSPECTUS))


def test_it_stands_in_the_second_menu_under_the_nursery(on_both: Player) -> None:
    on_both.say("Amina", "MORE")
    choices = on_both.say("Amina", "The nursery")[0].choices
    told = on_both.say("Amina", str(choices.index("Hours and website") + 1))
    assert told[0].text.startswith("We are open Monday to Friday")


def test_on_a_closed_day_it_says_when_it_opens_again(on_both: Player, people: People) -> None:
    with on_both.session() as session:
        place, first, last = people.setting.id or 0, date(2026, 11, 23), date(2026, 11, 24)
        session.add(Closure(setting_id=place, first_day=first, last_day=last, name="Training"))
    on_both("""
        Amina: OPENING HOURS
        Coatpeg: We are open Monday to Friday, 08:00 to 18:00.
          We are closed today, and open again on Wed 25 Nov.
          ...
    """)


def test_where_the_calendar_has_no_open_day_it_says_no_more_than_that(on_both: Player, people: People) -> None:
    with on_both.session() as session:
        place, first, last = people.setting.id or 0, date(2026, 11, 23), date(2028, 12, 31)
        session.add(Closure(setting_id=place, first_day=first, last_day=last))
    on_both("""
        Amina: OPENING HOURS
        Coatpeg: We are open Monday to Friday, 08:00 to 18:00.
          We are closed today.
          ...
    """)


def test_a_sentence_with_the_word_is_not_the_word(on_both: Player) -> None:
    assert "We are open" not in on_both.say("Amina", "The link on your website does not work for me")[0].text


def test_a_stranger_is_asked_for_the_code(on_both: Player) -> None:
    assert on_both.say("Stranger", "PROSPECTUS")[0].text.startswith("This is Little Acorns.")
