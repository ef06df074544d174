"""The rows of the office's list of families: what each column may say, and why a row can't be taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from locales import LANGUAGES, shipped
from locales.sentences import D_, Joined, Refusal
from nursery.guardians import ANY_TOPIC, Topic
from nursery.phones import NotAMobile, mobile

COLUMNS = (
    "setting",
    "room",
    "child",
    "child_born",
    "guardian",
    "relationship",
    "phone",
    "language",
    "channel",
    "parental_responsibility",
    "may_receive",
    "key_person",
)

OPTIONAL = ("starts", "picture")
"""Columns a list may leave out: a child's first day, and the picture of the coat peg."""

MORE = "more"
"""In the place of a column: what stands in a row under no column."""

OLDEST = 12
"""Years from which a birthday is not that of a child in our care: the list has perhaps the parent's."""

KNOWN_TRUTHS = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}
DAY_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y")
CHANNELS = ("sms", "telegram")


class RowRefused(Refusal):
    """A row can't be taken; the message is the reason."""


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """A row as it is meant."""

    setting: str
    room: str
    child: str
    born: date
    guardian: str
    relationship: str
    phone: str
    language: str
    channel: str
    responsibility: bool | None
    may_receive: int
    key_person: str
    starts: date | None = None
    """The child's first day with us, where it is still ahead or just was."""
    picture: str = ""


def read_row(row: Mapping[str, str], test_numbers: bool, day: date) -> FamilyRow:
    """Raises RowRefused with the reason."""
    if row.get(MORE):
        raise RowRefused(D_("there are more cells than columns (%(words)s): have some moved?"), words=row[MORE])
    for name in ("setting", "child", "guardian"):
        if not row[name]:
            raise RowRefused(D_("%(name)s is empty"), name=name)
    for name in ("child", "guardian"):
        _check_name(name, row[name])
    language = shipped(row["language"] or "en")
    if language is None:
        raise RowRefused(
            D_("language: %(language)s is not one of ours (%(known)s); with en they are written to in English"),
            language=row["language"],
            known=Joined(LANGUAGES),
        )
    channel = (row["channel"] or "sms").lower()
    if channel not in CHANNELS:
        raise RowRefused(D_("channel: %(channel)s is neither sms nor telegram"), channel=row["channel"])
    return FamilyRow(
        " ".join(row["setting"].split()),
        " ".join(row["room"].split()),
        " ".join(row["child"].split()),
        _born(row["child_born"], day),
        " ".join(row["guardian"].split()),
        " ".join(row["relationship"].split()),
        _phone(row["phone"], channel, test_numbers),
        language,
        channel,
        KNOWN_TRUTHS.get(row["parental_responsibility"].lower()),
        read_topics(row["may_receive"]),
        " ".join(row["key_person"].split()),
        _first_day(row.get("starts", "")),
        row.get("picture", "").lower(),
    )


def _check_name(column: str, name: str) -> None:
    """Raises RowRefused for what can't be a name, or not as messages say it."""
    if not any(sign.isalpha() for sign in name):
        raise RowRefused(D_("%(column)s: %(name)s is not a name"), column=column, name=name)
    if "," in name:
        raise RowRefused(
            D_("%(column)s: write %(name)s with the first name first, without a comma"), column=column, name=name
        )


def _phone(written: str, channel: str, test_numbers: bool) -> str:
    if not written and channel == "telegram":
        return ""
    if not written:
        raise RowRefused(D_("phone is empty: who has none can only come by Telegram (channel: telegram)"))
    try:
        return mobile(written, test_numbers=test_numbers)
    except NotAMobile as refusal:
        raise RowRefused(D_("phone: %(why)s"), why=refusal) from None


def _first_day(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise RowRefused(D_("starts: write the first day as 2026-09-07")) from None


def _born(written: str, day: date) -> date:
    born = _day(written)
    if born > day:
        raise RowRefused(D_("child_born: %(born)s is still ahead. Is the year right?"), born=born)
    if born.year <= day.year - OLDEST:
        raise RowRefused(
            D_("child_born: %(born)s is more than %(years)s years ago. Is it the child's?"), born=born, years=OLDEST - 1
        )
    return born


def _day(written: str) -> date:
    for shape in DAY_FORMATS:
        try:
            return datetime.strptime(written, shape).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise RowRefused(D_("child_born: write the day of birth as 2023-04-30 or 30/04/2023"))


def read_topics(written: str, column: str = "may_receive") -> int:
    """`yes` or `all`, `no` or `none`, or topics by name with spaces or semicolons between. Raises RowRefused."""
    words = written.lower().replace(";", " ").replace(",", " ").split()
    if not words or words in (["no"], ["none"]):
        return 0
    if words in (["yes"], ["all"], ["y"], ["true"], ["1"]):
        return int(ANY_TOPIC)
    names = {topic.name.lower(): topic for topic in Topic if topic.name}
    unknown = [word for word in words if word not in names]
    if unknown:
        raise RowRefused(
            D_("%(column)s: %(word)s is not one of yes, no, %(known)s"),
            column=column,
            word=unknown[0],
            known=Joined(names),
        )
    return sum(names[word] for word in set(words))
