"""A questionnaire: one question a message, at the parent's own pace, and nobody can see who answered what."""

from __future__ import annotations

import re
from collections.abc import Generator
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import update
from sqlmodel import col, select

from bot.answers import normalise
from bot.conversation import Answer, Choice, Dialogue, Goto, Question, Say, Unclear, Withheld, ask, choose, say
from bot.database import catch_up
from bot.doubts import DOUBT
from bot.opened import OpenConversation
from bot.outbox import TABLE as OUTBOX
from bot.turn import Turn
from handlers.asking import ask_or_skip, being_sent, numbers_in
from handlers.habits import told_here
from locales import PDI
from nursery import inbox, questionnaires
from nursery.contacts import contacts_of
from nursery.forms import Item, said
from nursery.matters import Matter
from nursery.questionnaires import Questionnaire

LASTS = timedelta(days=14)
"""A half-answered questionnaire waits that long."""


def questionnaire(turn: Turn) -> Dialogue:
    """Asks its questions in order; the answers are kept at the end, apart from who gave them."""
    asked = turn.session.get_one(Questionnaire, turn.params["questionnaire"])
    closed = _closed(turn, asked)
    if closed:
        if being_sent(turn):
            raise Withheld(closed[0])
        return say(closed[1])
    begins = (
        "now" if turn.params.get("asked_for") else (yield from choose("begin", _invitation(turn, asked), _begin(turn)))
    )
    if begins == "later":
        return say(turn.gettext("That is fine. When you have a minute, text SURVEY."))
    if begins == "no":
        questionnaires.decline(turn.session, asked, turn.guardian.id or 0)
        return say(turn.gettext("That is fine. We will not ask you about it again."))
    answers: dict[str, list[str]] = {}
    for number, item in enumerate(asked.content.items, start=1):
        answers[item.name] = yield from _ask(turn, item, f"{number}/{len(asked.content.items)} ")
    questionnaires.finish(turn.session, asked, turn.guardian.id or 0, answers)
    _forget(turn)
    return say(
        turn.gettext("Thank you, that was all. We will tell you what we learned from it and what we do about it.")
    )


def survey(turn: Turn) -> Dialogue:
    """SURVEY: goes on with a questionnaire, or begins the one that waits."""
    yield from ()  # it asks nothing
    if _half_way(turn):
        return say(turn.gettext("Let us go on."))
    waiting = questionnaires.waiting_for(turn.session, turn.guardian.id or 0, turn.now)
    if waiting is None:
        return say(turn.gettext("There is nothing to answer now. Thank you for asking."))
    return Say(then=Goto("questionnaire", {"questionnaire": waiting.id, "asked_for": True}))


def questionnaire_reminder(turn: Turn) -> Dialogue:
    """Once, before it closes, to whoever has neither finished nor declined."""
    yield from ()  # it asks nothing
    asked = turn.session.get_one(Questionnaire, turn.params["questionnaire"])
    if closed := _closed(turn, asked):
        raise Withheld(closed[0])
    text = turn.gettext("We would like to hear from you about this: %(title)s. To answer by %(day)s, text SURVEY.")
    return say(_ended(turn.say(text, title=_words(turn, asked.content.title), day=turn.day(asked.closes_at))))


def questionnaire_learned(turn: Turn) -> Dialogue:
    """Tells everybody who was asked what was learned, and what is done about it."""
    yield from ()  # it asks nothing
    asked = turn.session.get_one(Questionnaire, turn.params["questionnaire"])
    if asked.learned_at is None:
        raise Withheld("not told yet")
    read = turn.read(Matter.LEARNED, asked.learned, setting_id=asked.setting_id)
    text = turn.gettext("You told us about this: %(title)s. This is what we do now: %(words)s")
    return say(read.noted(_ended(turn.say(text, title=_words(turn, asked.content.title), words=read.parts[0]))))


def _ended(text: str) -> str:
    """One end mark where a title that asks stands at the end of a sentence."""
    return re.sub(rf"([?!؟])({PDI}?)[.۔]", r"\1\2", text)


def _closed(turn: Turn, asked: Questionnaire) -> tuple[str, str] | None:
    """Why it can't be answered, for the record and for the parent; None when it can."""
    if not asked.is_open(turn.now):
        return "closed", turn.gettext("This questionnaire is closed now. Thank you.")
    if questionnaires.is_done(turn.session, asked.id or 0, turn.guardian.id or 0):
        return "answered", turn.gettext("You have answered this one. Thank you.")
    return None


