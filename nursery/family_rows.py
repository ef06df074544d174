"""The rows of the office's list of families: what each column may say, and why a row can't be taken."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from locales import shipped
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

KNOWN_TRUTHS = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}
DAY_FORMATS = ("%Y-%m-%d", "%d/%m/%Y")
CHANNELS = ("sms", "telegram")


class RowRefused(Refusal):
    """A row can't be taken; the message is the reason."""


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, as text. Raises RowRefused when it is not such a list."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
            if missing:
                raise RowRefused(D_("the first line must name the columns; missing: %(names)s"), names=Joined(missing))
            return [{name: (row.get(name) or "").strip() for name in (*COLUMNS, *OPTIONAL)} for row in reader]
    except (UnicodeDecodeError, csv.Error):
        raise RowRefused(D_("this is not a CSV file in UTF-8 (in Excel: Save as, CSV UTF-8)")) from None


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


def read_row(row: Mapping[str, str], test_numbers: bool) -> FamilyRow:
    """Raises RowRefused with the reason."""
    for name in ("setting", "child", "guardian"):
        if not row[name]:
            raise RowRefused(D_("%(name)s is empty"), name=name)
    language = shipped(row["language"] or "en")
    if language is None:
        raise RowRefused(D_("language: %(language)s is not one of ours"), language=row["language"])
    channel = (row["channel"] or "sms").lower()
    if channel not in CHANNELS:
        raise RowRefused(D_("channel: %(channel)s is neither sms nor telegram"), channel=row["channel"])
    return FamilyRow(
        row["setting"],
        row["room"],
        " ".join(row["child"].split()),
        _day(row["child_born"]),
        " ".join(row["guardian"].split()),
        row["relationship"],
        _phone(row["phone"], channel, test_numbers),
        language,
        channel,
        KNOWN_TRUTHS.get(row["parental_responsibility"].lower()),
        read_topics(row["may_receive"]),
        row["key_person"],
        _first_day(row.get("starts", "")),
        row.get("picture", "").lower(),
    )


def _phone(written: str, channel: str, test_numbers: bool) -> str:
    if not written and channel == "telegram":
        return ""
    try:
        return mobile(written, test_numbers=test_numbers)
    except NotAMobile as refusal:
        raise RowRefused(D_("phone: %(why)s"), why=refusal) from None


def _first_day(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise RowRefused(D_("starts: write the first day as 2026-09-07")) from None


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
