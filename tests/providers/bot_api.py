"""What each Bot API method does, once its request has been found right."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.providers.chats import Chats, attachment, written
from tests.providers.entities import Entity
from tests.providers.failures import Fail, Failure, Refused
from tests.providers.polling import Polling
from tests.providers.schema import Upload
from tests.providers.webhook import Webhook

Params = dict[str, Any]

MESSAGES = {
    "sendMessage": "text",
    "sendPhoto": "photo",
    "sendVoice": "voice",
    "sendAudio": "audio",
    "sendDocument": "document",
}
PLAYED = {"voice": (b"OggS", b"ID3", b"\xff", b"ftyp"), "audio": (b"ID3", b"\xff", b"ftyp")}
"""How a file begins that is played as what it is sent as (an M4A after its length); others become documents."""

LARGEST_DOWNLOAD = 20 * 1024 * 1024
WEBHOOK_ACTIVE = Fail.REFUSED(
    status=409,
    text="Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
)


@dataclass(slots=True)
class Call:
    """One request read: `text` and `entities` are the message's words after Telegram's parsing."""

    name: str
    params: Params
    text: str
    entities: list[Entity]

    @property
    def chat_id(self) -> Any:
        return self.params.get("chat_id")


class BotApi:
    """One bot's state at Telegram."""

    def __init__(self, token: str, username: str) -> None:
        self.me = {"id": int(token.partition(":")[0]), "is_bot": True, "first_name": "Coatpeg", "username": username}
        self.files: dict[str, bytes] = {}
        self.webhook = Webhook()
        self.polling = Polling()
        self.chats = Chats(self.me)
        self._others: dict[str, Callable[[Params], Any]] = {
            "getMe": self._get_me,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": lambda _: self.webhook.info(len(self.polling.waiting)),
            "editMessageReplyMarkup": self._edit_markup,
            "getFile": self._get_file,
        }

    async def do(self, call: Call) -> Any:
        """The method's result. Raises Refused."""
        if isinstance(call.chat_id, str):
            raise Refused(Fail.CHAT_NOT_FOUND)
        if call.name in MESSAGES:
            return self._send(call, MESSAGES[call.name])
        if call.name == "getUpdates":
            return await self._get_updates(call.params)
        other = self._others.get(call.name)
        return other(call.params) if other else True

    def forget_chats(self) -> None:
        self.chats = Chats(self.me)

    def _send(self, call: Call, field: str) -> dict[str, Any]:
        content = written(call.text, call.entities, "text" if field == "text" else "caption")
        if field != "text":
            content = self._attached(call.params, field) | content
        return self.chats.post(call.chat_id, content, call.params.get("reply_markup"))

    def _attached(self, params: Params, field: str) -> dict[str, Any]:
        name = params[field].name if isinstance(params[field], Upload) else "file"
        for key, value in params.items():
            if isinstance(value, Upload):
                params[key] = self._keep(value)
        file_id = params[field]
        if file_id not in self.files and not file_id.startswith(("http://", "https://")):
            raise _bad("wrong file identifier/HTTP URL specified")
        content = self.files.get(file_id, b"")
        if field in PLAYED and not content.startswith(PLAYED[field]) and content[4:8] not in PLAYED[field]:
            field = "document"
        return attachment(field, file_id, name, len(content), params.get("duration", 0))

    def _keep(self, upload: Upload) -> str:
        file_id = f"BQACAgQAAxkBAAI{len(self.files):06d}"
        self.files[file_id] = upload.content
        return file_id

    def _get_me(self, _: Params) -> dict[str, Any]:
        powers = {"can_join_groups": False, "can_read_all_group_messages": False, "supports_inline_queries": False}
        return self.me | powers

    async def _get_updates(self, params: Params) -> list[dict[str, Any]]:
        if self.webhook.url:
            raise Refused(WEBHOOK_ACTIVE)
        self.webhook.ask(params)
        limit = min(params.get("limit", 100), 100)
        found = await self.polling.take(params.get("offset", 0), limit, params.get("timeout", 0))
        return [update for update in found if self.webhook.wants(update)]

    def _set_webhook(self, params: Params) -> bool:
        self.webhook.set(params)
        self.polling.interrupt()
        return self._drop(params)

    def _delete_webhook(self, params: Params) -> bool:
        self.webhook.url = ""
        return self._drop(params)

    def _drop(self, params: Params) -> bool:
        if params.get("drop_pending_updates"):
            self.polling.waiting.clear()
        return True

    def _edit_markup(self, params: Params) -> dict[str, Any]:
        if "chat_id" not in params or "message_id" not in params:
            raise _bad("message identifier is not specified")
        return self.chats.edit_markup(params["chat_id"], params["message_id"], params.get("reply_markup"))

    def _get_file(self, params: Params) -> dict[str, Any]:
        file_id = params["file_id"]
        if file_id not in self.files:
            raise _bad("wrong file_id or the file is temporarily unavailable")
        size = len(self.files[file_id])
        if size > LARGEST_DOWNLOAD:
            raise _bad("file is too big")
        file = {"file_id": file_id, "file_unique_id": f"U{file_id[-12:]}", "file_size": size}
        return file | {"file_path": f"files/{file_id}"}


def _bad(sentence: str) -> Refused:
    failure: Failure = Fail.REFUSED(text=f"Bad Request: {sentence}")
    return Refused(failure)
