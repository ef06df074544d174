"""Children and staff."""

from __future__ import annotations

import re
from datetime import date

from sqlmodel import Field, Session, SQLModel, col, or_, select

from nursery.folding import fold
from nursery.settings import Setting

LEFT = "left"
"""The role of who works here no more: their name stays on what they wrote, and nothing new comes to them."""


class Staff(SQLModel, table=True):
    """A member of staff: a key person, a manager or the office."""

    id: int | None = Field(default=None, primary_key=True)
    setting_id: int = Field(foreign_key="setting.id", index=True)
    name: str
    role: str = "key person"
    away_until: date | None = None
    """While away, their queries go to the manager."""

    @property
    def has_left(self) -> bool:
        return self.role == LEFT


class Child(SQLModel, table=True):
    """A child on roll. Messages use the first name alone."""

    id: int | None = Field(default=None, primary_key=True)
    setting_id: int = Field(foreign_key="setting.id", index=True)
    room_id: int | None = Field(default=None, foreign_key="room.id", index=True)
    key_person_id: int | None = Field(default=None, foreign_key="staff.id")
    name: str
    born: date
    left_on: date | None = None
    peg: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """The picture of the coat peg, by its name in nursery.pegs; none until it is given one."""

    @property
    def first_name(self) -> str:
        return self.name.split()[0]

    def months(self, today: date) -> int:
        """Whole months of age."""
        return (today.year - self.born.year) * 12 + today.month - self.born.month - (today.day < self.born.day)


def told_apart(session: Session, child: Child, day: date) -> str:
    """The first name; where another child on roll at the setting that day has it too, the full one; where that is
    another's as well, with the day of birth: staff must not take one child for another."""
    here = or_(col(Child.left_on).is_(None), col(Child.left_on) > day)
    others = select(Child).where(Child.setting_id == child.setting_id, Child.id != child.id, here)
    alike = [one for one in session.exec(others) if one.first_name.casefold() == child.first_name.casefold()]
    if any(one.name.casefold() == child.name.casefold() for one in alike):
        return f"{child.name} ({child.born.isoformat()})"
    return child.name if alike else child.first_name


def key_person(session: Session, child: Child) -> Staff | None:
    """The child's key person (EYFS: each child must have one), or nobody yet."""
    return session.get(Staff, child.key_person_id) if child.key_person_id else None


def without_key_person(session: Session, setting_id: int) -> list[Child]:
    """Children on roll who have none (EYFS: each child must have one), by name."""
    chosen = select(Child).where(
        Child.setting_id == setting_id, col(Child.key_person_id).is_(None), col(Child.left_on).is_(None)
    )
    return list(session.exec(chosen.order_by(col(Child.name), col(Child.id))))


def manager(session: Session, setting_id: int) -> Staff | None:
    found = select(Staff).where(Staff.setting_id == setting_id, Staff.role == "manager").order_by(col(Staff.id))
    return session.exec(found).first()


def is_named(staff: Staff, words: str) -> bool:
    """Whether words say the first name of a member of staff, as "Anne Marie" says Anne-Marie, and "Sam's" Sam."""
    first = r"\W?".join(re.findall(r"\w+", fold(staff.name.split()[0])))
    return bool(first) and re.search(rf"\b{first}s?\b", fold(words)) is not None


def staff_named(session: Session, setting_id: int, name: str) -> Staff | None:
    """Whoever has that name, also when they have left: they may come back."""
    return session.exec(select(Staff).where(Staff.setting_id == setting_id, Staff.name == name)).first()


def staff_names(session: Session, setting: Setting | None) -> list[str]:
    """Who works at a setting: words about Grace are about one of us where Grace works."""
    if setting is None:
        return []
    return list(session.exec(select(Staff.name).where(Staff.setting_id == setting.id)))
