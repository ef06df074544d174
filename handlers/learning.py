"""Learning texts that we send: the week's FACT, TIP and GROWTH, and the daily idea."""

from __future__ import annotations

from datetime import date

from bot.conversation import Choice, Dialogue, Say, Withheld, choose, say
from bot.turn import Turn
from handlers.asking import being_sent
from handlers.idea import tell
from nursery import activities
from nursery.activities import IdeaSent, Tried, When
from nursery.guardians import Topic
from nursery.library import Idea, ideas
from nursery.people import Child


def learning_fact(turn: Turn) -> Dialogue:
    """Friday: why it matters."""
    yield from ()  # it asks nothing
    _, idea, child = _idea(turn, "week")
    return say(tell(turn, idea.fact, child))


def learning_tip(turn: Turn) -> Dialogue:
    """Saturday: one thing to do, and when they will."""
    return (yield from _to_do(turn, "week"))


def learning_growth(turn: Turn) -> Dialogue:
    """Monday: encouragement, the next small step, and how it went."""
    sent, idea, child = _idea(turn, "week")
    asked = turn.say(turn.gettext("Did you try the idea with %(child)s?"), child=child.first_name)
    text = f"{tell(turn, idea.growth, child)}\n{asked}" if being_sent(turn) else asked
    return (yield from _went(turn, text, sent, idea, child))


def daily_idea(turn: Turn) -> Dialogue:
    """Each weekday, for whoever chose it: one thing to do, and when they will."""
    return (yield from _to_do(turn, "daily"))


def idea_asked(turn: Turn) -> Dialogue:
    """The day after they meant to try it: how did it go?"""
    sent = turn.session.get(IdeaSent, turn.params["sent"])
    if sent is None or sent.guardian_id != turn.guardian.id or sent.idea not in ideas():
        raise Withheld("not theirs")
    if being_sent(turn) and sent.tried != Tried.UNTOLD:
        raise Withheld("told already")
    child = next((child for child in turn.children(Topic.LEARNING) if child.id == sent.child_id), None)
    if child is None:
        raise Withheld("not allowed")
    text = turn.gettext("You wanted to try the idea with %(child)s. How did it go?")
    return (yield from _went(turn, turn.say(text, child=child.first_name), sent, ideas()[sent.idea], child))


def _to_do(turn: Turn, series: str) -> Dialogue:
    """The one thing to do. What is said when is kept: the day after we ask how it went."""
    sent, idea, child = _idea(turn, series)
    asked = turn.say(turn.gettext("When will you try the idea with %(child)s?"), child=child.first_name)
    tip = tell(turn, idea.tip[activities.band(child, turn.today)], child)
    choices = (
        Choice(When.TODAY, turn.gettext("Today")),
        Choice(When.TOMORROW, turn.gettext("Tomorrow")),
        Choice(When.NOT, turn.gettext("Not this time")),
    )
    when = When((yield from choose("when", f"{tip}\n{asked}" if being_sent(turn) else asked, choices)))
    activities.plan(turn.session, sent, when, turn.today)
    if when == When.NOT:
        return say(turn.gettext("That is fine. Any day is a good day to try it."))
    return say(turn.gettext("Lovely. Afterwards we ask you how it went, and help if it was hard."))


def _went(turn: Turn, text: str, sent: IdeaSent, idea: Idea, child: Child) -> Dialogue:
    choices = (
        Choice(Tried.YES, turn.gettext("We did it")),
        Choice(Tried.NO, turn.gettext("Not yet")),
        Choice(Tried.HARD, turn.gettext("It was hard")),
    )
    sent.tried = yield from choose("tried", text, choices)
    turn.session.add(sent)
    return _thanks(turn, Tried(sent.tried), idea, child)


def _idea(turn: Turn, series: str) -> tuple[IdeaSent, Idea, Child]:
    sent = activities.idea_of(turn.session, turn.guardian.id or 0, series, date.fromisoformat(turn.params["day"]))
    if sent is None or sent.idea not in ideas():
        raise Withheld("no idea")
    return sent, ideas()[sent.idea], turn.session.get_one(Child, sent.child_id)


def _thanks(turn: Turn, tried: Tried, idea: Idea, child: Child) -> Say:
    if tried == Tried.YES:
        return say(turn.say(turn.gettext("Lovely. Thank you for doing it with %(child)s."), child=child.first_name))
    if tried == Tried.NO:
        return say(turn.gettext("That is fine. Any day is a good day to try it."))
    below = activities.easier(activities.band(child, turn.today))
    if below is None:
        return say(turn.gettext("Thank you for telling us. Small and short is enough. For another idea, text IDEA."))
    easier = turn.gettext("Thank you for telling us. Here is an easier way.")
    return say(f"{easier}\n{tell(turn, idea.tip[below], child)}")
