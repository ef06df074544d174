"""The outcome of a complaint, told in writing: is it clear, or should somebody else look again? What is said to it goes
to whoever looks into it."""

from __future__ import annotations

from typing import Any

from bot.brought import bring_along
from bot.conversation import Answer, Choice, Dialogue, Goto, Say, Withheld, ask, say, words_or_media
from bot.turn import Turn
from handlers.asking import being_sent, is_thanks
from handlers.callme import ring
from handlers.complaint import stages
from locales import SOURCE
from nursery import outcomes
from nursery.complaints import Complaint
from nursery.people import Staff
from nursery.settings import Setting


def complaint_outcome(turn: Turn) -> Dialogue:
    """Tells the outcome; a parent it does not content has it looked at again, or is rung. Words said to it are added to
    the complaint, and what comes next is offered."""
    case = _theirs(turn)
    if case.told_at is None or case.looks != turn.params.get("look"):
        raise Withheld("taken up again")
    on_paper = outcomes.is_for_paper(turn.session, case, turn.today)
    if on_paper and being_sent(turn):
        raise Withheld(outcomes.ON_PAPER)
    choices = (
        Choice("clear", turn.gettext("Thank you, that is clear")),
        Choice("again", turn.gettext("Please look at it again")),
        Choice("call", turn.gettext("Please call me")),
    )
    text = _ready(turn, case) if on_paper else _told(turn, case)
    picked: Any = yield from ask(
        "content", _added(turn, case) if turn.params.get("said") else text, read=_reply, choices=choices
    )
    if not isinstance(picked, str):
        _add(turn, case, picked)
        return Say(then=Goto("complaint_outcome", {**turn.params, "said": True}))
    if picked == "call":
        return ring(turn, turn.session.get(Staff, case.handler_id) if case.handler_id else None)
    if picked == "clear":
        return say(turn.gettext("Thank you for telling us. It helps us to do better."))
    outcomes.look_again(turn.session, case, turn.now)
    text = turn.gettext("Somebody else looks at %(ref)s again. You will have the outcome in writing by %(day)s.")
    return say(turn.say(text, ref=case.reference, day=turn.day(case.due_on)))


def _reply(answer: Answer) -> Any:
    """The key of a choice; thanks are that of the first; else the words."""
    if answer.choice or is_thanks(answer):
        return answer.choice or "clear"
    return words_or_media(answer)


def _add(turn: Turn, case: Complaint, told: dict[str, Any]) -> None:
    """The words are the complaint's: of one about the manager they are not for all to read."""
    outcomes.add_words(turn.session, case, told["text"], told["inbound"], turn.now)
    if told["media"] and case.inbound_id != told["inbound"]:
        bring_along(turn.session, told["inbound"], case.inbound_id or 0)


def _added(turn: Turn, case: Complaint) -> str:
    text = turn.gettext("Thank you. Your words are with %(ref)s now, for whoever looks into it. What shall we do?")
    return f"{stages(turn, case)}\n{turn.say(text, ref=case.reference)}"


def complaint_ready(turn: Turn) -> Dialogue:
    """Tells that there is an outcome, where its words do not go by message."""
    yield from ()  # it asks nothing
    return say(_ready(turn, _theirs(turn)))


def complaint_opened(turn: Turn) -> Dialogue:
    """Tells a parent that what they wrote is looked into as a complaint, whatever they called it."""
    yield from ()  # it asks nothing
    case = _theirs(turn)
    text = turn.gettext(
        "We take what you wrote to us as a complaint: %(ref)s. "
        "We look into it, and you will have the outcome in writing by %(day)s."
    )
    return say(turn.say(text, ref=case.reference, day=turn.day(case.due_on)))


def _theirs(turn: Turn) -> Complaint:
    """Raises Withheld when it is not this guardian's own."""
    case = turn.session.get(Complaint, turn.params.get("complaint"))
    if case is None or case.guardian_id != turn.guardian.id:
        raise Withheld("not theirs")
    return case


def _ready(turn: Turn, case: Complaint) -> str:
    text = turn.gettext(
        "The outcome of your complaint %(ref)s is ready. It does not go by message: %(setting)s will ring you or post "
        "it. To ask about it, ring %(phone)s."
    )
    setting = turn.session.get_one(Setting, case.setting_id)
    return turn.say(text, ref=case.reference, setting=setting.name, phone=setting.phone)


def _told(turn: Turn, case: Complaint) -> str:
    staff = turn.session.get(Staff, case.outcome_by_id) if case.outcome_by_id else None
    text = turn.gettext("The outcome of your complaint %(ref)s, from %(staff)s: %(words)s")
    known = {"ref": case.reference, "staff": staff.name if staff else turn.setting.name}
    said = turn.say(text, words=case.outcome, **known)
    if turn.language == SOURCE:
        return said
    note = turn.gettext("(This answer was written in English. For help with it text CALLME.)")
    return f"{said}\n\n{note}"
