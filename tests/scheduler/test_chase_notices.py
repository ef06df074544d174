"""An important notice not answered goes once more, by the other channel where there is one; then to a person."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, update

from bot.database import reading, transaction
from nursery import chases, notices
from nursery.contacts import Contact, contacts_of
from nursery.guardians import Guardian, Topic
from nursery.notices import Notice
from nursery.people import Child
from nursery.recipients import Audience
from nursery.settings import today
from nursery.shared_phones import share
from nursery.tasks import open_tasks
from tests.cast import MONDAY, People, contact_of
from tests.scheduler.conftest import RunJob
from tests.talking import Player

DAY = timedelta(days=1)


async def _publish(
    play: Player,
    people: People,
    run_job: RunJob,
    *,
    at: datetime = MONDAY,
    deliver: bool = True,
    **fields: Any,
) -> int:
    """An important notice to all, published and sent; of all only Amina has two channels."""
    with play.session() as session:
        contact_of(session, "Amina", "sms")
        words: dict[str, Any] = {"text": "The gate sticks.", "checks": True, "publish_at": at, "now": at}
        made = notices.draft(session, Audience(people.setting.id or 0), **(words | fields))
        number = made.id or 0
    await run_job("publish_notices", at)
    play.clock.now = at
    if deliver:
        play.deliver()
    return number


def _all_but(play: Player, name: str) -> None:
    """Everybody else has answered."""
    for who in sorted({"Amina", "Piotr", "Farah", "Ioana", "Samira"} - {name}):
        if any(one.who == who and one.choices for one in play.heard):
            play.say(who, "1")


def _tasks(engine: Engine) -> list[tuple[str, int | None, bool]]:
    with reading(engine) as session:
        return [(task.kind, task.guardian_id, task.urgent) for task in open_tasks(session)]


async def test_after_a_day_by_the_other_channel_once(play: Player, people: People, run_job: RunJob) -> None:
    await _publish(play, people, run_job)
    _all_but(play, "Amina")
    assert await run_job("chase_notices", MONDAY + DAY - timedelta(minutes=1)) == 0
    play.clock.now = MONDAY + DAY
    assert [await run_job("chase_notices", play.clock.now) for _ in range(2)] == [1, 0]
    play("""
        Coatpeg to Amina: We would like to be sure that you have seen this.
          Little Acorns, Mon 23 Nov: The gate sticks.
          1 It is clear
          2 It is not clear
          3 Please call me
    """)
    assert play.heard[-1].key.startswith("notice:1:again")
    play("Amina: 1\nCoatpeg: Thank you for telling us.", channel="sms")
    with play.session() as session:
        assert chases.answers(session, session.get_one(Notice, 1))[people.guardians["Amina"].id or 0] == "clear"


@pytest.mark.parametrize("who", ["Piotr", "Farah", "Ioana", "Samira"])
async def test_who_has_one_channel_is_asked_there_once_more(
    play: Player, people: People, run_job: RunJob, who: str
) -> None:
    await _publish(play, people, run_job)
    _all_but(play, who)
    play.clock.now = MONDAY + DAY
    assert [await run_job("chase_notices", play.clock.now) for _ in range(2)] == [1, 0]
    [again] = play.deliver()
    assert (again.who, again.language, len(again.choices)) == (who, people.guardians[who].language, 3)
    play.clock.now = MONDAY + 2 * DAY
    assert await run_job("chase_notices", play.clock.now) == 0
    play.clock.now = MONDAY + 3 * DAY
    assert await run_job("chase_notices", play.clock.now) == 1, "then a person"
    assert play.deliver() == []


@pytest.mark.parametrize("urgent", [False, True])
async def test_it_goes_again_at_a_polite_hour(play: Player, people: People, run_job: RunJob, urgent: bool) -> None:
    """Told late in the evening, as what is urgent is; a day later nobody is woken for it."""
    late = MONDAY + timedelta(hours=13)
    await _publish(play, people, run_job, urgent=True, at=late)
    with play.session() as session:
        session.get_one(Notice, 1).urgent = urgent
    play.clock.now = late + DAY
    assert await run_job("chase_notices", play.clock.now) == 5
    assert play.deliver() == []
    play.clock.pass_(hours=10)
    assert len(play.deliver()) == 5


async def test_what_came_late_is_not_said_again_at_once(play: Player, people: People, run_job: RunJob) -> None:
    """Published in the evening it was held till morning; what has not even left does not go twice."""
    await _publish(play, people, run_job, deliver=False)
    play.clock.now = MONDAY + DAY - timedelta(hours=3)
    play.deliver()
    play.clock.now = MONDAY + DAY
    assert await run_job("chase_notices", play.clock.now) == 1, "Amina's, by the other channel"


async def test_on_a_shared_phone_who_has_not_answered_is_asked_by_name(
    play: Player, people: People, run_job: RunJob
) -> None:
    with play.session() as session:
        farah = session.get_one(Guardian, people.guardians["Farah"].id)
        farah.language = "pl"  # so that it comes once for both
        for own in contacts_of(session, farah.id or 0):
            session.delete(own)
        shared = contact_of(session, "Piotr", "sms")
        assert shared is not None
        share(session, shared, farah, MONDAY, today(MONDAY))
    await _publish(play, people, run_job)
    _all_but(play, "Farah")
    play.clock.now = MONDAY + DAY
    assert await run_job("chase_notices", play.clock.now) == 1
    with play.session() as session:
        answered = chases.answers(session, session.get_one(Notice, 1))
    [waits] = [who for who in ("Piotr", "Farah") if people.guardians[who].id not in answered]
    [again] = play.deliver()
    assert (again.who, people.guardians[waits].name in again.text) == ("Piotr", True)


@pytest.mark.parametrize(("who", "other"), [("Piotr", "telegram"), ("Samira", "sms"), ("Ioana", "telegram")])
async def test_in_their_language_on_the_other_channel(
    play: Player, people: People, run_job: RunJob, who: str, other: str
) -> None:
    with play.session() as session:
        contact_of(session, who, other)
    await _publish(play, people, run_job)
    _all_but(play, who)
    play.clock.now = MONDAY + DAY
    assert await run_job("chase_notices", play.clock.now) == 1
    [again] = play.deliver()
    assert (again.who, again.language, len(again.choices)) == (who, people.guardians[who].language, 3)
    play.channel = other
    assert len(play.say(who, "2")) == 1, "a person rings"
    with play.session() as session:
        assert [task.kind for task in open_tasks(session)] == ["notice not clear"]


async def test_who_has_answered_is_left_in_peace(play: Player, people: People, run_job: RunJob) -> None:
    await _publish(play, people, run_job)
    _all_but(play, "")
    play.clock.now = MONDAY + DAY
    assert await run_job("chase_notices", play.clock.now) == 0


async def test_answered_while_it_waits_it_does_not_go(play: Player, people: People, run_job: RunJob) -> None:
    await _publish(play, people, run_job)
    _all_but(play, "Piotr")
    play.clock.now = MONDAY + DAY
    assert await run_job("chase_notices", play.clock.now) == 1
    play.say("Piotr", "1")
    assert play.deliver() == []


async def test_after_three_days_a_person(play: Player, engine: Engine, people: People, run_job: RunJob) -> None:
    await _publish(play, people, run_job)
    for who in ("Amina", "Piotr", "Ioana"):
        play.say(who, "1")
    play.say("Samira", "STOP")
    assert await run_job("chase_notices", MONDAY + 3 * DAY - timedelta(minutes=1)) == 1, "Farah's second message"
    assert [await run_job("chase_notices", MONDAY + 3 * DAY) for _ in range(2)] == [2, 0]
    asked = {people.guardians[name].id for name in ("Farah", "Samira")}
    assert _tasks(engine) == [("call or doorstep", number, False) for number in sorted(asked, key=lambda one: one or 0)]
    with reading(engine) as session:
        assert {task.about for task in open_tasks(session)} == {"notice 1"}, "nobody's words and nobody's name"


@pytest.mark.parametrize(
    ("child", "room", "rings"), [("Mara", "", "Helen"), ("", "Caterpillars", "Helen"), ("Andrei", "", "Grace")]
)
async def test_of_siblings_the_key_person_of_the_child_it_is_about_rings(
    play: Player, engine: Engine, people: People, run_job: RunJob, child: str, room: str, rings: str
) -> None:
    with play.session() as session:
        session.get_one(Child, people.children["Mara"].id).key_person_id = people.staff["Helen"].id
        audience = Audience(
            people.setting.id or 0,
            people.rooms[room].id if room else None,
            people.children[child].id if child else None,
        )
        notices.draft(session, audience, publish_at=MONDAY, now=MONDAY, text="Her cut is small.", checks=True)
    await run_job("publish_notices", MONDAY)
    await run_job("chase_notices", MONDAY + 3 * DAY)
    with reading(engine) as session:
        told = {task.staff_id for task in open_tasks(session) if task.guardian_id == people.guardians["Ioana"].id}
    assert told == {people.staff[rings].id}


@pytest.mark.parametrize(("urgent", "count"), [(False, 0), (True, 1)])
async def test_who_asked_for_silence_is_rung_only_if_it_is_urgent(
    play: Player, engine: Engine, people: People, run_job: RunJob, urgent: bool, count: int
) -> None:
    with play.session() as session:
        paused = update(Guardian).where(Guardian.name == "Piotr").values(paused_until=date(2027, 1, 1))  # type: ignore[arg-type]
        session.connection().execute(paused)
    await _publish(play, people, run_job, urgent=urgent)
    assert len(_tasks(engine)) == count, "at once"
    for who in ("Amina", "Farah", "Ioana", "Samira"):
        play.say(who, "1")
    assert await run_job("chase_notices", MONDAY + 3 * DAY) == 0
    assert len(_tasks(engine)) == count


async def test_a_family_held_by_the_lead_is_the_leads(play: Player, people: People, run_job: RunJob) -> None:
    with play.session() as session:
        session.connection().execute(update(Guardian).values(sends_held=True))
    await _publish(play, people, run_job)
    assert await run_job("chase_notices", MONDAY + 3 * DAY) == 1, "Amina's second message, which is held too"
    play.clock.now = MONDAY + 3 * DAY
    assert play.deliver() == []


@pytest.mark.parametrize("how", ["no check", "withdrawn", "past", "old"])
async def test_what_does_not_matter_is_not_chased(play: Player, people: People, run_job: RunJob, how: str) -> None:
    fields: dict[str, Any] = {}
    if how == "no check":
        fields = {"checks": False}
    if how == "past":
        fields = {"text": "", "template": "closing-early", "slots": {"day": "2026-11-23", "time": "14:30"}}
    number = await _publish(play, people, run_job, **fields)
    if how == "withdrawn":
        with play.session() as session:
            notices.withdraw(session, session.get_one(Notice, number), MONDAY)
    when = MONDAY + (20 if how == "old" else 3) * DAY
    assert await run_job("chase_notices", when) == 0


async def test_who_is_unseen_and_why(engine: Engine, play: Player, people: People, run_job: RunJob) -> None:
    number = await _publish(play, people, run_job)
    play.say("Amina", "3")
    with transaction(engine) as session:
        samira = session.get_one(Guardian, people.guardians["Samira"].id)
        samira.stopped_topics = int(Topic.NOTICES)
        session.add(samira)
        closed = update(Contact).where(Contact.guardian_id == people.guardians["Ioana"].id).values(state="closed")  # type: ignore[arg-type]
        session.connection().execute(closed)
    with reading(engine) as session:
        found = chases.unseen(session, session.get_one(Notice, number), MONDAY.date())
    assert [(guardian.name, str(why)) for guardian, why in found] == [
        ("Farah", "no answer"),
        ("Ioana", "no working number or chat"),
        ("Piotr", "no answer"),
        ("Samira", "has stopped this kind of message"),
    ]
