"""Times that parents may book, and who has them."""

from datetime import UTC, datetime

from sqlmodel import col, select

from nursery import appointments
from nursery.appointments import Appointment, Kind
from nursery.tasks import Task
from tests.cast import MONDAY, People
from tests.talking import Player

STARTS = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
BOOKED = """
    Coatpeg: Booked. Review of progress, Noor: Tue 1 Dec at 10:00, 20 minutes, with Grace. Where: Little Acorns. ...
"""


def offer(play: Player, people: People, count: int = 2, kind: Kind = Kind.REVIEW, **fields: object) -> list[int]:
    starts = fields.pop("starts", STARTS)
    with play.session() as session:
        made = appointments.offer(session, kind, people.staff["Grace"], starts, 20, count, now=MONDAY, **fields)  # type: ignore[arg-type]
        return [one.id or 0 for one in made]


def holders(play: Player, people: People) -> list[str]:
    """Who has which time, in order of time."""
    names = {guardian.id: name for name, guardian in people.guardians.items()}
    with play.session() as session:
        every = session.exec(select(Appointment).order_by(col(Appointment.starts_at), col(Appointment.id)))
        return [names.get(one.guardian_id, "") for one in every]


def tasks_of(play: Player) -> list[tuple[str, str]]:
    with play.session() as session:
        return [(task.kind, task.about) for task in session.exec(select(Task).order_by(col(Task.id)))]
