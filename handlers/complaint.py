"""A complaint: taken down in the parent's words, acknowledged at once, and given a day."""

from __future__ import annotations

from bot.conversation import Choice, Dialogue, Say, ask, choose, say
from bot.turn import Turn
from handlers.asking import which_child_or_none
from locales import W_
from nursery import complaints
from nursery.complaints import ICO_PHONE, About, Complaint, Grievance
from nursery.people import Staff
from nursery.settings import OFSTED_PHONE

MANAGER, INFORMATION = "manager", "information"


def complaint(turn: Turn) -> Dialogue:
    """Writes a complaint down; says its reference, the day of its outcome (EYFS: 28 days; about information 30), the
    stages and who else hears complaints."""
    text = turn.gettext(
        "I am sorry. Please tell us in your own words what happened. A photo or a voice note is fine too."
    )
    words = yield from ask("what", text)
    child = yield from which_child_or_none(turn, turn.gettext("Not about one child"))
    chosen = yield from choose("about", turn.gettext("Is it about one of these?"), _kinds(turn))
    about = About.INFORMATION if chosen == INFORMATION else About.CARE
    grievance = Grievance(words["text"], child, chosen == MANAGER, words["inbound"], about)
    return _noted(turn, complaints.lodge(turn.session, turn.setting, turn.guardian, grievance, turn.now))


def _kinds(turn: Turn) -> tuple[Choice, ...]:
    return (
        Choice(MANAGER, turn.gettext("The manager")),
        Choice(INFORMATION, turn.gettext("How you use my information")),
        Choice("other", turn.gettext("No, something else"), turn.catalogue.words(W_("NO, NONE, SOMETHING ELSE"))),
    )


def _noted(turn: Turn, case: Complaint) -> Say:
    text = turn.gettext(
        "Thank you. Your complaint is written down as %(ref)s. You will have the outcome in writing by %(day)s."
    )
    noted = turn.say(text, ref=case.reference, day=turn.day(case.due_on))
    return say(noted, _who(turn, case), stages(turn, case))


def stages(turn: Turn, case: Complaint) -> str:
    """What comes after the outcome, and who hears complaints beside us."""
    if case.about == About.INFORMATION:
        text = turn.gettext(
            "If the outcome does not content you, ask for somebody else to look at it again. "
            "You can also complain to the Information Commissioner: %(ico)s."
        )
        return turn.say(text, ico=ICO_PHONE)
    text = turn.gettext(
        "If the outcome does not content you, ask for somebody else to look at it again. "
        "You can tell Ofsted at any time: %(ofsted)s."
    )
    return turn.say(text, ofsted=OFSTED_PHONE)


def _who(turn: Turn, case: Complaint) -> str:
    """Who looks into it; never the manager when it is about the manager."""
    handler = turn.session.get(Staff, case.handler_id) if case.handler_id else None
    if handler is not None:
        return turn.say(turn.gettext("%(staff)s looks into it and may ring you to hear more."), staff=handler.name)
    if case.about_manager:
        return turn.gettext("Somebody other than the manager looks into it and may ring you to hear more.")
    return turn.gettext("We look into it and may ring you to hear more.")
