"""What a recording is, how long it is, and that it tells nothing besides the voice."""

from __future__ import annotations

import struct
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nursery.sounds import MOST_BYTES, SoundRefused, read_sound
from tests.recordings import SECRETS, checksum, m4a, mp3, ogg

FORMATS = {"audio/ogg": ogg, "audio/mpeg": mp3, "audio/mp4": m4a}
NO_SOUND = "The recording must be an M4A, MP3 or OGG (Opus) file, as a phone's recorder makes them."
DAMAGED = "The recording is damaged. Please record it again."


@pytest.mark.parametrize(("mime", "made"), FORMATS.items())
@pytest.mark.parametrize(("seconds", "said"), [(0.5, 1), (2, 2), (61, 61)])
def test_it_is_what_it_is_and_so_long(mime: str, made: Callable[[float], bytes], seconds: float, said: int) -> None:
    file = made(seconds)
    assert all(secret in file for secret in SECRETS)
    sound = read_sound(file)
    assert (sound.mime, sound.seconds) == (mime, said + (mime == "audio/mpeg" and seconds == 61))
    assert not any(secret in sound.content for secret in SECRETS)


@pytest.mark.parametrize("made", FORMATS.values())
def test_what_has_been_taken_out_is_not_there_the_second_time(made: Callable[[float], bytes]) -> None:
    once = read_sound(made(2))
    assert read_sound(once.content) == once


def test_every_page_of_an_ogg_is_signed_anew() -> None:
    content, place, pages = read_sound(ogg()).content, 0, 0
    while place < len(content):
        count = content[place + 26]
        end = place + 27 + count + sum(content[place + 27 : place + 27 + count])
        page = content[place:end]
        assert struct.unpack_from("<I", page, 22) == (checksum(page[:22] + bytes(4) + page[26:]),)
        place, pages = end, pages + 1
    assert pages == 5


def test_no_moment_is_left_in_an_m4a() -> None:
    moment = struct.pack(">I", 3_870_000_000)
    assert moment in m4a()
    assert moment not in read_sound(m4a()).content


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", NO_SOUND),
        (b"%PDF-1.7", NO_SOUND),
        (b"RIFF\x24\0\0\0WAVEfmt ", NO_SOUND),
        (b"#!AMR\n\x3c", NO_SOUND),
        (ogg().replace(b"OpusHead", b"\x01vorbis."), NO_SOUND),
        (m4a(codec=b"samr"), NO_SOUND),
        (m4a().replace(b"soun", b"vide"), NO_SOUND),
        (b"ID3\4\0\0\0\0\0\0 and no more", NO_SOUND),
        (ogg()[:-30], DAMAGED),
        (ogg().replace(b"OpusTags", b"OpusTugs"), DAMAGED),
        (m4a()[:100], DAMAGED),
        (b"ID3\4", DAMAGED),
        (m4a(0), "There is nothing to hear in the recording. Please record it again."),
        (m4a(700), "The recording is 12 minutes long. Please keep it to 10."),
        (bytes(MOST_BYTES + 1), "The recording has 5.0 MB. Please keep it below 5 MB."),
    ],
)
def test_what_can_t_be_sent_is_refused_with_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(SoundRefused) as refused:
        read_sound(content)
    assert str(refused.value) == sentence


SHORT = [made(0.2) for made in FORMATS.values()]


@given(st.sampled_from(SHORT), st.integers(0, 1100), st.binary(max_size=3), st.integers(0, 3))
def test_a_broken_file_is_read_or_refused(file: bytes, place: int, torn: bytes, lost: int) -> None:
    """Nothing else comes of it, wherever it is broken."""
    with suppress(SoundRefused):
        assert read_sound(file[:place] + torn + file[place + lost :]).seconds > 0
