"""coatpeg templates, notices and questionnaires: what there is, under the names and numbers other commands take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, TypeVar

import typer
from sqlmodel import Session, col, select

from bot.commands.desk import Refused, looking, now, the_setting, unknown
from bot.commands.voice import filled, local_moment, row, say, show, table
from locales import SOURCE
from locales.sentences import D_, Joined, Mark, Sentence
from nursery import results
from nursery.forms import said
from nursery.library import Template, illnesses
from nursery.library import templates as library
from nursery.notices import Notice
from nursery.people import Child
from nursery.questionnaires import Questionnaire
from nursery.recipients import Audience
from nursery.settings import Room, Setting
from nursery.slots import EXAMPLES

LATEST = 30
"""The last so many, unless all are asked for."""

WORDS = 40
"""Characters of a notice's own words: enough to know it by."""

Listed = TypeVar("Listed", Notice, Questionnaire)
Place = Annotated[str | None, typer.Option("--setting", help="The setting; may be left out where there is one.")]
Every = Annotated[bool, typer.Option("--all", help="Older ones too.")]


def templates(
    name: Annotated[str, typer.Argument(help="One of them, to read its words; left out, all are listed.")] = "",
) -> None:
    """See the notices that are ready in every language: what each is about, and the values it needs."""
    if name:
        _show_template(name)
        return
    rows = [(one.id, _slots(one), _urgent(one), one.title) for one in library().values()]
    table(rows, (D_("template"), D_("values"), Mark(""), D_("what it says")))
    say(D_("To read one: coatpeg templates NAME. To send it: coatpeg notice --template NAME and its values"))


def notices(setting: Place = None, every: Every = False) -> None:
    """See the notices that are to be sent and those that were, the latest last."""
    with looking() as session:
        found = _latest(session, Notice, col(Notice.publish_at), the_setting(session, setting), every=every)
        rows = [_notice(session, one) for one in found]
    if not rows:
        say(D_("No notice has been written yet. To send one: coatpeg notice --to setting:NAME --text WORDS"))
        return
    table(rows, (Mark(""), D_("leaves"), Mark(""), D_("to"), D_("what")))


def questionnaires(setting: Place = None, every: Every = False) -> None:
    """See the questionnaires, open, to come and closed, the latest last."""
    with looking() as session:
        place = the_setting(session, setting)
        found = _latest(session, Questionnaire, col(Questionnaire.opens_at), place, every=every)
        rows = [_questionnaire(session, one) for one in found]
    if not rows:
        say(D_("There is no questionnaire yet. To open one: coatpeg questionnaire FILE --closes 2026-12-18T18:00"))
        return
    heads = (Mark(""), D_("opens"), D_("closes"), Mark(""), D_("to"), D_("answered"), D_("title"))
    table(rows, heads)


def _latest(session: Session, kind: type[Listed], begins: Any, place: Setting, *, every: bool) -> list[Listed]:
    """A setting's last so many of a kind, or every one, by when they begin, the latest last."""
    chosen = select(kind).where(kind.setting_id == place.id).order_by(begins.desc(), col(kind.id).desc())
    return list(session.exec(chosen if every else chosen.limit(LATEST)))[::-1]


def _show_template(name: str) -> None:
    found = library().get(name)
    if found is None:
        raise Refused(unknown(D_("There is no template %(name)s. To see them: coatpeg templates."), name, library()))
    row(*filled((found.id, found.title, _urgent(found))))
    show(f"  {found.text % {slot: f'[{slot}]' for slot in found.slots}}")
    for slot, kind in found.slots.items():
        known: Sequence[object] = (
            tuple(illnesses()) if kind == "illness" else (EXAMPLES.get(kind, Sentence(D_("words"))),)
        )
        row(f"{slot}=", Joined(known), indent="    ")


def _slots(template: Template) -> str:
    return " ".join(f"{slot}=" for slot in template.slots)


def _urgent(template: Template) -> object:
    return Sentence(D_("urgent")) if template.urgent else ""


def _notice(session: Session, one: Notice) -> Sequence[object]:
    words = one.template or " ".join(one.text.split())
    shown = words if len(words) <= WORDS else words[: WORDS - 1] + "…"
    return one.id, local_moment(one.published_at or one.publish_at), _state(one), _to(session, one.audience), shown


def _state(one: Notice) -> Sentence:
    if one.cancelled_at is not None:
        return Sentence(D_("withdrawn"))
    return Sentence(D_("sent") if one.published_at is not None else D_("to be sent"))


def _questionnaire(session: Session, one: Questionnaire) -> Sequence[object]:
    return (
        one.id,
        local_moment(one.opens_at),
        local_moment(one.closes_at),
        _openness(one),
        _to(session, one.audience),
        results.responses(session, one),
        said(one.content.title, SOURCE),
    )


def _openness(one: Questionnaire) -> Sentence:
    if one.is_open(now()):
        return Sentence(D_("open"))
    return Sentence(D_("closed") if one.closes_at <= now() else D_("to come"))


def _to(session: Session, whom: Audience) -> object:
    """Whom it is for, as --to takes it."""
    if whom.child_id is not None:
        child = session.get(Child, whom.child_id)
        return f"child:{child.name}" if child else ""
    if whom.room_id is not None:
        room = session.get(Room, whom.room_id)
        return f"room:{room.name}" if room else ""
    return Sentence(D_("everybody"))
