"""Settings: what works for this parent, a small step each, and each may be skipped."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from bot.conversation import Choice, Dialogue, Goto, Question, Say, Turn, choose, say
from handlers.asking import skip
from handlers.language import change, languages
from locales import LANGUAGES, W_
from nursery import preferences
from nursery.guardians import Topic

SKIPPED = "skip"
REST = Goto("settings_rest")


def settings(turn: Turn) -> Dialogue:
    """The language first, since the other steps are asked in it."""
    now = LANGUAGES[turn.language].autonym
    text = turn.say(turn.gettext("We write to you in %(language)s. Which language is best for you?"), language=now)
    chosen = yield from choose("language", text, (*languages(), _keep(turn)))
    if chosen in (SKIPPED, turn.language):
        return Say(then=REST)
    return Say(then=REST, speaker=change(turn, chosen).speaker)


def settings_rest(turn: Turn) -> Dialogue:
    """Where to write, how often ideas, and whether to look at the kinds of message."""
    channel = yield from _channel(turn)
    often = yield from _ideas(turn)
    text = turn.gettext("Would you like to stop or start one kind of message, such as ideas or events?")
    kinds = yield from choose("kinds", text, (Choice("change", turn.gettext("Yes")), _keep(turn)))
    if channel != SKIPPED:
        preferences.use_channel(turn.session, turn.guardian, channel)
    if often != SKIPPED:
        turn.guardian.learning = often
        turn.session.add(turn.guardian)
    if kinds == "change":
        return Say(then=Goto("topics"))
    return say(turn.gettext("Thank you. That is all set. To change it at any time, text SETTINGS."))


def _keep(turn: Turn) -> Choice:
    return Choice(SKIPPED, turn.gettext("Leave it as it is"), (*skip(turn).words, skip(turn).label))


def _channel(turn: Turn) -> Generator[Question, Any, str]:
    """Asked of those who have joined on two channels."""
    names = {"sms": turn.gettext("Text message (SMS)"), "telegram": "Telegram"}
    known = [name for name in names if name in preferences.channels_of(turn.session, turn.guardian.id or 0)]
    if len(known) < 2:
        return SKIPPED
    choices = tuple(Choice(name, names[name], (name,)) for name in known)
    return (yield from choose("channel", turn.gettext("Where shall we write to you?"), (*choices, _keep(turn))))


def _ideas(turn: Turn) -> Generator[Question, Any, str]:
    if not turn.children(Topic.LEARNING):
        return SKIPPED
    choices = (
        Choice("daily", turn.gettext("Every weekday"), turn.catalogue.words(W_("DAILY, EVERY DAY"))),
        Choice("weekly", turn.gettext("Three a week"), turn.catalogue.words(W_("THREE"))),
        Choice("one", turn.gettext("One a week"), turn.catalogue.words(W_("ONE, WEEKLY"))),
        Choice("none", turn.gettext("Only when I ask"), turn.catalogue.words(W_("NONE, NEVER"))),
    )
    text = turn.gettext("How often would you like an idea for home?")
    return (yield from choose("ideas", text, (*choices, _keep(turn))))
