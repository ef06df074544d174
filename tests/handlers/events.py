"""Events that parents are asked to, and what they have answered."""

from datetime import timedelta

from sqlmodel import select

from nursery import events
from nursery.events import Event
from nursery.recipients import Audience
from nursery.rsvps import Rsvp
from tests.cast import MONDAY, People
from tests.talking import Player

STARTS = MONDAY + timedelta(days=11, hours=6, minutes=30)


def new_event(play: Player, people: People, title: str = "Stay and play", days: int = 0, **fields: object) -> Event:
    with play.session() as session:
        starts = STARTS + timedelta(days=days)
        room = fields.pop("room_id", None)
        audience = Audience(people.setting.id or 0, room_id=room)  # type: ignore[arg-type]
        ends = starts + timedelta(hours=1)
        return events.add_event(session, audience, title, starts, ends, now=MONDAY, **fields)  # type: ignore[arg-type]


def answers_kept(play: Player) -> dict[int, str]:
    with play.session() as session:
        return {rsvp.guardian_id: rsvp.answer for rsvp in session.exec(select(Rsvp))}
