"""Absent today: which child, why, until when."""

from datetime import date

import pytest
from sqlmodel import select

from nursery.attendance import Absence, away_on
from nursery.day_changes import Change, DayChange
from nursery.guardians import Guardian, Guardianship
from nursery.inbox import waiting_for_staff
from nursery.people import Child
from nursery.tasks import open_tasks
from tests.cast import CAST, People
from tests.talking import Player


def test_ill_today(on_both: Player) -> None:
    on_both("""
        Amina: Absent
        Coatpeg: Why is Noor away?
          1 Ill
          2 Holiday
          3 Appointment
          4 Something else
        Amina: [tap 1]
        Coatpeg: Until when is Noor away?
          1 Mon 23 Nov only
          2 Until Tue 24 Nov
          3 Another day
        Amina: [tap 2]
        Coatpeg: Thank you. Noor is down as away from Mon 23 Nov until Tue 24 Nov.
        Coatpeg: We hope Noor is better soon. After sickness or diarrhoea, ... 48 hours ... Staff may ring you.
    """)


def test_which_child_is_asked_of_a_parent_of_two(on_both: Player) -> None:
    with on_both.session() as session:
        ioana = session.exec(select(Guardian).where(Guardian.name == "Ioana")).one()
        ioana.language = "en_GB"
        session.add(ioana)
    on_both("""
        Ioana: NOT COMING
        Coatpeg: Which child is it about?
          1 Andrei
          2 Mara
          3 Both of them
        Ioana: mara
        Coatpeg: Why is Mara away?
          ...
        Ioana: 4
        Coatpeg: What shall I tell the staff?
        Ioana: Her grandmother is visiting
        Coatpeg: Until when is Mara away?
          ...
        Ioana: Thursday
        Coatpeg: Thank you. Mara is down as away from Mon 23 Nov until Thu 26 Nov.
    """)
    with on_both.session() as session:
        absence = session.exec(select(Absence)).one()
        assert (absence.words, absence.last_day) == ("Her grandmother is visiting", date(2026, 11, 26))


def test_the_other_guardian_neither_hears_nor_learns_of_it(on_both: Player, people: People) -> None:
    with on_both.session() as session:
        farah = session.get_one(Guardian, people.guardians["Farah"].id)
        farah.language = "en_GB"
        session.add(farah)
    for said in ("ABSENT", "1", "2"):
        on_both.say("Amina", said)
    on_both("""
        Farah: ABSENT
        Coatpeg: Why is Noor away?
          ...
        Farah: holiday
        Coatpeg: Until when is Noor away?
          ...
        Farah: 1
        Coatpeg: Thank you. Noor is down as away on Mon 23 Nov.
    """)
    assert on_both.deliver() == []
    with on_both.session() as session:
        assert sorted(one.last_day.day for one in session.exec(select(Absence))) == [23, 24]


def test_brothers_and_sisters_are_away_together(on_both: Player) -> None:
    with on_both.session() as session:
        ioana = session.exec(select(Guardian).where(Guardian.name == "Ioana")).one()
        ioana.language = "en_GB"
        session.add(ioana)
    on_both("""
        Ioana: ABSENT
        Coatpeg: Which child is it about?
          1 Andrei
          2 Mara
          3 Both of them
        Ioana: both
        Coatpeg: Why are they away?
          ...
        Ioana: 1
        Coatpeg: Until when are they away?
          ...
        Ioana: 25 to 27 November
        Coatpeg: Thank you. Andrei is down as away from Wed 25 Nov until Fri 27 Nov.
        Coatpeg: Thank you. Mara is down as away from Wed 25 Nov until Fri 27 Nov.
        Coatpeg: We hope they are better soon. ...
    """)
    with on_both.session() as session:
        assert [(one.first_day.day, one.last_day.day) for one in session.exec(select(Absence))] == [(25, 27)] * 2


@pytest.mark.parametrize(
    ("said", "noted"),
    [
        ("Thursday only", "Noor is down as away on Thu 26 Nov."),
        ("from 3 Dec to 4 Dec", "Noor is down as away from Thu 3 Dec until Fri 4 Dec."),
        ("just today", "Noor is down as away on Mon 23 Nov."),
        ("from 7 December for a week", "Noor is down as away from Mon 7 Dec until Sun 13 Dec."),
    ],
)
def test_the_first_day_too_in_ones_own_words(on_both: Player, said: str, noted: str) -> None:
    for before in ("ABSENT", "2"):
        on_both.say("Amina", before)
    assert on_both.say("Amina", said)[0].text == f"Thank you. {noted}"


