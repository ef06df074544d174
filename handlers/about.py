"""All About Me: one question a message, each kept at once, so that it can be left and come back to at any time."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from bot.conversation import Answer, Choice, Dialogue, Goto, Question, Say, ask, say, words_or_media
from bot.turn import Turn
from handlers.asking import no_child, skip, which_child, yes_no
from handlers.habits import told_here
from locales import W_
from nursery import about_me
from nursery.about_me import Reply
from nursery.people import Child

TOLD = {
    "likes": ("collect",),
    "comfort": ("absent",),
    "sleep": ("early", "late"),
    "food": ("absent", "medicine"),
    "family": ("collect", "early", "late"),
    "fears": ("collect", "late"),
    "skills": ("early", "late"),
    "hopes": ("absent",),
    "anything-else": ("absent", "collect", "early", "late"),
}
"""What belongs to an answer as it always is, and on one day is a conversation of its own. Medicine is a person's to
check, as all food is."""


def about(turn: Turn) -> Dialogue:
    """Asks what this guardian has not answered yet, or, if they like, all of it anew. Other guardians' answers are
    neither shown nor counted."""
    nobody = no_child(turn)
    if nobody is not None:
        return nobody
    child = _child(turn) or (yield from which_child(turn))
    seen, again = list(turn.params.get("seen", [])), bool(turn.params.get("again"))
    answered = about_me.answers_of(turn.session, child.id or 0, turn.guardian.id or 0)
    left = [one for one in about_me.questions() if one not in seen and (again or one not in answered)]
    asked = str(turn.params.get("ask"))  # what BACK has led to, answered or not
    left = [asked, *(one for one in left if one != asked)] if asked in about_me.questions() else left
    if not left:
        return (yield from _finished(turn, child, anew=not seen))
    told = yield from _question(turn, child, left[0])
    if told.get("key") == "later":
        return say(turn.gettext("Thank you. I have kept your answers. To go on, text ABOUT."))
    if told.get("key") != "skip":
        reply = Reply(left[0], told["text"], told["inbound"])
        about_me.answer(turn.session, child, turn.guardian, reply, turn.now)
    before = ("about", {**turn.params, "child": child.id, "ask": left[0]})
    return Say(then=Goto("about", {"child": child.id, "seen": [*seen, left[0]], "again": again, "before": before}))


def _child(turn: Turn) -> Child | None:
    """The child it is about already, if this guardian still may speak about them."""
    return next((child for child in turn.children() if child.id == turn.params.get("child")), None)


def _question(turn: Turn, child: Child, question: str) -> Generator[Question, Any, dict[str, Any]]:
    text = turn.say(turn.catalogue.content(about_me.questions()[question]), child=child.first_name)
    later = Choice("later", turn.gettext("Later"), turn.catalogue.words(W_("LATER, NOT NOW, ENOUGH")))
    here = told_here(turn, *TOLD.get(question, ()), timed=question in ("sleep", "skills"))
    told: dict[str, Any] = yield from ask("answer", text, read=_reply, choices=(skip(turn), later), told_here=here)
    return told


def _reply(answer: Answer) -> dict[str, Any]:
    return {"key": answer.choice} if answer.choice else words_or_media(answer)


def _finished(turn: Turn, child: Child, *, anew: bool) -> Generator[Question, Any, Say]:
    """All asked: thanks; or, begun again with nothing left, whether to go through it once more."""
    if not anew:
        text = turn.gettext("Thank you. That is all about %(child)s for now. To add or change something, text ABOUT.")
        return say(turn.say(text, child=child.first_name))
    text = turn.gettext("You have told us about %(child)s already. Shall we go through it again?")
    if (yield from yes_no(turn, "again", turn.say(text, child=child.first_name))):
        return Say(then=Goto("about", {"child": child.id, "again": True}))
    return say(turn.gettext("Thank you."))
