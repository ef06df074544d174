"""Calendars: the feed as RFC 5545 has it."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from nursery.calendars import Entry, feed

STARTS = datetime(2026, 12, 4, 15, 30, tzinfo=UTC)


def _entry(**fields: object) -> Entry:
    values = {
        "uid": "event-1@coatpeg",
        "title": "Songs",
        "starts_at": STARTS,
        "ends_at": STARTS + timedelta(hours=1),
        "changed_at": STARTS - timedelta(days=9),
    } | fields
    return Entry(**values)  # type: ignore[arg-type]


def _unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_a_feed() -> None:
    said = feed("Little Acorns", [_entry(place="Hall, 2nd floor", words="No steps;\nbring a hat")], "pl")
    assert said.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    assert said.endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")
    assert _unfolded(said)[8:-2] == [
        "BEGIN:VEVENT",
        "UID:event-1@coatpeg",
        "DTSTAMP:20261125T153000Z",
        "DTSTART:20261204T153000Z",
        "DTEND:20261204T163000Z",
        "SUMMARY:Songs",
        "LOCATION:Hall\\, 2nd floor",
        "DESCRIPTION;LANGUAGE=pl:No steps\\;\\nbring a hat",
        "STATUS:CONFIRMED",
        "SEQUENCE:0",
        "END:VEVENT",
    ]


def test_what_is_called_off_says_so() -> None:
    lines = _unfolded(feed("x", [_entry(cancelled=True)], "en-GB"))
    assert "STATUS:CANCELLED" in lines
    assert "SEQUENCE:1" in lines


@given(st.text(max_size=300), st.text(max_size=300))
def test_no_words_break_the_feed(title: str, words: str) -> None:
    said = feed("x", [_entry(title=title, words=words)], "en-GB")
    lines = said.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "\n" not in said.replace("\r\n", "")
    names = [line.split(":")[0].split(";")[0] for line in _unfolded(said) if line]
    assert names.count("BEGIN") == names.count("END") == 2
    assert set(names) <= {
        "BEGIN", "VERSION", "PRODID", "CALSCALE", "METHOD", "X-WR-CALNAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL",
        "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "STATUS", "SEQUENCE", "END",
    }  # fmt: skip


def test_words_come_back_as_they_were() -> None:
    words = "Grażyna, مرحبا; back\\slash\nnext line " * 5
    [line] = [one for one in _unfolded(feed("x", [_entry(title=words)], "pl")) if one.startswith("SUMMARY:")]
    back = line.removeprefix("SUMMARY:").replace("\\\\", "\0").replace("\\n", "\n")
    assert back.replace("\\,", ",").replace("\\;", ";").replace("\0", "\\") == words
