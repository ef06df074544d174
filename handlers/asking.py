"""Small questions that many conversations ask: which child, yes or no, and what may be skipped."""

from __future__ import annotations

import re
from collections.abc import Generator
from functools import cache
from typing import Any

from bot.answers import normalise
from bot.conversation import Answer, Choice, Question, Say, ToldHere, Unclear, ask, choose, say, words_or_media
from bot.courtesies import GRATITUDE, courtesy
from bot.turn import Turn
from locales import LANGUAGES, SOURCE, W_, catalogue
from nursery.guardians import ANY_TOPIC, Topic
from nursery.people import Child
from nursery.settings import Room, Setting

EVERY_CHILD = "all"
NO_CHILD = "none"
YES, NO = W_("YES, YEAH, YEP, YES WE ARE, YES WE DO"), W_("NO, NOPE, NAH")
MAYBE = W_("MAYBE, PERHAPS, NOT SURE, DON'T KNOW")
"""Ways to say it where the choices are labelled otherwise."""
SKIPPED: dict[str, Any] = {"text": "", "media": [], "inbound": None}
NOT_CLEAR = W_("NOT CLEAR, I DON'T UNDERSTAND, I DO NOT UNDERSTAND, DON'T UNDERSTAND, I DIDN'T UNDERSTAND")


def which_child(turn: Turn, topic: Topic = Topic.CARE) -> Generator[Question, Any, Child]:
    """The child it is about, asked only of a guardian with several; from here on it is about the child's setting. Ask
    `no_child` first: there must be one."""
    children = turn.children(topic)
    if len(children) == 1:
        return children[0]
    key = yield from choose("child", turn.gettext("Which child is it about?"), _named(turn, children))
    return _chosen(turn, children, key)


def which_children(turn: Turn, topic: Topic = Topic.CARE) -> Generator[Question, Any, list[Child]]:
    """As `which_child`, but of several at one setting it may be all of them."""
    children = turn.children(topic)
    if len({child.setting_id for child in children}) > 1 or len(children) == 1:
        return [(yield from which_child(turn, topic))]
    label = turn.gettext("Both of them") if len(children) == 2 else turn.gettext("All of them")
    words = W_("BOTH, ALL, BOTH CHILDREN, ALL CHILDREN")
    every = Choice(EVERY_CHILD, label, (*turn.catalogue.words(words), *catalogue(SOURCE).words(words)))
    key = yield from choose("child", turn.gettext("Which child is it about?"), (*_named(turn, children), every))
    return children if key == EVERY_CHILD else [_chosen(turn, children, key)]


def which_child_or_none(turn: Turn, label: str, topic: Topic = Topic.CARE) -> Generator[Question, Any, Child | None]:
    """The child it is about, or none when `label` (such as "Not about one child") is chosen; asked only of a guardian
    with several. Of one with children in several settings it is then asked which it is about."""
    children = turn.children(topic)
    if len(children) <= 1:
        return children[0] if children else None
    choices = (*_named(turn, children), Choice(NO_CHILD, label))
    key = yield from choose("child", turn.gettext("Which child is it about?"), choices)
    if key != NO_CHILD:
        return _chosen(turn, children, key)
    yield from which_setting(turn)
    return None


def which_setting(turn: Turn) -> Generator[Question, Any, Setting]:
    """The setting it is about, asked only of a guardian with children in several."""
    settings = turn.settings()
    if len(settings) > 1:
        choices = tuple(Choice(str(one.id), one.name) for one in settings)
        turn.go_to(int((yield from choose("setting", turn.gettext("Which nursery is it about?"), choices))))
    return turn.setting


def no_child(turn: Turn, topic: Topic = Topic.CARE) -> Say | None:
    """What to end with when this guardian may speak about no child (yet, or any more), or not about this; None when
    there is one."""
    if turn.children(topic):
        return None
    text = turn.gettext("I have no child of yours on my list. Please ring %(setting)s: %(phone)s.")
    if turn.children(ANY_TOPIC):
        text = turn.gettext("I can't do that for you here. Please ring %(setting)s: %(phone)s.")
    return say(turn.say(text, setting=turn.setting.name, phone=turn.setting.phone))


