"""What a notice will do before it is sent: whom it reaches, in which languages, in how many parts, at what price."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import Session

from bot.commands.missed import missed_lines
from bot.commands.picturing import lines as without_photo
from bot.commands.voice import indented
from bot.pictures import link_line
from bot.segments import economical, parts, pence
from locales import LANGUAGES, catalogue
from locales.sentences import D_, ND_, Sentence, Spoken
from nursery.guardians import Guardian, Topic
from nursery.notices import Notice
from nursery.notices import text_for as notice_text
from nursery.photo_links import USUAL
from nursery.photos import Photo, Unshown, kept_from
from nursery.preflight import preflight
from nursery.settings import Setting
from nursery.translations import likely


@dataclass(frozen=True, slots=True)
class Lane:
    """The guardians of one language and channel."""

    language: str
    channel: str
    guardians: int
    parts: int
    """Parts of one text; 0 where parts are not charged."""
    text: str
    messages: int | None = None
    """Fewer than guardians where some share a phone; None where there is one for each."""

    @property
    def charged(self) -> int:
        """Parts, for all of them."""
        return self.parts * (self.guardians if self.messages is None else self.messages)

    @property
    def price(self) -> Decimal:
        """Pence, for all of them."""
        return pence(self.charged)

    def line(self) -> Spoken:
        """For staff to read."""
        by: dict[str, object] = {"guardians": self.guardians, "channel": self.channel}
        by["language"] = LANGUAGES[self.language].autonym
        if not self.parts:
            return Sentence(D_("%(guardians)s in %(language)s by %(channel)s"), **by)
        parts = ND_(
            "%(guardians)s in %(language)s by %(channel)s, %(count)s part each, %(pence)sp",
            "%(guardians)s in %(language)s by %(channel)s, %(count)s parts each, %(pence)sp",
        )
        if self.messages not in (None, self.guardians):
            by["messages"] = self.messages
            parts = ND_(
                "%(guardians)s in %(language)s by %(channel)s (messages: %(messages)s, some share a phone), "
                "%(count)s part each, %(pence)sp",
                "%(guardians)s in %(language)s by %(channel)s (messages: %(messages)s, some share a phone), "
                "%(count)s parts each, %(pence)sp",
            )
        return Sentence(parts, count=self.parts, pence=f"{self.price:.1f}", **by)


@dataclass(frozen=True, slots=True)
class Preview:
    lanes: tuple[Lane, ...]
    unreached: tuple[tuple[str, str], ...]
    """Guardians who would get nothing, and why."""
    kept_from: tuple[tuple[Guardian, Unshown], ...] = ()
    """Guardians who would get the words without the photo, and why."""
    told: int = 0
    """Guardians who were told the same within the day and do not get it again."""

    def lines(self) -> list[Spoken]:
        """For staff to read."""
        reached = D_("It reaches %(reached)s; %(unreached)s can't be reached.")
        said: list[Spoken] = [
            Sentence(reached, reached=sum(lane.guardians for lane in self.lanes), unreached=len(self.unreached))
        ]
        for lane in self.lanes:
            said += [indented(lane.line()), indented(lane.text, by=4)]
        said += missed_lines(self.unreached)
        if self.told:
            again = ND_(
                "not again: %(count)s guardian who was told the same within the day",
                "not again: %(count)s guardians who were told the same within the day",
            )
            said.append(indented(Sentence(again, count=self.told)))
        said += without_photo(self.kept_from)
        pence = sum((lane.price for lane in self.lanes), Decimal(0))
        return [*said, Sentence(D_("Price about %(pence)sp."), pence=f"{pence:.1f}")]

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
            "parts": sum(lane.charged for lane in self.lanes),
            "pence": float(sum((lane.price for lane in self.lanes), Decimal(0))),
            "unreachable": [{"guardian": name, "reason": reason} for name, reason in self.unreached],
            "told_already": self.told,
            "without_photo": [{"guardian": one.name, "reason": reason.value} for one, reason in self.kept_from],
        }


def preview(session: Session, notice: Notice, today: date, site: str = "", *, translates: bool = False) -> Preview:
    """The preview of a notice as of a day; `site` is where a photo's link leads. Where a server `translates`, own words
    cost what a translation of them is likely to."""
    found = preflight(session, notice, today)
    setting = session.get_one(Setting, notice.setting_id)
    lanes = []
    for (language, channel), guardians in found.reached.items():
        text = f"{setting.name}: {notice_text(notice, catalogue(language))}"
        if notice.photo_id is not None and channel == "sms":
            text += link_line(language, site, "a" * USUAL)
        priced = text
        if translates and notice.text:
            priced = text.replace(notice_text(notice, catalogue(language)), likely(notice.text, catalogue(language)))
        charged = parts(economical(priced)).count if channel == "sms" else 0
        lanes.append(Lane(language, channel, guardians, charged, text, found.messages[language, channel]))
    photo = session.get(Photo, notice.photo_id) if notice.photo_id is not None else None
    kept = kept_from(session, photo, notice.audience, Topic.NOTICES, today) if photo is not None else []
    unreached = tuple((guardian.name, reason.value) for guardian, reason in found.unreached)
    return Preview(tuple(lanes), unreached, tuple(kept), found.told)