def test_after_closing_it_is_about_tomorrow(on_both: Player) -> None:
    on_both.clock.pass_(hours=11)
    on_both.say("Amina", "ABSENT")
    assert on_both.say("Amina", "2")[0].choices == ("Tue 24 Nov only", "Until Wed 25 Nov", "Another day")
    assert on_both.say("Amina", "1")[0].text == "Thank you. Noor is down as away on Tue 24 Nov."


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("Friday", "Fri 27 Nov"),
        ("27/11", "Fri 27 Nov"),
        ("tomorrow", "Tue 24 Nov"),
        ("4 Dec", "Fri 4 Dec"),
        ("27", "Fri 27 Nov"),
    ],
)
def test_the_last_day_in_ones_own_words(on_both: Player, said: str, until: str) -> None:
    for before in ("ABSENT", "2"):
        on_both.say("Amina", before)
    assert on_both.say("Amina", said)[0].text == f"Thank you. Noor is down as away from Mon 23 Nov until {until}."


def test_a_guardian_of_no_child_is_given_the_number(on_both: Player, people: People) -> None:
    with on_both.session() as session:
        for tie in session.exec(select(Guardianship).where(Guardianship.guardian_id == people.guardians["Amina"].id)):
            tie.confirmed_at = None
            session.add(tie)
    on_both("""
        Amina: ABSENT
        Coatpeg: I have no child of yours on my list. Please ring Little Acorns: 01632 960123.
    """)


def _told(play: Player, who: str, *words: str) -> str:
    for said in words:
        replies = play.say(who, said)
    return replies[0].text


def test_a_child_may_come_after_all(on_both: Player, people: People) -> None:
    """Staff, who count on it, have a task; what was told stays on record there."""
    _told(on_both, "Amina", "ABSENT", "1", "from Wednesday to Friday")
    on_both("""
        Amina: ABSENT
        Coatpeg: You have told us that Noor is away from Wed 25 Nov until Fri 27 Nov. What shall I do?
          1 Change it
          2 Noor is coming after all
          3 Add other days
        Amina: [tap 2]
        Coatpeg: Thank you. I have told staff that Noor is coming after all.
        Amina: ABSENT
        Coatpeg: Why is Noor away?
          ...
    """)
    with on_both.session() as session:
        assert session.exec(select(Absence)).all() == []
        [task], kept = open_tasks(session), session.exec(select(DayChange)).one()
        assert (task.kind, task.urgent, task.staff_id) == ("coming after all", True, people.staff["Grace"].id)
        assert (kept.change, kept.at_words) == (Change.COMING, "2026-11-25 - 2026-11-27")


def test_from_today_on_only_what_is_over_stays(on_both: Player, people: People) -> None:
    _told(on_both, "Amina", "ABSENT", "1", "Friday")
    on_both.clock.pass_(hours=24)
    assert "coming after all" in _told(on_both, "Amina", "ABSENT", "2")
    with on_both.session() as session:
        told = session.exec(select(Absence)).one()
        assert (told.first_day.day, told.last_day.day) == (23, 23)
        assert away_on(session, people.setting.id or 0, date(2026, 11, 24)) == []


def test_changed_it_is_as_told_last(on_both: Player) -> None:
    _told(on_both, "Amina", "ABSENT", "2", "from 14 December to 18 December")
    assert _told(on_both, "Amina", "ABSENT", "1", "2", "15 December only") == (
        "Thank you. Noor is down as away on Tue 15 Dec."
    )
    assert _told(on_both, "Amina", "ABSENT", "3", "1", "1").endswith("away on Mon 23 Nov.")
    with on_both.session() as session:
        assert sorted(one.first_day.day for one in session.exec(select(Absence))) == [15, 23]


def test_of_several_absences_the_parent_says_which(on_both: Player) -> None:
    _told(on_both, "Amina", "ABSENT", "2", "from 14 December to 18 December")
    _told(on_both, "Amina", "ABSENT", "3", "3", "Wednesday only")
    on_both("""
        Amina: ABSENT
        Coatpeg: You have told us of more than one absence. Which is it about?
          1 Wed 25 Nov
          2 Mon 14 Dec - Fri 18 Dec
          3 Add other days
        Amina: [tap 2]
        Coatpeg: You have told us that Noor is away from Mon 14 Dec until Fri 18 Dec. What shall I do?
          ...
        Amina: BACK
        Coatpeg: You have told us of more than one absence. Which is it about?
          ...
        Amina: 14 December
        Coatpeg: ...
          ...
        Amina: MENU
        Coatpeg: ...
          ...
        Amina: ABSENT
        Coatpeg: You have told us of more than one absence. Which is it about?
          ...
        Amina: [tap 2]
        Coatpeg: You have told us that Noor is away from Mon 14 Dec until Fri 18 Dec. What shall I do?
          ...
        Amina: [tap 2]
        Coatpeg: Thank you. I have told staff that Noor is coming after all.
        Amina: ABSENT
        Coatpeg: You have told us that Noor is away on Wed 25 Nov. What shall I do?
          ...
    """)
    with on_both.session() as session:
        assert [one.first_day.day for one in session.exec(select(Absence))] == [25]


