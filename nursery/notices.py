"""Notices: what staff say once and every guardian reads in their own language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from sqlalchemy import JSON, Column
from sqlmodel import Field, Session, SQLModel, col, select

from bot.statements import loaded
from locales import LANGUAGES, Catalogue, catalogue
from locales.sentences import D_, ND_, Joined, Refusal
from nursery import photos, tone
from nursery.library import Template, templates
from nursery.recipients import Audience
from nursery.settings import Setting, at, today
from nursery.slots import SlotRefused, days_of, filled, shown
from nursery.untranslated import in_english

MOST = 1000
"""Characters of a free text: seven SMS parts, beyond which it is a letter."""


class NoticeRefused(Refusal):
    """A notice that can't be sent as it is; the message is the sentence for staff."""


class Notice(SQLModel, table=True):
    """Something staff tell a setting, a room or one child's guardians: a filled template, or words of their own."""

    id: int | None = Field(default=None, primary_key=True)
    setting_id: int = Field(foreign_key="setting.id", index=True)
    room_id: int | None = Field(default=None, foreign_key="room.id")
    child_id: int | None = Field(default=None, foreign_key="child.id")
    template: str = ""
    text: str = ""
    """Staff's own words, in English, when there is no template."""
    plainer: str = ""
    """The same in plainer English, for whoever answers "not clear"."""
    slots: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """The template's locked values: days and times in ISO, an illness by its id, the rest as written."""
    urgent: bool = False
    checks: bool = False
    publish_at: datetime = Field(index=True)
    published_at: datetime | None = Field(default=None, index=True)
    """When every guardian's message was in the outbox."""
    fanned_upto: int = 0
    """Guardians up to this id have theirs: where a broken-off fan-out goes on."""
    cancelled_at: datetime | None = None
    made_at: datetime
    made_by: str = ""
    photo_id: int | None = Field(default=None, foreign_key="photo.id")
    """A photo of the setting's that goes with it, to those it may be shown to."""

    @property
    def audience(self) -> Audience:
        return Audience(self.setting_id, self.room_id, self.child_id)


def draft(
    session: Session,
    audience: Audience,
    *,
    publish_at: datetime,
    now: datetime,
    template: str = "",
    text: str = "",
    slots: Mapping[str, str] | None = None,
    plainer: str = "",
    urgent: bool = False,
    checks: bool = False,
    made_by: str = "",
    photo_id: int | None = None,
    sure: bool = False,
) -> Notice:
    """Keeps a notice to be published at `publish_at`. Raises NoticeRefused with a sentence that says what to mend, and
    for one child's family, as of a snippet, ConcernRefused for what reads like a concern unless the writer is `sure`
    that it is none.

    A template that is urgent by nature (closing early) is urgent whether or not that was asked for.
    """
    _check_words(template, text, plainer, slots or {})
    if audience.child_id is not None:
        tone.check(text, plainer, sure=sure)
    found = _template(template) if template else None
    notice = Notice(
        setting_id=audience.setting_id,
        room_id=audience.room_id,
        child_id=audience.child_id,
        template=template,
        text=text.strip(),
        plainer=plainer.strip(),
        slots=_filled(found, slots or {}, today(publish_at)) if found else {},
        urgent=urgent or bool(found and found.urgent),
        checks=checks,
        publish_at=publish_at,
        made_at=now,
        made_by=made_by,
        photo_id=photo_id,
    )
    if photo_id is not None:
        _check_with_photo(session, notice)
    session.add(notice)
    session.flush()
    return notice


def text_for(notice: Notice, said: Catalogue) -> str:
    """The notice in a language. What is there in English alone is followed by a line in that language that says so."""
    if not notice.template:
        return in_english(notice.text, said)
    found = _template(notice.template)
    values = {slot: shown(found.slots[slot], value, said) for slot, value in notice.slots.items()}
    text = said.say(said.content(found.text), **values)
    return text if said.has("content", None, found.text) else in_english(text, said)


def due(session: Session, now: datetime) -> list[Notice]:
    """What is to be published and is not yet, urgent first. Within the undo window a notice is not due."""
    chosen = (
        select(Notice)
        .where(col(Notice.published_at).is_(None), col(Notice.cancelled_at).is_(None), col(Notice.publish_at) <= now)
        .order_by(col(Notice.urgent).desc(), col(Notice.publish_at), col(Notice.id))
    )
    return list(session.exec(chosen))


def said_before(session: Session, notice: Notice) -> list[Notice]:
    """The same words told within the day before: what staff send to two rooms one after the other is one notice."""
    chosen = select(Notice).where(
        Notice.setting_id == notice.setting_id,
        Notice.template == notice.template,
        Notice.text == notice.text,
        col(Notice.id) < notice.id,
        col(Notice.publish_at) > notice.publish_at - timedelta(days=1),
        col(Notice.publish_at) <= notice.publish_at,
        col(Notice.cancelled_at).is_(None),
        col(Notice.child_id).is_(None),
    )
    return [one for one in session.exec(chosen.order_by(col(Notice.id))) if one.slots == notice.slots]


def useful_until(notice: Notice) -> datetime | None:
    """The end of the last day the notice speaks of, after which it must not arrive; none when it names no day ahead."""
    days = days_of(_template(notice.template), notice.slots) if notice.template else {}
    end = at(max(days.values()) + timedelta(days=1), time(0)) if days else None
    return end if end is not None and end > notice.publish_at else None


def withdraw(session: Session, notice: Notice, now: datetime) -> None:
    """Takes a notice back: what has not left does not leave."""
    notice.cancelled_at = notice.cancelled_at or now
    session.add(notice)
    photos.take_back(session, notice.photo_id, now)


def _check_words(template: str, text: str, plainer: str, slots: Mapping[str, str]) -> None:
    if bool(template) == bool(text.strip()):
        raise NoticeRefused(D_("Give either a template or a text."))
    if slots and not template:
        raise NoticeRefused(D_("A text of your own has no slots. Write the values into it."))
    for words in (text, plainer):
        if len(words.strip()) > MOST:
            raise NoticeRefused(
                ND_(
                    "The text has %(count)s character. Please keep it to %(most)s.",
                    "The text has %(count)s characters. Please keep it to %(most)s.",
                ),
                count=len(words.strip()),
                most=MOST,
            )


def _check_with_photo(session: Session, notice: Notice) -> None:
    """Under a photo there is room for less, in every language; what else we say before it has its own room."""
    name = loaded(session, Setting, notice.setting_id).name
    languages = [catalogue(tag) for tag in LANGUAGES]
    texts = [*(text_for(notice, one) for one in languages), *(in_english(notice.plainer, one) for one in languages)]
    try:
        photos.check_words([f"{name}: {text}" for text in texts])
    except photos.PhotoRefused as refusal:
        raise NoticeRefused(refusal) from None


def _template(name: str) -> Template:
    found = templates().get(name)
    if found is None:
        raise NoticeRefused(
            D_("There is no template %(name)s. There are: %(known)s."), name=repr(name), known=Joined(templates())
        )
    return found


def _filled(template: Template, slots: Mapping[str, str], day: date) -> dict[str, str]:
    try:
        return filled(template, slots, day)
    except SlotRefused as refused:
        raise NoticeRefused(refused) from None
