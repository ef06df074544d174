"""Images: the picture stays, which side is up stays, and nothing else does."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nursery.images import ImageRefused, _orientation, read_image
from tests.photographs import BARE, SECRETS, exif, jpeg, png


def test_a_jpeg_keeps_its_picture_and_tells_nothing_else() -> None:
    image = read_image(jpeg())
    assert (image.mime, image.width, image.height) == ("image/jpeg", 1, 1)
    assert image.content == BARE


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("up", [3, 6, 8])
def test_which_side_is_up_is_kept(up: int, order: str) -> None:
    content = read_image(jpeg(up, order)).content
    at = content.index(b"Exif\0\0")
    assert _orientation(content[at + 6 :]) == up
    assert read_image(content).content == content, "a second time changes nothing"


@pytest.mark.parametrize("content", [jpeg(), jpeg(6), png()])
def test_no_place_no_name_and_nothing_behind_it(content: bytes) -> None:
    kept = read_image(content).content
    assert all(secret in content for secret in SECRETS)
    assert not any(secret in kept for secret in SECRETS)


def test_a_png_is_whole_without_its_remarks() -> None:
    image = read_image(png(4, 3))
    assert (image.mime, image.width, image.height) == ("image/png", 4, 3)
    assert b"IDAT" in image.content
    assert image.content.endswith(b"IEND\xaeB`\x82")


REFUSED = {
    "no picture": (b"GIF89a", "JPEG or PNG"),
    "nothing": (b"", "JPEG or PNG"),
    "cut off": (BARE[:-2], "damaged"),
    "cut short": (jpeg()[:60], "damaged"),
    "a PNG cut off": (png()[:50], "damaged"),
    "too large": (png(9000, 1001)[:40] + png()[40:], "9000 by 1001"),
    "too long": (png(210, 10), "210 by 10"),
    "no size": (png(0, 1), "0 by 1"),
    "a broken remark": (BARE[:2] + exif(6)[:12] + BARE[2:], "damaged"),
}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_can_not_be_sent_is_refused_with_a_sentence(name: str) -> None:
    content, why = REFUSED[name]
    with pytest.raises(ImageRefused, match=why):
        read_image(content)


@given(st.binary(max_size=200), st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b""]))
def test_no_bytes_do_more_than_be_refused(rest: bytes, start: bytes) -> None:
    with suppress(ImageRefused):
        read_image(start + rest)
