"""Telegram's message entities: which tag makes which, their length in UTF-16 units, what each one carries."""

from typing import Any
from urllib.parse import urlsplit

Entity = dict[str, Any]

NAMES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "span": "spoiler", "tg-spoiler": "spoiler",
    "code": "code", "pre": "pre", "a": "text_link", "blockquote": "blockquote", "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}  # fmt: skip


def units(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def particulars(tag: str, given: dict[str, str], inside: str) -> Entity | None:
    """What the entity has besides its place; None when Telegram drops it and keeps the text. Raises ValueError."""
    match tag:
        case "a":
            return _link(given.get("href") or inside)
        case "tg-emoji":
            if not given.get("emoji-id", "").isdecimal():
                raise ValueError("Invalid custom emoji identifier specified")
            return {"custom_emoji_id": given["emoji-id"]}
        case "tg-time":
            return {"unix_time": int(given.get("unix", "0")), "date_time_format": given.get("format", "")}
        case "blockquote" if "expandable" in given:
            return {"type": "expandable_blockquote"}
    return {}


def _link(url: str) -> Entity | None:
    if url.startswith("tg://"):
        return {"url": url}
    host = urlsplit(url if "://" in url else f"http://{url}").hostname or ""
    return {"url": url} if "." in host else None
