"""Images: what a file really is, and what it tells besides the picture taken out of it."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from locales.sentences import D_, Refusal

MOST_SIDES = 10_000
"""Width and height together, in pixels (core.telegram.org/bots/api#sendphoto)."""

MOST_RATIO = 20

EOI, APP0, APP1, APP2, APP14 = 0xD9, 0xE0, 0xE1, 0xE2, 0xEE
COMMENT = 0xFE
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of a JPEG whose segment has the picture's size."""

MARKER = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")
ORIENTATION = 0x0112
PNG = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = frozenset(
    (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"pHYs")
)


class ImageRefused(Refusal):
    """A file that is no picture we can send; the message is the sentence for staff."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture and nothing else: no place, no moment, no name of who took it (a phone writes them all into it)."""

    content: bytes = field(repr=False)
    mime: str
    width: int
    height: int


def read_image(content: bytes) -> Image:
    """The picture in a JPEG or PNG file. Which side is up is kept; all else it tells is not. Raises ImageRefused."""
    try:
        image = _png(content) if content.startswith(PNG) else _jpeg(content)
    except (IndexError, struct.error):
        raise ImageRefused(D_("The photo is damaged. Please take it again.")) from None
    long, short = max(image.width, image.height), min(image.width, image.height)
    if not short or long + short > MOST_SIDES or long > MOST_RATIO * short:
        raise ImageRefused(
            D_("The photo is %(width)s by %(height)s, which can't be sent. Please make it smaller."),
            width=image.width,
            height=image.height,
        )
    return image


def _jpeg(content: bytes) -> Image:
    if not content.startswith(b"\xff\xd8\xff"):
        raise ImageRefused(D_("The photo must be a JPEG or PNG file."))
    kept, up, size = bytearray(), 1, (0, 0)
    for marker, body, scan in _segments(content):
        if marker == APP1 and body.startswith(b"Exif\0\0"):
            up = _orientation(body[6:]) or up
        if marker in FRAMES:
            size = struct.unpack(">HH", body[1:5])
        if _is_picture(marker, body):
            kept += struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body + scan
    height, width = size
    return Image(b"\xff\xd8" + _only_orientation(up) + bytes(kept) + b"\xff\xd9", "image/jpeg", width, height)


def _segments(content: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Marker, body, and what is scanned after it. What comes after the picture's end (a film, a larger one) is not
    looked at."""
    place = 2
    while True:
        found = MARKER.match(content, place)
        if found is None:
            raise IndexError
        if found[1][0] == EOI:
            return
        start = found.end()
        (length,) = struct.unpack(">H", content[start : start + 2])
        end = start + length
        following = MARKER.search(content, end)
        if length < 2 or following is None:
            raise IndexError
        yield found[1][0], content[start + 2 : end], content[end : following.start()]
        place = following.start()


def _is_picture(marker: int, body: bytes) -> bool:
    """Of the segments for applications only the measure and the colours are kept."""
    if marker in (APP0, APP2):
        return body.startswith((b"JFIF\0", b"ICC_PROFILE\0"))
    return marker == APP14 or marker not in (*range(APP0, 0xF0), COMMENT)


def _orientation(tiff: bytes) -> int:
    """Which side is up, 1 to 8 (TIFF 6.0, Exif 2.3); 0 when it does not say."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 0
    (start,) = struct.unpack_from(order + "I", tiff, 4)
    (count,) = struct.unpack_from(order + "H", tiff, start)
    for number in range(count):
        tag, kind, _, value = struct.unpack_from(order + "HHIH", tiff, start + 2 + 12 * number)
        if tag == ORIENTATION and kind == 3:
            return int(value) if value <= 8 else 0
    return 0


def _only_orientation(up: int) -> bytes:
    if up == 1:
        return b""
    entry = struct.pack(">HHIHH", ORIENTATION, 3, 1, up, 0)
    body = b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
    return struct.pack(">BBH", 0xFF, APP1, len(body) + 2) + body


def _png(content: bytes) -> Image:
    kept, place = bytearray(PNG), len(PNG)
    name, width, height = b"", 0, 0
    while name != b"IEND":
        (length,) = struct.unpack_from(">I", content, place)
        end, name = place + 12 + length, content[place + 4 : place + 8]
        if end > len(content):
            raise IndexError
        if name == b"IHDR":
            width, height = struct.unpack_from(">II", content, place + 8)
        if name in PNG_KEPT:
            kept += content[place:end]
        place = end
    return Image(bytes(kept), "image/png", width, height)
