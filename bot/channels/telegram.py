"""Telegram, through python-telegram-bot's Bot and Update."""

from __future__ import annotations

import asyncio
import hmac
import logging
import os
import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any, TypeVar

import orjson
import structlog
from telegram import Bot, InputFile, Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest, ChatMigrated, Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.error import Forbidden as Refused
from telegram.request import BaseRequest, RequestData

from bot.channels import Broken, Forbidden, Limits, Misconfigured, Rejected, SendError, Stopped, Throttled, Unknown
from bot.channels.http import TOTAL_SECONDS, Http, form
from bot.channels.markup import captioned, keyboard, pieces
from bot.channels.polling import poll
from bot.channels.splitting import send_in_turn
from bot.channels.updates import ASKED_FOR, Seen, attachments, meaning, plainly, pruned, whole, words
from bot.config import Config
from bot.messages import Attachment, Blob, Hook, Incoming, Kind, Outgoing, Past, Picture, Reading, Sent
from locales import LANGUAGES, SOURCE, catalogue, shipped
from locales.sentences import D_
from nursery.inbox import MAX_BYTES

log = structlog.get_logger()
logging.getLogger("telegram").setLevel(logging.WARNING)  # at DEBUG it writes parents' words
os.environ.setdefault("PTB_TIMEDELTA", "true")  # its switch for waits as timedelta: without it, a warning at every 429

NAME = "telegram"
JSON = {"Content-Type": "application/json"}
POLL_SECONDS = 25
UPLOAD_SECONDS = 40.0
"""For a photo on a slow line; less than a claimed row is ours (bot.claiming.LEASE)."""

FILE_NAMES = {"image/jpeg": "photo.jpg", "image/png": "photo.png"}

UNREADABLE = (ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError)
"""All that an update or an answer of an unexpected shape makes the library or us raise."""

DEAD = ("chat not found", "user is deactivated")
T = TypeVar("T")


