"""One message of ours put to Telegram: words, or a photo or a voice note with words below it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from telegram import Bot, InputFile
from telegram.error import TelegramError

from bot.channels import Unknown, Unreachable
from bot.channels.telegram.faults import fault, takes_no_voice_notes
from bot.messages import Picture, VoiceNote

UPLOAD_SECONDS = 40.0
"""For a file on a slow line; less than a claimed row is ours (bot.claiming.LEASE)."""

WAIT_SECONDS = 15.0
"""For an upload of the same that another message has begun; with its own upload after it, less than the same."""

FILE_NAMES = {
    "image/jpeg": "photo.jpg",
    "image/png": "photo.png",
    "audio/ogg": "voice.ogg",
    "audio/mpeg": "voice.mp3",
    "audio/mp4": "voice.m4a",
}
AS_FILE = {"audio/ogg": "document", "audio/mpeg": "audio", "audio/mp4": "audio"}
"""As what a voice note goes to who takes none (core.telegram.org/bots/api#sendaudio: MP3 and M4A)."""

Buttons = dict[str, Any] | None


class Post:
    """What is sent through one bot. A file is uploaded once, and after that named."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._uploaded: dict[tuple[str, int], str] = {}
        """By what it is and its number: its file there; empty where Telegram has made something else of it, which can't
        be named as this: nobody waits for that."""
        self._uploading: dict[tuple[str, int], asyncio.Event] = {}
        self._silent: set[str] = set()  # chats that take no voice notes

    async def say(self, chat: str, text: str, buttons: Buttons) -> str:
        """Sends words and returns the message's number; raw, at half the price of `send_message`, since in lower case,
        which Telegram reads alike, the library makes no objects of the answer."""
        fields = {"chat_id": chat, "text": text, "parse_mode": "HTML", "reply_markup": buttons}
        fields["link_preview_options"] = {"is_disabled": True}
        try:
            answer: Any = await self._bot.do_api_request("sendmessage", api_kwargs=fields)
            return str(answer["message_id"])
        except TelegramError as error:
            raise fault(error) from None
        except (LookupError, TypeError):
            raise Unknown("unreadable answer") from None

    async def show(self, chat: str, picture: Picture, caption: str, buttons: Buttons) -> str:
        """The same of a photo with its words below it."""
        return await self._file("photo", picture, {"chat_id": chat, "caption": caption, "reply_markup": buttons})

    async def play(self, chat: str, voice: VoiceNote, caption: str, buttons: Buttons) -> str:
        """The same of a voice note. To who takes none it goes as a file at the next try, so that two uploads never
        take longer than the row is ours."""
        fields = {"chat_id": chat, "caption": caption, "reply_markup": buttons, "duration": voice.seconds}
        if chat not in self._silent:
            return await self._file("voice", voice, fields)
        kind = AS_FILE[voice.mime]
        if kind == "document":
            del fields["duration"]
            fields["disable_content_type_detection"] = True  # else it is made a voice note again
        return await self._file(kind, voice, fields)

    async def _file(self, kind: str, file: Picture | VoiceNote, fields: dict[str, Any]) -> str:
        key = (kind, file.id)
        async with self._named(key) as name:
            what = name or InputFile(file.content, filename=FILE_NAMES[file.mime])
            return await self._put(kind, key, {**fields, kind: what, "parse_mode": "HTML"})

    @asynccontextmanager
    async def _named(self, key: tuple[str, int]) -> AsyncIterator[str | None]:
        """The file's name there; None for who is to upload it, for whom others wait meanwhile: a notice to all begins
        with many at once."""
        with suppress(TimeoutError):
            async with asyncio.timeout(WAIT_SECONDS):
                while key not in self._uploaded and key in self._uploading:
                    await self._uploading[key].wait()
        if name := self._uploaded.get(key):
            yield name
            return
        mine = self._uploading[key] = asyncio.Event()
        try:
            yield None
        finally:
            if self._uploading.get(key) is mine:
                del self._uploading[key]
            mine.set()

    async def _put(self, kind: str, key: tuple[str, int], asked: dict[str, Any]) -> str:
        try:
            answer: Any = await self._bot.do_api_request(f"send{kind}", api_kwargs=asked, read_timeout=UPLOAD_SECONDS)
            number = str(answer["message_id"])
        except TelegramError as error:
            self._uploaded.pop(key, None)
            if kind == "voice" and takes_no_voice_notes(error):
                self._silent.add(asked["chat_id"])
                raise Unreachable("takes no voice notes", "400") from None
            raise fault(error) from None
        except (LookupError, TypeError):
            raise Unknown("unreadable answer") from None
        self._uploaded[key] = ""
        with suppress(LookupError, TypeError):
            kept = answer[kind][-1] if kind == "photo" else answer[kind]
            self._uploaded[key] = str(kept["file_id"])
        return number
