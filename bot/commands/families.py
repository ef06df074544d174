"""coatpeg import-families and invite."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session, col, select

from bot.channels import SendError
from bot.channels.http import Http
from bot.commands.desk import Refused, configured, now, the_setting, writing
from bot.commands.voice import say, show, show_json
from bot.config import Config
from locales import catalogue
from locales.sentences import D_, ND_
from nursery.contacts import Contact, contacts_of
from nursery.families import import_families
from nursery.family_rows import RowRefused, read_rows
from nursery.guardians import ANY_TOPIC, Guardian, Guardianship, allows, children_of, on_roll
from nursery.invitations import invite
from nursery.people import Child
from nursery.settings import Setting, today


def import_command(
    file: Annotated[Path, typer.Argument(help="A CSV file with the columns of docs/operations.md.")],
) -> None:
    """Take families from the office's list. A row that can't be taken is named; a second run changes nothing."""
    if not file.is_file():
        raise Refused(D_("There is no file %(file)s."), file=file)
    try:
        rows = read_rows(file)
    except RowRefused as refusal:
        raise Refused(D_("%(file)s: %(why)s."), file=file, why=refusal) from None
    with writing() as session:
        result = import_families(session, rows, now(), test_numbers=configured().test_numbers)
    for line, reason in result.refused:
        say(D_("line %(line)s: %(reason)s"), line=line, reason=reason)
    say(
        ND_(
            "%(count)s row taken, %(changed)s of them new or changed, %(refused)s refused.",
            "%(count)s rows taken, %(changed)s of them new or changed, %(refused)s refused.",
        ),
        count=result.taken,
        changed=result.changed,
        refused=len(result.refused),
    )
    if result.refused and not result.taken:
        raise Refused(D_("No row could be taken."))


def invite_command(
    setting: Annotated[str | None, typer.Option(help="The setting; may be left out where there is one.")] = None,
    everyone: Annotated[bool, typer.Option("--everyone", help="Those who have joined already as well.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="A list of objects.")] = False,
) -> None:
    """Print an invitation for every guardian who has not joined yet: the code, the Telegram link, the text."""
    config = configured()
    bot_name = asyncio.run(_bot_name(config)) if config.has_telegram else ""
    with writing() as session:
        place = the_setting(session, setting)
        letters = [_letter(session, one, place, config, bot_name) for one in _guardians(session, place, everyone)]
    if as_json:
        show_json(letters)
        return
    for letter in letters:
        show(f"{letter['guardian']} ({letter['child']})   {letter['code']}   {letter['telegram_link'] or '-'}")
        show(f"    {letter['sms_text']}")
    say(
        ND_(
            "%(count)s invitation. A code works once, for 30 days.",
            "%(count)s invitations. A code works once, for 30 days.",
        ),
        count=len(letters),
    )


def _guardians(session: Session, place: Setting, everyone: bool) -> list[Guardian]:
    """Guardians with a tie staff have confirmed, by name; those who have written to us only if everyone is wanted."""
    joined = select(Contact.id).where(Contact.guardian_id == Guardian.id, col(Contact.greeted_at).is_not(None)).exists()
    tied = (
        select(Guardianship.id)
        .join(Child, col(Child.id) == col(Guardianship.child_id))
        .where(
            Guardianship.guardian_id == Guardian.id,
            Child.setting_id == place.id,
            allows(ANY_TOPIC, today(now())),
            on_roll(today(now())),
        )
        .exists()
    )
    chosen = select(Guardian).where(tied).order_by(col(Guardian.name), col(Guardian.id))
    return list(session.exec(chosen if everyone else chosen.where(~joined)))


def _letter(
    session: Session, guardian: Guardian, place: Setting, config: Config, bot_name: str
) -> dict[str, str | None]:
    code = invite(session, guardian.id or 0, config.key, now())
    children = children_of(session, guardian.id or 0, ANY_TOPIC, today(now()))
    phone = next((one.address for one in contacts_of(session, guardian.id or 0) if one.channel == "sms"), None)
    link = f"https://t.me/{bot_name}?start={code.replace('-', '')}" if bot_name else None
    words = catalogue(guardian.language)
    number = config.twilio_from if config.twilio_from.startswith("+") else ""
    if number and not (link and guardian.channel == "telegram"):
        text = words.say(
            words.gettext("%(setting)s: to hear from us in your language, text %(code)s to %(number)s."),
            setting=place.name,
            code=code,
            number=number,
        )
    else:
        text = words.say(
            words.gettext("%(setting)s: to hear from us in your language on Telegram, open %(link)s (code %(code)s)."),
            setting=place.name,
            code=code,
            link=link or "Telegram",
        )
    return {
        "guardian": guardian.name,
        "child": ", ".join(child.name for child in children),
        "phone": phone,
        "code": code,
        "telegram_link": link,
        "sms_text": text,
    }


async def _bot_name(config: Config) -> str:
    """The bot's user name, asked of Telegram. Raises Refused when it can't be had."""
    from bot.channels.telegram import TelegramChannel

    http = Http()
    await http.start()
    try:
        return await TelegramChannel(config, http).check()
    except SendError as error:
        raise Refused(
            D_("TELEGRAM_BOT_TOKEN: Telegram could not be asked for the bot's name (%(reason)s)."), reason=error.reason
        ) from None
    finally:
        await http.stop()