class AiohttpRequest(BaseRequest):
    """The library's requests on the house's one session: as JSON, or as a form where a file is uploaded."""

    __slots__ = ("_http",)

    def __init__(self, http: Http) -> None:
        self._http = http

    @property
    def read_timeout(self) -> float:
        return TOTAL_SECONDS

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Raises our Unreachable and Unknown, which the library hands on as the cause of its NetworkError."""
        seconds = read_timeout if isinstance(read_timeout, int | float) else None
        if request_data is not None and request_data.contains_files:
            body, kind = form(request_data.json_parameters, request_data.multipart_data)
            return await self._http.request(method, url, body, kind, seconds=seconds)
        sent = orjson.dumps(request_data.parameters) if request_data else None
        return await self._http.request(method, url, sent, JSON, seconds=seconds)

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        try:
            return orjson.loads(payload)
        except orjson.JSONDecodeError:
            raise TelegramError("Invalid server response") from None


class TelegramChannel:
    """One bot. `commands` and `describe`, where set before `start`, are what Telegram shows of it in each language."""

    name = NAME
    has_buttons = True
    limits = Limits(per_second=30, per_chat_seconds=1.0, in_flight=32)
    empty_answer = ("application/json", "{}")

    def __init__(self, config: Config, http: Http) -> None:
        self.polls = config.telegram_mode == "poll"
        self.username = ""
        self.commands: Callable[[str], Sequence[tuple[str, str]]] | None = None
        self.describe: Callable[[str], str] | None = None
        self._http, request = http, AiohttpRequest(http)
        self._hook_url = f"{config.public_url}/hooks/telegram"
        self._secret = config.telegram_webhook_secret.get_secret_value()
        token, base = config.telegram_bot_token.get_secret_value(), config.telegram_api_base
        self._bot = Bot(token, f"{base}/bot", f"{base}/file/bot", request=request, get_updates_request=request)
        self._leaving: set[str] = set()
        self._uploaded: dict[int, str] = {}  # by photo: its file there, so that a notice to all uploads it once

    async def start(self) -> None:
        """Learns the bot's name and says where updates go. Raises Misconfigured, or what else kept it from Telegram."""
        try:
            self.username = (await _patiently(self._bot.get_me)).username or ""
            await _patiently(self._drop_hook if self.polls else self._set_hook)
        except BadRequest as error:
            raise Misconfigured(
                D_("PUBLIC_URL: Telegram does not take this address (%(why)s)."), "400", why=_reason(error)
            ) from None
        except TelegramError as error:
            raise _fault(error) from None
        await asyncio.gather(*(self._introduce(tag) for tag in LANGUAGES))

    async def stop(self) -> None: ...

    async def check(self) -> str:
        """The bot's user name."""
        try:
            return (await _patiently(self._bot.get_me)).username or ""
        except TelegramError as error:
            raise _fault(error) from None

    def read(self, hook: Hook) -> Reading:
        given = hook.headers.get("x-telegram-bot-api-secret-token", "")
        if not self._secret or not hmac.compare_digest(given.encode(), self._secret.encode()):
            raise Forbidden("secret token")
        try:
            update = orjson.loads(hook.body)
        except orjson.JSONDecodeError:
            raise Broken("not JSON") from None
        if not isinstance(update, dict):
            raise Broken("not an object")
        return read_update(update)

    async def poll(self, take: Callable[[Reading], Awaitable[None]]) -> None:
        """Fetches updates for ever, each handed to `take`."""
        await poll(self._updates, read_update, take)

    async def send(self, message: Outgoing) -> Sent:
        texts = captioned(message.text) if message.picture else pieces(message.text)
        shown = [message.picture, *[None] * len(texts)]

        async def say(text: str, last: bool) -> str:
            buttons, picture = keyboard(message.id, message.choices) if last else None, shown.pop(0)
            if picture is not None:
                return await self._show(message.address, picture, text, buttons)
            return await self._say(message.address, text, buttons)

        return Sent(await send_in_turn(texts, say, self.limits.per_chat_seconds), len(texts))

    async def acknowledge(self, incoming: Incoming) -> None:
        if incoming.kind is Kind.TAP:
            query, _, number = incoming.tap_ref.partition(":")
            answered = self._bot.answer_callback_query(query)
            cleared = self._bot.edit_message_reply_markup(incoming.address, int(number))
            await asyncio.gather(*(_quietly(call, inbound=incoming.provider_id) for call in (answered, cleared)))
        elif incoming.kind is Kind.GROUP and incoming.address not in self._leaving:
            await self._leave(incoming)

    def parts(self, message: Outgoing) -> int:
        return len(captioned(message.text) if message.picture else pieces(message.text))

    async def fetch(self, attachment: Attachment) -> Blob:
        try:
            file = await self._bot.get_file(attachment.ref)
        except TelegramError as error:
            raise _fault(error) from None
        blob = await self._http.download(file.file_path or "", MAX_BYTES)
        return Blob(blob.content, attachment.mime or blob.mime)

    def fault(self, error_code: str) -> SendError | None:
        """Telegram tells nothing later."""
        return None

    def wording(self, message: Outgoing) -> str:
        return message.text

    async def sent_to(self, address: str) -> Sequence[Past] | None:
        """Telegram can't be asked."""
        return None

    async def _set_hook(self) -> None:
        await self._bot.set_webhook(
            self._hook_url, secret_token=self._secret, allowed_updates=ASKED_FOR, max_connections=40
        )

    async def _drop_hook(self) -> None:
        await self._bot.delete_webhook(drop_pending_updates=False)

    async def _introduce(self, tag: str) -> None:
        """Shows commands and description in a language Telegram knows by two letters; English is everybody else's."""
        code = None if tag == SOURCE else tag.partition("_")[0]
        if code is not None and (len(code) != 2 or shipped(code) != tag):
            return
        if self.commands is not None:
            await _quietly(self._bot.set_my_commands(self.commands(tag), language_code=code), language=tag)
        if self.describe is not None:
            await _quietly(self._bot.set_my_description(self.describe(tag), language_code=code), language=tag)

    async def _updates(self, offset: int) -> list[dict[str, Any]]:
        """What is new, raw: in lower case, which Telegram reads alike, the library makes no objects of the answer."""
        fields = {"offset": offset, "timeout": POLL_SECONDS, "allowed_updates": ASKED_FOR}
        patience = POLL_SECONDS + TOTAL_SECONDS
        try:
            found: Any = await self._bot.do_api_request("getupdates", api_kwargs=fields, read_timeout=patience)
        except TelegramError as error:
            raise _fault(error) from None
        return list(found)

    async def _say(self, chat: str, text: str, buttons: dict[str, Any] | None) -> str:
        """Sends one message and returns its number; raw too, at half the price of `send_message`."""
        fields = {"chat_id": chat, "text": text, "parse_mode": "HTML", "reply_markup": buttons}
        fields["link_preview_options"] = {"is_disabled": True}
        try:
            answer: Any = await self._bot.do_api_request("sendmessage", api_kwargs=fields)
            return str(answer["message_id"])
        except TelegramError as error:
            raise _fault(error) from None
        except (LookupError, TypeError):
            raise Unknown("unreadable answer") from None

    async def _show(self, chat: str, picture: Picture, caption: str, buttons: dict[str, Any] | None) -> str:
        """Sends a photo with its words below it and returns the message's number."""
        file = self._uploaded.get(picture.id) or InputFile(picture.content, filename=FILE_NAMES[picture.mime])
        fields = {"chat_id": chat, "photo": file, "caption": caption, "parse_mode": "HTML", "reply_markup": buttons}
        try:
            answer: Any = await self._bot.do_api_request("sendphoto", api_kwargs=fields, read_timeout=UPLOAD_SECONDS)
            self._uploaded[picture.id] = str(answer["photo"][-1]["file_id"])
            return str(answer["message_id"])
        except TelegramError as error:
            self._uploaded.pop(picture.id, None)
            raise _fault(error) from None
        except (LookupError, TypeError):
            raise Unknown("unreadable answer") from None

    async def _leave(self, group: Incoming) -> None:
        """Says why, once however many write there meanwhile, and goes."""
        language = catalogue(shipped(group.language_hint) or SOURCE)
        sorry = language.gettext("I only talk with parents one to one. Please write to me directly.")
        self._leaving.add(group.address)
        try:
            await _quietly(self._bot.send_message(group.address, sorry), inbound=group.provider_id)
            await _quietly(self._bot.leave_chat(group.address), inbound=group.provider_id)
        finally:
            self._leaving.discard(group.address)


