"""M4A files, as phones record: their length, and the names, places and moments in them blotted out (ISO 14496-12)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

WITHIN = frozenset((b"moov", b"trak", b"mdia", b"minf", b"stbl"))
TELLING = frozenset((b"udta", b"meta", b"uuid"))
"""Boxes for whatever a program wants to note: a phone puts the street there as the recording's name."""

DATED = frozenset((b"mvhd", b"tkhd", b"mdhd"))
"""Boxes that begin with when it was made and changed."""


@dataclass(frozen=True, slots=True)
class _Box:
    kind: bytes
    start: int
    body: int
    end: int


def is_one(content: bytes) -> bool:
    return content[4:8] == b"ftyp"


def read(content: bytes) -> tuple[bytes, float]:
    """The file with the same length, saying nothing but the sound, and its seconds. Raises ValueError where it is no
    sound alone, or not AAC; IndexError or struct.error for a broken one."""
    bare, seconds, sounds = bytearray(content), 0.0, 0
    for box in _boxes(content, 0, len(content)):
        if box.kind in TELLING:
            _blot(bare, box)
        if box.kind in DATED:
            wide = 8 if content[box.body] == 1 else 4
            bare[box.body + 4 : box.body + 4 + 2 * wide] = bytes(2 * wide)
        if box.kind == b"mvhd":
            seconds = _seconds(content, box)
        if box.kind == b"hdlr" and content[box.body + 8 : box.body + 12] == b"vide":
            raise ValueError
        if box.kind == b"stsd":
            sounds += content[box.body + 12 : box.body + 16] == b"mp4a"
    if sounds != 1:
        raise ValueError
    return bytes(bare), seconds


def _boxes(content: bytes, start: int, end: int) -> Iterator[_Box]:
    """Every box, and those in the boxes that hold others."""
    while start < end:
        size, kind = struct.unpack_from(">I4s", content, start)
        body = start + 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", content, body)
            body += 8
        stop = start + size if size else end
        if stop < body or stop > end:
            raise IndexError
        yield _Box(kind, start, body, stop)
        if kind in WITHIN:
            yield from _boxes(content, body, stop)
        start = stop


def _blot(content: bytearray, box: _Box) -> None:
    """Makes it empty room of the same size: what comes after it is found by its place in the file."""
    content[box.start + 4 : box.start + 8] = b"free"
    content[box.body : box.end] = bytes(box.end - box.body)


def _seconds(content: bytes, box: _Box) -> float:
    """The length of the whole, in the units that stand before it."""
    wide = content[box.body] == 1
    scale, length = struct.unpack_from(">IQ" if wide else ">II", content, box.body + (20 if wide else 12))
    return length / scale if scale else 0.0
