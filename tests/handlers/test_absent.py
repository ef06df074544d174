"""Absent today: which child, why, until when."""

from datetime import date

from sqlmodel import select

from nursery.attendance import Absence
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
        from nursery.guardians import Guardian

        ioana = session.exec(select(Guardian).where(Guardian.name == "Ioana")).one()
        ioana.language = "en_GB"
        session.add(ioana)
    on_both("""
        Ioana: NOT COMING
        Coatpeg: Which child is it about?
          1 Andrei
          2 Mara
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
