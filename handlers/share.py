"""Sharing what a child did at home: words, a photo or a voice note, and the parent's own next step."""

from __future__ import annotations

from bot.brought import PICTURE
from bot.conversation import Answer, Dialogue, Withheld, ask, say
from bot.turn import Turn
from handlers.asking import SKIPPED, ask_or_skip, is_thanks, no_child, which_child
from nursery import home_observations
from nursery.home_observations import HomeObservation, Seen
from nursery.inbox import pass_to_staff
from nursery.matters import Matter
from nursery.people import Child, Staff
from nursery.queries import owner_for


def share(turn: Turn) -> Dialogue:
    """Takes down an observation from home and thanks at once. A photo that came before is not asked for again."""
    nobody = no_child(turn)
    if nobody is not None:
        return nobody
    child = yield from which_child(turn)
    words = {"text": turn.params.get("said", ""), "inbound": turn.params.get("inbound", turn.params.get(PICTURE))}
    if words["inbound"] is None:
        text = turn.gettext("What did %(child)s do at home? Write it, or send a photo or a voice note.")
        words = yield from ask("what", turn.say(text, child=child.first_name))
    text = turn.gettext("What would you like %(child)s to do or learn next? You can skip this.")
    after = yield from ask_or_skip(turn, "next", turn.say(text, child=child.first_name))
    if is_thanks(Answer(after["text"], media=tuple(after["media"]))):
        after = SKIPPED
    for inbound_id in (words["inbound"], after["inbound"]):
        if inbound_id is not None:
            pass_to_staff(turn.session, inbound_id)
    seen = Seen(words["text"], words["inbound"], after["text"], after["inbound"])
    home_observations.share(turn.session, turn.setting, child, turn.guardian, seen, turn.now)
    return say(_thanks(turn, child))


def observation_thanked(turn: Turn) -> Dialogue:
    """Tells what the key person says to what was shared, once it is in the child's record."""
    yield from ()  # it asks nothing
    kept = turn.session.get(HomeObservation, turn.params.get("observation"))
    if kept is None or kept.guardian_id != turn.guardian.id or kept.approved_at is None:
        raise Withheld("not theirs")
    if kept.child_id not in {child.id for child in turn.children()}:
        raise Withheld("not allowed")
    child, staff = turn.session.get_one(Child, kept.child_id), turn.session.get(Staff, kept.approved_by_id)
    read = turn.read(Matter.THANKS, kept.line, setting_id=child.setting_id)
    text = turn.gettext("%(staff)s on what you shared about %(child)s: %(words)s")
    values = {"staff": staff.name if staff else turn.setting.name, "child": child.first_name, "words": read.parts[0]}
    return say(read.noted(turn.say(text, **values)))


def _thanks(turn: Turn, child: Child) -> str:
    staff = owner_for(turn.session, turn.setting, child, turn.today)
    if staff is None:
        text = turn.gettext("Thank you for sharing. The team will read it and keep it in the record of %(child)s.")
        return turn.say(text, child=child.first_name)
    text = turn.gettext("Thank you for sharing. %(staff)s will read it and keep it in the record of %(child)s.")
    return turn.say(text, staff=staff.name, child=child.first_name)
