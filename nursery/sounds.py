"""Sounds: what a recording really is and how long, and what it tells besides the voice taken out of it."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from math import ceil

from locales.sentences import D_, ND_, Refusal
from nursery import m4a, mp3, opus

MOST_BYTES = 5_000_000
"""Of a file. Telegram takes 50 MB (core.telegram.org/bots/api#sendvoice); a parent's phone credit takes less."""

MOST_MINUTES = 10
"""Ten minutes as phones record a voice are below 5 MB; a longer one is a talk."""


class SoundRefused(Refusal):
    """A file that is no recording we can send; the message is the sentence for staff."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A voice and nothing else: no place, no moment, no name (phones call a recording by the street it was made in)."""

    content: bytes = field(repr=False)
    mime: str
    seconds: int
    """Begun ones count."""


def read_sound(content: bytes) -> Sound:
    """The voice in a file that Telegram plays as a voice note: OGG with Opus, MP3, or M4A with AAC. Raises
    SoundRefused."""
    if len(content) > MOST_BYTES:
        raise SoundRefused(
            D_("The recording has %(size)s MB. Please keep it below 5 MB."), size=f"{len(content) / 1e6:.1f}"
        )
    try:
        sound = _read(content)
    except (IndexError, struct.error):
        raise SoundRefused(D_("The recording is damaged. Please record it again.")) from None
    except ValueError:
        raise _no_recording() from None
    if not sound.seconds:
        raise SoundRefused(D_("There is nothing to hear in the recording. Please record it again."))
    if sound.seconds > MOST_MINUTES * 60:
        raise SoundRefused(
            ND_(
                "The recording is %(count)s minute long. Please keep it to %(most)s.",
                "The recording is %(count)s minutes long. Please keep it to %(most)s.",
            ),
            count=ceil(sound.seconds / 60),
            most=MOST_MINUTES,
        )
    return sound


def _read(content: bytes) -> Sound:
    for kind, mime in ((opus, "audio/ogg"), (m4a, "audio/mp4"), (mp3, "audio/mpeg")):
        if kind.is_one(content):
            bare, seconds = kind.read(content)
            return Sound(bare, mime, ceil(seconds))
    raise _no_recording()


def _no_recording() -> SoundRefused:
    return SoundRefused(D_("The recording must be an M4A, MP3 or OGG (Opus) file, as a phone's recorder makes them."))
