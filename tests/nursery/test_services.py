"""Services: the shipped directory keeps its promises, and what is kept of who asked goes away."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from bot.database import transaction
from bot.segments import GSM
from locales.library import TRANSLATED
from nursery import services, signposts
from nursery.services import LocalService, Need, Service, ServiceRefused
from nursery.signposts import Helped, ServiceAsked
from tests.cast import MONDAY, People

EVERY = [pytest.param(service, id=service.id) for service in services.services().values()]
WEB = re.compile(r"[a-z0-9.-]+\.[a-z]{2,}(/[a-z-]+)?")
PHONE = re.compile(r"(0(3|8)\d\d \d{3,4} \d{3,4}|111|116 123|85258)")


@pytest.mark.parametrize("service", EVERY)
def test_a_service_is_complete_and_cheap_to_send(service: Service) -> None:
    assert set(service.needs) <= set(Need)
    assert service.phone or service.web
    assert not service.phone or PHONE.fullmatch(service.phone), service.phone
    assert not service.web or WEB.fullmatch(service.web), service.web
    assert set(service.what + service.called) <= GSM
    assert 20 <= len(service.what) <= 150
    assert "%" not in service.what
    free_numbers = service.phone.startswith(("080", "111", "116"))
    assert not free_numbers or service.free


@pytest.mark.parametrize("need", Need)
def test_every_need_has_something(need: Need) -> None:
    assert services.national(need)


def test_parents_read_what_in_their_language() -> None:
    assert "what" in TRANSLATED
    assert "called" not in TRANSLATED


def test_nothing_of_safety_gives_itself_away() -> None:
    for service in services.national(Need.SAFETY):
        assert service.needs == ("safety",)
        assert (service.called, service.web) == ("", "")
        assert not re.search("abus|violen|refuge|domestic", service.what)


def _local(people: People, **fields: str) -> LocalService:
    values: dict[str, Any] = {"called": "Larder", "needs": "food, money", "phone": "01632 960555"} | fields
    return LocalService(setting_id=people.setting.id or 0, added_at=MONDAY, **values)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"called": " "}, "needs a name"),
        ({"needs": ""}, "--needs"),
        ({"needs": "food,fun"}, "--needs"),
        ({"phone": ""}, "how parents reach it"),
        ({"languages": "Elvish"}, "Elvish"),
    ],
)
def test_what_is_refused(engine: Engine, people: People, fields: dict[str, str], sentence: str) -> None:
    with transaction(engine) as session, pytest.raises(ServiceRefused, match=sentence):
        services.add_local(session, _local(people, **fields))


def test_near_a_setting_by_need(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        one = services.add_local(session, _local(people))
        assert services.local(session, [one.setting_id], Need.MONEY, "pl") == [one]
        assert services.local(session, [one.setting_id], Need.HOUSING, "pl") == []
        assert services.local(session, [one.setting_id + 1], Need.MONEY, "pl") == []
        one.ended_at = MONDAY
        assert services.local(session, [one.setting_id], Need.MONEY, "pl") == []


def _ask(session: Session, people: People, need: Need, days: int = 0, who: str = "Amina") -> None:
    guardian_id = people.guardians[who].id or 0
    signposts.note_asked(session, people.setting.id or 0, guardian_id, need, MONDAY + timedelta(days=days))
    session.flush()


def test_one_question_for_all_that_was_asked(engine: Engine, people: People) -> None:
    fortnight = MONDAY + timedelta(days=14)
    with transaction(engine) as session:
        for need in (Need.FOOD, Need.MONEY, Need.SAFETY):
            _ask(session, people, need)
        _ask(session, people, Need.HOUSING, who="Farah", days=1)
        assert signposts.to_ask_about(session, fortnight - timedelta(minutes=1)) == []
        [due] = signposts.to_ask_about(session, fortnight)
        assert due.need == "food"
        signposts.mark_told(session, due, fortnight)
        assert signposts.to_ask_about(session, fortnight) == []
        assert sorted(one.need for one in session.exec(select(ServiceAsked))) == ["", "food", "housing"]


def test_an_answer_counts_once_and_forgets(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        _ask(session, people, Need.FOOD)
        asked = session.exec(select(ServiceAsked)).one()
        for helped in (Helped.NOT_YET, Helped.YES):
            signposts.answer(session, asked, helped, MONDAY + timedelta(days=15))
        [counted] = signposts.counts(session, people.setting.id or 0)
        assert (counted.month, counted.asked, counted.helped, counted.not_yet) == ("2026-11", 1, 0, 1)
        assert asked.need == ""


def test_what_is_never_answered_is_forgotten(engine: Engine, people: People) -> None:
    late = MONDAY + timedelta(days=28)
    with transaction(engine) as session:
        _ask(session, people, Need.FOOD)
        assert signposts.forget(session, late - timedelta(minutes=1)) == 0
        assert signposts.to_ask_about(session, late) == []
        assert [signposts.forget(session, late) for _ in range(2)] == [1, 0]
        assert session.exec(select(ServiceAsked)).one().need == ""
