"""Progress: what staff have seen a child do, signed off by the key person, when asked for and when it is new."""

from __future__ import annotations

from bot.conversation import Dialogue, Withheld, say
from bot.turn import Turn
from handlers.asking import no_child, which_child
from nursery import observations
from nursery.guardians import Topic
from nursery.matters import Matter
from nursery.observations import Snippet
from nursery.people import Child, Staff


def progress(turn: Turn) -> Dialogue:
    """Tells the last snippets of a child."""
    nobody = no_child(turn, Topic.PROGRESS)
    if nobody is not None:
        return nobody
    child = yield from which_child(turn, Topic.PROGRESS)
    found = observations.latest(turn.session, child.id or 0)
    if not found:
        text = turn.gettext(
            "There is no note about %(child)s yet. We will send you the next one. To ask now, text ASK."
        )
        return say(turn.say(text, child=child.first_name))
    return say(*(_told(turn, child, snippet) for snippet in found), photo=found[0].photo_id)


def progress_snippet(turn: Turn) -> Dialogue:
    """Tells a new snippet, which we send."""
    yield from ()  # it asks nothing
    snippet = turn.session.get(Snippet, turn.params["snippet"])
    if snippet is None or snippet.approved_at is None:
        raise Withheld("withdrawn")
    child = turn.session.get_one(Child, snippet.child_id)
    return say(_told(turn, child, snippet), photo=snippet.photo_id)


def _told(turn: Turn, child: Child, snippet: Snippet) -> str:
    staff = turn.session.get_one(Staff, snippet.staff_id)
    day = turn.day(snippet.approved_at or snippet.made_at)
    read = turn.read(Matter.SNIPPET, snippet.words, snippet.next_step, setting_id=child.setting_id)
    words, step = read.parts
    lines = [
        turn.say(f"%(child)s{turn.catalogue.comma}%(day)s: %(words)s", child=child.first_name, day=day, words=words)
    ]
    if step:
        lines.append(turn.say(turn.gettext("Next at home: %(step)s"), step=step))
    lines.append(turn.say(turn.gettext("From %(staff)s"), staff=staff.name))
    return read.noted("\n".join(lines))
