"""Suggestions: what can be decided, and what they may be taken for."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from bot.database import transaction
from nursery import suggestions
from nursery.suggestions import Decision, DecisionRefused, Said
from tests.cast import MONDAY, People


def test_a_decision_needs_a_reason_and_is_made_once(engine: Engine, people: People) -> None:
    helen, amina = people.staff["Helen"], people.guardians["Amina"]
    with transaction(engine) as session:
        kept = suggestions.suggest(session, people.setting, amina, Said("More songs"), MONDAY)
        assert suggestions.undecided(session) == [kept]
        for reason in ("", "x" * 301):
            with pytest.raises(DecisionRefused, match="reason"):
                suggestions.decide(session, kept, Decision.NO, reason, helen, MONDAY)
        suggestions.decide(session, kept, Decision.NO, "We sing already.", helen, MONDAY)
        with pytest.raises(DecisionRefused, match="S-1042"):
            suggestions.decide(session, kept, Decision.YES, "After all.", helen, MONDAY)
        assert suggestions.undecided(session) == []


def test_thanks_are_not_decided(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        kept = suggestions.thank(session, people.setting, people.guardians["Amina"], Said("Grace!"), MONDAY)
        with pytest.raises(DecisionRefused, match="thank you"):
            suggestions.decide(session, kept, Decision.YES, "Yes.", people.staff["Helen"], MONDAY)


def test_the_28_days_of_a_complaint_count_from_the_first_words(engine: Engine, people: People) -> None:
    helen, later = people.staff["Helen"], MONDAY + timedelta(days=10)
    with transaction(engine) as session:
        said = Said("The gate was open", child=people.children["Noor"])
        kept = suggestions.suggest(session, people.setting, people.guardians["Amina"], said, MONDAY)
        case = suggestions.to_complaint(session, kept, helen, later)
        assert (case.words, case.received_at) == ("The gate was open", MONDAY)
        assert case.due_on == MONDAY.date() + timedelta(days=28)
        assert (case.child_id, kept.became) == (people.children["Noor"].id, case.reference)
        with pytest.raises(DecisionRefused, match=case.reference):
            suggestions.to_query(session, kept, helen, later)


def test_what_is_about_the_manager_goes_round_the_manager(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        kept = suggestions.suggest(session, people.setting, people.guardians["Amina"], Said("Helen shouts"), MONDAY)
        case = suggestions.to_complaint(session, kept, people.staff["Grace"], MONDAY, about_manager=True)
        assert case.handler_id is None
