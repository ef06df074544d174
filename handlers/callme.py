"""Talk to a person: a task for whoever knows the child best, and the number to ring meanwhile."""

from __future__ import annotations

from bot.conversation import Dialogue, Say, say
from bot.turn import Turn
from handlers.asking import ask_or_skip
from nursery.inbox import pass_to_staff
from nursery.opening import working_days_after
from nursery.people import Staff
from nursery.queries import owner_for
from nursery.tasks import raise_task


def callme(turn: Turn) -> Dialogue:
    """Asks what it is about, if the parent likes to say; somebody rings by the next working day."""
    about = yield from ask_or_skip(
        turn, "about", turn.gettext("We will ring you. What is it about? You can skip this.")
    )
    if about["inbound"] is not None:
        pass_to_staff(turn.session, about["inbound"])
    return ring(turn, _caller(turn))


def ring(turn: Turn, staff: Staff | None) -> Say:
    """Gives a member of staff the task to ring, and tells the parent by when."""
    here = staff if staff is None or not staff.has_left else None
    _raise(turn, here)
    return say(_promised(turn, here))


def _caller(turn: Turn) -> Staff | None:
    """The key person of the guardian's one child, or else the manager."""
    children = turn.children()
    return owner_for(turn.session, turn.setting, children[0] if len(children) == 1 else None, turn.today)


def _raise(turn: Turn, staff: Staff | None) -> None:
    raise_task(
        turn.session,
        f"call:{turn.guardian.id}:{turn.said.inbound_id}",
        "call a parent",
        now=turn.now,
        setting_id=turn.setting.id,
        staff_id=staff.id if staff else None,
        guardian_id=turn.guardian.id,
    )


def _promised(turn: Turn, staff: Staff | None) -> str:
    known = {"day": turn.day(working_days_after(turn.today, 1)), "phone": turn.setting.phone}
    if staff is None:
        text = turn.gettext("We ring you by %(day)s. If it can't wait, ring %(phone)s. In danger, ring 999.")
        return turn.say(text, **known)
    text = turn.gettext("%(staff)s rings you by %(day)s. If it can't wait, ring %(phone)s. In danger, ring 999.")
    return turn.say(text, staff=staff.name, **known)
