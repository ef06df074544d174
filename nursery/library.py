"""The shipped library: ideas for home, notice templates and the names of illnesses, read once from content/."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parent / "content"


@dataclass(frozen=True, slots=True)
class Idea:
    """An idea for home: why it matters, one thing to do by age band, what comes next. English; `%(child)s` inside."""

    id: str
    area: str
    routine: str
    season: str
    fact: str
    growth: str
    tip: Mapping[str, str]
    tags: Sequence[str] = ()
    """What some families keep away from (nursery.profiles.AVOIDS), such as music."""


@dataclass(frozen=True, slots=True)
class Template:
    """A notice that staff pick and fill; `slots` says of each slot what kind of value it takes."""

    id: str
    title: str
    urgent: bool
    slots: Mapping[str, str]
    text: str


@cache
def ideas() -> Mapping[str, Idea]:
    """Every idea by its id, in the order of the file."""
    return {row["id"]: Idea(**row) for row in _read("ideas.toml")["idea"]}


@cache
def templates() -> Mapping[str, Template]:
    """Every notice template by its id, in the order of the file."""
    return {row["id"]: Template(**row) for row in _read("notices.toml")["notice"]}


@cache
def illnesses() -> Mapping[str, str]:
    """The English name of each illness by its id."""
    return {row["id"]: row["name"] for row in _read("notices.toml")["illness"]}


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / name).read_text("utf-8"))
