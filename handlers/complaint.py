"""A complaint: taken down in the parent's words, acknowledged at once, and given a day."""

from __future__ import annotations

from bot.conversation import Dialogue, Say, Turn, ask, say
from handlers.asking import which_child_or_none, yes_no
from nursery import complaints
from nursery.complaints import Complaint, Grievance
from nursery.people import Staff
from nursery.settings import OFSTED_PHONE


def complaint(turn: Turn) -> Dialogue:
    """Writes a complaint down; says its reference, the day of its outcome (EYFS: 28 days), the stages and Ofsted."""
    text = turn.gettext(
        "I am sorry. Please tell us in your own words what happened. A photo or a voice note is fine too."
    )
    words = yield from ask("what", text)
    child = yield from which_child_or_none(turn, turn.gettext("Not about one child"))
    about_manager = yield from yes_no(turn, "manager", turn.gettext("Is it about the manager?"))
    grievance = Grievance(words["text"], child, about_manager, words["inbound"])
    return _noted(turn, complaints.lodge(turn.session, turn.setting, turn.guardian, grievance, turn.now))


def _noted(turn: Turn, case: Complaint) -> Say:
    text = turn.gettext(
        "Thank you. Your complaint is written down as %(ref)s. You will have the outcome in writing by %(day)s."
    )
    noted = turn.say(text, ref=case.reference, day=turn.day(case.due_on))
    stages = turn.gettext(
        "If the outcome does not content you, ask for somebody else to look at it again. "
        "You can tell Ofsted at any time: %(ofsted)s."
    )
    return say(noted, _who(turn, case), turn.say(stages, ofsted=OFSTED_PHONE))


def _who(turn: Turn, case: Complaint) -> str:
    """Who looks into it; never the manager when it is about the manager."""
    handler = turn.session.get(Staff, case.handler_id) if case.handler_id else None
    if handler is not None:
        return turn.say(turn.gettext("%(staff)s looks into it and may ring you to hear more."), staff=handler.name)
    if case.about_manager:
        return turn.gettext("Somebody other than the manager looks into it and may ring you to hear more.")
    return turn.gettext("We look into it and may ring you to hear more.")
