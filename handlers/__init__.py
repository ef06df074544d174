"""The conversations: one line each. Those with a label stand in the menu, in this order."""

from __future__ import annotations

from datetime import timedelta

from bot.conversation import Conversation
from handlers.absent import absent
from handlers.callme import callme
from handlers.complaint import complaint
from handlers.join import join, welcome
from handlers.language import language
from handlers.menu import back, menu
from handlers.query import query, query_answer
from handlers.stop import start, stop
from handlers.unsure import unsure
from locales import N_, W_

CONVERSATIONS: list[Conversation] = [
    Conversation("absent", absent, W_("ABSENT, AWAY, ILL, SICK, NOT COMING"), N_("Child away")),
    Conversation("query", query, W_("ASK, QUESTION, QUERY"), N_("Ask a question")),
    Conversation("complaint", complaint, W_("COMPLAIN, COMPLAINT, COMPLAINTS"), N_("Make a complaint")),
    Conversation("callme", callme, W_("CALLME, CALL ME, TALK TO A PERSON, PERSON, RING ME"), N_("Talk to a person")),
    Conversation("language", language, W_("LANGUAGE, LANGUAGES"), N_("Language"), open_to_strangers=True),
    Conversation("back", back, W_("BACK, GO BACK, PREVIOUS")),
    Conversation("join", join, W_("JOIN"), open_to_strangers=True),
    Conversation("menu", menu, W_("MENU, OPTIONS, HELP, INFO"), open_to_strangers=True),
    Conversation("query_answer", query_answer, lasts=timedelta(days=14)),
    Conversation("start", start, W_("START, UNSTOP"), open_to_strangers=True),
    Conversation("stop", stop, W_("STOP, STOPALL, UNSUBSCRIBE, CANCEL, END, QUIT, REVOKE, OPTOUT"), open_to_strangers=True),
    Conversation("unsure", unsure),
    Conversation("welcome", welcome),
]