def _invitation(turn: Turn, asked: Questionnaire) -> str:
    count = len(asked.content.items)
    many = turn.ngettext("%(count)s short question", "%(count)s short questions", count)
    text = turn.gettext(
        "We would like to hear from you about this: %(title)s (%(questions)s). "
        "Nobody can see which answers are yours. Do you have a minute?"
    )
    return turn.say(text, title=_words(turn, asked.content.title), questions=turn.say(many, count=count))


def _begin(turn: Turn) -> tuple[Choice, ...]:
    later = Choice("later", turn.gettext("Later"))
    return Choice("now", turn.gettext("Begin now")), later, Choice("no", turn.gettext("No, thank you"))


def _ask(turn: Turn, item: Item, number: str) -> Generator[Question, Any, list[str]]:
    name, text = f"q:{item.name}", number + _words(turn, item.text)
    if item.kind == "free":
        here = told_here(turn, "absent", "collect", "early", "late", unread=True)
        return [(yield from ask_or_skip(turn, name, text, here, media=False))["text"]]  # a voice would say whose it is
    if item.kind == "several":
        lines = [f"{key} {_words(turn, words)}" for key, words in item.choices.items()]
        text = "\n".join((text, turn.gettext("You may send several numbers, such as: 1 2"), *lines))
        several: list[str] = yield from ask(name, text, read=partial(_several, turn, item))
        return several
    return [(yield from choose(name, text, _choices(turn, item)))]


def _choices(turn: Turn, item: Item) -> tuple[Choice, ...]:
    if item.kind == "choice":
        return tuple(Choice(key, _words(turn, words)) for key, words in item.choices.items())
    labels = (
        turn.gettext("Not at all true"),
        turn.gettext("Mostly not true"),
        turn.gettext("Partly true"),
        turn.gettext("Mostly true"),
        turn.gettext("Very true"),
    )
    return tuple(Choice(key, label) for key, label in zip(item.keys, labels, strict=True))


def _several(turn: Turn, item: Item, answer: Answer) -> list[str]:
    """The keys a reply names, by numbers ("1 3", "1,3", "1 and 3") or in the choices' words. Raises Unclear when it
    names anything else."""
    labels = {normalise(_words(turn, words)): key for key, words in item.choices.items()}
    named = [labels.get(normalise(part), "") for part in re.split("[,;،\n]", answer.text) if part.strip()]
    found = {str(number) for number in numbers_in(turn, answer.text)} or set(named)
    if answer.media:
        raise Unclear
    if not found or not found <= set(item.keys):
        numbers = turn.gettext(
            "I did not understand. Please send a number from 1 to %(last)s. BACK goes back, MENU leaves."
        )
        raise Unclear(turn.say(numbers, last=len(item.keys)))
    return sorted(found)


def _words(turn: Turn, words: dict[str, str]) -> str:
    return said(words, turn.language)


def _half_way(turn: Turn) -> bool:
    mine = select(OpenConversation.id).where(
        OpenConversation.contact_id == turn.speaker.contact_id,
        OpenConversation.conversation == "questionnaire",
        col(OpenConversation.expires_at) > turn.now,
    )
    return turn.session.exec(mine).first() is not None


def _forget(turn: Turn) -> None:
    """Blanks the messages that carried the answers, at whatever address of theirs, and which buttons were pressed: they
    would say who said what. What told of harm stays, for the safeguarding lead alone."""
    here = {turn.speaker.contact_id, *(one.id or 0 for one in contacts_of(turn.session, turn.guardian.id or 0))}
    catch_up(turn.session)  # what an answer a moment ago was taken for, where it shares this commit
    questionnaires.forget_words(turn.session, "questionnaire", contact_ids=here, before=turn.now)
    if turn.said.inbound_id is not None:
        last = turn.session.get_one(inbox.InboundMessage, turn.said.inbound_id)
        last.text = last.text if last.restricted else ""
    ours = OUTBOX.c.contact_id.in_(here) & (OUTBOX.c.conversation == "questionnaire")
    pressed = update(OUTBOX).where(ours, OUTBOX.c.answered != "").values(answered="-")
    quoted = update(OUTBOX).where(ours, OUTBOX.c.question == DOUBT, OUTBOX.c.sent_at.is_not(None)).values(text="-")
    for forgotten in (pressed, quoted):
        turn.session.connection().execute(forgotten)
