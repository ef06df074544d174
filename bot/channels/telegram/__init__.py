"""Telegram, through python-telegram-bot's Bot and Update, which are imported in this folder alone."""

from __future__ import annotations

from bot.channels.telegram.channel import TelegramChannel as TelegramChannel
from bot.channels.telegram.reading import read_by_library as read_by_library
from bot.channels.telegram.reading import read_update as read_update
