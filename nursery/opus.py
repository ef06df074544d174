"""OGG files with Opus, as messengers record: their length, and their comments emptied (RFC 3533, RFC 7845)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

RATE = 48_000
"""What granule positions count in, whatever was recorded at."""

HEAD = struct.Struct("<4sBBqIIIB")
CHECKSUM = 22
"""Where it stands in a page; it is counted with zeros there."""

POLYNOMIAL = 0x04C11DB7
NO_COMMENTS = b"OpusTags" + struct.pack("<II", 0, 0)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page: where it begins, its body, its end; how far the sound has come; whether its last packet goes on in the
    next."""

    start: int
    body: int
    end: int
    granule: int
    goes_on: bool


def is_one(content: bytes) -> bool:
    """Whether it is one by its first packet; an OGG file may hold other kinds of sound."""
    return content.startswith(b"OggS") and content[28:36] == b"OpusHead"


def read(content: bytes) -> tuple[bytes, float]:
    """The file without its comments, and its seconds. Raises ValueError where other things are mixed into it;
    IndexError or struct.error for a broken one."""
    first, *rest = _pages(content)
    (skipped,) = struct.unpack_from("<H", content, first.body + 10)
    begun = [*takewhile(lambda page: page.goes_on, rest)]
    comments = rest[: len(begun) + 1]
    sound = rest[len(comments) :]
    if not sound:
        raise IndexError
    bare = bytearray(content[: sound[-1].end])
    _empty(bare, comments)
    heard = max(page.granule for page in sound) - skipped
    return bytes(bare), max(heard, 0) / RATE


def _pages(content: bytes) -> Iterator[_Page]:
    """All of the first stream's; what comes after it is not looked at."""
    place, serial = 0, None
    while content.startswith(b"OggS", place):
        _, _, _, granule, mine, _, _, count = HEAD.unpack_from(content, place)
        sizes = content[place + HEAD.size : place + HEAD.size + count]
        body = place + HEAD.size + count
        end = body + sum(sizes)
        if end > len(content):
            raise IndexError
        serial = mine if serial is None else serial
        if mine != serial:
            raise ValueError
        yield _Page(place, body, end, granule, bool(sizes) and sizes[-1] == 255)
        place = end


def _empty(content: bytearray, pages: list[_Page]) -> None:
    """Writes no comments where there were any; what is left of their room is zeros, which nothing reads."""
    room = sum(page.end - page.body for page in pages)
    if not content.startswith(NO_COMMENTS[:8], pages[0].body) or room < len(NO_COMMENTS):
        raise IndexError
    left = NO_COMMENTS.ljust(room, b"\0")
    for page in pages:
        size = page.end - page.body
        content[page.body : page.end], left = left[:size], left[size:]
        _sign(content, page)


def _sign(content: bytearray, page: _Page) -> None:
    content[page.start + CHECKSUM : page.start + CHECKSUM + 4] = bytes(4)
    total = 0
    for byte in content[page.start : page.end]:
        total = (total << 8 & 0xFFFFFFFF) ^ _TABLE[total >> 24 ^ byte]
    struct.pack_into("<I", content, page.start + CHECKSUM, total)


def _entry(byte: int) -> int:
    total = byte << 24
    for _ in range(8):
        total = (total << 1 ^ POLYNOMIAL if total & 0x80000000 else total << 1) & 0xFFFFFFFF
    return total


_TABLE = [_entry(byte) for byte in range(256)]
