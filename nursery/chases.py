"""Chases: who has not answered an important notice, and what is done so that it reaches them after all (rule 4)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from locales.sentences import D_
from nursery import agreements
from nursery.guardians import Guardian, Topic
from nursery.notices import Notice, useful_until
from nursery.recipients import Unreached, recipients, unreachable
from nursery.replies import NoticeReply
from nursery.settings import today
from nursery.tasks import raise_task

OTHER_CHANNEL = timedelta(hours=24)
"""Without an answer by then it goes once more, at a polite hour: by the guardian's other channel, or by the same where
there is only one."""

AT_REST = timedelta(hours=6)
"""On the same channel it does not go again sooner after the first: what quiet hours held back came late."""

BY_HAND = timedelta(hours=72)
"""Without an answer by then a person rings or goes to the door."""

FRESH = timedelta(days=7)
"""What could not be chased within this is not chased any more."""


class Silence(StrEnum):
    """Why an important notice is not known to be understood, beside the reasons of Unreached."""

    NO_ANSWER = D_("no answer")


CHOSEN = (Unreached.PAUSED, Unreached.TOPIC)
"""They asked for silence, and were told that staff ring if it is urgent."""

NOT_TO_BE_TOLD = (Unreached.NOT_CONFIRMED, Unreached.NOT_ALLOWED)


def to_chase(session: Session, now: datetime, after: timedelta) -> list[Notice]:
    """Notices with an understanding check that were published so long ago and still matter."""
    chosen = select(Notice).where(
        col(Notice.checks).is_(True),
        col(Notice.cancelled_at).is_(None),
        col(Notice.published_at) <= now - after,
        col(Notice.published_at) > now - after - FRESH,
    )
    found = session.exec(chosen.order_by(col(Notice.id)))
    return [one for one in found if (useful_until(one) or now + after) > now]


def silent_on(notice: Notice) -> ColumnElement[bool]:
    """The condition on a Guardian who has said nothing to this notice."""
    said = select(NoticeReply.id).where(NoticeReply.guardian_id == Guardian.id, NoticeReply.notice_id == notice.id)
    return ~said.correlate(Guardian).exists()


def unseen(session: Session, notice: Notice, today: date) -> list[tuple[Guardian, StrEnum]]:
    """Those of the audience not known to have seen a notice, by name: no answer, or why nothing reaches them."""
    to = recipients(notice.audience, Topic.NOTICES, today).where(silent_on(notice)).subquery("recipient")
    chosen = select(Guardian).join(to, to.c.guardian_id == col(Guardian.id))
    silent: list[tuple[Guardian, StrEnum]] = [(one, Silence.NO_ANSWER) for one in session.exec(chosen)]
    answered = answers(session, notice)
    missed = unreachable(session, notice.audience, Topic.NOTICES, today)
    out_of_reach = [(one, why) for one, why in missed if why not in NOT_TO_BE_TOLD and one.id not in answered]
    return sorted([*silent, *out_of_reach], key=lambda found: (found[0].name, found[0].id or 0))


def answers(session: Session, notice: Notice) -> Mapping[int, str]:
    """What each guardian has answered to the check."""
    kept = session.exec(select(NoticeReply).where(NoticeReply.notice_id == notice.id))
    return {one.guardian_id: one.answer for one in kept}


def needs_a_person(notice: Notice, guardian: Guardian, why: StrEnum) -> bool:
    """Whether somebody is to ring or go to the door. A family whose sends the safeguarding lead holds is the lead's."""
    return not guardian.sends_held and (notice.urgent or why not in CHOSEN)


def ring_out_of_reach(session: Session, notice: Notice, now: datetime) -> int:
    """What is urgent a person tells at once whoever nothing reaches: STOP, PAUSE and TOPICS have promised it. How many
    new tasks that is."""
    missed = unreachable(session, notice.audience, Topic.NOTICES, today(now)) if notice.urgent else []
    to_ring = [one for one, why in missed if why not in NOT_TO_BE_TOLD and needs_a_person(notice, one, why)]
    return sum(give_to_a_person(session, notice, one.id or 0, now) for one in to_ring)


def give_to_a_person(session: Session, notice: Notice, guardian_id: int, now: datetime) -> bool:
    """The task for the key person; it names the notice by number and nobody but the guardian it is about."""
    about = {"child": notice.child_id, "room": notice.room_id}
    return raise_task(
        session,
        f"notice unseen:{notice.id}:{guardian_id}",
        "call or doorstep",
        now=now,
        setting_id=notice.setting_id,
        staff_id=agreements.key_person_of(session, guardian_id, notice.setting_id, today(now), **about),
        guardian_id=guardian_id,
        child_id=notice.child_id,
        about=f"notice {notice.id}",
        urgent=notice.urgent,
    )
