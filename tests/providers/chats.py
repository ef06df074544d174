"""The conversations as Telegram keeps them: message ids chat by chat, messages and their buttons."""

import time
from typing import Any

from tests.providers.entities import Entity
from tests.providers.failures import Fail, Refused

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


class Chats:
    """Messages the bot has sent, by chat and id."""

    def __init__(self, bot: dict[str, Any]) -> None:
        self._bot = {key: bot[key] for key in ("id", "is_bot", "first_name", "username")}
        self._last: dict[int, int] = {}
        self._messages: dict[tuple[int, int], dict[str, Any]] = {}

    def post(self, chat_id: int, content: dict[str, Any], markup: dict[str, Any] | None) -> dict[str, Any]:
        """The new Message, numbered in its chat."""
        number = self._last[chat_id] = self._last.get(chat_id, 0) + 1
        message = {
            "message_id": number,
            "from": self._bot,
            "chat": described(chat_id),
            "date": int(time.time()),
            **content,
        }
        if markup and "inline_keyboard" in markup:
            message["reply_markup"] = markup
        self._messages[chat_id, number] = message
        return message

    def edit_markup(self, chat_id: int, number: int, markup: dict[str, Any] | None) -> dict[str, Any]:
        """The Message with other buttons, or none. Raises Refused when there is no such message or no change."""
        message = self._messages.get((chat_id, number))
        if message is None:
            raise Refused(Fail.REFUSED(text="Bad Request: message to edit not found"))
        markup = markup if markup and markup.get("inline_keyboard") else None
        if message.get("reply_markup") == markup:
            raise Refused(Fail.REFUSED(text=NOT_MODIFIED))
        message.pop("reply_markup", None)
        message["edit_date"] = int(time.time())
        if markup:
            message["reply_markup"] = markup
        return message


def described(chat_id: int) -> dict[str, Any]:
    """The Chat object: a person for a positive id, a group otherwise."""
    if chat_id > 0:
        return {"id": chat_id, "type": "private", "first_name": "Amina"}
    return {"id": chat_id, "type": "supergroup" if chat_id < -(10**12) else "group", "title": "Butterfly room parents"}


def written(text: str, entities: list[Entity], field: str = "text") -> dict[str, Any]:
    """The words of a Message; nothing for no words."""
    if not text:
        return {}
    marks = "entities" if field == "text" else "caption_entities"
    return {field: text, marks: entities} if entities else {field: text}


def attachment(kind: str, file_id: str, name: str, size: int, duration: int) -> dict[str, Any]:
    """The photo, voice, audio or document of a Message."""
    file = {"file_id": file_id, "file_unique_id": f"U{file_id[-12:]}", "file_size": size}
    if kind == "photo":
        return {"photo": [{**file, "width": 1280, "height": 960}]}
    if kind == "voice":
        return {"voice": {**file, "duration": duration, "mime_type": "audio/ogg"}}
    if kind == "audio":
        return {"audio": {**file, "duration": duration, "file_name": name}}
    return {"document": {**file, "file_name": name}}
