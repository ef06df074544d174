"""Settings: what works for this parent, a small step each, and each may be skipped."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from bot.conversation import Choice, Dialogue, Goto, Question, Say, choose, say
from bot.turn import Turn
from handlers.asking import skip
from handlers.language import change, languages
from locales import LANGUAGES, W_
from nursery import preferences
from nursery.guardians import Topic
from nursery.preferences import Format, Hour

SKIPPED = "skip"
REST = Goto("settings_rest", {"before": ("settings",)})

HOURS = {"any": Hour.ANY, **{hour.value: hour for hour in Hour if hour}}
"""By the key of the choice."""


def settings(turn: Turn) -> Dialogue:
    """The language first, since the other steps are asked in it."""
    now = LANGUAGES[turn.language].autonym
    text = turn.say(turn.gettext("We write to you in %(language)s. Which language is best for you?"), language=now)
    chosen = yield from choose("language", text, (*languages(), _keep(turn)))
    if chosen in (SKIPPED, turn.language):
        return Say(then=REST)
    return Say(then=REST, speaker=change(turn, chosen).speaker)


def settings_rest(turn: Turn) -> Dialogue:
    """Where to write, how often ideas, when, in which form, and whether to look at the kinds of message."""
    channel = yield from _channel(turn)
    often = yield from _ideas(turn)
    hour = yield from _hour(turn)
    form = yield from _form(turn)
    text = turn.gettext("Would you like to stop or start one kind of message, such as ideas or events?")
    kinds = yield from choose("kinds", text, (Choice("change", turn.gettext("Yes")), _keep(turn)))
    if channel != SKIPPED:
        preferences.use_channel(turn.session, turn.guardian, channel)
    if often != SKIPPED:
        turn.guardian.learning = often
        turn.session.add(turn.guardian)
    preferences.prefer(
        turn.session,
        turn.guardian.id or 0,
        hour=None if hour == SKIPPED else HOURS[hour],
        form=None if form == SKIPPED else form,
    )
    if kinds == "change":
        return Say(then=Goto("topics"))
    return say(turn.gettext("Thank you. That is all set. To change it at any time, text SETTINGS."))


def often(turn: Turn) -> dict[str, str]:
    """How often ideas may come, by nursery.guardians.LEARNING_CHOICES."""
    return {
        "daily": turn.gettext("Every weekday"),
        "weekly": turn.gettext("Three a week"),
        "one": turn.gettext("One a week"),
        "none": turn.gettext("Only when I ask"),
    }


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
    words = {
        "daily": W_("DAILY, EVERY DAY"),
        "weekly": W_("THREE"),
        "one": W_("ONE, WEEKLY"),
        "none": W_("NONE, NEVER"),
    }
    choices = tuple(Choice(key, label, turn.catalogue.words(words[key])) for key, label in often(turn).items())
    text = turn.gettext("How often would you like an idea for home?")
    return (yield from choose("ideas", text, (*choices, _keep(turn))))


def hours(turn: Turn) -> dict[str, str]:
    """The parts of the day, by the keys of HOURS."""
    return {
        "morning": turn.gettext("Morning"),
        "midday": turn.gettext("Midday"),
        "pick-up": turn.gettext("After pick-up"),
        "evening": turn.gettext("Evening"),
        "any": turn.gettext("Any time"),
    }


def _hour(turn: Turn) -> Generator[Question, Any, str]:
    choices = tuple(Choice(key, label) for key, label in hours(turn).items())
    text = turn.gettext("When do you like to get what can wait, such as ideas?")
    return (yield from choose("hour", text, (*choices, _keep(turn))))


def _form(turn: Turn) -> Generator[Question, Any, str]:
    """Messages always come as text; some forms are made beside them, for notices and policies."""
    choices = (
        Choice(Format.TEXT, turn.gettext("Text is fine")),
        Choice(Format.LARGE, turn.gettext("Large print")),
        Choice(Format.EASY, turn.gettext("Short and easy")),
        Choice(Format.BRAILLE, turn.gettext("Braille")),
        Choice(Format.AUDIO, turn.gettext("A voice note")),
    )
    text = turn.gettext("In which form would you like our notices and policies as well?")
    return (yield from choose("form", text, (*choices, _keep(turn))))
