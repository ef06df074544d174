"""Every kind of task that can be raised has its sentence for staff."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from console.kinds import TASKS
from nursery.day_changes import Change

ROOT = Path(__file__).parents[2]
FOLDERS = ("bot", "handlers", "nursery", "scheduler")


def _raised() -> Iterator[str]:
    """The kinds that stand as words in a call of `raise_task`; the rest are made up where they are raised."""
    for file in chain.from_iterable((ROOT / folder).rglob("*.py") for folder in FOLDERS):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) == "raise_task":
                yield from _words(node.args[2])
            elif isinstance(node, ast.Call) and _name(node.func) == "Answered":
                yield from chain.from_iterable(_words(one.value) for one in node.keywords if one.arg == "unsent")


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _words(kind: ast.expr) -> Iterator[str]:
    if isinstance(kind, ast.Constant):
        yield str(kind.value)
    elif isinstance(kind, ast.IfExp):
        yield from chain(_words(kind.body), _words(kind.orelse))


def test_every_kind_is_said() -> None:
    found = {*_raised(), *(change.value for change in Change)}
    assert len(found) > 40
    assert sorted(found - set(TASKS)) == []
