"""coatpeg invite: the code, the Telegram link and the text for every guardian who has not joined yet."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer
from sqlmodel import Session, col, select

from bot.channels import SendError
from bot.channels.http import Http
from bot.commands.desk import Refused, configured, now, the_setting, writing
from bot.commands.voice import say, show, show_json, warn
from bot.config import Config
from locales import catalogue
from locales.sentences import D_, ND_
from nursery.contacts import Contact, contacts_of
from nursery.guardians import ANY_TOPIC, Guardian, Guardianship, allows, children_of, on_roll
from nursery.invitations import invite
from nursery.people import Child
from nursery.settings import Setting, today


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
        if not place.phone:
            warn(
                D_("%(setting)s has no telephone number for parents to ring. Run coatpeg setting --phone NUMBER."),
                setting=place.name,
            )
    if as_json:
        show_json(letters)
        _say_missing(config)
        return
    for letter in letters:
        show(f"{letter['guardian']} ({letter['child']})   {letter['code']}   {letter['telegram_link'] or '-'}")
        if letter["sms_text"]:
            show(f"    {letter['sms_text']}")
    say(
        ND_(
            "%(count)s invitation. A code works once, for 30 days.",
            "%(count)s invitations. A code works once, for 30 days.",
        ),
        count=len(letters),
    )
    _say_missing(config)


def _say_missing(config: Config) -> None:
    """Which way in is not there yet, and what to set. The codes stay as they are."""
    if not config.has_telegram and not config.has_sms:
        warn(
            D_(
                "Nobody can use these codes yet: neither Telegram (TELEGRAM_BOT_TOKEN) nor SMS (TWILIO_ACCOUNT_SID, "
                "TWILIO_AUTH_TOKEN, TWILIO_FROM) is set up. Set one up and run coatpeg invite again: each code stays "
                "the same."
            )
        )
    elif not config.has_telegram:
        warn(D_("Without a Telegram link: TELEGRAM_BOT_TOKEN is not set. A code can be texted all the same."))
    elif not config.has_sms:
        warn(D_("Without a number to text: TWILIO_FROM is not set. Who has no Telegram can't use a code yet."))
    if config.has_sms and not _number(config):
        warn(D_("TWILIO_FROM is a messaging service, so no number to text is named. Write a number of it beside."))


def _number(config: Config) -> str:
    """The number a code can be texted to, where it is known."""
    return config.twilio_from if config.twilio_from.startswith("+") else ""


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
    return {
        "guardian": guardian.name,
        "child": ", ".join(dict.fromkeys(child.name for child in children)),
        "phone": phone,
        "code": code,
        "telegram_link": link,
        "sms_text": _text(guardian, place, code, link, _number(config)),
    }


def _text(guardian: Guardian, place: Setting, code: str, link: str | None, number: str) -> str:
    """What to tell them, in their language; empty where there is no way in."""
    words = catalogue(guardian.language)
    if number and not (link and guardian.channel == "telegram"):
        said = words.gettext("%(setting)s: to hear from us in your language, text %(code)s to %(number)s.")
        return words.say(said, setting=place.name, code=code, number=number)
    if link is None:
        return ""
    said = words.gettext("%(setting)s: to hear from us in your language on Telegram, open %(link)s (code %(code)s).")
    return words.say(said, setting=place.name, code=code, link=link)


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
