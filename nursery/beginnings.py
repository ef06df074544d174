"""Beginnings: the first weeks of a guardian with us, one small thing at a time (policy S0: settling in together)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from sqlmodel import Field, Session, SQLModel, col, select

from nursery import about_me, agreements, consents
from nursery.consents import Purpose
from nursery.contacts import Contact
from nursery.guardians import Guardian, Topic, children_of
from nursery.people import Child
from nursery.preferences import Preference
from nursery.settings import Setting


class Step(StrEnum):
    """What is told or asked in the first weeks, beside the welcome of the first day."""

    SETTINGS = "settings"
    KEY_PERSON = "key person"
    SIGN = "sign"
    CONSENT = "consent"
    ABOUT = "about"
    FINDING = "finding"


DAYS = {Step.SETTINGS: 1, Step.KEY_PERSON: 3, Step.SIGN: 5, Step.CONSENT: 8, Step.ABOUT: 10, Step.FINDING: 14}
"""In order: the day after joining from which on each may come."""

ENDS = timedelta(days=90)
"""What could not come by then, for a pause or a stop, is no beginning any more."""

FIRST_CONSENTS = (Purpose.PHOTOS_INSIDE, Purpose.PHOTOS_OUTSIDE, Purpose.OUTINGS, Purpose.SUN_CREAM)
"""What is asked of every family; the others are asked when there is cause."""


class Beginning(SQLModel, table=True):
    """One guardian's first weeks: how far they are, and the day to look at them next."""

    id: int | None = Field(default=None, primary_key=True)
    guardian_id: int = Field(foreign_key="guardian.id", unique=True)
    setting_id: int = Field(foreign_key="setting.id", index=True)
    began_on: date
    step: str = ""
    """The last step that has come."""
    next_on: date = Field(index=True)
    ended_on: date | None = None


def begin(session: Session, contact: Contact, setting: Setting, today: date) -> None:
    """Begins the first weeks of who has just joined from this contact. Who had joined before has had theirs."""
    guardian_id = contact.guardian_id or 0
    elsewhere = select(Contact.id).where(
        Contact.guardian_id == guardian_id, col(Contact.greeted_at).is_not(None), Contact.id != contact.id
    )
    if session.exec(elsewhere).first() is not None or beginning_of(session, guardian_id) is not None:
        return
    next_on = today + timedelta(days=min(DAYS.values()))
    session.add(
        Beginning(guardian_id=guardian_id, setting_id=setting.id or 0, began_on=today, next_on=next_on),
    )


def begin_on(session: Session, guardian: Guardian, setting_id: int, first: date) -> bool:
    """Begins the first weeks with a child's first day, for who has not had theirs; says whether that is new. What comes
    is put off until they can be written to; who joins later goes on from there."""
    guardian_id = guardian.id or 0
    joined = select(Contact.id).where(Contact.guardian_id == guardian_id, col(Contact.greeted_at).is_not(None))
    if session.exec(joined).first() is not None or beginning_of(session, guardian_id) is not None:
        return False
    next_on = first + timedelta(days=min(DAYS.values()))
    session.add(Beginning(guardian_id=guardian_id, setting_id=setting_id, began_on=first, next_on=next_on))
    session.flush()
    return True


def beginning_of(session: Session, guardian_id: int) -> Beginning | None:
    return session.exec(select(Beginning).where(Beginning.guardian_id == guardian_id)).first()


def in_hand(session: Session, today: date, at_most: int = 500) -> list[int]:
    """The numbers of the beginnings to look at today."""
    chosen = select(Beginning.id).where(col(Beginning.ended_on).is_(None), Beginning.next_on <= today)
    return [number for number in session.exec(chosen.order_by(col(Beginning.id)).limit(at_most)) if number is not None]


def next_step(session: Session, beginning: Beginning, today: date) -> Step | None:
    """The step whose day has come and which is needed still; None when there is none today. What is about the child's
    care is for those who may speak of it."""
    guardian = session.get_one(Guardian, beginning.guardian_id)
    children = children_of(session, guardian.id or 0, Topic.CARE, today)
    left = list(Step)[list(Step).index(Step(beginning.step)) + 1 :] if beginning.step else list(Step)
    step = next((one for one in left if _needed(session, one, guardian, children, beginning, today)), None)
    if step is None or beginning.began_on + timedelta(days=DAYS[step]) > today:
        return None
    return step


def took(session: Session, beginning: Beginning, step: Step, today: date) -> None:
    """A step has come: the next is looked for on its day, and never on the same day."""
    later = [one for one in Step if DAYS[one] > DAYS[step]]
    beginning.step = step
    if later:
        beginning.next_on = max(today + timedelta(days=1), beginning.began_on + timedelta(days=DAYS[later[0]]))
    else:
        beginning.ended_on = today
    session.add(beginning)


def wait(session: Session, beginning: Beginning, today: date) -> None:
    """Nothing can come today: looked at again tomorrow, until the first weeks are long over."""
    beginning.next_on = today + timedelta(days=1)
    if today > beginning.began_on + ENDS:
        beginning.ended_on = today
    session.add(beginning)


def _needed(
    session: Session, step: Step, guardian: Guardian, children: Sequence[Child], beginning: Beginning, today: date
) -> bool:
    guardian_id = guardian.id or 0
    if step == Step.SETTINGS:
        return session.exec(select(Preference).where(Preference.guardian_id == guardian_id)).first() is None
    if step == Step.KEY_PERSON:
        return any(child.key_person_id for child in children)
    if step == Step.SIGN:
        if not children:
            return False
        signed = agreements.latest(session, beginning.setting_id, guardian_id)
        return signed is None or signed.version != agreements.agreement().version
    if step == Step.CONSENT:
        return any(unasked(session, guardian_id, child, today) for child in children)
    if step == Step.ABOUT:
        return any(not about_me.answers_of(session, child.id or 0, guardian_id) for child in children)
    return True


def unasked(session: Session, guardian_id: int, child: Child, today: date) -> list[Purpose]:
    """What this guardian may agree to for a child and has not answered yet, of what every family is asked."""
    if not consents.may_consent(session, guardian_id, child.id or 0, today):
        return []
    answers = consents.answers_of(session, child, guardian_id)
    return [purpose for purpose in FIRST_CONSENTS if purpose not in answers]
