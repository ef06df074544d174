"""Somebody badly hurt or very ill: whom to ring is said at once, in fixed words; a person has the message unasked."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import groupby
from pathlib import Path

from bot.answers import normalise
from bot.thread import Thread
from bot.turn import Turn
from nursery.inbox import pass_to_staff
from nursery.likeness import words
from nursery.opening import is_open
from nursery.people import Staff
from nursery.queries import owner_for
from nursery.settings import Setting, local
from nursery.tasks import raise_task

STEMS = Path(__file__).with_name("emergencies.toml")
NUMBERS = ("999", "112", "911")
"""Texted alone they are a cry for help, and reach nobody there."""
BETWEEN = "(?:[^_]+_){0,3}"


def tells(text: str) -> bool:
    """Whether a message tells, in any language, of somebody badly hurt or very ill: "Noor fell and is bleeding"."""
    return normalise(text) in NUMBERS or _pattern().search(f"_{'_'.join(words(text))}_") is not None


def warn(thread: Thread) -> None:
    """Says whom to ring, unless that has been said of harm. The talk goes on, and what nothing takes is passed on."""
    thread.urgent = True
    if thread.alarmed:
        return
    turn = thread.turn()
    lines = [
        turn.gettext(
            "Is somebody badly hurt or very ill? Ring 999 now. For a nurse's advice ring 111, free, day and night."
        )
    ]
    setting = turn.setting_or_none
    if setting is not None and setting.phone and _is_open(turn, setting):
        text = turn.gettext("To reach %(setting)s, ring %(phone)s.")
        lines.append(turn.say(text, setting=setting.name, phone=setting.phone))
    thread.speak("\n".join(lines))


def pass_on(thread: Thread) -> None:
    """A person has the message, unasked, with an urgent task beside it; the parent is told so below the numbers. Words
    of harm are the lead's alone already."""
    thread.urgent = False
    if thread.alarmed:
        return
    turn, inbound_id = thread.turn(), thread.said.inbound_id or 0
    children = turn.children()
    staff = owner_for(turn.session, turn.setting, children[0] if len(children) == 1 else None, turn.today)
    pass_to_staff(thread.session, inbound_id)
    raise_task(
        thread.session,
        f"hurt:{inbound_id}",
        "somebody hurt or very ill",
        now=thread.now,
        setting_id=turn.setting.id,
        staff_id=staff.id if staff else None,
        guardian_id=turn.guardian.id,
        urgent=True,
    )
    first, *more = reversed(thread.spoken)
    thread.spoken[:] = [*reversed(more), replace(first, text=f"{first.text}\n{_passed(turn, staff)}")]


def _passed(turn: Turn, staff: Staff | None) -> str:
    text = turn.gettext("I have passed your words to the team.")
    if staff is not None:
        text = turn.say(turn.gettext("I have passed your words to %(staff)s."), staff=staff.name)
    closed = turn.gettext("We are closed now.")
    return text if _is_open(turn, turn.setting) else f"{text} {closed}"


def _is_open(turn: Turn, setting: Setting) -> bool:
    """Whether somebody is there to answer the telephone."""
    here = local(turn.now)
    return setting.opens <= here.time() < setting.closes and is_open(turn.session, setting.id or 0, here.date())


@cache
def _pattern() -> re.Pattern[str]:
    """One pattern of all, by their first letters; what Arabic writes together with a word may stand before it."""
    entries = " ".join(tomllib.loads(STEMS.read_text("utf-8")).values()).split()
    ways = sorted({way for entry in entries for way in _ways(entry)})
    grouped = ("(?:" + "|".join(group) + ")" for _, group in groupby(ways, key=lambda way: way[0]))
    return re.compile("_(?:[وف]?(?:بال|لل|ال|[بلك])?)(?:" + "|".join(grouped) + ")")


def _ways(entry: str) -> Iterator[str]:
    """The patterns of an entry, one for each of what may stand first."""
    first, *others = re.split("([_~])", entry)
    rest = ""
    for joint, part in zip(others[::2], others[1::2], strict=True):
        between = f"[^_]*_{BETWEEN}" if joint == "~" else "_"
        rest += between + "(?:" + "|".join(map(_stem, part.split("|"))) + ")" if part else between
    return (_stem(one) + rest for one in first.split("|"))


def _stem(part: str) -> str:
    """A word's beginning as messages are compared; with a "." the whole word."""
    return re.escape("_".join(words(part))) + ("_" if part.endswith(".") else "")
