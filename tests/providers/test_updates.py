"""The updates we make up are ones Telegram could send: the real library knows every field of them."""

from collections.abc import Iterator
from typing import Any

import pytest
from telegram import Update as Known

from tests.providers import updates
from tests.providers.updates import Update

AMINA = 700000123


@pytest.mark.parametrize(
    "update",
    [
        updates.text_update(AMINA, "Noor is poorly"),
        updates.start(AMINA, "fam_7Kq2-Xz_9"),
        updates.tap(AMINA, "absent:1", 4),
        updates.tap(AMINA, "absent:1", 4, old=True),
        updates.photo(AMINA, caption="A rash"),
        updates.voice(AMINA),
        updates.document(AMINA),
        updates.edited(AMINA, "Noor is well", 101),
        updates.blocked(AMINA),
        updates.unblocked(AMINA),
        updates.group_message(),
        updates.added_to_group(),
    ],
    ids=lambda update: next(key for key in update if key != "update_id"),
)
def test_known_to_the_library(update: Update) -> None:
    read = Known.de_json(update, None)
    assert list(_unknown(read)) == []
    assert read.effective_user is not None
    assert read.effective_user.id == AMINA


def test_update_ids_rise_unless_given() -> None:
    first, second = updates.text_update(AMINA, "One"), updates.text_update(AMINA, "Two")
    assert second["update_id"] > first["update_id"]
    assert updates.blocked(AMINA, update_id=9)["update_id"] == 9


def _unknown(value: Any) -> Iterator[str]:
    """Fields of the object, or of any object in it, that the library has no name for."""
    yield from getattr(value, "api_kwargs", {})
    for name in getattr(value, "__slots__", ()):
        inner = getattr(value, name, None)
        for one in inner if isinstance(inner, tuple) else [inner]:
            if hasattr(one, "api_kwargs"):
                yield from _unknown(one)
