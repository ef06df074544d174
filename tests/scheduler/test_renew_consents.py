"""A yes stands for a year; before it runs out whoever gave it is asked once whether it is still right."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import select

from nursery import consents
from nursery.consents import Consent, Purpose
from nursery.guardians import Guardianship
from tests.cast import CAST, MONDAY, People
from tests.scheduler.conftest import RunJob
from tests.talking import Player

ALMOST = timedelta(days=358)


def _agreed(play: Player, people: People, who: str, purpose: Purpose = Purpose.OUTINGS, *, given: bool = True) -> None:
    """A year ago, but for a week."""
    with play.session() as session:
        child = session.merge(people.children[CAST[who].children[0]])
        number, then = people.guardians[who].id or 0, MONDAY - ALMOST
        consents.answer(session, child, number, purpose, given=given, text="", language="en_GB", now=then)


def _stand_until(play: Player) -> list[date]:
    with play.session() as session:
        return [one.expires_on for one in session.exec(select(Consent)) if one.withdrawn_at is None and one.given]


async def test_it_is_asked_about_once_and_stands_for_another_year(
    on_both: Player, people: People, run_job: RunJob
) -> None:
    for purpose in (Purpose.OUTINGS, Purpose.SUN_CREAM):
        _agreed(on_both, people, "Amina", purpose)
    assert [await run_job("renew_consents", MONDAY) for _ in range(2)] == [1, 0]
    assert await run_job("renew_consents", MONDAY + timedelta(days=1)) == 0
    on_both("""
        Coatpeg to Amina: You agreed to this a year ago. Is it still right?
          We may take Noor on short outings near the nursery, ...
          1 I agree
          2 I do not agree
          3 Later
        Amina: [tap 1]
        Coatpeg: You agreed to this a year ago. Is it still right?
          We may put sun cream on Noor.
          ...
        Amina: [tap 2]
        Coatpeg: Thank you, that is all. To see or change what you have told us, text CONSENT.
    """)
    assert _stand_until(on_both) == [date(2027, 11, 23)]
    assert await run_job("renew_consents", MONDAY) == 0


async def test_later_keeps_what_stands(on_both: Player, people: People, run_job: RunJob) -> None:
    _agreed(on_both, people, "Amina")
    before = _stand_until(on_both)
    await run_job("renew_consents", MONDAY)
    on_both.deliver()
    on_both("Amina: [tap 3]\nCoatpeg: Thank you, that is all. ...")
    assert _stand_until(on_both) == before


@pytest.mark.parametrize("who", ["Piotr", "Farah", "Ioana", "Samira"])
async def test_in_the_readers_language(on_both: Player, people: People, run_job: RunJob, who: str) -> None:
    _agreed(on_both, people, who)
    await run_job("renew_consents", MONDAY)
    (asked,) = on_both.deliver()
    assert (asked.who, asked.language, len(asked.choices)) == (who, CAST[who].language, 3)
    on_both.say(who, "1")
    assert _stand_until(on_both) == [date(2027, 11, 23)]


async def test_a_no_and_a_right_that_is_gone_are_left_alone(play: Player, people: People, run_job: RunJob) -> None:
    _agreed(play, people, "Amina", given=False)
    _agreed(play, people, "Farah")
    with play.session() as session:
        tie = session.exec(select(Guardianship).where(Guardianship.guardian_id == people.guardians["Farah"].id)).one()
        tie.restricted_from = MONDAY.date()
        session.add(tie)
    assert await run_job("renew_consents", MONDAY) == 0


async def test_what_was_said_again_meanwhile_is_not_asked(play: Player, people: People, run_job: RunJob) -> None:
    _agreed(play, people, "Amina")
    await run_job("renew_consents", MONDAY)
    with play.session() as session:
        noor, number = session.merge(people.children["Noor"]), people.guardians["Amina"].id or 0
        consents.answer(session, noor, number, Purpose.OUTINGS, given=True, text="", language="en_GB", now=MONDAY)
    assert play.deliver() == []


async def test_one_that_has_run_out_may_be_asked_for_where_it_is_needed(play: Player, people: People) -> None:
    with play.session() as session:
        noor, number = session.merge(people.children["Noor"]), people.guardians["Amina"].id or 0
        then, why = MONDAY - timedelta(days=400), Purpose.HEALTH_VISITOR
        consents.answer(session, noor, number, why, given=True, text="", language="en_GB", now=then)
    play.push("Amina", "consent_asked", {"child": noor.id, "purpose": why.value})
    assert "health visitor" in play.deliver()[0].text
    play.say("Amina", "2")
    play.push("Amina", "consent_asked", {"child": noor.id, "purpose": why.value})
    assert play.deliver() == []


async def test_what_is_not_answered_is_asked_again_in_four_weeks_whatever_the_month(
    play: Player, people: People, run_job: RunJob
) -> None:
    """MONDAY is the 23rd: a week later is another month."""
    _agreed(play, people, "Amina")
    days = (0, 8, 27, 28)
    assert [await run_job("renew_consents", MONDAY + timedelta(days=day)) for day in days] == [1, 0, 0, 1]
