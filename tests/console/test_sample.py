"""The sample setting: laid out whole, and twice the same as once."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlmodel import Session, func, select

from bot.database import transaction
from console.cast import CAST, GLOSSES
from nursery.contacts import Contact, contact_at
from nursery.events import Event, invited_to
from nursery.families import Imported, import_families
from nursery.family_list import read_rows
from nursery.guardians import Guardian, Guardianship
from nursery.observations import Snippet
from nursery.opening import Closure
from nursery.people import Child
from nursery.questionnaires import Questionnaire
from nursery.sample import FAMILIES, lay_out_sample

SUNDAY = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
TABLES = (Contact, Guardian, Guardianship, Child, Event, Snippet, Closure, Questionnaire)


def lay_out(session: Session) -> Imported:
    imported = import_families(session, read_rows(FAMILIES), SUNDAY, test_numbers=True)
    lay_out_sample(session, SUNDAY)
    return imported


def test_laid_out_twice_it_is_the_same(engine: Engine) -> None:
    with transaction(engine) as session:
        assert lay_out(session).refused == []
        before = [session.exec(select(func.count()).select_from(table)).one() for table in TABLES]
    with transaction(engine) as session:
        assert lay_out(session).changed == 0
        assert [session.exec(select(func.count()).select_from(table)).one() for table in TABLES] == before
        assert before[TABLES.index(Snippet)] == before[TABLES.index(Child)]


def test_everyone_one_may_text_as_is_in_it(engine: Engine) -> None:
    with transaction(engine) as session:
        lay_out(session)
        for person in CAST:
            contact = contact_at(session, person.channel, person.address)
            guardian = session.get(Guardian, contact.guardian_id) if contact and contact.guardian_id else None
            assert (guardian is None) == (person.key == "stranger")
            if guardian is not None:
                assert guardian.name.split()[0] == person.name
                assert guardian.language == person.language
                assert len(invited_to(session, guardian.id or 0, SUNDAY)) == 2


def test_every_suggestion_says_what_it_is_for() -> None:
    assert {name for person in CAST for name in person.tries} <= set(GLOSSES)
    assert all(len(person.tries) == 3 for person in CAST)
