"""The diaries of the guardians: all that each wrote and received, kept as a file that a person can read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from nursery.settings import local
from tests.story.letters import Letter
from tests.story.teller import Written

TOKEN = re.compile(r"(https://nursery\.example/(?:r|calendar)/)[\w.-]+")
MARKS = re.compile("[\u2066-\u2069\u200e\u200f]")
"""Invisible signs of direction: other tests hold them; here they would make lines that look alike and are not."""


def diary(who: str, letters: Sequence[Letter], written: Sequence[Written]) -> str:
    """One guardian's term, in order of time; links are shortened, for they are drawn by lot."""
    entries = [(one.after - 0.5, one.at, f"> {one.words}") for one in written if one.who == who]
    entries += [(float(place), one.at, _received(one)) for place, one in enumerate(letters) if one.who == who]
    lines: list[str] = []
    day = ""
    for _, at, text in sorted(entries, key=lambda entry: entry[0]):
        if (today := local(at).strftime("%a %d %b %Y")) != day:
            day = today
            lines += ["", f"== {day}"]
        lines += _placed(at, text)
    return "\n".join(lines).strip() + "\n"


def _received(letter: Letter) -> str:
    urgent = "!" if letter.is_urgent else ""
    buttons = " ".join(f"[{label}]" for label, _ in letter.buttons)
    text = TOKEN.sub(r"\1...", f"{letter.text}\n{buttons}".strip())
    return f"({letter.channel}{urgent}) {MARKS.sub('', text)}"


def _placed(at: datetime, text: str) -> list[str]:
    first, *others = text.splitlines()
    return [f"{local(at):%H:%M}  {first}", *(f"       {line}".rstrip() for line in others)]
