"""What a notice will do before it is sent: whom it reaches, in which languages, in how many parts, at what price."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import Session

from bot.segments import economical, parts, pence
from locales import LANGUAGES, catalogue
from nursery.notices import Notice, preflight
from nursery.notices import text_for as notice_text
from nursery.settings import Setting


@dataclass(frozen=True, slots=True)
class Lane:
    """The guardians of one language and channel."""

    language: str
    channel: str
    guardians: int
    parts: int
    """Parts of one text; 0 where parts are not charged."""
    text: str

    @property
    def price(self) -> Decimal:
        """Pence, for all of them."""
        return pence(self.parts * self.guardians)


@dataclass(frozen=True, slots=True)
class Preview:
    lanes: tuple[Lane, ...]
    unreached: tuple[tuple[str, str], ...]
    """Guardians who would get nothing, and why."""

    def lines(self) -> list[str]:
        """For staff to read."""
        said = [f"It reaches {sum(lane.guardians for lane in self.lanes)}; {len(self.unreached)} can't be reached."]
        for lane in self.lanes:
            name = LANGUAGES[lane.language].autonym
            price = f", {lane.parts} parts each, {lane.price:.1f}p" if lane.parts else ""
            said.append(f"  {lane.guardians} in {name} by {lane.channel}{price}")
            said.append(f"    {lane.text}")
        said += [f"  not reached: {name}: {reason}" for name, reason in self.unreached]
        said.append(f"Price about {sum((lane.price for lane in self.lanes), Decimal(0)):.1f}p.")
        return said

    def as_json(self) -> dict[str, object]:
        return {
            "recipients": sum(lane.guardians for lane in self.lanes),
            "by": [
                {
                    "language": lane.language,
                    "channel": lane.channel,
                    "guardians": lane.guardians,
                    "parts": lane.parts,
                    "pence": float(lane.price),
                    "text": lane.text,
                }
                for lane in self.lanes
            ],
            "parts": sum(lane.parts * lane.guardians for lane in self.lanes),
            "pence": float(sum((lane.price for lane in self.lanes), Decimal(0))),
            "unreachable": [{"guardian": name, "reason": reason} for name, reason in self.unreached],
        }


def preview(session: Session, notice: Notice, today: date) -> Preview:
    """The preview of a notice as of a day."""
    found = preflight(session, notice, today)
    setting = session.get_one(Setting, notice.setting_id)
    lanes = []
    for (language, channel), guardians in found.reached.items():
        text = f"{setting.name}: {notice_text(notice, catalogue(language))}"
        charged = parts(economical(text)).count if channel == "sms" else 0
        lanes.append(Lane(language, channel, guardians, charged, text))
    return Preview(tuple(lanes), tuple((guardian.name, reason.value) for guardian, reason in found.unreached))
