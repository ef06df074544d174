"""Suggestions and thanks; and, when it is decided, "you said, we did"."""

from __future__ import annotations

from textwrap import shorten

from bot.conversation import Dialogue, Withheld, ask, say
from bot.turn import Turn
from handlers.asking import which_child_or_none
from nursery import complaints, queries, suggestions
from nursery.inbox import may_be_shown, pass_to_staff
from nursery.matters import Matter
from nursery.people import Staff
from nursery.suggestions import Decision, Said, Suggestion

SHOWN = 80
"""Characters of the parent's own words that are said back: enough to know them by."""


def suggest(turn: Turn) -> Dialogue:
    """Takes down a suggestion; says its reference, and that the decision and its reason will be told."""
    words = yield from ask("what", turn.gettext("What would you change or add? Tell us in your own words."))
    if words["inbound"] is not None:
        pass_to_staff(turn.session, words["inbound"])
    said = Said(words["text"], words["inbound"])
    kept = suggestions.suggest(turn.session, turn.setting, turn.guardian, said, turn.now)
    text = turn.gettext("Thank you. Your suggestion is %(ref)s. We will tell you what we decide, and why.")
    return say(turn.say(text, ref=kept.reference))


def thanks(turn: Turn) -> Dialogue:
    """Takes down thanks, to be read out to whom they are for."""
    words = yield from ask("what", turn.gettext("Whom would you like to thank, and what for? We will read it out."))
    child = yield from which_child_or_none(turn, turn.gettext("Not about one child"))
    if words["inbound"] is not None:
        pass_to_staff(turn.session, words["inbound"])
    said = Said(words["text"], words["inbound"], child)
    kept = suggestions.thank(turn.session, turn.setting, turn.guardian, said, turn.now)
    staff = turn.session.get(Staff, kept.owner_id) if kept.owner_id else None
    if staff is None:
        return say(turn.gettext("How kind. The team will hear your words."))
    return say(turn.say(turn.gettext("How kind. %(staff)s will hear your words."), staff=staff.name))


def suggestion_decided(turn: Turn) -> Dialogue:
    """Tells the parent who suggested it what was decided and why, or what it is looked into as."""
    yield from ()  # it asks nothing
    kept = turn.session.get(Suggestion, turn.params.get("suggestion"))
    if kept is None or kept.guardian_id != turn.guardian.id or kept.decided_at is None:
        raise Withheld("not theirs")
    return say("\n".join([_said(turn, kept), *(_became(turn, kept) if kept.became else _decided(turn, kept))]))


def _said(turn: Turn, kept: Suggestion) -> str:
    """The parent's words; not those that are for the safeguarding lead alone, nor a photo's."""
    if not kept.words or not may_be_shown(turn.session, kept.inbound_id):
        return turn.say(turn.gettext("You wrote to us (%(ref)s)."), ref=kept.reference)
    words = shorten(kept.words, SHOWN, placeholder="...")
    return turn.say(turn.gettext("You said (%(ref)s): %(words)s"), ref=kept.reference, words=words)


def _decided(turn: Turn, kept: Suggestion) -> list[str]:
    sentence = {
        Decision.YES: turn.gettext("We are doing it: %(reason)s"),
        Decision.LATER: turn.gettext("Not now, we will look at it again: %(reason)s"),
        Decision.NO: turn.gettext("We will not do it: %(reason)s"),
    }[Decision(kept.decision)]
    read = turn.read(Matter.DECISION, kept.reason, setting_id=kept.setting_id)
    return [read.noted(turn.say(sentence, reason=read.parts[0]))]


def _became(turn: Turn, kept: Suggestion) -> list[str]:
    complaint = complaints.by_reference(turn.session, kept.became)
    if complaint is not None:
        text = turn.gettext("We look into it as a complaint: %(new)s. You will have the outcome in writing by %(day)s.")
        return [turn.say(text, new=kept.became, day=turn.day(complaint.due_on))]
    query = queries.by_reference(turn.session, kept.became)
    if query is None:
        raise Withheld("not there")
    text = turn.gettext("We take it as a question: %(new)s. We answer by %(day)s.")
    return [turn.say(text, new=kept.became, day=turn.day(query.due_on))]
