"""An idea for home, now: something to do today with what is there, and why it helps."""

from __future__ import annotations

from bot.conversation import Dialogue, say
from bot.turn import Turn
from handlers.asking import no_child
from handlers.copied import fits
from nursery import activities
from nursery.guardians import Topic
from nursery.library import ideas
from nursery.people import Child


def idea(turn: Turn) -> Dialogue:
    """Tells the next idea for one of the guardian's children, or for the one it leads here for; why it helps only where
    it fits. It asks nothing; IDEA again brings another."""
    yield from ()  # it asks nothing
    guardian_id = turn.guardian.id or 0
    chosen = activities.next_idea(turn.session, guardian_id, turn.today, turn.params.get("child"))
    if chosen is None:
        return no_child(turn, Topic.LEARNING) or say(turn.gettext("There is no idea today. Please ask again tomorrow."))
    activities.note_sent(turn.session, guardian_id, chosen, "request", turn.today, turn.now)
    child = turn.session.get_one(Child, chosen.child_id)
    found = ideas()[chosen.idea]
    tip = tell(turn, found.tip[activities.band(child, turn.today)], child)
    another = turn.gettext("For another one, text IDEA.")
    whole = "\n".join((tip, tell(turn, found.fact, child), another))
    return say(whole if fits(turn, whole) else f"{tip}\n{another}")


def tell(turn: Turn, sentence: str, child: Child) -> str:
    """A sentence of the library in the reader's language, with the child's first name in it."""
    return turn.say(turn.catalogue.content(sentence), child=child.first_name)
