"""The channel: one bot, what comes to it and what it sends."""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import orjson
from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.channels import Broken, Forbidden, Limits, Misconfigured, SendError
from bot.channels.http import TOTAL_SECONDS, Http
from bot.channels.markup import captioned, keyboard, pieces
from bot.channels.polling import poll
from bot.channels.splitting import send_in_turn
from bot.channels.telegram.faults import fault, patiently, quietly, reason
from bot.channels.telegram.post import Post
from bot.channels.telegram.reading import read_update
from bot.channels.telegram.requests import AiohttpRequest
from bot.channels.updates import ASKED_FOR
from bot.config import Config
from bot.messages import Attachment, Blob, Hook, Incoming, Kind, Outgoing, Past, Picture, Reading, Sent, VoiceNote
from locales import LANGUAGES, SOURCE, catalogue, shipped
from locales.sentences import D_
from nursery.inbox import MAX_BYTES

logging.getLogger("telegram").setLevel(logging.WARNING)  # at DEBUG it writes parents' words

NAME = "telegram"
POLL_SECONDS = 25


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
        self._post = Post(self._bot)

    async def start(self) -> None:
        """Learns the bot's name and says where updates go. Raises Misconfigured, or what else kept it from Telegram."""
        try:
            self.username = (await patiently(self._bot.get_me)).username or ""
            await patiently(self._drop_hook if self.polls else self._set_hook)
        except BadRequest as error:
            raise Misconfigured(
                D_("PUBLIC_URL: Telegram does not take this address (%(why)s)."), "400", why=reason(error)
            ) from None
        except TelegramError as error:
            raise fault(error) from None
        await asyncio.gather(*(self._introduce(tag) for tag in LANGUAGES))

    async def stop(self) -> None: ...

    async def check(self) -> str:
        """The bot's user name."""
        try:
            return (await patiently(self._bot.get_me)).username or ""
        except TelegramError as error:
            raise fault(error) from None

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
        texts = _texts(message)
        attached: list[Picture | VoiceNote | None] = [message.picture or message.voice, *[None] * len(texts)]

        async def say(text: str, last: bool) -> str:
            buttons = keyboard(message.id, message.choices) if last else None
            match attached.pop(0):
                case Picture() as picture:
                    return await self._post.show(message.address, picture, text, buttons)
                case VoiceNote() as voice:
                    return await self._post.play(message.address, voice, text, buttons)
            return await self._post.say(message.address, text, buttons)

        return Sent(await send_in_turn(texts, say, self.limits.per_chat_seconds), len(texts))

    async def acknowledge(self, incoming: Incoming) -> None:
        if incoming.kind is Kind.TAP:
            query, _, number = incoming.tap_ref.partition(":")
            answered = self._bot.answer_callback_query(query)
            cleared = self._bot.edit_message_reply_markup(incoming.address, int(number))
            await asyncio.gather(*(quietly(call, inbound=incoming.provider_id) for call in (answered, cleared)))
        elif incoming.kind is Kind.GROUP and incoming.address not in self._leaving:
            await self._leave(incoming)

    def parts(self, message: Outgoing) -> int:
        return len(_texts(message))

    async def fetch(self, attachment: Attachment) -> Blob:
        try:
            file = await self._bot.get_file(attachment.ref)
        except TelegramError as error:
            raise fault(error) from None
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
            await quietly(self._bot.set_my_commands(self.commands(tag), language_code=code), language=tag)
        if self.describe is not None:
            await quietly(self._bot.set_my_description(self.describe(tag), language_code=code), language=tag)

    async def _updates(self, offset: int) -> list[dict[str, Any]]:
        """What is new, raw, as `Post.say` asks."""
        fields = {"offset": offset, "timeout": POLL_SECONDS, "allowed_updates": ASKED_FOR}
        patience = POLL_SECONDS + TOTAL_SECONDS
        try:
            found: Any = await self._bot.do_api_request("getupdates", api_kwargs=fields, read_timeout=patience)
        except TelegramError as error:
            raise fault(error) from None
        return list(found)

    async def _leave(self, group: Incoming) -> None:
        """Says why, once however many write there meanwhile, and goes."""
        language = catalogue(shipped(group.language_hint) or SOURCE)
        sorry = language.gettext("I only talk with parents one to one. Please write to me directly.")
        self._leaving.add(group.address)
        try:
            await quietly(self._bot.send_message(group.address, sorry), inbound=group.provider_id)
            await quietly(self._bot.leave_chat(group.address), inbound=group.provider_id)
        finally:
            self._leaving.discard(group.address)


def _texts(message: Outgoing) -> list[str]:
    """Its words as HTML, in as many messages as it takes; the first may be what stands below a file."""
    return captioned(message.text) if message.picture or message.voice else pieces(message.text)
