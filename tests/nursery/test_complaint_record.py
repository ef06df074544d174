"""The record that Ofsted may see: everything but the names."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from bot.database import transaction
from nursery import complaints
from nursery.complaint_record import record, unnamed
from nursery.complaints import Grievance
from tests.cast import MONDAY, People

NAMES = {"amina": "a parent", "amina khan": "a parent", "noor": "a child", "grace": "a member of staff"}


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("Grace left Noor outside.", "a member of staff left a child outside."),
        ("AMINA KHAN rang", "a parent rang"),
        ("Noor's coat, noor", "a child's coat, a child"),
        ("Graceful and noorish", "Graceful and noorish"),
        ("", ""),
    ],
)
def test_names_are_left_out(words: str, left: str) -> None:
    assert unnamed(words, NAMES) == left


def test_the_record_has_no_name_in_it(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        words = "Grace left Noor at the gate. I am Noor's mother Amina, and Helen knows"
        case = complaints.lodge(session, people.setting, people.guardians["Amina"], Grievance(words), MONDAY)
        case.investigation = "Helen talked to Grace."
        session.flush()
        shown = record(session, people.setting.id or 0, date(2026, 11, 1), date(2026, 11, 30))
        assert len(shown) == 1
        assert shown[0]["reference"] == case.reference
        every = [*people.guardians, *people.staff, *people.children]
        assert not [name for name in every if name.casefold() in repr(shown).casefold()]
        assert record(session, people.setting.id or 0, date(2026, 11, 24), date(2026, 11, 30)) == []


def test_the_last_day_counts(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        late = MONDAY + timedelta(hours=12)
        complaints.lodge(session, people.setting, people.guardians["Amina"], Grievance("x"), late)
        assert len(record(session, people.setting.id or 0, date(2026, 11, 23), date(2026, 11, 23))) == 1
