"""Services: where families find help by need, those shipped and those near a setting."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache

from sqlmodel import Field, Session, SQLModel, col, select

from locales.sentences import D_, Joined, Refusal
from nursery.events import EventRefused, language_tags
from nursery.library import CONTENT


class Need(StrEnum):
    """What a family looks for help with."""

    FOOD = "food"
    MONEY = "money"
    HOUSING = "housing"
    HEALTH = "health"
    SPEECH = "speech"
    MIND = "mind"
    ENGLISH = "english"
    CHILDCARE = "childcare"
    SEND = "send"
    PARENTING = "parenting"
    SAFETY = "safety"
    """Safety at home. Never followed up, never kept with a guardian: somebody else may hold their phone."""


class ServiceRefused(Refusal):
    """A service that can't be kept so; the message is the sentence for staff."""


@dataclass(frozen=True, slots=True)
class Service:
    """A service of the shipped directory, in English; `what` is read by parents."""

    id: str
    needs: tuple[str, ...]
    called: str
    what: str
    phone: str = ""
    web: str = ""
    free: bool = False
    always: bool = False
    interpreters: bool = False
    by_text: bool = False
    """Its number is written to, not rung."""


class LocalService(SQLModel, table=True):
    """Help near a setting, as its staff know it."""

    __tablename__ = "local_service"

    id: int | None = Field(default=None, primary_key=True)
    setting_id: int = Field(foreign_key="setting.id", index=True)
    called: str
    needs: str
    """With commas."""
    phone: str = ""
    web: str = ""
    place: str = ""
    languages: str = ""
    """Spoken there, as tags with commas."""
    free: bool = False
    text: str = ""
    added_at: datetime
    ended_at: datetime | None = None

    @property
    def language_list(self) -> list[str]:
        return [tag for tag in self.languages.split(",") if tag]


@cache
def services() -> Mapping[str, Service]:
    """The shipped services by their ids, in the order of the file."""
    rows = tomllib.loads((CONTENT / "services.toml").read_text("utf-8"))["service"]
    return {row["id"]: Service(**{**row, "needs": tuple(row["needs"])}) for row in rows}


def national(need: Need) -> list[Service]:
    return [service for service in services().values() if need in service.needs]


def local(session: Session, setting_ids: Sequence[int], need: Need, language: str) -> list[LocalService]:
    """What there is near these settings, first where the language is spoken."""
    mine = (col(LocalService.setting_id).in_(setting_ids), col(LocalService.ended_at).is_(None))
    chosen = select(LocalService).where(*mine)
    found = [one for one in session.exec(chosen.order_by(col(LocalService.id))) if need in one.needs.split(",")]
    spoken = language.split("_")[0]
    return sorted(found, key=lambda one: spoken not in one.language_list)


def add_local(session: Session, said: LocalService) -> LocalService:
    """Keeps a service near a setting. Raises ServiceRefused."""
    said.needs = ",".join(read_needs(said.needs))
    try:
        said.languages = ",".join(language_tags(said.languages))
    except EventRefused as refusal:
        raise ServiceRefused(refusal) from None
    if not said.called.strip():
        raise ServiceRefused(D_("It needs a name."))
    if not (said.phone or said.web or said.place):
        raise ServiceRefused(D_("Say how parents reach it: --phone, --web or --place."))
    session.add(said)
    session.flush()
    return said


def read_needs(written: str) -> list[str]:
    """Needs as staff write them, with commas. Raises ServiceRefused."""
    words = [word.strip().lower() for word in written.split(",") if word.strip()]
    if not words or not all(word in list(Need) for word in words):
        raise ServiceRefused(D_("--needs: write one or more of %(known)s, with commas."), known=Joined(Need))
    return list(dict.fromkeys(words))
