"""Reading a day as a parent writes it. It is Monday 23 November 2026."""

from datetime import date, timedelta

import pytest
from babel.dates import format_skeleton, get_day_names
from hypothesis import given
from hypothesis import strategies as st

from handlers.days import read_day
from handlers.spans import read_span
from locales import LANGUAGES

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("today", "11-23"),
        ("Tomorrow", "11-24"),
        ("Friday", "11-27"),
        ("fri", "11-27"),
        ("until Friday", "11-27"),
        ("Monday", "11-23"),
        ("27", "11-27"),
        ("27th", "11-27"),
        ("27/11", "11-27"),
        ("27.11.", "11-27"),
        ("27-11-2026", "11-27"),
        ("27/11/26", "11-27"),
        ("2026-11-27", "11-27"),
        ("27 Nov", "11-27"),
        ("Nov 27", "11-27"),
        ("27th of November", "11-27"),
        ("Friday 27 November", "11-27"),
        ("4 December", "12-04"),
        ("1/12", "12-01"),
        ("3", "12-03"),
        ("٢٧/١١", "11-27"),
        ("till wednesday please", "11-25"),
        ("mon to wed", "11-25"),
    ],
)
def test_english(said: str, day: str) -> None:
    assert read_day(said, "en_GB", TODAY) == date.fromisoformat(f"2026-{day}")


def test_a_year_left_out_is_the_one_to_come() -> None:
    assert read_day("4 January", "en_GB", TODAY) == date(2027, 1, 4)
    assert read_day("05/01", "en_GB", TODAY) == date(2027, 1, 5)


@pytest.mark.parametrize(
    "said", ["", "soon", "31/02", "22/11/2026", "99", "0", "22/10", "3pm", "1/1/1900", "27/11/99", "13/13", "Nov"]
)
def test_what_is_no_day_to_come(said: str) -> None:
    assert read_day(said, "en_GB", TODAY) is None


@pytest.mark.parametrize(
    ("language", "said", "day"),
    [
        ("pl", "do piątku", 27),
        ("pl", "piatek", 27),
        ("pl", "w środę", 25),
        ("pl", "sroda", 25),
        ("pl", "27 listopada", 27),
        ("pl", "27 lis", 27),
        ("ro", "vineri", 27),
        ("ro", "marti", 24),
        ("ro", "miercuri", 25),
        ("ro", "27 noiembrie", 27),
        ("ur", "جمعہ", 27),
        ("ar", "الجمعة", 27),
        ("ar", "يوم الخميس", 26),
        ("ar", "٢٧ نوفمبر", 27),
        ("pl", "friday", 27),
    ],
)
def test_other_languages(language: str, said: str, day: int) -> None:
    assert read_day(said, language, TODAY) == date(2026, 11, day)


@pytest.mark.parametrize(
    ("language", "said", "day"),
    [
        ("en_GB", "tomorrow please", "11-24"),
        ("en_GB", "2moro", "11-24"),
        ("en_GB", "day after tomorrow", "11-25"),
        ("en_GB", "next tues", "12-01"),
        ("en_GB", "this fri", "11-27"),
        ("en_GB", "until next Friday", "12-04"),
        ("en_GB", "weds", "11-25"),
        ("en_GB", "mon-wed", "11-25"),
        ("en_GB", "tomorrow till thurs", "11-26"),
        ("en_GB", "24-26/11", "11-26"),
        ("en_GB", "24/11 - 27/11", "11-27"),
        ("en_GB", "24.11", "11-24"),
        ("en_GB", "24 to 26 november", "11-26"),
        ("en_GB", "27nov", "11-27"),
        ("en_GB", "Fri 4th", "12-04"),
        ("en_GB", "friday at 3pm", "11-27"),
        ("en_GB", "end of the week", "11-27"),
        ("en_GB", "all next week", "12-04"),
        ("pl", "jutro", "11-24"),
        ("pl", "do jutra włącznie", "11-24"),
        ("pl", "pojutrze", "11-25"),
        ("pl", "od wtorku do czwartku", "11-26"),
        ("pl", "do przyszłej środy", "12-02"),
        ("pl", "pt", "11-27"),
        ("pl", "27.XI", "11-27"),
        ("pl", "27 listopad", "11-27"),
        ("pl", "do konca tygodnia", "11-27"),
        ("pl", "w niedzielę", "11-29"),
        ("ro", "mâine", "11-24"),
        ("ro", "miine", "11-24"),
        ("ro", "poimâine", "11-25"),
        ("ro", "pana vineri", "11-27"),
        ("ro", "de luni pina miercuri", "11-25"),
        ("ro", "marțea viitoare", "12-01"),
        ("ro", "24 nov", "11-24"),
        ("ro", "săptămâna viitoare", "12-04"),
        ("ur", "کل", "11-24"),
        ("ur", "پرسوں تک", "11-25"),
        ("ur", "جمعے تک", "11-27"),
        ("ur", "اگلے منگل", "12-01"),
        ("ur", "۲۷ نومبر", "11-27"),
        ("ur", "۲۷/۱۱", "11-27"),
        ("ur", "kal", "11-24"),
        ("ur", "kal tak", "11-24"),
        ("ur", "parson", "11-25"),
        ("ur", "jumerat tak", "11-26"),
        ("ur", "kal se jumme tak", "11-27"),
        ("ur", "agle mangal", "12-01"),
        ("ur", "hafte ke din", "11-28"),
        ("ur", "is hafte", "11-27"),
        ("ur", "itwar", "11-29"),
        ("ar", "بكرة", "11-24"),
        ("ar", "بعد بكرا", "11-25"),
        ("ar", "لحد الخميس", "11-26"),
        ("ar", "من الثلاثا للاربعا", "11-25"),
        ("ar", "حتى الأربعاء", "11-25"),
        ("ar", "٢٧ تشرين الثاني", "11-27"),
        ("ar", "٢٧/١١/٢٠٢٦", "11-27"),
        ("ar", "bukra", "11-24"),
        ("ar", "ba3d bukra", "11-25"),
        ("ar", "yom el jom3a", "11-27"),
        ("ar", "la el 5amis", "11-26"),
        ("ar", "el arb3a", "11-25"),
        ("ar", "الأسبوع الجاي", "12-04"),
    ],
)
def test_as_people_write(language: str, said: str, day: str) -> None:
    assert read_day(said, language, TODAY) == date.fromisoformat(f"2026-{day}")