def test_what_is_said_of_an_absence_that_is_over_by_then_takes_no_other_back(on_both: Player) -> None:
    _told(on_both, "Amina", "ABSENT", "2", "1")
    _told(on_both, "Amina", "ABSENT", "3", "2", "Friday only")
    _told(on_both, "Amina", "ABSENT", "1")
    on_both.clock.pass_(hours=11)
    on_both("""
        Amina: 2
        Coatpeg: I am sorry, this has changed since I asked you. ...
          You have told us that Noor is away on Fri 27 Nov. What shall I do?
          ...
    """)
    with on_both.session() as session:
        assert sorted(one.first_day.day for one in session.exec(select(Absence))) == [23, 27]


def test_of_brothers_and_sisters_it_is_about_those_it_was_told_of(on_both: Player) -> None:
    _told(on_both, "Ioana", "ABSENT", "1", "2", "1")
    _told(on_both, "Ioana", "ABSENT", "2", "2", "2")
    assert len(on_both.say("Ioana", "ABSENT")[0].choices) == 3
    [which] = on_both.say("Ioana", "3")
    assert len(which.choices) == 3  # Andrei today, Mara until tomorrow, other days
    assert "Mara" in _told(on_both, "Ioana", "2")
    _told(on_both, "Ioana", "2")
    with on_both.session() as session:
        assert [one.last_day.day for one in session.exec(select(Absence))] == [23]


def test_what_the_other_guardian_told_is_neither_shown_nor_taken_back(on_both: Player, people: People) -> None:
    _told(on_both, "Farah", "ABSENT", "1", "2")
    assert _told(on_both, "Amina", "ABSENT") == "Why is Noor away?"
    _told(on_both, "Amina", "2", "1")
    assert _told(on_both, "Amina", "ABSENT", "2").startswith("Thank you.")
    with on_both.session() as session:
        assert [one.guardian_id for one in session.exec(select(Absence))] == [people.guardians["Farah"].id]


def test_brothers_and_sisters_come_after_all(on_both: Player) -> None:
    for said in ("ABSENT", "3", "1", "2", "ABSENT", "3"):
        asked = on_both.say("Ioana", said)[0]
    assert len(asked.choices) == 3
    assert len(on_both.say("Ioana", "2")) == 1
    with on_both.session() as session:
        assert session.exec(select(Absence)).all() == []
        assert len(open_tasks(session)) == 2


def test_two_of_one_name_are_told_apart_to_the_last(on_both: Player, people: People) -> None:
    with on_both.session() as session:
        mara = session.get_one(Child, people.children["Mara"].id)
        mara.name = "Andrei Ionescu"
        session.add(mara)
    assert "Andrei (Butterflies)" in _told(on_both, "Ioana", "ABSENT", "2", "2", "1")


def test_two_of_one_name_are_told_apart(on_both: Player, people: People) -> None:
    with on_both.session() as session:
        mara = session.get_one(Child, people.children["Mara"].id)
        mara.name = "Andrei Ionescu"
        session.add(mara)
    assert on_both.say("Ioana", "ABSENT")[0].choices[:2] == ("Andrei (Caterpillars)", "Andrei (Butterflies)")
    with on_both.session() as session:
        mara = session.get_one(Child, people.children["Mara"].id)
        mara.room_id = people.children["Andrei"].room_id
        session.add(mara)
    assert on_both.say("Ioana", "MENU")
    assert on_both.say("Ioana", "ABSENT")[0].choices[:2] == ("Andrei I", "Andrei P")


def test_what_is_told_by_voice_reaches_a_person(on_both: Player) -> None:
    for before in ("ABSENT", "4"):
        on_both.say("Amina", before)
    on_both("""
        Amina: [voice]
        Coatpeg: Until when is Noor away?
          ...
        Amina: [tap 1]
        Coatpeg: Thank you. Noor is down as away on Mon 23 Nov.
    """)
    with on_both.session() as session:
        told, (message,) = session.exec(select(Absence)).one(), waiting_for_staff(session)
    assert (told.words, told.inbound_id, message.kind) == ("", message.id, "text")


@pytest.mark.parametrize("number", ["4", "9"])
def test_a_number_beyond_the_days_offered_is_no_day_of_the_month(on_both: Player, number: str) -> None:
    for before in ("ABSENT", "2"):
        on_both.say("Amina", before)
    on_both(f"""
        Amina: {number}
        Coatpeg: I need a day from today on, such as Tuesday or 24/11. BACK goes back, MENU leaves.
          Until when is Noor away?
          ...
    """)


@pytest.mark.parametrize("who", ["Piotr", "Farah", "Samira"])
def test_in_the_readers_language(on_both: Player, who: str) -> None:
    child = CAST[who].children[0]
    for said in ("ABSENT", "1"):
        (asked,) = on_both.say(who, said)
        assert (asked.language, child in asked.text) == (CAST[who].language, True)
    noted, advice = on_both.say(who, "1")
    assert child in noted.text
    assert "48" in advice.text
    assert noted.language == advice.language == CAST[who].language
