"""Recipients: who is written to, where, and why not the others."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, update
from sqlmodel import select

from bot.database import transaction
from nursery import ties
from nursery.contacts import Contact, best_contact
from nursery.guardians import ANY_TOPIC, Guardian, Guardianship, Topic, children_of
from nursery.recipients import Audience, Unreached, chunks, recipients, unreachable
from tests.cast import People

TODAY = date(2026, 11, 23)


def _reached(engine: Engine, audience: Audience, topic: Topic = Topic.NOTICES) -> dict[str, tuple[str, int | None]]:
    with transaction(engine) as session:
        names = dict(session.exec(select(Guardian.id, Guardian.name)).all())
        rows = session.connection().execute(recipients(audience, topic, TODAY)).all()
        return {names[row.guardian_id]: (row.channel, row.child_id) for row in rows}


def test_one_row_a_guardian_even_with_two_children(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        rows = session.connection().execute(recipients(Audience(people.setting.id or 0), Topic.NOTICES, TODAY)).all()
    assert len(rows) == 5
    assert all(row.child_id is None for row in rows)


def test_a_childs_own_guardians_with_the_child(engine: Engine, people: People) -> None:
    noor = people.children["Noor"].id
    expected = {"Amina": ("telegram", noor), "Farah": ("telegram", noor)}
    assert _reached(engine, Audience(people.setting.id or 0, child_id=noor)) == expected


def test_another_setting_is_nobodys(engine: Engine, people: People) -> None:
    assert _reached(engine, Audience(999)) == {}


@pytest.mark.parametrize(
    ("table", "change", "reason"),
    [
        ("tie", {"confirmed_at": None}, Unreached.NOT_CONFIRMED),
        ("tie", {"may_receive": int(Topic.CARE)}, Unreached.NOT_ALLOWED),
        ("tie", {"restricted_from": date(2026, 1, 1)}, Unreached.NOT_ALLOWED),
        ("tie", {"ends_on": date(2026, 11, 22)}, Unreached.NOT_ALLOWED),
        ("guardian", {"stopped_topics": int(Topic.NOTICES)}, Unreached.TOPIC),
        ("guardian", {"paused_until": date(2026, 11, 23)}, Unreached.PAUSED),
        ("contact", {"state": "stopped"}, Unreached.STOPPED),
        ("contact", {"state": "closed"}, Unreached.NO_CONTACT),
        ("contact", {"state": "blocked"}, Unreached.NO_CONTACT),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_why_somebody_is_not_reached(
    engine: Engine, people: People, table: str, change: dict[str, Any], reason: Unreached
) -> None:
    setting, farah = Audience(people.setting.id or 0), people.guardians["Farah"].id
    whose: Any = {
        "tie": update(Guardianship).where(Guardianship.guardian_id == farah),  # type: ignore[arg-type]
        "guardian": update(Guardian).where(Guardian.id == farah),  # type: ignore[arg-type]
        "contact": update(Contact).where(Contact.guardian_id == farah),  # type: ignore[arg-type]
    }[table]
    with transaction(engine) as session:
        session.connection().execute(whose.values(**change))
    assert "Farah" not in _reached(engine, setting)
    assert len(_reached(engine, setting)) == 4
    with transaction(engine) as session:
        missed = unreachable(session, setting, Topic.NOTICES, TODAY)
    assert [(guardian.name, why) for guardian, why in missed] == [("Farah", reason)]


@pytest.mark.parametrize(
    "states", [("active", "active"), ("closed", "active"), ("stopped", "active"), ("active", "stopped")]
)
@pytest.mark.parametrize("preferred", [0, 1])
def test_the_address_is_the_one_a_single_message_would_take(
    engine: Engine, people: People, states: tuple[str, str], preferred: int
) -> None:
    amina = people.guardians["Amina"].id or 0
    with transaction(engine) as session:
        session.add(Contact(channel="sms", address="+447700900001", guardian_id=amina))
        session.flush()
        mine = session.exec(select(Contact).where(Contact.guardian_id == amina).order_by("id")).all()
        for place, contact in enumerate(mine):
            contact.state, contact.preferred = states[place], place == preferred
        session.flush()
        best = best_contact(session, amina)
    reached = _reached(engine, Audience(people.setting.id or 0))
    assert reached.get("Amina") == ((best.channel, None) if best else None)


@given(st.sets(st.integers(1, 100_000)).map(sorted), st.integers(1, 50), st.integers(1, 10_000))
def test_chunks_hold_every_id_once(ids: list[int], size: int, span: int) -> None:
    cut = list(chunks(ids, size, span))
    held = [[number for number in ids if after < number <= upto] for after, upto in cut]
    assert [number for chunk in held for number in chunk] == ids
    assert all(1 <= len(chunk) <= size and chunk[-1] - chunk[0] < span for chunk in held)


def test_a_limit_holds_from_the_line_that_sets_it(engine: Engine, people: People) -> None:
    amina = people.guardians["Amina"].id or 0
    with transaction(engine) as session:
        tie = session.exec(select(Guardianship).where(Guardianship.guardian_id == amina)).one()
        assert children_of(session, amina, ANY_TOPIC, TODAY) != []
        ties.limit(session, tie, TODAY, None)
        assert children_of(session, amina, ANY_TOPIC, TODAY) == []
