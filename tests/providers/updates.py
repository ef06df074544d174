"""Updates as Telegram sends them to a bot, one builder a thing a parent does."""

import time
from itertools import count
from typing import Any

Update = dict[str, Any]

BOT = {"id": 123456, "is_bot": True, "first_name": "Coatpeg", "username": "coatpeg_test_bot"}
GROUP = -1001987654321

_update_ids = count(812345001)
_message_ids = count(100001)
_query_ids = count(3006477777123456789)


def text_update(
    chat_id: int,
    text: str,
    *,
    update_id: int | None = None,
    first_name: str = "Amina",
    language_code: str | None = "en",
    **extra: Any,
) -> Update:
    """A private message; `extra` are further fields of the Message."""
    return message({"text": text, **extra}, chat_id, update_id, first_name, language_code)


def start(chat_id: int, payload: str = "", **who: Any) -> Update:
    """The Start button, with a deep link's payload: only the command is an entity."""
    command = [{"offset": 0, "length": 6, "type": "bot_command"}]
    return text_update(chat_id, f"/start {payload}".strip(), entities=command, **who)


def photo(chat_id: int, *, caption: str | None = None, file_id: str = "AgACAgQAAxkBAAI3", **who: Any) -> Update:
    """Three sizes, smallest first; the last is `file_id`."""
    sizes = [(f"{file_id}s", 90, 67, 1253), (f"{file_id}m", 320, 240, 19874), (file_id, 1280, 960, 140211)]
    content = [_file(name, size) | {"width": width, "height": height} for name, width, height, size in sizes]
    return message({"photo": content, **_captioned(caption)}, chat_id, **who)


def voice(chat_id: int, *, duration: int = 7, file_id: str = "AgACAgQAAxkBAAI5", **who: Any) -> Update:
    content = _file(file_id, 28431) | {"duration": duration, "mime_type": "audio/ogg"}
    return message({"voice": content}, chat_id, **who)


def document(
    chat_id: int,
    *,
    file_name: str = "consent form.pdf",
    mime_type: str = "application/pdf",
    file_id: str = "AgACAgQAAxkBAAI6",
    caption: str | None = None,
    **who: Any,
) -> Update:
    content = _file(file_id, 83211) | {"file_name": file_name, "mime_type": mime_type}
    return message({"document": content, **_captioned(caption)}, chat_id, **who)


def edited(chat_id: int, text: str, message_id: int, **who: Any) -> Update:
    """An earlier message of theirs, in new words."""
    update = text_update(chat_id, text, message_id=message_id, edit_date=int(time.time()) + 40, **who)
    update["edited_message"] = update.pop("message")
    return update


def tap(
    chat_id: int, data: str, message_id: int, *, update_id: int | None = None, old: bool = False, **who: Any
) -> Update:
    """A press of an inline button; `old` is a message Telegram no longer gives (date 0)."""
    chat = _chat(person(chat_id, **who))
    pressed: dict[str, Any] = {"message_id": message_id, "chat": chat, "date": 0}
    if not old:
        buttons = {"inline_keyboard": [[{"text": "Yes", "callback_data": data}]]}
        pressed |= {"from": BOT, "date": int(time.time()) - 60, "text": "Shall we?", "reply_markup": buttons}
    query = {"id": str(next(_query_ids)), "from": person(chat_id, **who), "chat_instance": "-8123456789012345678"}
    return _update("callback_query", query | {"data": data, "message": pressed}, update_id)


def blocked(chat_id: int, *, update_id: int | None = None, **who: Any) -> Update:
    """The parent has blocked the bot."""
    sender = person(chat_id, **who)
    return _membership(_chat(sender), sender, _status("member"), _status("kicked", until_date=0), update_id)


def unblocked(chat_id: int, *, update_id: int | None = None, **who: Any) -> Update:
    sender = person(chat_id, **who)
    return _membership(_chat(sender), sender, _status("kicked", until_date=0), _status("member"), update_id)


def added_to_group(chat_id: int = GROUP, *, by: int = 700000123, update_id: int | None = None, **who: Any) -> Update:
    return _membership(_group(chat_id), person(by, **who), _status("left"), _status("member"), update_id)


def group_message(
    chat_id: int = GROUP, text: str = "@coatpeg_test_bot when is the trip?", *, by: int = 700000123, **who: Any
) -> Update:
    """A message other families read."""
    content: dict[str, Any] = {"chat": _group(chat_id), "text": text}
    if text.startswith("@"):
        content["entities"] = [{"offset": 0, "length": len(text.split()[0]), "type": "mention"}]
    return message(content, by, **who)


def message(
    content: dict[str, Any],
    chat_id: int,
    update_id: int | None = None,
    first_name: str = "Amina",
    language_code: str | None = "en",
) -> Update:
    """Any private message: `content` is what the Message has besides its sender, chat and date."""
    sender = person(chat_id, first_name, language_code)
    head = {"message_id": next(_message_ids), "from": sender, "chat": _chat(sender), "date": int(time.time())}
    return _update("message", head | content, update_id)


def person(user_id: int, first_name: str = "Amina", language_code: str | None = "en") -> dict[str, Any]:
    found = {"id": user_id, "is_bot": False, "first_name": first_name}
    return found | {"language_code": language_code} if language_code else found


def _update(kind: str, content: dict[str, Any], update_id: int | None = None) -> Update:
    return {"update_id": next(_update_ids) if update_id is None else update_id, kind: content}


def _chat(sender: dict[str, Any]) -> dict[str, Any]:
    return {"id": sender["id"], "type": "private", "first_name": sender["first_name"]}


def _group(chat_id: int) -> dict[str, Any]:
    return {"id": chat_id, "type": "supergroup", "title": "Butterfly room parents"}


def _file(file_id: str, size: int) -> dict[str, Any]:
    return {"file_id": file_id, "file_unique_id": f"U{file_id[-8:]}", "file_size": size}


def _captioned(caption: str | None) -> dict[str, str]:
    return {} if caption is None else {"caption": caption}


def _status(status: str, **more: int) -> dict[str, Any]:
    return {"status": status, "user": BOT, **more}


def _membership(
    chat: dict[str, Any], by: dict[str, Any], before: dict[str, Any], after: dict[str, Any], update_id: int | None
) -> Update:
    content = {"chat": chat, "from": by, "date": int(time.time()), "old_chat_member": before, "new_chat_member": after}
    return _update("my_chat_member", content, update_id)
