"""Settings and their rooms: the nursery itself, its hours and whom a parent may ring."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Field, Session, SQLModel, col, select

ENGLAND = ZoneInfo("Europe/London")
"""Every setting's clock: Coatpeg is for settings in England."""

OFSTED_PHONE = "0300 123 1231"
"""Ofsted's general line, which the EYFS has settings tell parents of."""


class Setting(SQLModel, table=True):
    """One nursery, preschool, playgroup or children's centre."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    phone: str = ""
    manager: str = ""
    lead: str = ""
    """Who leads on keeping children safe (EYFS: each setting names one), and the number parents ring for it."""
    lead_phone: str = ""
    ofsted_number: str = ""
    """The setting's own reference at Ofsted, and the address of its report."""
    ofsted_report: str = ""
    website: str = ""
    prospectus: str = ""
    """Addresses that parents are told."""
    opens: time = time(8, 0)
    closes: time = time(18, 0)
    quiet_from: time = time(19, 0)
    quiet_until: time = time(8, 0)
    learning: str = "weekly"
    query_days: int = 2
    """Working days within which a parent's query is to be answered."""
    daily_budget: int = 3
    """Most messages a day to one guardian that are neither urgent nor an answer."""
    monthly_texts: int | None = None
    """The month's budget of SMS parts; none when not set."""

    def polite(self, moment: datetime) -> datetime:
        """The moment itself, or the end of the quiet hours it falls in."""
        here = local(moment)
        if self.quiet_until <= here.time() < self.quiet_from:
            return moment
        morning = here.date() if here.time() < self.quiet_until else here.date() + timedelta(days=1)
        return at(morning, self.quiet_until)

    def tomorrow(self, moment: datetime) -> datetime:
        """The end of the next night's quiet hours."""
        return at(local(moment).date() + timedelta(days=1), self.quiet_until)


class Room(SQLModel, table=True):
    """A room of a setting, such as Caterpillars."""

    id: int | None = Field(default=None, primary_key=True)
    setting_id: int = Field(foreign_key="setting.id", index=True)
    name: str


def local(moment: datetime) -> datetime:
    """A moment on the settings' clock."""
    return moment.astimezone(ENGLAND)


def at(day: date, hour: time) -> datetime:
    """That hour of that day on the settings' clock, in UTC."""
    return datetime.combine(day, hour, ENGLAND).astimezone(UTC)


def at_midnight(day: date, *, days: int = 0) -> datetime:
    """When a day begins on the settings' clock (or the one so many days on), in UTC."""
    return at(day + timedelta(days=days), time(0))


def today(now: datetime) -> date:
    return local(now).date()


def setting_named(session: Session, name: str) -> Setting | None:
    return session.exec(select(Setting).where(Setting.name == name)).first()


def first_setting(session: Session) -> Setting | None:
    """The setting a stranger is taken to write to, where there is but one number or bot."""
    return session.exec(select(Setting).order_by(col(Setting.id)).limit(1)).first()


def room_named(session: Session, setting: Setting, name: str) -> Room | None:
    return session.exec(select(Room).where(Room.setting_id == setting.id, Room.name == name)).first()
