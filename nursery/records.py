"""A child's record as a guardian may see it: who may, what is in it, and a log of every asking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from sqlalchemy import func
from sqlmodel import Field, Session, SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from locales.sentences import D_
from nursery import about_me, consents, home_observations, observations, sharing
from nursery.about_me import AboutMe
from nursery.attendance import Absence
from nursery.consents import Consent
from nursery.guardians import ANY_TOPIC, Guardian, children_of
from nursery.home_observations import HomeObservation
from nursery.inbox import Media
from nursery.observations import Snippet
from nursery.people import Child
from nursery.queries import owner_for
from nursery.settings import Setting, today
from nursery.settling import SettlingNote
from nursery.sharing import Sharing
from nursery.targets import Target
from nursery.tasks import raise_task

Sent = TypeVar("Sent", Target, SettlingNote)

MISSES = 3
WAIT = timedelta(hours=1)
"""After MISSES wrong dates of birth within this time a person helps instead."""

MOST_SHOWN = 200
SHOWN_AS = ("image/jpeg", "image/png", "image/webp", "image/gif")


class RecordAccess(SQLModel, table=True):
    """One line of the log that the manager and the lead can read: who asked for which child's record, and when."""

    __tablename__ = "record_access"

    id: int | None = Field(default=None, primary_key=True)
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    child_id: int = Field(foreign_key="child.id", index=True)
    what: str
    """`wrong date`, `link made`, `link opened`, `photo seen` or `appointment`."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Record:
    """What a guardian is shown of a child: the setting's words and their own, never another guardian's, never what is
    with the safeguarding lead, never a complaint."""

    snippets: Sequence[Snippet]
    targets: Sequence[Target]
    settling: Sequence[SettlingNote]
    shared: Sequence[HomeObservation]
    told: Sequence[AboutMe]
    agreed: Sequence[Consent]
    away: Sequence[Absence]
    passed_on: Sequence[Sharing]
    """What was shared with others on this guardian's own consent."""


def may_see(session: Session, guardian_id: int, child_id: int, day: date) -> bool:
    """Whether a guardian may see a child's record that day: told of the child at all, and with parental responsibility
    (EYFS: parents must have access to all records about their child), no court's limit in force."""
    known = {child.id for child in children_of(session, guardian_id, ANY_TOPIC, day)}
    return child_id in known and consents.may_consent(session, guardian_id, child_id, day)


def must_wait(session: Session, guardian_id: int, now: datetime) -> bool:
    """Whether this guardian has been wrong too often within the hour, about whichever child."""
    wrong = select(func.count()).where(
        RecordAccess.guardian_id == guardian_id,
        RecordAccess.what == "wrong date",
        col(RecordAccess.at) > now - WAIT,
    )
    return int(session.exec(wrong).one()) >= MISSES


def note_wrong(session: Session, setting: Setting, guardian_id: int, child: Child, now: datetime) -> bool:
    """Notes a wrong date of birth. True when a person is to help from now on, who has the task."""
    log(session, guardian_id, child.id or 0, D_("wrong date"), now)
    if not must_wait(session, guardian_id, now):
        return False
    _hand_over(session, setting, guardian_id, child, "help to see the record", now)
    return True


def photos_in(session: Session, seen: HomeObservation) -> list[int]:
    """The numbers of the photos that came with what a guardian shared."""
    came = [one for one in (seen.inbound_id, seen.next_step_inbound_id) if one is not None]
    chosen = select(Media.id).where(col(Media.inbound_id).in_(came), col(Media.mime).in_(SHOWN_AS))
    return [one for one in session.exec(chosen.where(col(Media.content).is_not(None)).order_by(col(Media.id))) if one]


def ask_to_look(session: Session, setting: Setting, guardian_id: int, child: Child, now: datetime) -> None:
    """An appointment to look at the record together: a task for whoever knows the child."""
    log(session, guardian_id, child.id or 0, D_("appointment"), now)
    _hand_over(session, setting, guardian_id, child, "appointment to look at the record", now)


def record_of(session: Session, guardian: Guardian, child: Child) -> Record:
    """What there is to show, newest first."""
    child_id, guardian_id = child.id or 0, guardian.id or 0
    told = about_me.answers_of(session, child_id, guardian_id)
    away = select(Absence).where(Absence.child_id == child_id, Absence.guardian_id == guardian_id)
    return Record(
        snippets=observations.latest(session, child_id, MOST_SHOWN),
        targets=list(session.exec(_sent(Target, child_id).order_by(col(Target.id).desc()))),
        settling=list(session.exec(_sent(SettlingNote, child_id).order_by(col(SettlingNote.day).desc()))),
        shared=home_observations.shared_by(session, guardian_id, child_id)[:MOST_SHOWN],
        told=[told[question] for question in about_me.questions() if question in told],
        agreed=list(consents.answers_of(session, child, guardian_id).values()),
        away=list(session.exec(away.order_by(col(Absence.first_day).desc()).limit(MOST_SHOWN))),
        passed_on=[one for about, one in sharing.agreed_by(session, guardian_id) if about.id == child_id],
    )


def accesses(session: Session, child_id: int | None = None) -> list[RecordAccess]:
    """The log, oldest first; of one child, or of all."""
    chosen = select(RecordAccess).order_by(col(RecordAccess.id))
    return list(session.exec(chosen if child_id is None else chosen.where(RecordAccess.child_id == child_id)))


def log(session: Session, guardian_id: int, child_id: int, what: str, now: datetime) -> None:
    """Writes a line of the log."""
    session.add(RecordAccess(guardian_id=guardian_id, child_id=child_id, what=what, at=now))
    session.flush()


def count(session: Session, guardian_id: int, child_id: int, what: str, since: datetime) -> int:
    """How often a guardian did that with a child's record since then."""
    chosen = select(func.count(col(RecordAccess.id))).where(
        RecordAccess.guardian_id == guardian_id,
        RecordAccess.child_id == child_id,
        RecordAccess.what == what,
        col(RecordAccess.at) >= since,
    )
    return session.exec(chosen).one()


def _sent(table: type[Sent], child_id: int) -> SelectOfScalar[Sent]:
    """What has been sent to guardians of a child: what waits is not theirs to see yet."""
    return select(table).where(table.child_id == child_id, col(table.sent_at).is_not(None)).limit(MOST_SHOWN)


def _hand_over(session: Session, setting: Setting, guardian_id: int, child: Child, kind: str, now: datetime) -> None:
    owner = owner_for(session, setting, child, today(now))
    raise_task(
        session,
        f"{kind}:{guardian_id}:{child.id}:{now.isoformat()}",
        kind,
        now=now,
        setting_id=child.setting_id,
        staff_id=owner.id if owner else None,
        guardian_id=guardian_id,
        child_id=child.id,
    )
