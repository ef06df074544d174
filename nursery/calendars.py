"""Calendars: a guardian's own feed of events and bookings, as phones read it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

FOLDED_AT = 75
"""Octets of a line, its end not counted (RFC 5545, 3.1)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An event or a booking as a calendar shows it; `uid` is the same for ever, `changed_at` when it was made or last
    changed."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    place: str = ""
    words: str = ""
    cancelled: bool = False


def feed(name: str, entries: Iterable[Entry], language: str) -> str:
    """The calendar as RFC 5545 has it, with CRLF ends and folded lines."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Coatpeg//Events//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
    ]
    for entry in entries:
        lines += _event(entry, language)
    return "".join(_folded(line) + "\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(entry: Entry, language: str) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{entry.uid}",
        f"DTSTAMP:{_moment(entry.changed_at)}",
        f"DTSTART:{_moment(entry.starts_at)}",
        f"DTEND:{_moment(entry.ends_at)}",
        f"SUMMARY:{_text(entry.title)}",
    ]
    if entry.place:
        lines.append(f"LOCATION:{_text(entry.place)}")
    if entry.words:
        lines.append(f"DESCRIPTION;LANGUAGE={language}:{_text(entry.words)}")
    state = "CANCELLED" if entry.cancelled else "CONFIRMED"
    return [*lines, f"STATUS:{state}", f"SEQUENCE:{int(entry.cancelled)}", "END:VEVENT"]


def _moment(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    """TEXT (3.3.11): marks that mean something are escaped, signs that no line may hold are gone."""
    plain = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", words.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Cut into pieces of at most 75 octets, never within a character; each but the first begins with a space."""
    pieces, room, piece = [], FOLDED_AT, ""
    for sign in line:
        size = len(sign.encode())
        if size > room:
            pieces.append(piece)
            piece, room = "", FOLDED_AT - 1
        piece, room = piece + sign, room - size
    return "\r\n ".join([*pieces, piece])
