"""The senders of a configuration: the channels it opens, and what Telegram shows of us."""

from __future__ import annotations

import secrets

from bot.channels import Channel
from bot.channels.http import Http
from bot.channels.phone import PhoneChannel
from bot.config import Config
from bot.conversation import Conversation
from handlers import CONVERSATIONS
from locales import catalogue


def senders(config: Config, http: Http) -> dict[str, Channel]:
    """The channels by their names. What a process has no use for it does not pay the import of."""
    if config.demo:
        key = secrets.token_urlsafe(24)
        return {name: PhoneChannel(name, key) for name in ("telegram", "sms")}
    channels: dict[str, Channel] = {}
    if config.has_telegram:
        from bot.channels.telegram import TelegramChannel

        telegram = TelegramChannel(config, http)
        telegram.commands = menu_commands
        channels[telegram.name] = telegram
    if config.has_sms:
        from bot.channels.sms import SmsChannel

        sms = SmsChannel(config, http)
        channels[sms.name] = sms
    return channels


def menu_commands(language: str) -> list[tuple[str, str]]:
    """Telegram's command menu in a language: the English word as the command, its line in a menu as what it does."""
    words = catalogue(language)
    listed = [(one, one.label or one.more) for one in CONVERSATIONS if one.words]
    return [(_command(one), words.gettext(line)) for one, line in listed if line]


def _command(conversation: Conversation) -> str:
    return conversation.words.split(",")[0].strip().lower().replace(" ", "_")
