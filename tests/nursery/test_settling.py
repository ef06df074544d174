"""Settling in: which days, whose words, and which notes are missing at the end of the day."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from bot.database import transaction
from nursery import settling
from nursery.attendance import Absence, Reason, tell_away
from nursery.opening import Closure
from nursery.settings import today
from nursery.settling import AtHome, SettlingRefused
from tests.cast import MONDAY, People

CLOSING = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("first", "days", "closed", "last"),
    [
        (date(2026, 11, 23), 1, None, date(2026, 11, 23)),
        (date(2026, 11, 23), 10, None, date(2026, 12, 4)),
        (date(2026, 11, 23), 10, date(2026, 11, 25), date(2026, 12, 7)),
        (date(2026, 11, 21), 1, None, date(2026, 11, 23)),
        (date(2026, 11, 27), 2, None, date(2026, 11, 30)),
    ],
)
def test_only_days_on_which_it_is_open_count(
    engine: Engine, people: People, first: date, days: int, closed: date | None, last: date
) -> None:
    with transaction(engine) as session:
        if closed:
            session.add(Closure(setting_id=people.setting.id or 0, first_day=closed, last_day=closed))
        assert settling.begin(session, people.children["Noor"], first, days).settling_until == last


def test_set_again_it_moves(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        settling.begin(session, people.children["Noor"], date(2026, 11, 23))
        moved = settling.begin(session, people.children["Noor"], date(2027, 1, 4), 3)
        assert (moved.settling_from, moved.settling_until) == (date(2027, 1, 4), date(2027, 1, 6))
        with pytest.raises(SettlingRefused, match="1 to 60"):
            settling.begin(session, people.children["Noor"], date(2027, 1, 4), 0)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"concern": True}, "never goes by text"),
        ({"words": " "}, "needs words"),
        ({"words": "a" * 401}, "400 characters"),
        ({"staff": "Tom"}, "key person or the manager"),
        ({"now": MONDAY - timedelta(days=3)}, "not settling in today"),
        ({"now": MONDAY + timedelta(days=14)}, "not settling in today"),
    ],
)
def test_what_is_refused(engine: Engine, people: People, fields: dict[str, Any], sentence: str) -> None:
    with transaction(engine) as session:
        settling.begin(session, people.children["Noor"], today(MONDAY))
        with pytest.raises(SettlingRefused, match=sentence):
            _write(session, people, **fields)


def _write(session: Session, people: People, **fields: Any) -> settling.SettlingNote:
    tom = people.staff["Grace"].model_copy(update={"id": 99})
    staff = {"Grace": people.staff["Grace"], "Helen": people.staff["Helen"], "Tom": tom}[fields.pop("staff", "Grace")]
    details: dict[str, Any] = {"words": "Noor played.", "now": MONDAY} | fields
    words, now = details.pop("words"), details.pop("now")
    return settling.write(session, people.children["Noor"], words, staff, now, **details)


def test_a_note_is_mended_until_it_has_gone(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        settling.begin(session, people.children["Noor"], today(MONDAY))
        _write(session, people)
        note = _write(session, people, words="Noor painted.", staff="Helen")
        assert [(one.words, one.staff_id) for one in settling.notes_of(session, note.child_id)] == [
            ("Noor painted.", people.staff["Helen"].id)
        ]
        note.sent_at = MONDAY
        with pytest.raises(SettlingRefused, match="gone already"):
            _write(session, people)


def test_the_last_answer_counts(engine: Engine, people: People) -> None:
    amina = people.guardians["Amina"].id or 0
    with transaction(engine) as session:
        settling.begin(session, people.children["Noor"], today(MONDAY))
        note = _write(session, people)
        settling.reply(session, note, amina, AtHome.CALM, MONDAY)
        settling.reply(session, note, amina, AtHome.WORDS, MONDAY, words="Tears at bedtime")
        assert [(one.answer, one.words) for one in settling.replies_to(session, note)] == [
            ("words", "Tears at bedtime")
        ]


@pytest.mark.parametrize(
    ("case", "now", "missing"),
    [
        ("", CLOSING - timedelta(minutes=1), []),
        ("", CLOSING, ["Noor Khan"]),
        ("written", CLOSING, []),
        ("away", CLOSING, []),
        ("closed", CLOSING, []),
        ("left", CLOSING, []),
        ("", CLOSING + timedelta(days=14), []),
    ],
)
def test_what_is_missing(engine: Engine, people: People, case: str, now: datetime, missing: list[str]) -> None:
    day = today(MONDAY)
    with transaction(engine) as session:
        noor = session.merge(people.children["Noor"])
        settling.begin(session, noor, day)
        if case == "written":
            _write(session, people)
        if case == "away":
            amina = people.guardians["Amina"].id or 0
            who = Absence(
                child_id=noor.id or 0, guardian_id=amina, first_day=day, last_day=day, reason=Reason.ILL, told_at=MONDAY
            )
            tell_away(session, who)
        if case == "closed":
            session.add(Closure(setting_id=people.setting.id or 0, first_day=day, last_day=day))
        noor.left_on = day if case == "left" else None
        session.flush()
        assert [child.name for child in settling.missing(session, now)] == missing
