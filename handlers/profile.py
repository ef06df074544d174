"""The family as it wants to be known: names, food, festivals, when to ring. One question a message, each may be passed
over and each is kept at once."""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import partial
from typing import Any

from bot.conversation import Answer, Choice, Dialogue, Fits, Goto, Question, Say, Unclear, ask, say, words_or_media
from bot.turn import Turn
from handlers.asking import no_child, numbers_in, skip, yes_no
from handlers.signing import name_on_record
from locales import W_
from nursery import profiles


def profile(turn: Turn) -> Dialogue:
    """Asks what this guardian has not answered yet, or, if they like, all of it anew."""
    nobody = no_child(turn)
    if nobody is not None:
        return nobody
    seen, again = list(turn.params.get("seen", [])), bool(turn.params.get("again"))
    left = _left(turn, seen, again=again)
    if not left:
        return (yield from _finished(turn, anew=not seen))
    told = yield from _question(turn, left[0])
    if "later" in told["keys"]:
        return say(turn.gettext("Thank you. I have kept your answers. To go on, text PROFILE."))
    if "skip" not in told["keys"]:
        _keep(turn, left[0], told)
    before = ("profile", {**turn.params, "ask": left[0]})
    return Say(then=Goto("profile", {"seen": [*seen, left[0]], "again": again, "before": before}))


def _left(turn: Turn, seen: list[str], *, again: bool) -> list[str]:
    """The questions still to ask; first the one that BACK has led to, answered or not."""
    answered = profiles.answers_of(turn.session, turn.guardian.id or 0)
    left = [one for one in profiles.QUESTIONS if one not in seen and (again or one not in answered)]
    asked = turn.params.get("ask")
    return [asked, *(one for one in left if one != asked)] if asked in profiles.QUESTIONS else left


def _keep(turn: Turn, question: str, told: dict[str, Any]) -> None:
    guardian_id = turn.guardian.id or 0
    profiles.answer(
        turn.session,
        guardian_id,
        question,
        turn.now,
        keys=told["keys"],
        words=told.get("text", ""),
        inbound_id=told.get("inbound"),
    )
    profiles.tell_staff(turn.session, guardian_id, question, turn.today, turn.now)


def _finished(turn: Turn, *, anew: bool) -> Generator[Question, Any, Say]:
    if not anew:
        return say(turn.gettext("Thank you, that is all. To add or change something, text PROFILE."))
    text = turn.gettext("You have told us about your family already. Shall we go through it again?")
    if (yield from yes_no(turn, "again", text)):
        return Say(then=Goto("profile", {"again": True}))
    return say(turn.gettext("Thank you."))


def _question(turn: Turn, question: str) -> Generator[Question, Any, dict[str, Any]]:
    later = Choice("later", turn.gettext("Later"), turn.catalogue.words(W_("LATER, NOT NOW, ENOUGH")))
    choices = (*_offered(turn, question), skip(turn), later)
    fits = partial(_is_called, name_on_record(turn)) if question == "call" else None
    told: dict[str, Any] = yield from ask(
        "answer", _text(turn, question), read=_reader(turn, choices), choices=choices, fits=fits
    )
    return told


def _is_called(on_record: Fits, words: str) -> bool | None:
    """The name on record is surely how they are called; another may be."""
    return on_record(words) or None


def _text(turn: Turn, question: str) -> str:
    texts = {
        "call": turn.gettext("What would you like us to call you?"),
        "say": turn.gettext(
            "How do we say %(child)s so that it sounds right? Write it as it sounds, or send a voice note."
        ),
        "food": turn.gettext("What do you eat, or not eat? Send one number or more, or write it."),
        "festivals": turn.gettext("Which festivals are dear to you? Send one number or more, or write it."),
        "apart": turn.gettext(
            "Is there something %(child)s should not take part in? Send one number or more, or write it."
        ),
        "ring": turn.gettext("Whom may we ring, and when should we not ring? Such as: not before 2, I work at night."),
    }
    text = texts[question]
    if "%(child)s" not in text:
        return text
    return turn.say(text, child=turn.catalogue.comma.join(child.first_name for child in turn.children()))


def _offered(turn: Turn, question: str) -> tuple[Choice, ...]:
    if question == "food":
        return (
            Choice("no pork", turn.gettext("No pork")),
            Choice("halal", turn.gettext("Halal")),
            Choice("kosher", turn.gettext("Kosher")),
            Choice("vegetarian", turn.gettext("Vegetarian")),
            Choice("vegan", turn.gettext("Vegan")),
        )
    if question == "festivals":
        return (
            Choice("eid", turn.gettext("Ramadan and Eid")),
            Choice("christmas", turn.gettext("Christmas and Easter")),
            Choice("diwali", turn.gettext("Diwali")),
            Choice("new year", turn.gettext("Lunar New Year")),
        )
    if question == "apart":
        return (
            Choice("music", turn.gettext("Music")),
            Choice("animals", turn.gettext("Animals")),
            Choice("christmas", turn.gettext("Christmas")),
            Choice("birthdays", turn.gettext("Birthdays")),
        )
    return ()


def _reader(turn: Turn, choices: tuple[Choice, ...]) -> Callable[[Answer], dict[str, Any]]:
    """A choice, several by their numbers, or words (or a voice note). Where there is nothing to choose, numbers are
    words: a phone's, or an hour."""
    most = len(choices) - 2

    def read(answer: Answer) -> dict[str, Any]:
        if answer.choice:
            return {"keys": [answer.choice]}
        numbers = numbers_in(turn, answer.text) if most and not answer.media else []
        if any(not 1 <= number <= most for number in numbers):
            raise Unclear
        if numbers:
            return {"keys": [choices[number - 1].key for number in numbers]}
        return {"keys": [], **words_or_media(answer)}

    return read
