"""coatpeg check, backup and restore: whether all is well, and keeping it so."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import make_url
from sqlmodel import select

from bot.channels import Channel, Misconfigured, SendError
from bot.channels.http import Http
from bot.commands.desk import Refused, configured, looking
from bot.commands.place import lead_unknown
from bot.commands.translating import to_mend
from bot.commands.voice import say
from bot.config import Config
from bot.schema import pending
from locales import LANGUAGES, SOURCE, po_file
from locales.sentences import D_, ND_, Joined, Sentence, Spoken
from nursery.complaints import handler_for
from nursery.people import manager, without_key_person
from nursery.settings import Setting

REVIEWED = re.compile(r"^# Reviewed by a native reader: (.+)$", re.MULTILINE)


def check() -> None:
    """Say in plain words what is missing or wrong, and how to mend it. Fails when something is wrong."""
    config = configured()
    refused, known = asyncio.run(to_mend(config))
    wrong = [*_database(config), *asyncio.run(_providers(config)), *refused, *_settings(config)]
    for sentence in wrong:
        say(D_("Mend: %(sentence)s"), sentence=sentence)
    for sentence in (*_notes(config), *known, *_people(config), *_languages()):
        say(D_("Note: %(sentence)s"), sentence=sentence)
    if wrong:
        raise Refused(ND_("%(count)s to mend.", "%(count)s to mend."), count=len(wrong))
    if not (config.has_telegram or config.has_sms):
        say(D_("All else is well, but no message can leave or come in until Telegram or SMS is set up."))
        return
    say(D_("All is well."))


def _database(config: Config) -> Iterator[Spoken]:
    if pending(config.database_url):
        yield Sentence(D_("The database is not up to date. Run coatpeg migrate."))


def _settings(config: Config) -> Iterator[Spoken]:
    if pending(config.database_url):
        return
    with looking() as session:
        every = session.exec(select(Setting)).all()
        if not every:
            yield Sentence(D_("There is no setting yet. Run coatpeg import-families FILE.csv."))
        for setting in every:
            if not setting.phone:
                yield Sentence(
                    D_("%(setting)s has no telephone number for parents to ring. Run coatpeg setting --phone NUMBER."),
                    setting=setting.name,
                )
            stranger = lead_unknown(session, setting)
            if stranger is not None:
                yield stranger
            if manager(session, setting.id or 0) is None:
                no_manager = D_("%(setting)s has no manager. Run coatpeg staff add NAME --role manager.")
                yield Sentence(no_manager, setting=setting.name)


def _people(config: Config) -> Iterator[Spoken]:
    """Who is to read what is not everybody's to read."""
    if pending(config.database_url):
        return
    with looking() as session:
        for setting in session.exec(select(Setting)):
            if not setting.lead:
                no_lead = D_("%(setting)s has not named who keeps children safe. Run coatpeg setting --lead NAME.")
                yield Sentence(no_lead, setting=setting.name)
            if handler_for(session, setting, about_manager=True) is None:
                nobody = D_(
                    "%(setting)s has no owner and no deputy: nobody could read a complaint about the manager. "
                    "Run coatpeg staff add NAME --role deputy."
                )
                yield Sentence(nobody, setting=setting.name)
            without = without_key_person(session, setting.id or 0)
            if without:
                yield Sentence(D_("Without a key person: %(children)s."), children=Joined(one.name for one in without))


def _notes(config: Config) -> Iterator[Spoken]:
    if not config.has_telegram:
        yield Sentence(D_("Telegram is not set up (TELEGRAM_BOT_TOKEN)."))
    if not config.has_sms:
        yield Sentence(D_("SMS is not set up (TWILIO_ACCOUNT_SID)."))
    if config.public_url.startswith("http://") and config.telegram_mode == "webhook" and config.has_telegram:
        yield Sentence(D_("PUBLIC_URL begins with http://. Telegram and Twilio reach only https:// addresses."))
    if config.test_numbers:
        yield Sentence(D_("TEST_NUMBERS is on: numbers kept for films and tests are taken."))


def _languages() -> Iterator[Spoken]:
    for tag, language in LANGUAGES.items():
        if tag != SOURCE:
            header = po_file(tag, "messages").read_text(encoding="utf-8")[:400]
            reviewed = REVIEWED.search(header)
            if reviewed is None or reviewed[1].strip() == "no":
                unread = D_("No native reader has reviewed %(language)s (%(tag)s) yet.")
                yield Sentence(unread, language=language.autonym, tag=tag)


async def _providers(config: Config) -> list[Spoken]:
    from bot.channels.sms import SmsChannel
    from bot.channels.telegram import TelegramChannel

    http = Http()
    await http.start()
    found: list[Channel] = []
    if config.has_telegram:
        found.append(TelegramChannel(config, http))
    if config.has_sms:
        found.append(SmsChannel(config, http))
    wrong = [sentence for channel in found async for sentence in _refusals(channel)]
    await http.stop()
    return wrong


async def _refusals(channel: Channel) -> AsyncIterator[Spoken]:
    try:
        await channel.check()
    except Misconfigured as error:
        yield error.sentence
    except SendError as error:
        yield Sentence(
            D_("%(channel)s can't be reached from here (%(reason)s)."), channel=channel.name, reason=error.reason
        )


def backup(file: Annotated[Path, typer.Argument(help="Where to put the copy.")]) -> None:
    """Copy the database to a file, while it is in use. On PostgreSQL use pg_dump."""
    source = _sqlite_file()
    if file.exists():
        raise Refused(D_("%(file)s is there already."), file=file)
    if not file.parent.is_dir():
        raise Refused(D_("There is no folder %(folder)s."), folder=file.parent)
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(file)) as there:
        here.backup(there, pages=1000)
    say(D_("%(file)s holds the database as it was a moment ago."), file=file)


def restore(file: Annotated[Path, typer.Argument(help="A copy made by coatpeg backup.")]) -> None:
    """Put a copy in the database's place; what was there is kept beside it. Stop serving first."""
    target = _sqlite_file()
    if not file.is_file():
        raise Refused(D_("There is no file %(file)s."), file=file)
    with closing(sqlite3.connect(file)) as there:
        try:
            known = there.execute("SELECT count(*) FROM alembic_version").fetchone()
        except sqlite3.DatabaseError:
            raise Refused(D_("%(file)s is not a copy made by coatpeg backup."), file=file) from None
    if not known[0]:
        raise Refused(D_("%(file)s is empty."), file=file)
    _require_stopped(target)
    kept = _free(target.with_name(f"{target.name}.before-restore"))
    if target.exists():
        with closing(sqlite3.connect(target)) as here, closing(sqlite3.connect(kept)) as copy:
            here.backup(copy)
    with closing(sqlite3.connect(file)) as there, closing(sqlite3.connect(target)) as here:
        there.backup(here)
    say(D_("The database is as %(file)s has it. What was there is in %(kept)s."), file=file, kept=kept)


def _free(name: Path) -> Path:
    """The name, or with a number behind it the first that no file has: an earlier copy is never written over."""
    numbered = (name.with_name(f"{name.name}-{number}") for number in count(2))
    return name if not name.exists() else next(one for one in numbered if not one.exists())


def _require_stopped(database: Path) -> None:
    import fcntl

    with database.with_suffix(".lock").open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(D_("Coatpeg is running on this database. Stop it first.")) from None


def _sqlite_file() -> Path:
    url = configured().database_url
    if not url.startswith("sqlite"):
        raise Refused(D_("This database is PostgreSQL: use pg_dump and pg_restore."))
    return Path(str(make_url(url).database))
