"""What every command needs: the configuration, the database, a way to print, and errors as one sentence."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from rapidfuzz import fuzz, process
from sqlalchemy import Engine
from sqlmodel import Session, select

from bot.config import Config, load_config
from bot.database import open_engine, reading, transaction
from nursery.settings import ENGLAND, Setting, first_setting, setting_named

CLOSE = 70
"""Of 100: from here on a name is likely the one that was meant. It is only ever shown."""

FEW = 12


class Refused(Exception):
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
        raise Refused(f"{option}: write the moment as 2026-12-18T15:30, not {written}.") from None
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=ENGLAND)).astimezone(UTC)


def beginning(written: str, option: str) -> datetime:
    """A moment at which families are to come: a day without its time is refused, since it would be midnight."""
    begins = moment(written, option)
    if re.fullmatch(r"[\d-]+", written):
        raise Refused(f"{option}: give the time as well, as in {begins.astimezone(ENGLAND).date()}T15:30.")
    return begins


def local_moment(when: datetime) -> str:
    """A moment on the settings' clock, as staff read it."""
    return when.astimezone(ENGLAND).strftime("%a %d %b %Y %H:%M")


def the_setting(session: Session, name: str | None) -> Setting:
    """The setting of that name, or the only one. Raises Refused."""
    found = setting_named(session, name) if name else first_setting(session)
    if found is None and name:
        raise Refused(unknown("setting", name, session.exec(select(Setting.name))))
    if found is None:
        raise Refused("There is no setting yet: import families first.")
    return found


def unknown(what: str, name: str, names: Iterable[str]) -> str:
    """That there is none of that name, and which was likely meant, or which there are where they are few."""
    known = sorted(set(names))
    near = process.extract(name, known, scorer=fuzz.WRatio, processor=str.casefold, score_cutoff=CLOSE, limit=3)
    hint = f" Did you mean {' or '.join(one for one, *_ in near)}?" if near else ""
    if not near and 0 < len(known) <= FEW:
        hint = f" There are: {', '.join(known)}."
    return f"There is no {what} called {name}.{hint}"


def say(line: str = "") -> None:
    sys.stdout.write(line + "\n")


def show_json(value: object) -> None:
    say(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def plain(words: str) -> str:
    """Words as a cell of a CSV file that a spreadsheet won't run as a formula."""
    return f"'{words}" if words[:1] in ("=", "+", "-", "@", "\t", "\r") else words


def table(rows: Sequence[Sequence[object]], heads: Sequence[str]) -> None:
    """Columns as wide as they need to be."""
    cells = [[str(cell) for cell in row] for row in [heads, *rows]]
    widths = [max(len(row[place]) for row in cells) for place in range(len(heads))]
    for row in cells:
        say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
