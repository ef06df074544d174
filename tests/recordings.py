"""Recordings as phones make them, short: an M4A, an MP3 and an OGG with Opus, each telling where it was made."""

from __future__ import annotations

import struct

SECRETS = (b"22 High Street", b"Grace's phone")
STREAM = 7


def mp3(seconds: float = 2.0) -> bytes:
    """Silence at 32 kbit/s, 24 kHz, with a tag before and after it."""
    tag = b"TIT2" + SECRETS[0].ljust(96, b"\0")
    frame = b"\xff\xf3\x44\xc4" + bytes(92)
    return b"ID3\4\0\0\0\0\0\x64" + tag + frame * round(seconds / 0.024) + b"TAG" + SECRETS[1].ljust(125, b"\0")


def ogg(seconds: float = 2.0) -> bytes:
    """Silence in frames of 20 ms, 50 to a page; the comments go over two pages."""
    head = b"OpusHead\1\1" + struct.pack("<HIhB", 312, 48_000, 0, 0)
    told = b"\0".join(SECRETS).ljust(300, b".")
    comments = b"OpusTags" + struct.pack("<I", len(told)) + told + struct.pack("<I", 0)
    pages = [_page(0, 2, 0, [len(head)], head), _page(1, 0, -1, [255], comments[:255])]
    pages.append(_page(2, 1, 0, [len(comments) - 255], comments[255:]))
    count = round(seconds / 0.02)
    for number, first in enumerate(range(0, count, 50), start=3):
        frames = min(50, count - first)
        flags = 4 if first + frames == count else 0
        pages.append(_page(number, flags, 312 + (first + frames) * 960, [3] * frames, b"\xf8\xff\xfe" * frames))
    return b"".join(pages)


def _page(number: int, flags: int, granule: int, sizes: list[int], body: bytes) -> bytes:
    head = struct.pack("<4sBBqII", b"OggS", 0, flags, granule, STREAM, number)
    rest = bytes([len(sizes), *sizes]) + body
    return head + struct.pack("<I", checksum(head + bytes(4) + rest)) + rest


def checksum(page: bytes) -> int:
    """As RFC 3533 says it, a bit at a time."""
    total = 0
    for bit in range(8 * len(page)):
        top = total >> 31 ^ page[bit // 8] >> (7 - bit % 8) & 1
        total = (total << 1 & 0xFFFFFFFF) ^ (0x04C11DB7 if top else 0)
    return total


def m4a(seconds: float = 2.0, codec: bytes = b"mp4a") -> bytes:
    """No sound that plays, but all that is read of one."""
    dated = struct.pack(">IIIII", 0, 3_870_000_000, 3_870_000_000, 1000, round(seconds * 1000))
    sample = struct.pack(">II", 0, 1) + box(codec, bytes(28))
    track = box(b"mdhd", dated) + box(b"hdlr", bytes(8) + b"soun" + bytes(12))
    track += box(b"minf", box(b"stbl", box(b"stsd", sample)))
    told = box(b"udta", box(b"meta", SECRETS[0])) + box(b"uuid", SECRETS[1])
    film = box(b"mvhd", dated + bytes(80)) + box(b"trak", box(b"mdia", track) + told) + told
    return box(b"ftyp", b"M4A \0\0\2\0isomiso2") + box(b"moov", film) + box(b"mdat", bytes(64))


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", len(body) + 8, kind) + body
