"""What a notice will do before it is sent: whom it reaches, in which languages, in how many parts, at what price."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import Session

from bot.commands.picturing import lines as without_photo
from bot.pictures import link_line
from bot.segments import economical, parts, pence
from locales import LANGUAGES, catalogue
from nursery.guardians import Guardian, Topic
from nursery.notices import Notice, preflight
from nursery.notices import text_for as notice_text
from nursery.photo_links import USUAL
from nursery.photos import Photo, Unshown, kept_from
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
    kept_from: tuple[tuple[Guardian, Unshown], ...] = ()
    """Guardians who would get the words without the photo, and why."""

    def lines(self) -> list[str]:
        """For staff to read."""
        said = [f"It reaches {sum(lane.guardians for lane in self.lanes)}; {len(self.unreached)} can't be reached."]
        for lane in self.lanes:
            name = LANGUAGES[lane.language].autonym
            price = f", {lane.parts} part{'s' if lane.parts > 1 else ''} each, {lane.price:.1f}p" if lane.parts else ""
            said.append(f"  {lane.guardians} in {name} by {lane.channel}{price}")
            said.append(f"    {lane.text}")
        said += [f"  not reached: {name}: {reason}" for name, reason in self.unreached]
        said += without_photo(self.kept_from)
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
            "without_photo": [{"guardian": one.name, "reason": reason.value} for one, reason in self.kept_from],
        }


def preview(session: Session, notice: Notice, today: date, site: str = "") -> Preview:
    """The preview of a notice as of a day; `site` is where a photo's link leads."""
    found = preflight(session, notice, today)
    setting = session.get_one(Setting, notice.setting_id)
    lanes = []
    for (language, channel), guardians in found.reached.items():
        text = f"{setting.name}: {notice_text(notice, catalogue(language))}"
        if notice.photo_id is not None and channel == "sms":
            text += link_line(language, site, "a" * USUAL)
        charged = parts(economical(text)).count if channel == "sms" else 0
        lanes.append(Lane(language, channel, guardians, charged, text))
    photo = session.get(Photo, notice.photo_id) if notice.photo_id is not None else None
    kept = kept_from(session, photo, notice.audience, Topic.NOTICES, today) if photo is not None else []
    unreached = tuple((guardian.name, reason.value) for guardian, reason in found.unreached)
    return Preview(tuple(lanes), unreached, tuple(kept))
