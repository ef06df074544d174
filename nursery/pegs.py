"""Pegs: the picture of a child's coat peg, by which a child finds it, and a parent sees whose letter it is."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from sqlmodel import Session, col, select

from locales.sentences import D_, Joined, Refusal
from nursery.people import Child

FILE = Path(__file__).parent / "content" / "pegs.toml"


class PegRefused(Refusal):
    """A picture that can't be a child's; the message is the sentence for staff."""


@cache
def pictures() -> Mapping[str, str]:
    """Every picture by its name: the path of an SVG on a grid of 24."""
    found: dict[str, str] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return found


def give(session: Session, child: Child) -> bool:
    """Gives a child a picture that no other child of the room has, while they last; then one that fewest have. A child
    who has such a one keeps it. Says whether it is new."""
    taken, names = _taken(session, child), list(pictures())
    if child.peg in names and taken[child.peg] == min(taken[name] for name in names):
        return False
    start = (child.id or 0) * 7 % len(names)  # so that not every room begins with a boat
    child.peg = min([*names[start:], *names[:start]], key=lambda name: taken[name])
    session.add(child)
    session.flush()
    return True


def choose(session: Session, child: Child, name: str) -> bool:
    """Staff or the child choose a picture; says whether it is another than before. Raises PegRefused for one that there
    is not, and for one that another child of the room has."""
    if name not in pictures():
        raise PegRefused(D_("%(name)s is none of the pictures: %(known)s"), name=name, known=Joined(list(pictures())))
    if _taken(session, child)[name]:
        raise PegRefused(D_("Another child of the room has the picture %(name)s."), name=name)
    if child.peg == name:
        return False
    child.peg = name
    session.add(child)
    session.flush()
    return True


def _taken(session: Session, child: Child) -> Counter[str]:
    """How many other children of the room have each picture; of a child without a room, of those without one."""
    others = select(Child.peg).where(
        Child.setting_id == child.setting_id,
        col(Child.room_id).is_(None) if child.room_id is None else col(Child.room_id) == child.room_id,
        col(Child.left_on).is_(None),
        Child.id != child.id,
    )
    return Counter(session.exec(others))
