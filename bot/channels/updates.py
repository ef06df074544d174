"""What a Telegram update means to us: how much of it is read, what it brings, and what is passed over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from bot.messages import Attachment, Incoming, Kind, Reading

NAME = "telegram"

MESSAGES = ("message", "edited_message")
ASKED_FOR = (*MESSAGES, "callback_query", "my_chat_member")

PARSED = {
    **dict.fromkeys(MESSAGES, ("message_id", "date", "chat", "from", "text", "caption")),
    "callback_query": ("id", "from", "chat_instance", "data", "message"),
    "my_chat_member": ("chat", "from", "date", "old_chat_member", "new_chat_member"),
}
"""What the library gets to parse: the rest may be large, deep, or newer than it is."""

PARSED_OF_TAPPED = ("message_id", "chat", "date")

FILES = {
    "photo": ("photo", "image/jpeg"),
    "voice": ("voice", "audio/ogg"),
    "audio": ("voice", "audio/mpeg"),
    "document": ("document", ""),
}
"""The files we may keep: what each is to us, and its type where Telegram says none."""

UNTAKEN = (
    *("animation", "checklist", "contact", "dice", "game", "invoice", "location", "paid_media", "poll", "sticker"),
    *("story", "video", "video_note", "venue"),
)
"""What else a person may send: noted, so that they are told and not left without an answer."""


BLOCKING = {"kicked": Kind.BLOCKED, "member": Kind.UNBLOCKED}
IN_GROUP = ("member", "administrator", "restricted")
"""What the bot's own status tells: between two, whether it is blocked; in a group, that it is there."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One update in plain values; what it hasn't got is empty, or 0."""

    kind: str
    update_id: int
    chat_id: int
    private: bool
    language: str
    first_name: str
    from_bot: bool
    number: int
    text: str
    query: str = ""
    data: str = ""
    status: str = ""


PLAIN = {"message_id", "date", "chat", "from", "text", "entities"}
"""Of a message that is nothing but words: all it may have."""

LATEST = 2**31
"""A date a message may have; beyond it the library's word counts."""


def plainly(update: dict[str, Any]) -> Seen | None:
    """What is seen of a private message of words, read as it stands: nearly all are, and the library's parser costs as
    much as all else done for one. None for whatever is not exactly that, which is the library's to read; a test holds
    both to see the same."""
    try:
        message = update["message"]
        chat, sender, number, text = message["chat"], message["from"], message["message_id"], message["text"]
        name, language, date = sender["first_name"], sender.get("language_code"), message["date"]
        whole_numbers = (update["update_id"], number, date, chat["id"], sender["id"])
        spoken = (text, name) if language is None else (text, name, language)
        if (
            not (PLAIN.issuperset(message) and len(update) == 2)
            or not all(type(one) is int for one in whole_numbers)
            or not all(type(one) is str for one in spoken)
            or not (0 <= date < LATEST and chat["type"] == "private" and sender["is_bot"] is False)
        ):
            return None
    except (AttributeError, LookupError, TypeError):
        return None
    return Seen(
        "message",
        update["update_id"],
        chat_id=chat["id"],
        private=True,
        language=language or "",
        first_name=name,
        from_bot=False,
        number=number,
        text=text,
    )


def meaning(seen: Seen, brought: tuple[Attachment, ...]) -> Reading:
    """What is to be received of an update, or why nothing is."""
    match seen.kind:
        case "callback_query" if not (seen.private and seen.data and seen.number):
            return Reading(ignored="tap elsewhere")
        case "callback_query":
            return _one(seen, Kind.TAP, tapped=seen.data, tap_ref=f"{seen.query}:{seen.number}")
        case "my_chat_member":
            kind = BLOCKING.get(seen.status) if seen.private else Kind.GROUP if seen.status in IN_GROUP else None
            return _one(seen, kind) if kind else Reading(ignored=f"now {seen.status}")
    return _said(seen, brought)


def _said(seen: Seen, brought: tuple[Attachment, ...]) -> Reading:
    edited = seen.kind == "edited_message"
    if seen.from_bot:
        return Reading(ignored="from a bot")
    if not seen.text and (edited or not brought):
        return Reading(ignored="service message")
    if not seen.private:
        return Reading(ignored="edit in a group") if edited else _one(seen, Kind.GROUP)
    text, number = re.sub(r"^(/\w+)@\w+", r"\1", seen.text), str(seen.number)
    if edited:
        return _one(seen, Kind.EDIT, text=text, message_ref=number)
    return _one(seen, Kind.TEXT, text=text, message_ref=number, attachments=brought)


def _one(seen: Seen, kind: Kind, **content: Any) -> Reading:
    content |= {"language_hint": seen.language, "name_hint": seen.first_name}
    return Reading((Incoming(NAME, str(seen.update_id), str(seen.chat_id), kind, **content),))


def pruned(kind: str, content: dict[str, Any]) -> dict[str, Any]:
    """The part of an update's content that we use."""
    kept = _only(PARSED[kind], content)
    if kind == "callback_query" and "message" in kept:
        kept["message"] = _only(PARSED_OF_TAPPED, kept["message"])
    return kept


def attachments(message: dict[str, Any]) -> tuple[Attachment, ...]:
    """What a message brings besides words. A contact card proves nothing: anybody's can be sent."""
    other = next((kind for kind in UNTAKEN if kind in message), None)
    if other is not None:  # first, since an animation comes as a document too
        return (Attachment(other, ""),)
    field = next((field for field in FILES if field in message), None)
    return () if field is None else (_file(field, message[field]),)


def words(value: object) -> str:
    """A text that may be missing. Raises TypeError for anything else."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def whole(value: object) -> int:
    """Raises TypeError for what is no whole number."""
    if type(value) is not int:
        raise TypeError("no whole number")
    return value


def _only(names: tuple[str, ...], content: dict[str, Any]) -> dict[str, Any]:
    return {name: content[name] for name in names if name in content}


def _file(field: str, content: Any) -> Attachment:
    kind, mime = FILES[field]
    file = max(content, key=lambda size: whole(size["width"]) * whole(size["height"])) if field == "photo" else content
    size = file.get("file_size")
    return Attachment(
        kind,
        words(file["file_id"]),
        words(file.get("mime_type")) or mime,
        None if size is None else whole(size),
        words(file.get("file_name")),
    )
