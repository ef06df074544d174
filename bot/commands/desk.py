"""What every command needs: the configuration, the database, the moment, and the setting that is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import reduce

from rapidfuzz import fuzz, process
from sqlalchemy import Engine
from sqlmodel import Session, select

from bot.config import Config, load_config
from bot.database import open_engine, reading, transaction
from locales.sentences import D_, Joined, Mark, Refusal, Sentence, Spoken
from nursery.settings import ENGLAND, Setting, setting_named

CLOSE = 70
"""Of 100: from here on a name is likely the one that was meant. It is only ever shown."""

FEW = 12

PRIVATE_WORDS = Sentence(D_("(for the safeguarding lead: coatpeg concerns)"))
"""In the place of what only the lead may read."""


class Refused(Refusal):
    """A command can't be done; the message is the sentence to show."""


def configured() -> Config:
    return load_config()


@contextmanager
def writing() -> Iterator[Session]:
    """A session of the configured database whose work is committed at the end."""
    engine = _engine()
    try:
        with transaction(engine) as session:
            yield session
    finally:
        engine.dispose()


@contextmanager
def looking() -> Iterator[Session]:
    engine = _engine()
    try:
        with reading(engine) as session:
            yield session
    finally:
        engine.dispose()


def _engine() -> Engine:
    return open_engine(configured().database_url)


def now() -> datetime:
    return datetime.now(UTC)


def moment(written: str | None, option: str = "--at") -> datetime:
    """A moment as typed: ISO, on the settings' clock unless it names its own. None is now. Raises Refused."""
    if not written:
        return now()
    try:
        parsed = datetime.fromisoformat(written)
    except ValueError:
        raise Refused(
            D_("%(option)s: write the moment as 2026-12-18T15:30, not %(written)s."), option=option, written=written
        ) from None
    meant = (parsed if parsed.tzinfo else parsed.replace(tzinfo=ENGLAND)).astimezone(UTC)
    if not parsed.tzinfo and meant.astimezone(ENGLAND).replace(tzinfo=None) != parsed:
        raise Refused(
            D_("%(option)s: there is no %(written)s: that night the clocks go forward from 01:00 to 02:00."),
            option=option,
            written=written,
        )
    return meant


def beginning(written: str, option: str) -> datetime:
    """A moment whose hour matters to families: a day without its time is refused, since it would be midnight."""
    begins = moment(written, option)
    if re.fullmatch(r"[\d-]+", written):
        raise Refused(
            D_("%(option)s: give the time as well, as in %(day)sT15:30."),
            option=option,
            day=begins.astimezone(ENGLAND).date(),
        )
    return begins


def the_setting(session: Session, name: str | None) -> Setting:
    """The setting of that name, or the only one. Raises Refused."""
    every = session.exec(select(Setting)).all()
    found = setting_named(session, name) if name else every[0] if len(every) == 1 else None
    if found is not None:
        return found
    if not every:
        raise Refused(D_("There is no setting yet: import families first."))
    if name:
        raise Refused(unknown(D_("There is no setting called %(name)s."), name, (one.name for one in every)))
    raise Refused(
        D_("There is more than one setting: %(names)s. Say which with --setting NAME (or --to setting:NAME)."),
        names=Joined(sorted(one.name for one in every)),
    )


def unknown(there_is_none: Mark, name: str, names: Iterable[str]) -> Spoken:
    """That there is none of that name, and which was likely meant, or which there are where they are few."""
    known = sorted(set(names))
    said = Sentence(there_is_none, name=name)
    near = process.extract(name, known, scorer=fuzz.WRatio, processor=str.casefold, score_cutoff=CLOSE, limit=3)
    if near:
        likely: list[object] = [one for one, *_ in near]
        return Joined((said, Sentence(D_("Did you mean %(names)s?"), names=reduce(_either, likely))), " ")
    if 0 < len(known) <= FEW:
        return Joined((said, Sentence(D_("There are: %(names)s."), names=Joined(known))), " ")
    return said


def _either(one: object, other: object) -> object:
    return Sentence(D_("%(one)s or %(other)s"), one=one, other=other)
