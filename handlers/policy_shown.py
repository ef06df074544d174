"""A policy as a parent is shown it: the full text in the form a phone can take, plainer words, and who then helps."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from bot.conversation import Choice, Goto, Question, Say, Withheld, choose, say
from bot.turn import Turn
from handlers.asking import NOT_CLEAR, said_as
from handlers.copied import PAPER, link_to, messages_of, on_paper, other_ways
from locales import W_
from nursery import policies, prints
from nursery.copies import CopyKind
from nursery.people import manager
from nursery.policies import Standing
from nursery.readings import Reading, note_reading
from nursery.settings import Setting
from nursery.tasks import raise_task


def standing_of(turn: Turn) -> Standing:
    """Of the policy it is about. Raises Withheld when there is none of that name any more."""
    name = str(turn.params.get("policy"))
    if name not in policies.policies():
        raise Withheld("no such policy")
    setting = turn.session.get(Setting, turn.params["setting"]) if "setting" in turn.params else None
    return policies.standing(turn.session, setting or turn.setting, name)


def clear(turn: Turn) -> Choice:
    words = turn.catalogue.words(W_("CLEAR, OK, THANKS, THANK YOU"))
    return Choice(Reading.CLEAR, turn.gettext("It is clear"), words)


def not_clear(turn: Turn) -> Choice:
    return Choice(Reading.NOT_CLEAR, turn.gettext("It is not clear"), said_as(turn, NOT_CLEAR))


def in_full(turn: Turn, shown: Standing, then: str, more: tuple[str, ...] = ()) -> Say:
    """The full text, or where messages cost a link to it, and on to what is asked then."""
    params = {**turn.params, "setting": shown.setting.id, "read": True}
    if turn.buttons:
        return Say((*_full(turn, shown), *more), Goto(then, params))
    link = f"{shown.name(turn.catalogue)}\n{link_to(turn, shown.setting.id or 0, CopyKind.POLICY, ref_of(shown))}"
    return Say((link, *more), Goto(then, {**params, "linked": True}))


def otherwise(turn: Turn) -> tuple[Choice, ...]:
    return other_ways(turn) if turn.params.get("linked") else ()


def given(turn: Turn, shown: Standing, then: str, how: str) -> Say:
    """The full text in another way than by the link."""
    if how == PAPER:
        return on_paper(turn, shown.setting.id or 0, CopyKind.POLICY, ref_of(shown))
    return Say(_full(turn, shown), Goto(then, {**turn.params, "linked": False}))


def ref_of(shown: Standing) -> str:
    return prints.reference(shown.shipped.id, shown.version)


def understood(turn: Turn, shown: Standing, answer: Reading) -> Generator[Question, Any, Say]:
    """Clear is noted; not clear brings plainer words, and then a person."""
    if answer == Reading.NOT_CLEAR:
        choices = (clear(turn), Choice(Reading.CALL, turn.gettext("Please call me")))
        answer = Reading((yield from choose("plainer", shown.text("plainer", turn.catalogue), choices)))
        if answer == Reading.CLEAR:
            note(turn, shown, Reading.NOT_CLEAR)
    note(turn, shown, answer)
    return say(turn.gettext("Thank you for telling us.")) if answer == Reading.CLEAR else _call(turn, shown)


def note(turn: Turn, shown: Standing, answer: Reading, name: str = "") -> None:
    guardian_id = turn.guardian.id or 0
    note_reading(turn.session, shown, guardian_id, answer, turn.language, turn.now, name)


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


def _full(turn: Turn, shown: Standing) -> tuple[str, ...]:
    return messages_of(turn, shown.text("full", turn.catalogue).strip())