@pytest.mark.parametrize("said", ["ek hafta", "a week", "one week please", "ایک ہفتہ", "27 i 28", "24-26"])
def test_a_length_or_half_a_date_is_no_day(said: str) -> None:
    assert read_day(said, "ur", TODAY) is None
    assert read_day(said, "pl", TODAY) is None


def test_at_the_weekend_this_week_is_the_one_to_come() -> None:
    saturday = date(2026, 11, 28)
    assert read_day("end of the week", "en_GB", saturday) == date(2026, 12, 4)
    assert read_day("next tues", "en_GB", saturday) == date(2026, 12, 8)


@pytest.mark.parametrize("language", LANGUAGES)
@given(ahead=st.integers(0, 6), far=st.integers(0, 150))
def test_every_day_as_the_language_writes_it(language: str, ahead: int, far: int) -> None:
    near, later = TODAY + timedelta(days=ahead), TODAY + timedelta(days=far)
    assert read_day(get_day_names("wide", locale=language)[near.weekday()], language, TODAY) == near
    assert read_day(format_skeleton("MMMd", later, locale=language), language, TODAY) == later
    assert read_day(f"{later.day}/{later.month}/{later.year}", language, TODAY) == later


@given(st.text(max_size=60), st.sampled_from(sorted(LANGUAGES)))
def test_any_text_is_a_day_to_come_or_none(text: str, language: str) -> None:
    found = read_day(text, language, TODAY)
    assert found is None or found >= TODAY


@pytest.mark.parametrize(
    ("language", "said", "span"),
    [
        ("en_GB", "only on Thursday", "2026-11-26/2026-11-26"),
        ("en_GB", "for 3 weeks", "2026-12-13"),
        ("en_GB", "in two days", "2026-11-25"),
        ("en_GB", "2 weeks from Monday 7 Dec", "2026-12-07/2026-12-20"),
        ("en_GB", "until 1 June", "2027-06-01"),
        ("en_GB", "this week", "2026-11-27"),
        ("pl", "21 - 23 grudnia", "2026-12-21/2026-12-23"),
        ("pl", "na 3 tygodnie", "2026-12-13"),
        ("pl", "za 2 dni", "2026-11-25"),
        ("pl", "tylko w czwartek", "2026-11-26/2026-11-26"),
        ("ro", "o săptămână", "2026-11-29"),
        ("ro", "de pe 3 pana pe 5 decembrie", "2026-12-03/2026-12-05"),
        ("ur", "تین ہفتے", "2026-12-13"),
        ("ur", "ہفتہ", "2026-11-28"),
        ("ur", "sirf jumerat", "2026-11-26/2026-11-26"),
        ("ar", "ثلاثة أسابيع", "2026-12-13"),
        ("ar", "الثلاثاء", "2026-11-24"),
        ("ar", "أسبوعين", "2026-12-06"),
        ("ar", "بس اليوم", "2026-11-23"),
        ("ar", "يومين", "2026-11-24"),
        ("en_GB", "nonsense", ""),
        ("en_GB", "a month", "2026-12-22"),
        ("en_GB", "ten days", "2026-12-02"),
        ("en_GB", "for 2 months", "2027-01-21"),
        ("en_GB", "12 months", ""),
        ("en_GB", "99 weeks", ""),
        ("en_GB", "from tomorrow for a week", "2026-11-24/2026-11-30"),
        ("en_GB", "from Friday to Monday", "2026-11-27/2026-11-30"),
        ("en_GB", "5 May to 1 January", ""),
        ("en_GB", "1st-5th December", "2026-12-01/2026-12-05"),
        ("en_GB", "between 20 and 27 December", "2026-12-20/2026-12-27"),
        ("pl", "24.12.-2.01.", "2026-12-24/2027-01-02"),
        ("pl", "od jutra na tydzień", "2026-11-24/2026-11-30"),
        ("pl", "od piątku do poniedziałku", "2026-11-27/2026-11-30"),
        ("pl", "dwa miesiące", "2027-01-21"),
        ("ro", "de mâine pentru o săptămână", "2026-11-24/2026-11-30"),
        ("ro", "intre 20 si 27 decembrie", "2026-12-20/2026-12-27"),
        ("ro", "două luni", "2027-01-21"),
        ("ro", "luni, 7 decembrie", "2026-12-07"),
        ("ro", "pana la sfarsitul lunii", ""),
        ("ur", "ek mahina", "2026-12-22"),
        ("ur", "دس دن", "2026-12-02"),
        ("ar", "من 20 لـ 27 ديسمبر", "2026-12-20/2026-12-27"),
        ("ar", "من الجمعة إلى الاثنين", "2026-11-27/2026-11-30"),
        ("ar", "شهرين", "2027-01-21"),
        ("ar", "5 شهر 12", ""),
    ],
)
def test_one_day_or_two_or_how_long(language: str, said: str, span: str) -> None:
    assert read_span(said, language, TODAY) == span
