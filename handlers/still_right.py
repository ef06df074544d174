"""Once a term: is the way we write to this parent still right?"""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import Choice, Dialogue, Goto, Say, Withheld, choose, say
from bot.turn import Turn
from handlers.asking import NO, YES, being_sent, said_as
from handlers.settings import hours, often
from locales import LANGUAGES, W_
from nursery import terms
from nursery.preferences import preference_of


def still_right(turn: Turn) -> Dialogue:
    """Tells how it stands now; what is not right is changed in SETTINGS."""
    term, guardian_id = str(turn.params["term"]), turn.guardian.id or 0
    if being_sent(turn) and terms.answer_of(turn.session, guardian_id, term) is not None:
        raise Withheld("answered")
    right = Choice("right", turn.gettext("It is right"), turn.catalogue.words(W_("RIGHT, OK, FINE, THANKS, THANK YOU")))
    right = replace(right, words=(*right.words, *said_as(turn, YES)))
    change = Choice("change", turn.gettext("Change it"), said_as(turn, NO))
    answer = yield from choose("right", _standing(turn), (right, change))
    terms.note_answer(turn.session, guardian_id, term, answer, turn.now)
    if answer == "change":
        return Say(then=Goto("settings"))
    return say(turn.gettext("Thank you. To change it at any time, text SETTINGS."))


def _standing(turn: Turn) -> str:
    text = turn.gettext(
        "Is this still right? We write in %(language)s, by %(channel)s. Ideas: %(often)s. Time of day: %(hour)s."
    )
    kept = preference_of(turn.session, turn.guardian.id or 0)
    return turn.say(
        text,
        language=LANGUAGES[turn.language].autonym,
        channel="Telegram" if turn.speaker.channel == "telegram" else "SMS",
        often=often(turn)[turn.guardian.learning or turn.setting.learning],
        hour=hours(turn)[kept.hour or "any"],
    )
