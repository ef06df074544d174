"""Offers: the skills, knowledge and interests parents would share, what they were asked for, and the thanks."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Field, Session, SQLModel, col, select

from locales.sentences import D_, Refusal
from nursery import interests
from nursery.interests import Tag

PATIENCE = timedelta(days=7)
"""How long staff wait for an answer before they may ask again."""


class Skill(StrEnum):
    """What a parent offers."""

    COOKING = "cooking"
    READING = "reading"
    WORK = "work"
    MUSIC = "music"
    GARDENING = "gardening"
    REPAIRS = "repairs"
    COMMITTEE = "committee"
    OTHER = "other"

    @property
    def tag(self) -> Tag | None:
        """The interest it shows, under which courses are told of."""
        return Tag(self.value) if self != Skill.OTHER else None


class Free(StrEnum):
    """When they have time for it."""

    MORNINGS = "mornings"
    AFTERNOONS = "afternoons"
    WEEKENDS = "weekends"
    ASK = "ask"


class OfferRefused(Refusal):
    """What can't be done with an offer; the message is the sentence for staff."""


class Offer(SQLModel, table=True):
    """Something a guardian would do with the children or for the setting."""

    id: int | None = Field(default=None, primary_key=True)
    setting_id: int = Field(foreign_key="setting.id", index=True)
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    skill: str
    words: str = ""
    inbound_id: int | None = Field(default=None, foreign_key="inbound_message.id")
    """The message those words came in."""
    free: str
    offered_at: datetime
    withdrawn_at: datetime | None = None


class OfferAsk(SQLModel, table=True):
    """One time that staff ask for what was offered: the answer, and the thanks when it has happened."""

    __tablename__ = "offer_ask"

    id: int | None = Field(default=None, primary_key=True)
    offer_id: int = Field(foreign_key="offer.id", index=True)
    text: str
    asked_at: datetime
    told_at: datetime | None = None
    """When the question was in the outbox."""
    accepted: bool | None = None
    answered_at: datetime | None = None
    thanked_at: datetime | None = None
    """When staff said that it has happened."""
    thanks_told_at: datetime | None = None


def offer(
    session: Session,
    setting_id: int,
    guardian_id: int,
    skill: Skill,
    free: Free,
    now: datetime,
    *,
    words: str = "",
    inbound_id: int | None = None,
) -> Offer:
    """Keeps an offer, and the interest it shows. The same offered again is renewed, except in own words."""
    mine = offers_of(session, guardian_id)
    same = next((one for one in mine if one.skill == skill and not words and not one.words), None)
    kept = same or Offer(
        setting_id=setting_id, guardian_id=guardian_id, skill=skill.value, free=free.value, offered_at=now
    )
    kept.free, kept.words, kept.inbound_id, kept.offered_at = free.value, words, inbound_id, now
    session.add(kept)
    if skill.tag is not None:
        interests.note(session, guardian_id, skill.tag, now)
    session.flush()
    return kept


def offers_of(session: Session, guardian_id: int) -> list[Offer]:
    """What a guardian offers now, in order."""
    chosen = select(Offer).where(Offer.guardian_id == guardian_id, col(Offer.withdrawn_at).is_(None))
    return list(session.exec(chosen.order_by(col(Offer.id))))


def offered(session: Session, setting_id: int, skill: Skill | None = None) -> list[Offer]:
    """What is offered to a setting now, or what of it is of one skill."""
    chosen = select(Offer).where(Offer.setting_id == setting_id, col(Offer.withdrawn_at).is_(None))
    if skill is not None:
        chosen = chosen.where(Offer.skill == skill.value)
    return list(session.exec(chosen.order_by(col(Offer.skill), col(Offer.id))))


def withdraw(session: Session, kept: Offer, now: datetime) -> None:
    """Takes an offer back; the interest stays."""
    kept.withdrawn_at = kept.withdrawn_at or now
    session.add(kept)


def ask_for(session: Session, kept: Offer, text: str, now: datetime) -> OfferAsk:
    """Asks for what was offered; the guardian is asked in the next minute. Raises OfferRefused."""
    if not text.strip():
        raise OfferRefused(D_("Say what you would like and when, in a sentence for the parent."))
    if kept.withdrawn_at is not None:
        raise OfferRefused(D_("This offer was taken back."))
    last = last_ask(session, kept.id or 0)
    if last is not None and last.accepted is None and now - last.asked_at < PATIENCE:
        raise OfferRefused(D_("They have been asked already and have not answered yet."))
    asked = OfferAsk(offer_id=kept.id or 0, text=text.strip(), asked_at=now)
    session.add(asked)
    session.flush()
    return asked


def last_ask(session: Session, offer_id: int) -> OfferAsk | None:
    chosen = select(OfferAsk).where(OfferAsk.offer_id == offer_id).order_by(col(OfferAsk.id).desc())
    return session.exec(chosen).first()


def answer(session: Session, asked: OfferAsk, now: datetime, *, accepted: bool) -> None:
    """Keeps what the guardian says; a change of mind counts until they are thanked."""
    asked.accepted, asked.answered_at = accepted, now
    session.add(asked)


def thank(session: Session, kept: Offer, now: datetime) -> OfferAsk:
    """Notes that it has happened; the guardian is thanked once. A yes said at the door counts. Raises OfferRefused."""
    last = last_ask(session, kept.id or 0)
    if last is None or last.accepted is False:
        raise OfferRefused(D_("They have not been asked for it, or have said no."))
    if last.thanked_at is not None:
        raise OfferRefused(D_("They have been thanked for it already."))
    last.accepted, last.thanked_at = True, now
    session.add(last)
    return last


def unasked(session: Session) -> list[OfferAsk]:
    """Questions that are to be put, in order."""
    chosen = select(OfferAsk).where(col(OfferAsk.told_at).is_(None), col(OfferAsk.accepted).is_(None))
    return list(session.exec(chosen.order_by(col(OfferAsk.id))))


def unthanked(session: Session) -> list[OfferAsk]:
    """What has happened and is to be thanked for."""
    chosen = select(OfferAsk).where(col(OfferAsk.thanked_at).is_not(None), col(OfferAsk.thanks_told_at).is_(None))
    return list(session.exec(chosen.order_by(col(OfferAsk.id))))
