"""MP3 files: their length, and the sound without the tags before and after it (ISO 11172-3, ISO 13818-3)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
"""Samples a second, by MPEG 1, 2 and 2.5 as a frame numbers them."""

KILOBITS = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
KILOBITS_LOW = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
"""Of layer III in MPEG 1, and in the two others."""

LAYER_3 = 1
FEWEST = 3
"""Frames one after the other: fewer may be chance."""


@dataclass(frozen=True, slots=True)
class _Frame:
    start: int
    end: int
    seconds: float


def is_one(content: bytes) -> bool:
    return content.startswith(b"ID3") or _frame(content, 0) is not None


def read(content: bytes) -> tuple[bytes, float]:
    """The frames alone, and their seconds. Raises ValueError where there are none, or most of it is something else."""
    frames = list(_frames(content, _after_tags(content)))
    if len(frames) < FEWEST:
        raise ValueError
    start, end = frames[0].start, frames[-1].end
    if 2 * (end - start) < len(content) - start:
        raise ValueError
    return content[start:end], sum(frame.seconds for frame in frames)


def _after_tags(content: bytes) -> int:
    """Where the sound begins: behind the tags and the empty room they leave (id3.org/id3v2.4.0-structure)."""
    place = 0
    while content.startswith(b"ID3", place):
        *_, flags, high, mid, low, lowest = struct.unpack_from("10B", content, place)
        place += 10 + (high << 21 | mid << 14 | low << 7 | lowest) + (10 if flags & 0x10 else 0)
    while place < len(content) and not content[place]:
        place += 1
    return place


def _frames(content: bytes, place: int) -> Iterator[_Frame]:
    while (frame := _frame(content, place)) is not None:
        yield frame
        place = frame.end


def _frame(content: bytes, place: int) -> _Frame | None:
    """The frame that begins here, whole; None where none does."""
    head = content[place : place + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    version, layer, bits, rate = head[1] >> 3 & 3, head[1] >> 1 & 3, head[2] >> 4, head[2] >> 2 & 3
    if layer != LAYER_3 or version not in RATES or rate == 3 or bits in (0, 15):
        return None
    samples = 1152 if version == 3 else 576
    kilobits = (KILOBITS if version == 3 else KILOBITS_LOW)[bits]
    each = RATES[version][rate]
    end = place + samples // 8 * kilobits * 1000 // each + (head[2] >> 1 & 1)
    return _Frame(place, end, samples / each) if end <= len(content) else None
