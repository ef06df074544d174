"""The conversations: one line each, in the order in which the menu shows them."""

from __future__ import annotations

from bot.conversation import Conversation
from handlers.menu import back, menu
from locales import W_

CONVERSATIONS: list[Conversation] = [
    Conversation("back", back, W_("BACK, GO BACK, PREVIOUS")),
    Conversation("menu", menu, W_("MENU, OPTIONS, HELP, INFO, ?")),
]
