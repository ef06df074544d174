"""Queries: who owns them, by when, and what is overdue."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from bot.database import transaction
from nursery import queries
from nursery.references import next_reference
from tests.cast import MONDAY, People


@pytest.mark.parametrize(("days", "due"), [(0, 25), (3, 30), (4, 31), (5, 31), (6, 31)])
def test_the_reply_is_due_in_two_working_days(engine: Engine, people: People, days: int, due: int) -> None:
    """From Monday it is Wednesday; from Thursday, Monday; from Friday and the weekend, Tuesday."""
    now = MONDAY + timedelta(days=days)
    with transaction(engine) as session:
        case = queries.open_query(session, people.setting, people.guardians["Amina"], None, "Wellies?", None, now)
        assert case.due_on == date(2026, 11, 1) + timedelta(days=due - 1)


def test_references_are_one_sequence(engine: Engine) -> None:
    with transaction(engine) as session:
        given = [next_reference(session, letter, MONDAY) for letter in "QCQST"]
    with transaction(engine) as session:
        given.append(next_reference(session, "C", MONDAY))
    assert given == ["Q-1042", "C-1043", "Q-1044", "S-1045", "T-1046", "C-1047"]


def test_who_is_away_has_no_open_queries_meanwhile(engine: Engine, people: People) -> None:
    amina, noor = people.guardians["Amina"], people.children["Noor"]
    with transaction(engine) as session:
        grace = session.merge(people.staff["Grace"])
        case = queries.open_query(session, people.setting, amina, noor, "Wellies?", None, MONDAY)
        done = queries.open_query(session, people.setting, amina, noor, "Hats?", None, MONDAY)
        queries.answer(session, done, "Yes.", grace, MONDAY)
        grace.away_until = date(2026, 12, 18)
        assert queries.cover(session, grace, MONDAY) == 1
        assert (case.owner_id, done.owner_id) == (people.staff["Helen"].id, grace.id)


def test_a_query_from_open_to_answered_to_open_again(engine: Engine, people: People) -> None:
    amina, noor, grace = people.guardians["Amina"], people.children["Noor"], people.staff["Grace"]
    with transaction(engine) as session:
        case = queries.open_query(session, people.setting, amina, noor, "Wellies?", None, MONDAY)
        assert case.owner_id == grace.id
        assert queries.by_reference(session, " q-1042 ") is case
        later = MONDAY + timedelta(days=3)
        assert queries.overdue(session, later - timedelta(days=1)) == []
        assert queries.overdue(session, later) == [case]
        queries.answer(session, case, "Yes.", grace, later)
        assert queries.overdue(session, later) == queries.open_queries(session) == []
        queries.reopen(session, case, "Which size?", None, later)
        assert queries.open_queries(session) == [case]
        assert case.due_on == date(2026, 11, 30)
        assert [said.words for said in queries.words_of(session, case)] == ["Wellies?", "Yes.", "Which size?"]


def test_about_no_child_the_manager_owns_it(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        case = queries.open_query(session, people.setting, people.guardians["Amina"], None, "Fees?", None, MONDAY)
        assert case.owner_id == people.staff["Helen"].id
