"""Places of an event when two processes move at the same moment, as only PostgreSQL lets them."""

from __future__ import annotations

import threading
import time
from datetime import timedelta

from sqlalchemy import Engine

from bot.database import reading, transaction
from nursery import events, free_places, rsvps
from nursery.recipients import Audience
from nursery.rsvps import Coming
from tests.cast import MONDAY, People
from tests.postgres import Cluster

STARTS = MONDAY + timedelta(days=11)
LATE = MONDAY + timedelta(days=2)


def test_a_yes_said_as_the_place_lapses_counts(postgres: Cluster, engine: Engine, people: People) -> None:
    """Piotr's yes is not committed yet when the job finds his place unanswered; Samira waits for it."""
    ids = {who: people.guardians[who].id or 0 for who in ("Amina", "Piotr", "Samira")}
    with transaction(engine) as session:
        audience = Audience(people.setting.id or 0)
        event = events.add_event(
            session, audience, "Songs", STARTS, STARTS + timedelta(hours=1), now=MONDAY, capacity=1
        )
        for number in ids.values():
            rsvps.respond(session, event, number, Coming.YES, MONDAY)
        rsvps.respond(session, event, ids["Amina"], Coming.NO, MONDAY)

    def lapse() -> None:
        with transaction(engine) as session:
            free_places.let_lapse(session, LATE)

    job = threading.Thread(target=lapse)
    with transaction(engine) as session:
        rsvps.respond(session, event, ids["Piotr"], Coming.YES, LATE)
        job.start()
        time.sleep(0.5)  # until it waits for the row
    job.join(20)
    with reading(engine) as session:
        answers = {one.guardian_id: one.answer for one in rsvps.guests(session, event.id or 0)}
    assert answers == {ids["Amina"]: "not", ids["Piotr"]: "coming", ids["Samira"]: "waiting"}
