"""Topics: stopping one kind of message and keeping the others, and starting it again."""

from __future__ import annotations

from bot.conversation import Choice, Dialogue, Say, choose, say
from bot.turn import Turn
from handlers import topic_words
from handlers.stop import still_stopped
from nursery import preferences
from nursery.guardians import Topic


def topics(turn: Turn) -> Dialogue:
    """Shows what is on and off; the one chosen is changed. What STOP IDEAS names is stopped at once."""
    told = topic_words.named(turn.params.get("said", turn.said.text), turn.language)
    if told is not None:
        return _set(turn, *told)
    text = turn.gettext("This is what we send you. Which would you like to change?")
    names = topic_names(turn)
    chosen = yield from choose("topic", text, tuple(_choice(turn, topic, name) for topic, name in names.items()))
    topic = Topic(int(chosen))
    return _set(turn, topic, not preferences.is_sent(turn.guardian, topic))


def _set(turn: Turn, topic: Topic, on: bool) -> Say:
    if preferences.is_sent(turn.guardian, topic) != on:
        preferences.toggle(turn.session, turn.guardian, topic)
    names = topic_names(turn)
    if on:
        if stopped := still_stopped(turn):
            return say(turn.say(turn.gettext("%(topic)s: on"), topic=names[topic]), *stopped)
        return say(turn.say(turn.gettext("%(topic)s: on. You will get these again."), topic=names[topic]))
    text = turn.gettext(
        "%(topic)s: off. You will get no more of these. If it is urgent, staff will ring you. "
        "To start them again, text TOPICS."
    )
    return say(turn.say(text, topic=names[topic]))


def topic_names(turn: Turn) -> dict[Topic, str]:
    """What may be stopped by itself, as a parent reads it."""
    return {
        Topic.NOTICES: turn.gettext("News and notices"),
        Topic.LEARNING: turn.gettext("Ideas for home"),
        Topic.PROGRESS: turn.gettext("How my child is doing"),
        Topic.EVENTS: turn.gettext("What is on"),
        Topic.SURVEYS: turn.gettext("Questionnaires"),
    }


def _choice(turn: Turn, topic: Topic, name: str) -> Choice:
    sent = preferences.is_sent(turn.guardian, topic)
    label = turn.say(turn.gettext("%(topic)s: on") if sent else turn.gettext("%(topic)s: off"), topic=name)
    return Choice(str(int(topic)), label, (name, *topic_words.words(topic, turn.language)))