def read_update(update: dict[str, Any]) -> Reading:
    """Reads one update, pushed or polled. Nothing that comes makes it raise."""
    seen = plainly(update)
    if seen is not None:
        return meaning(seen, ())
    return read_by_library(update)


def read_by_library(update: dict[str, Any]) -> Reading:
    if "update_id" not in update:
        return Reading(ignored="no update_id")
    kind = next((kind for kind in ASKED_FOR if kind in update), None)
    if kind is None:
        return Reading(ignored="".join(key for key in update if key != "update_id")[:40] or "nothing")
    try:
        parsed = Update.de_json({"update_id": whole(update["update_id"]), kind: pruned(kind, update[kind])})
        return meaning(_seen(kind, parsed), attachments(update[kind]))
    except UNREADABLE:
        return Reading(ignored="unreadable")


def _seen(kind: str, update: Update) -> Seen:
    chat, sender, query = update.effective_chat, update.effective_user, update.callback_query
    message = query.message if query else update.message or update.edited_message
    return Seen(
        kind,
        update.update_id,
        chat_id=whole(chat and chat.id),
        private=chat is not None and chat.type == ChatType.PRIVATE,
        language=words(sender and sender.language_code),
        first_name=words(sender and sender.first_name),
        from_bot=sender is not None and sender.is_bot,
        number=whole(message.message_id) if message else 0,
        text=(words(message.text) or words(message.caption)) if isinstance(message, Message) else "",
        query=words(query and query.id),
        data=words(query and query.data),
        status=words(update.my_chat_member and update.my_chat_member.new_chat_member.status),
    )


def _fault(error: TelegramError) -> SendError:
    """What a refusal means; in this order, since the library's BadRequest is one of its NetworkErrors."""
    dead = any(sign in error.message.casefold() for sign in DEAD)
    match error:
        case RetryAfter():
            return Throttled("too many requests", _seconds(error), "429")
        case Refused():
            return Rejected(_reason(error), "403", closes=True) if dead else Stopped("blocked", "403")
        case BadRequest():
            return Rejected(_reason(error), "400", closes=dead)
        case ChatMigrated():
            return Rejected("the chat has moved", "400")
        case InvalidToken():
            return Misconfigured(D_("TELEGRAM_BOT_TOKEN: Telegram refuses this token."), "401")
        case Conflict():
            return Misconfigured(
                D_("Another program reads this bot's updates, or its webhook is set: stop one."), "409"
            )
        case NetworkError() if isinstance(error.__cause__, SendError):
            return error.__cause__
        case NetworkError() if "Too Many Requests" in error.message:
            return Throttled("too many requests", 1.0, "429")
    return Unknown("no clear answer", type(error).__name__)


def _reason(error: TelegramError) -> str:
    """Telegram's words, up to where they begin to quote."""
    return re.split(r'[:"\d]', error.message)[0].strip()[:80]


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


async def _patiently(call: Callable[[], Awaitable[T]]) -> T:
    """Its result, as often as Telegram asks to wait."""
    while True:
        try:
            return await call()
        except RetryAfter as error:
            await asyncio.sleep(_seconds(error))


async def _quietly(call: Awaitable[object], **ids: str) -> None:
    """What is only polite, or can be done at the next start."""
    try:
        await call
    except (TelegramError, *UNREADABLE) as error:
        log.info("not done", channel=NAME, error=type(error).__name__, **ids)
