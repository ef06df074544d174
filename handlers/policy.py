"""Policies: a short plain answer, the full text on request, plainer words for what is not clear, and a signature."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from bot.answers import normalise
from bot.conversation import (
    Choice,
    Dialogue,
    Goto,
    Question,
    Say,
    Turn,
    Withheld,
    ask,
    choose,
    say,
)
from handlers.asking import being_sent, which_setting
from handlers.policy_words import any_of, offered, phrases
from handlers.signing import name_reader
from locales import SOURCE, W_
from nursery import policies, prints
from nursery.notices import in_english
from nursery.people import manager
from nursery.policies import PolicyEdition, Standing
from nursery.readings import Reading, note_reading
from nursery.settings import Setting
from nursery.tasks import raise_task

FIRST = 6
"""Policies on the first page; the others are one answer further."""

CHUNK = 450
"""Characters of one message of a full text: about three texts to pay for, and easy to read on a small phone."""


def policy(turn: Turn) -> Dialogue:
    """Asks which, unless the message named one, as in "policy late"."""
    said = normalise(turn.said.text)
    named = phrases(turn.language).subject(said) or phrases(SOURCE).subject(said)
    if named is not None:
        return Say(then=Goto("policy_told", {"policy": named}))
    choices = offered(turn)
    others = Choice("others", turn.gettext("Something else"), turn.catalogue.words(W_("OTHER, ELSE, OTHERS")))
    text = turn.gettext("What would you like to read about?")
    chosen = yield from ask("policy", text, read=any_of(choices), choices=(*choices[:FIRST], others))
    if chosen == "others":
        chosen = yield from choose("further", turn.gettext("What is it about?"), tuple(choices[FIRST:]))
    return Say(then=Goto("policy_told", {"policy": chosen}))


def policy_told(turn: Turn) -> Dialogue:
    """The short answer, and whether it is clear; of a guardian with children in several settings, whose it is first."""
    if "setting" not in turn.params:
        yield from which_setting(turn)
    shown = _standing(turn)
    full = Choice("full", turn.gettext("Full text"), turn.catalogue.words(W_("FULL, ALL")))
    choices = (full, _clear(turn), Choice(Reading.NOT_CLEAR, turn.gettext("It is not clear")))
    answer = yield from choose("short", shown.text("short", turn.catalogue), choices)
    if answer == "full":
        texts = (*_full(turn, shown), *_made_too(turn, shown))
        return Say(texts, Goto("policy_check", {**turn.params, "setting": shown.setting.id}))
    return (yield from _understood(turn, shown, Reading(answer)))


def _made_too(turn: Turn, shown: Standing) -> tuple[str, ...]:
    """For who has asked for large print, braille or another form, it is made in that form as well."""
    ref = prints.reference(shown.shipped.id, shown.version)
    if not prints.want(turn.session, turn.guardian.id or 0, shown.setting.id or 0, "policy", ref, turn.now):
        return ()
    return (turn.gettext("We make it in the form you asked for as well. You will get it at the nursery."),)


def policy_check(turn: Turn) -> Dialogue:
    """After the full text: is it clear?"""
    shown = _standing(turn)
    not_clear = Choice(Reading.NOT_CLEAR, turn.gettext("It is not clear"))
    choices = (_clear(turn), not_clear, Choice(Reading.CALL, turn.gettext("Please call me")))
    answer = yield from choose("check", turn.gettext("Is this clear?"), choices)
    return (yield from _understood(turn, shown, Reading(answer)))


def policy_changed(turn: Turn) -> Dialogue:
    """What we send when a setting has changed a policy: what is new, and whether to read it now."""
    edition = turn.session.get(PolicyEdition, turn.params["edition"])
    if edition is None:
        raise Withheld("no such edition")
    shown = policies.standing(turn.session, turn.session.get_one(Setting, edition.setting_id), edition.policy)
    if being_sent(turn) and shown.version != edition.version:
        raise Withheld("changed again")
    text = turn.gettext("%(setting)s has changed what it says about this: %(name)s.")
    told = turn.say(text, setting=shown.setting.name, name=shown.name(turn.catalogue))
    later = Choice("later", turn.gettext("Later"))
    text = f"{told}\n{in_english(edition.changed_note, turn.catalogue)}"
    if (yield from choose("read", text, (Choice("now", turn.gettext("Read it now")), later))) == "later":
        return say(turn.gettext("That is fine. When you have time, text POLICY."))
    return Say(
        then=Goto("policy_sign", {"policy": edition.policy, "setting": edition.setting_id, "version": shown.version})
    )


def policy_sign(turn: Turn) -> Dialogue:
    """The short answer, or after the full text only the question; signed by typing one's name.

    What has changed again meanwhile is read again: nobody signs what they were not shown.
    """
    shown = _standing(turn)
    if turn.params.get("version") != shown.version:
        return Say(then=Goto("policy_sign", {**turn.params, "read": False, "version": shown.version}))
    sign = turn.gettext("If you have read it and it is clear, please sign: type your full name.")
    has_read = bool(turn.params.get("read"))
    text = sign if has_read else f"{shown.text('short', turn.catalogue)}\n{sign}"
    full = () if has_read else (Choice("full", turn.gettext("Full text"), turn.catalogue.words(W_("FULL, ALL"))),)
    choices = (*full, Choice(Reading.NOT_CLEAR, turn.gettext("It is not clear")))
    answer = yield from ask("name", text, read=name_reader(turn), choices=choices)
    if answer.get("key") == "full":
        return Say(_full(turn, shown), Goto("policy_sign", {**turn.params, "read": True}))
    if answer.get("key"):
        return (yield from _understood(turn, shown, Reading.NOT_CLEAR))
    _note(turn, shown, Reading.SIGNED, answer["name"])
    text = turn.gettext("Thank you. You signed as %(name)s on %(day)s.")
    return say(turn.say(text, name=answer["name"], day=turn.day(turn.now)))


def _understood(turn: Turn, shown: Standing, answer: Reading) -> Generator[Question, Any, Say]:
    """Clear is noted; not clear brings plainer words, and then a person."""
    if answer == Reading.NOT_CLEAR:
        choices = (_clear(turn), Choice(Reading.CALL, turn.gettext("Please call me")))
        answer = Reading((yield from choose("plainer", shown.text("plainer", turn.catalogue), choices)))
        if answer == Reading.CLEAR:
            _note(turn, shown, Reading.NOT_CLEAR)
    _note(turn, shown, answer)
    return say(turn.gettext("Thank you for telling us.")) if answer == Reading.CLEAR else _call(turn, shown)


def _call(turn: Turn, shown: Standing) -> Say:
    staff = manager(turn.session, shown.setting.id or 0)
    raise_task(
        turn.session,
        f"policy:{shown.shipped.id}:{turn.guardian.id}:{turn.today.isoformat()}",
        "policy not clear",
        now=turn.now,
        setting_id=shown.setting.id,
        staff_id=staff.id if staff else None,
        guardian_id=turn.guardian.id,
        about=f"policy {shown.shipped.id}",
    )
    text = turn.gettext(
        "Thank you. A person from %(setting)s will ring you about it. If it can't wait, ring %(phone)s."
    )
    return say(turn.say(text, setting=shown.setting.name, phone=shown.setting.phone))


def _note(turn: Turn, shown: Standing, answer: Reading, name: str = "") -> None:
    guardian_id = turn.guardian.id or 0
    note_reading(turn.session, shown, guardian_id, answer, turn.language, turn.now, name)


def _standing(turn: Turn) -> Standing:
    """Of the policy it is about. Raises Withheld when there is none of that name any more."""
    name = str(turn.params.get("policy"))
    if name not in policies.policies():
        raise Withheld("no such policy")
    setting = turn.session.get(Setting, turn.params["setting"]) if "setting" in turn.params else None
    return policies.standing(turn.session, setting or turn.setting, name)


def _clear(turn: Turn) -> Choice:
    words = turn.catalogue.words(W_("CLEAR, OK, THANKS, THANK YOU"))
    return Choice(Reading.CLEAR, turn.gettext("Thank you, that is clear"), words)


def _full(turn: Turn, shown: Standing) -> tuple[str, ...]:
    """The full text in messages of whole paragraphs."""
    messages: list[str] = []
    for paragraph in shown.text("full", turn.catalogue).strip().split("\n\n"):
        if messages and len(messages[-1]) + len(paragraph) < CHUNK:
            messages[-1] += f"\n\n{paragraph}"
        else:
            messages.append(paragraph)
    return tuple(messages)
