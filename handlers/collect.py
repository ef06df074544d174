"""Late, early, or collected by somebody else; and medicine. What must be checked is never agreed to by text."""

from __future__ import annotations

from typing import Any

from babel.lists import format_list

from bot.conversation import Answer, Choice, Dialogue, Unclear, ask, choose, say, words_or_media
from bot.turn import Turn
from handlers.asking import called, no_child, which_child, which_children
from locales import W_
from nursery import day_changes
from nursery.day_changes import Change, Told
from nursery.inbox import pass_to_staff
from nursery.people import Child
from nursery.queries import owner_for
from nursery.tasks import raise_task


def late(turn: Turn) -> Dialogue:
    """Takes down that a parent is late; says who stays with the child, and the number to ring."""
    nobody = no_child(turn)
    if nobody is not None:
        return nobody
    children = yield from which_children(turn)
    asked = _of(turn, turn.gettext("Are you late to bring %(child)s, or late to collect?"), children)
    said = yield from ask("what", asked, read=_time_already, choices=_ways(turn))
    if said["key"]:
        change, text = Change(said["key"]), turn.gettext("When will you be here? For example 17:45, or in 20 minutes.")
        at = yield from ask("when", text, read=_time)
    else:
        change, at = Change((yield from choose("way", asked, _ways(turn)))), said
    _tell(turn, children, change, at)
    if change == Change.LATE_TO_COLLECT:
        return say(_staying(turn, children))
    one = turn.gettext(
        "Thank you. I have told staff that %(child)s comes later. If it gets later than you said, ring %(phone)s."
    )
    several = turn.gettext(
        "Thank you. I have told staff that they come later. If it gets later than you said, ring %(phone)s."
    )
    return say(_of(turn, one if len(children) == 1 else several, children))


def early(turn: Turn) -> Dialogue:
    """Takes down that a parent comes early."""
    nobody = no_child(turn)
    if nobody is not None:
        return nobody
    children = yield from which_children(turn)
    text = turn.gettext("When will you collect %(child)s? For example today at 14:30.")
    at = yield from ask("when", _of(turn, text, children), read=_time)
    _tell(turn, children, Change.EARLY_TO_COLLECT, at)
    one = turn.gettext(
        "Thank you. I have told staff, so that %(child)s is ready. If it changes, ring %(phone)s. "
        "If somebody else will collect, text COLLECT."
    )
    several = turn.gettext(
        "Thank you. I have told staff, so that they are ready. If it changes, ring %(phone)s. "
        "If somebody else will collect, text COLLECT."
    )
    return say(_of(turn, one if len(children) == 1 else several, children))


def collect(turn: Turn) -> Dialogue:
    """Takes down who else is to collect, and says plainly that this is not agreed until we have rung."""
    nobody = no_child(turn)
    if nobody is not None:
        return nobody
    children = yield from which_children(turn)
    text = turn.gettext("Who will collect %(child)s? Please send the full name and who they are to %(child)s.")
    who = yield from ask("who", _of(turn, text, children))
    at = yield from ask("when", turn.gettext("On which day, and at what time?"), read=_time)
    known = {"who": _told(turn, who), "at": _told(turn, at)}
    for child in children:
        day_changes.tell_collector(turn.session, turn.setting, child, turn.guardian, **known, now=turn.now)
    text = turn.gettext(
        "Thank you. This is not agreed yet: a text alone is not enough. We will ring you on the number we hold before "
        "anyone else can collect %(child)s. If we have not rung in time, ring %(phone)s."
    )
    return say(_of(turn, text, children))


def medicine(turn: Turn) -> Dialogue:
    """Medicine is agreed with a person, on paper (EYFS: written permission); staff are told it was asked about."""
    nobody = no_child(turn)
    if nobody is not None:
        return nobody
    known = [child for child in turn.children() if child.id == turn.params.get("child")]
    child = known[0] if known else (yield from which_child(turn))
    staff = owner_for(turn.session, turn.setting, child, turn.today)
    raise_task(
        turn.session,
        f"medicine:{child.id}:{turn.guardian.id}:{turn.said.inbound_id}",
        "medicine asked about",
        now=turn.now,
        setting_id=child.setting_id,
        staff_id=staff.id if staff else None,
        guardian_id=turn.guardian.id,
        child_id=child.id,
        urgent=True,
    )
    text = turn.gettext(
        "We can't agree medicine by text. Please bring it in its own box and sign the form with staff. "
        "I have told staff. If it can't wait, ring %(phone)s."
    )
    return say(turn.say(text, phone=turn.setting.phone))


def _time(answer: Answer) -> dict[str, Any]:
    """When, in their words; "5" is at five, or in five minutes, and staff see it as it was written."""
    if answer.text.strip().isdecimal():
        return {"text": answer.text.strip(), "media": [], "inbound": answer.inbound_id}
    return words_or_media(answer)


def _time_already(answer: Answer) -> dict[str, Any]:
    """The choice; or the time, "10 minutes", told before it is asked for. Raises Unclear for anything else."""
    if answer.choice:
        return {"key": answer.choice, "inbound": answer.inbound_id}
    told = words_or_media(answer)
    if not any(sign.isdecimal() for sign in told["text"]):
        raise Unclear
    return {"key": "", **told}


def _ways(turn: Turn) -> tuple[Choice, ...]:
    bring, fetch = W_("BRING, BRINGING, DROP OFF, ARRIVE"), W_("COLLECTING, PICK UP, PICKING UP")
    return (
        Choice(Change.LATE_TO_BRING, turn.gettext("Late to bring"), turn.catalogue.words(bring)),
        Choice(Change.LATE_TO_COLLECT, turn.gettext("Late to collect"), turn.catalogue.words(fetch)),
    )


def _of(turn: Turn, text: str, children: list[Child], **values: str) -> str:
    """What is said of one child, or of several at once."""
    names = format_list([called(turn, child, turn.children()) for child in children], locale=turn.language)
    return turn.say(text, child=names, phone=turn.setting.phone, **values)


def _tell(turn: Turn, children: list[Child], change: Change, at: dict[str, Any]) -> None:
    told = _told(turn, at)
    for child in children:
        day_changes.tell(turn.session, turn.setting, child, turn.guardian, change, at=told, now=turn.now)


def _told(turn: Turn, words: dict[str, Any]) -> Told:
    """The words as they are kept; staff see the message in the inbox as well, with its photo or voice note."""
    if words["inbound"] is not None:
        pass_to_staff(turn.session, words["inbound"])
    return Told(words["text"], words["inbound"])


def _staying(turn: Turn, children: list[Child]) -> str:
    """Who stays with them; by name where there is somebody there today, and for all of them."""
    owners = [owner_for(turn.session, turn.setting, child, turn.today) for child in children]
    staff = owners[0]
    if staff is None or any(other is None or other.id != staff.id for other in owners):
        text = turn.gettext(
            "Thank you. I have told staff. They stay with %(child)s until you come. "
            "If it gets later than you said, ring %(phone)s. If somebody else will collect, text COLLECT."
        )
        return _of(turn, text, children)
    text = turn.gettext(
        "Thank you. I have told staff. %(staff)s or a colleague stays with %(child)s until you come. "
        "If it gets later than you said, ring %(phone)s. If somebody else will collect, text COLLECT."
    )
    return _of(turn, text, children, staff=staff.name)
