"""What Telegram shows: text as HTML with every value escaped, and choices as buttons."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from bot.channels.splitting import split, utf16

TEXT_LIMIT = 4096
"""UTF-16 units of one message (core.telegram.org/bots/api#sendmessage); escapes are counted as written, to be safe."""

CAPTION_LIMIT = 1024
"""UTF-16 units of the words under a photo, as they are read (core.telegram.org/bots/api#sendphoto)."""

SHORT = 12
"""Characters of a label that leave room for another beside it on a small telephone."""

ESCAPED = {letter: len(escape(letter, quote=False)) for letter in "&<>"}


def pieces(text: str) -> list[str]:
    """The text as HTML, in as many messages as it takes."""
    whole = escape(text.strip(), quote=False)
    if 2 * len(whole) <= TEXT_LIMIT:  # fits, were every character two units: nearly all do, and counting is dear
        return [whole]
    return [escape(piece, quote=False) for piece in split(text, TEXT_LIMIT, _width)]


def captioned(text: str) -> list[str]:
    """The same under a photo: its words, or nothing and the words in messages of their own where they are too many."""
    bare = text.strip()
    fits = sum(map(utf16, bare)) <= CAPTION_LIMIT
    return [escape(bare, quote=False)] if fits else ["", *pieces(text)]


def keyboard(outbox_id: int, choices: Sequence[str]) -> dict[str, Any] | None:
    """Buttons one to a row, or two where all are short; a tap brings back our message's id and the choice's place."""
    if not choices:
        return None
    buttons = [{"text": label, "callback_data": f"{outbox_id}:{place}"} for place, label in enumerate(choices)]
    a_row = 2 if all(len(label) <= SHORT for label in choices) else 1
    return {"inline_keyboard": [buttons[start : start + a_row] for start in range(0, len(buttons), a_row)]}


def _width(letter: str) -> int:
    return ESCAPED.get(letter) or utf16(letter)
