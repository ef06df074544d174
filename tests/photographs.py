"""Photos as phones make them, small: a JPEG that tells where and when it was taken, and a PNG."""

from __future__ import annotations

import base64
import struct
import zlib

from sqlmodel import Session

from nursery import consents, photos
from nursery.consents import Purpose
from nursery.photos import Photo
from tests.cast import MONDAY, People

BARE = (
    base64.b64decode(
        "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////"
        "////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA="
    )
    + b"\xff\xd9"
)
SECRETS = (b"51.5074N", b"Grace's phone", b"a film after the picture")


def segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def exif(up: int, order: str = "<") -> bytes:
    """Which side is up, and a place: what a phone writes."""
    entry = struct.pack(order + "HHIHH", 0x0112, 3, 1, up, 0)
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "IH", 8, 1)
    return segment(0xE1, b"Exif\0\0" + head + entry + struct.pack(order + "I", 0) + SECRETS[0])


def jpeg(up: int = 1, order: str = "<") -> bytes:
    told = exif(up, order) + segment(0xFE, SECRETS[1])
    return BARE[:2] + told + BARE[2:] + SECRETS[2]


def png(width: int = 1, height: int = 1) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    told = chunk(b"tEXt", b"Comment\0" + SECRETS[0]) + chunk(b"eXIf", SECRETS[1])
    rows = chunk(b"IDAT", zlib.compress((b"\0" + b"\x80" * width) * height))
    return b"\x89PNG\r\n\x1a\n" + head + told + rows + chunk(b"IEND", b"") + SECRETS[2]


def agree(session: Session, people: People, who: str, child: str, purpose: Purpose, *, given: bool = True) -> None:
    """A guardian says yes or no for a child."""
    row, guardian = people.children[child], people.guardians[who].id or 0
    consents.answer(session, row, guardian, purpose, given=given, text="", language="en_GB", now=MONDAY)


def photo_of(session: Session, people: People, *children: str) -> Photo:
    shown = [people.children[one] for one in children]
    return photos.add_photo(session, people.setting.id or 0, jpeg(), shown, now=MONDAY)
