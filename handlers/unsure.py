"""What nothing else took: close matches to choose from, a person, or the menu. A guess is never acted on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from bot.answers import bare_number
from bot.conversation import Choice, Conversation, Dialogue, Goto, Say, choose, say
from bot.turn import Turn
from handlers.asking import which_child_or_none
from handlers.join import code_in
from handlers.learn import is_word
from handlers.query import take_down
from locales import N_
from nursery.people import Staff
from nursery.queries import owner_for

LABELS = {
    "stop": N_("Stop all messages"),
    "start": N_("Start messages again"),
    "survey": N_("Questions for parents"),
    "ofsted": N_("Ofsted"),
    "send": N_("Help with special needs"),
}
"""Of conversations that stand in no menu, and of stop, which is only ever a choice here."""

OFFERED = 3
WATCHED = ("stop", "complaint")
"""What must not be missed: when it is likely at all it is among those offered (product rules 9 and 22)."""


def unsure(turn: Turn) -> Dialogue:
    """Offers what was perhaps meant. The words are in the staff inbox already, whatever is chosen."""
    said = str(turn.params.get("said", ""))
    if turn.params.get("pass"):
        return (yield from _passed(turn, said))
    if code_in(turn, said) is not None:
        return Say(then=Goto("join", turn.params))
    if is_word(turn, said) and not turn.params.get("media"):
        return Say(then=Goto("learn", {"word": True}))
    short = _short(turn, said) if not turn.params.get("media") else None
    if short is not None:
        return short
    close = offered(turn.conversations, turn.params.get("close", []), 1 if _can_share(turn) else OFFERED)
    if turn.params.get("known") and not close:
        return Say()
    picked = yield from choose("what", _question(turn, close), _choices(turn, close))
    if picked == "share":
        return Say(then=Goto("share", {"said": said, "inbound": turn.params.get("inbound")}))
    if picked != "pass":
        return Say(then=Goto(picked))
    return (yield from _passed(turn, said))


def _passed(turn: Turn, said: str) -> Dialogue:
    child = yield from which_child_or_none(turn, turn.gettext("Not about one child"))
    return say(take_down(turn, said, turn.params.get("inbound"), child))


def offered(conversations: Mapping[str, Conversation], close: Sequence[str], count: int = OFFERED) -> list[str]:
    """The first few of those perhaps meant that have a name to offer them by."""
    named = [name for name in close if _label(conversations, name)]
    watched = [name for name in WATCHED if name in named[count:]]
    return [*named[: count - len(watched)], *watched]


def _short(turn: Turn, said: str) -> Say | None:
    """The answer to a code, a courtesy, or a number that answers nothing."""
    courtesy = turn.params.get("courtesy")
    if courtesy and turn.params.get("welcomed"):
        return Say(outcome="courtesy")
    if courtesy == "hello":
        return say(turn.gettext("Hello. Text MENU to see what you can do here."), outcome="courtesy")
    if courtesy:
        return say(turn.gettext("Thank you. Text MENU at any time."), outcome="courtesy")
    number = bare_number(said)
    if number is not None:
        text = turn.say(turn.gettext("I am not sure what %(number)s means here."), number=number)
        return say(text, then=Goto("menu"), outcome="unsure")
    return None


def _question(turn: Turn, close: list[str]) -> str:
    if _can_share(turn):
        return "\n".join((*_cautions(turn, close), turn.gettext("Thank you. What shall I do with this?")))
    if close:
        return "\n".join((*_cautions(turn, close), turn.gettext("Did you mean one of these?")))
    return turn.gettext("I am not sure what you mean. What shall I do?")


def _cautions(turn: Turn, close: list[str]) -> Iterator[str]:
    """What a sentence alone does not do, where it is most likely about that: medicine, somebody else who collects."""
    cautions = (turn.conversations[name].caution for name in close)
    return (turn.gettext(caution) for caution in takewhile(bool, cautions))


def _choices(turn: Turn, close: list[str]) -> tuple[Choice, ...]:
    """First to share a photo or a voice note that came out of the blue, since that is what it mostly is for. What the
    lead knows of already is nobody else's."""
    shared = (Choice("share", _share_label(turn)),) if _can_share(turn) else ()
    names = [name for name in close if name != "share" or not shared]
    guesses = tuple(Choice(name, turn.gettext(_label(turn.conversations, name))) for name in names)
    passed = () if turn.params.get("known") else (Choice("pass", _pass_label(turn)),)
    return (*shared, *guesses, *passed, Choice("menu", turn.gettext("Menu")))


def _can_share(turn: Turn) -> bool:
    return bool(turn.params.get("media")) and bool(turn.children())


def _share_label(turn: Turn) -> str:
    staff = _reader(turn)
    if staff is None:
        return turn.gettext("Share this with the team")
    return turn.say(turn.gettext("Share this with %(staff)s"), staff=staff.name)


def _reader(turn: Turn) -> Staff | None:
    """The key person of the one child; none where there are several."""
    children = turn.children()
    return owner_for(turn.session, turn.setting, children[0], turn.today) if len(children) == 1 else None


def _pass_label(turn: Turn) -> str:
    """To the key person by name when there is one child, or else to the team."""
    staff = _reader(turn)
    if staff is None:
        return turn.gettext("Pass this to the team")
    return turn.say(turn.gettext("Pass this to %(staff)s"), staff=staff.name)


def _label(conversations: Mapping[str, Conversation], name: str) -> str:
    known = conversations.get(name)
    return LABELS.get(name) or known.label or known.more if known else ""
