"""The nursery's hours, its website and its prospectus, and the number to ring."""

from __future__ import annotations

from bot.conversation import Dialogue, Say
from bot.turn import Turn
from nursery.opening import is_open, next_open_day
from nursery.settings import Setting


def hours(turn: Turn) -> Dialogue:
    """What a family asks first of a nursery; of each, to who has children in several."""
    yield from ()  # it asks nothing
    settings = turn.settings()
    if len(settings) > 1:
        return Say(tuple(_at(turn, setting) for setting in settings))
    return Say((_told(turn),))


def _at(turn: Turn, setting: Setting) -> str:
    turn.go_to(setting.id or 0)
    return f"{setting.name}:\n{_told(turn)}"


def _told(turn: Turn) -> str:
    return "\n".join(filter(None, (_open(turn), _closed(turn), _website(turn), _prospectus(turn))))


def _open(turn: Turn) -> str:
    text = turn.gettext("We are open Monday to Friday, %(opens)s to %(closes)s.")
    opens, closes = (hour.strftime("%H:%M") for hour in (turn.setting.opens, turn.setting.closes))
    return turn.say(text, opens=opens, closes=closes)


def _closed(turn: Turn) -> str:
    """On a day without a session, when there is one again; nothing where the calendar knows of none."""
    place = turn.setting.id or 0
    if is_open(turn.session, place, turn.today):
        return ""
    try:
        again = next_open_day(turn.session, place, turn.today)
    except LookupError:
        return turn.gettext("We are closed today.")
    return turn.say(turn.gettext("We are closed today, and open again on %(day)s."), day=turn.day(again))


def _website(turn: Turn) -> str:
    link = turn.setting.website
    return turn.say(turn.gettext("Our website: %(link)s"), link=link) if link else ""


def _prospectus(turn: Turn) -> str:
    """The link to it, or how to have one: a prospectus is promised either way."""
    if turn.setting.prospectus:
        return turn.say(turn.gettext("Our prospectus: %(link)s"), link=turn.setting.prospectus)
    return turn.say(turn.gettext("For our prospectus, text ASK or ring %(phone)s."), phone=turn.setting.phone)
