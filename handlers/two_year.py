"""The progress check at two: the parent's view before it, and its summary, offered in person."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from bot.conversation import Choice, Dialogue, Goto, Question, Say, Withheld, choose, say
from bot.turn import Turn
from handlers.asking import ask_or_skip, being_sent
from handlers.habits import told_here
from nursery import two_year
from nursery.appointments import Kind
from nursery.guardians import Topic
from nursery.inbox import pass_to_staff
from nursery.people import Child
from nursery.queries import owner_for
from nursery.settings import Setting
from nursery.tasks import raise_task
from nursery.two_year import QUESTIONS, TwoYearCheck


def two_year_view(turn: Turn) -> Dialogue:
    """Three small questions, each in the parent's own words, each may be passed over; at their own pace."""
    check, child = _check(turn)
    if check.ready_at is not None or check.done_at is not None:
        if being_sent(turn):
            raise Withheld("too late")
        return say(turn.gettext("Thank you. The check is written now. To talk with us about it, text BOOK."))
    told: dict[str, dict[str, Any]] = {}
    for name in QUESTIONS:
        told[name] = yield from _ask(turn, child, name)
    for words in told.values():
        if words["inbound"] is not None:
            pass_to_staff(turn.session, words["inbound"])
    two_year.keep_view(turn.session, check, turn.guardian.id or 0, told, turn.language, turn.now)
    return _thanked(turn, check, child)


def two_year_ready(turn: Turn) -> Dialogue:
    """The summary is written: it is gone through in person, and a time can be booked at once."""
    check, child = _check(turn)
    if check.ready_at is None or (being_sent(turn) and check.done_at is not None):
        raise Withheld("not ready")
    text = turn.gettext(
        "The progress check of %(child)s at two is ready. %(staff)s would like to go through it with you in person."
    )
    text = turn.say(text, child=child.first_name, staff=_owner(turn, child))
    choices = (Choice("book", turn.gettext("Choose a time")), Choice("later", turn.gettext("Later")))
    if (yield from choose("book", text, choices)) == "later":
        return say(turn.gettext("That is fine. When it suits you, text BOOK."))
    return Say(then=Goto("book_new", {"child": child.id, "kind": Kind.REVIEW.value}))


def _ask(turn: Turn, child: Child, name: str) -> Generator[Question, Any, dict[str, Any]]:
    text = {
        "enjoys": turn.gettext(
            "%(child)s is two, and we look together at how %(child)s is doing. What does %(child)s enjoy most at home?"
        ),
        "learned": turn.gettext("What has %(child)s learned lately that you are glad about?"),
        "wonders": turn.gettext("Is there anything you wonder about, or would like us to do?"),
    }[name]
    here = told_here(turn, "absent", "early", "late", timed=True)
    return (yield from ask_or_skip(turn, name, turn.say(text, child=child.first_name), here))


def _check(turn: Turn) -> tuple[TwoYearCheck, Child]:
    check = turn.session.get_one(TwoYearCheck, turn.params["check"])
    child = next((child for child in turn.children(Topic.PROGRESS) if child.id == check.child_id), None)
    if child is None:
        raise Withheld("not allowed")
    return check, child


def _thanked(turn: Turn, check: TwoYearCheck, child: Child) -> Say:
    raise_task(
        turn.session,
        f"two-year view:{check.id}:{turn.guardian.id}",
        "parent's view for the check at two",
        now=turn.now,
        setting_id=child.setting_id,
        staff_id=child.key_person_id,
        guardian_id=turn.guardian.id,
        child_id=child.id,
    )
    text = turn.gettext("Thank you. %(staff)s will use your words, and go through the check with you in person.")
    return say(turn.say(text, staff=_owner(turn, child)))


def _owner(turn: Turn, child: Child) -> str:
    setting = turn.session.get_one(Setting, child.setting_id)
    owner = owner_for(turn.session, setting, child, turn.today)
    return owner.name if owner else setting.name
