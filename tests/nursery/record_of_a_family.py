"""A child's record with something of everything in it, of two guardians, for the tests of what each is shown."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlmodel import Session

from nursery import about_me, attendance, complaints, consents, home_observations, observations
from nursery.about_me import Reply
from nursery.attendance import Absence, Reason
from nursery.complaints import Grievance
from nursery.consents import Purpose
from nursery.guardians import Guardian
from nursery.home_observations import Seen
from nursery.people import Child, Staff
from nursery.settings import Setting, today
from nursery.settling import SettlingNote
from nursery.targets import Target
from tests.cast import MONDAY


def fill(session: Session, setting: Setting, child: Child, guardian: Guardian, grace: Staff) -> None:
    """Something of everything from this guardian; their name stands in each of their words."""
    who = guardian.name
    seen = home_observations.share(
        session,
        setting,
        child,
        guardian,
        Seen(f"Counted stairs with {who}", next_step=f"Up to ten, says {who}"),
        MONDAY,
    )
    home_observations.approve(session, seen, grace, MONDAY, line="What a lovely way to count.")
    home_observations.share(session, setting, child, guardian, Seen(f"Not approved, {who}"), MONDAY)
    question = next(iter(about_me.questions()))
    about_me.answer(session, child, guardian, Reply(question, f"Trains, says {who}"), MONDAY)
    yes = f"We may take {child.first_name} out, {who}"
    consents.answer(
        session, child, guardian.id or 0, Purpose.OUTINGS, given=True, text=yes, language=guardian.language, now=MONDAY
    )
    first = today(MONDAY) - timedelta(days=30 if who < "B" else 60)
    absence = Absence(
        child_id=child.id or 0,
        guardian_id=guardian.id or 0,
        first_day=first,
        last_day=first + timedelta(days=1),
        reason=Reason.ILL,
        words=f"A cold, says {who}",
        told_at=MONDAY,
    )
    attendance.tell_away(session, absence)
    complaints.lodge(session, setting, guardian, Grievance(f"The gate was open, says {who}", child), MONDAY)


def write_snippets(session: Session, child: Child, grace: Staff) -> None:
    """One signed off, with a next step, and one that waits."""
    known: dict[str, Any] = {"child_id": child.id or 0, "staff_id": grace.id or 0}
    for days, sent in ((0, MONDAY), (1, None)):
        target = f"{child.first_name} puts on a coat." if sent else "A target not sent yet."
        note = f"{child.first_name} waved goodbye." if sent else "A note not sent yet."
        day = today(MONDAY) - timedelta(days=days)
        session.add(Target(**known, words=target, set_at=MONDAY, due_on=day, sent_at=sent))
        session.add(SettlingNote(**known, words=note, made_at=MONDAY, day=day, sent_at=sent))
    words = f"{child.first_name} built a tower of nine bricks <b>alone</b>."
    observations.add_snippet(session, child, words, staff=grace, now=MONDAY, next_step="Count the bricks together.")
    other = Staff(setting_id=child.setting_id, name="Someone")
    session.add(other)
    session.flush()
    observations.add_snippet(session, child, "Waits to be signed off.", staff=other, now=MONDAY)
