"""The same command a second time: what stands already is not sent to families again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlmodel import Session, col, select

from bot.commands.desk import Refused
from bot.commands.voice import local_moment
from locales.sentences import D_
from nursery.courses import Course, Details
from nursery.events import Event
from nursery.notices import Notice
from nursery.observations import Snippet
from nursery.people import Child
from nursery.photos import Photo
from nursery.questionnaires import Questionnaire
from nursery.recipients import Audience

Told = TypeVar("Told", Notice, Snippet)

A_DAY = timedelta(days=1)
"""Within it the same words to the same family are the same command (product rule 5)."""


def refuse_same_notice(session: Session, notice: Notice) -> None:
    """Raises Refused for what one child's family was told within the day, or is to be; with another photo it is not the
    same. Of many, each is told once by itself."""
    if notice.child_id is None:
        return
    same = select(Notice).where(
        Notice.child_id == notice.child_id,
        Notice.template == notice.template,
        Notice.text == notice.text,
        Notice.id != notice.id,
        col(Notice.cancelled_at).is_(None),
        col(Notice.publish_at) > notice.publish_at - A_DAY,
        col(Notice.publish_at) < notice.publish_at + A_DAY,
    )
    alike = [one for one in session.exec(same.order_by(col(Notice.id))) if one.slots == notice.slots]
    found = _with_its_photo(session, notice, alike)
    if found is not None:
        raise Refused(
            D_(
                "Notice %(number)s tells this family the same (%(when)s). Nothing was sent now. To say it again, "
                "write it in other words, or first: coatpeg withdraw %(number)s"
            ),
            number=found.id,
            when=local_moment(found.publish_at),
        )


def refuse_same_snippet(session: Session, child: Child, snippet: Snippet) -> None:
    """Raises Refused for what was written of a child within the day; with another photo it is not the same."""
    same = select(Snippet).where(
        Snippet.child_id == child.id,
        Snippet.words == snippet.words,
        Snippet.id != snippet.id,
        col(Snippet.made_at) > snippet.made_at - A_DAY,
    )
    found = _with_its_photo(session, snippet, session.exec(same.order_by(col(Snippet.id))))
    if found is not None:
        raise Refused(
            D_("Snippet %(number)s says the same of %(child)s. Nothing was sent now."),
            number=found.id,
            child=child.first_name,
        )


def refuse_same_event(session: Session, audience: Audience, title: str, starts_at: datetime, place: str) -> None:
    """Raises Refused for what is on at that moment and place under that title already."""
    here = (Event.starts_at == starts_at, Event.place == place.strip(), col(Event.cancelled_at).is_(None))
    same = select(Event).where(*_of(Event, audience), *here)
    found = [one for one in session.exec(same) if one.title.casefold() == title.strip().casefold()]
    if found:
        raise Refused(
            D_("Event %(number)s is the same: %(title)s, %(when)s. Nothing was added now."),
            number=found[0].id,
            title=found[0].title,
            when=local_moment(starts_at),
        )


def refuse_same_questionnaire(
    session: Session, audience: Audience, form: dict[str, Any], opens_at: datetime, closes_at: datetime
) -> None:
    """Raises Refused for what the same families are asked in that time already."""
    meanwhile = (col(Questionnaire.closes_at) > opens_at, col(Questionnaire.opens_at) < closes_at)
    same = select(Questionnaire).where(*_of(Questionnaire, audience), *meanwhile)
    found = [one for one in session.exec(same.order_by(col(Questionnaire.id))) if one.form == form]
    if found:
        raise Refused(
            D_("Questionnaire %(number)s asks the same until %(when)s. Nothing was sent now."),
            number=found[0].id,
            when=local_moment(found[0].closes_at),
        )


def refuse_same_course(session: Session, setting_id: int, said: Details, now: datetime) -> None:
    """Raises Refused for what parents find already."""
    same = select(Course).where(
        Course.setting_id == setting_id,
        Course.kind == said.kind,
        Course.starts_at == said.starts_at,
        Course.times == said.times.strip(),
        Course.place == said.place.strip(),
    )
    alike = [one for one in session.exec(same) if one.title.casefold() == said.title.strip().casefold()]
    found = [one for one in alike if one.is_open(now)]
    if found:
        raise Refused(
            D_("Course %(number)s is the same: %(title)s. Nothing was added now."),
            number=found[0].id,
            title=found[0].title,
        )


def _with_its_photo(session: Session, made: Told, before: Iterable[Told]) -> Told | None:
    """The first of those before that went with the photo this one has, if it has any."""
    if made.photo_id is None:
        return next(iter(before), None)
    shown = session.get_one(Photo, made.photo_id).content
    photos = ((one, session.get(Photo, one.photo_id)) for one in before if one.photo_id is not None)
    return next((one for one, photo in photos if photo is not None and photo.content == shown), None)


def _of(kind: type[Event] | type[Questionnaire], audience: Audience) -> tuple[Any, Any]:
    return col(kind.setting_id) == audience.setting_id, col(kind.room_id) == audience.room_id