def called(turn: Turn, child: Child, children: list[Child]) -> str:
    """The first name of one of several children; where two share it, with the room, or else the surname's initial. A
    child who goes to two settings is called by the setting."""
    alike = [other for other in children if other.first_name == child.first_name and other.id != child.id]
    if not alike:
        return child.first_name
    if all(other.setting_id != child.setting_id for other in alike):
        return f"{child.first_name} ({turn.session.get_one(Setting, child.setting_id).name})"
    room = turn.session.get(Room, child.room_id) if child.room_id else None
    if room is not None and all(other.room_id != child.room_id for other in alike):
        return f"{child.first_name} ({room.name})"
    return f"{child.first_name} {child.name.split()[-1][0]}"


def yes_no(turn: Turn, name: str, text: str) -> Generator[Question, Any, bool]:
    """Asks for yes or no; by SMS it is numbers, since carriers keep the word YES for themselves."""
    choices = (
        Choice("yes", turn.gettext("Yes"), said_as(turn, YES)),
        Choice("no", turn.gettext("No"), said_as(turn, NO)),
    )
    return (yield from choose(name, text, choices)) == "yes"


def said_as(turn: Turn, words: str) -> tuple[str, ...]:
    """The words of YES, NO or MAYBE in the parent's language and in English."""
    plain = {YES: (turn.gettext("Yes"),), NO: (turn.gettext("No"),)}.get(words, ())
    return (*plain, *turn.catalogue.words(words), *catalogue(SOURCE).words(words))


def skip(turn: Turn) -> Choice:
    """The choice to pass a question over. SKIP is understood in every language, as the words of the menu are."""
    words = W_("SKIP, NO, NOTHING")
    return Choice("skip", turn.gettext("Skip"), (*turn.catalogue.words(words), *catalogue(SOURCE).words(words)[:1]))


def ask_or_skip(
    turn: Turn, name: str, text: str, told_here: ToldHere | None = None, *, media: bool = True
) -> Generator[Question, Any, dict[str, Any]]:
    """Asks for words (or a photo, or a voice note) that may be skipped; skipped, the words are empty. `told_here` as
    the Question has it; without `media` words alone are an answer."""
    read, choices = _words_or_skip if media else _words_alone, (skip(turn),)
    words: dict[str, Any] = yield from ask(name, text, read=read, choices=choices, told_here=told_here)
    return words


def numbers_in(turn: Turn, text: str) -> list[int]:
    """The numbers of several choices, each once: "1 3", "1,3", "1 and 3"; none where the reply is words."""
    said = re.findall(r"\d+|[^\W\d_]+", normalise(text))
    joining = {normalise(word) for tag in (turn.language, SOURCE) for word in catalogue(tag).words(W_("AND, PLUS"))}
    if any(not word.isdecimal() and word not in joining for word in said):
        return []
    return list(dict.fromkeys(int(word) for word in said if word.isdecimal()))


def is_thanks(answer: Answer) -> bool:
    """Whether it is thanks and no more, in any language: "ok, many thanks", a thumb up."""
    return not answer.media and courtesy(answer.text, _gratitude()) == "thanks"


def being_sent(turn: Turn) -> bool:
    """Whether a push is being rendered to be sent, rather than its answer taken or its question asked again."""
    return turn.said.inbound_id is None


@cache
def _gratitude() -> dict[str, str]:
    return {normalise(word): "thanks" for tag in LANGUAGES for word in catalogue(tag).words(GRATITUDE)}


def _words_or_skip(answer: Answer) -> dict[str, Any]:
    return SKIPPED if answer.choice else words_or_media(answer)


def _words_alone(answer: Answer) -> dict[str, Any]:
    if answer.media:
        raise Unclear
    return _words_or_skip(answer)


def _named(turn: Turn, children: list[Child]) -> tuple[Choice, ...]:
    return tuple(Choice(str(child.id), called(turn, child, children)) for child in children)


def _chosen(turn: Turn, children: list[Child], key: str) -> Child:
    child = next(child for child in children if str(child.id) == key)
    turn.go_to(child.setting_id)
    return child
