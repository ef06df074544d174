"""The demo's telephone: a channel whose other end is a page in the browser. Nothing leaves this machine."""

from __future__ import annotations

import asyncio
import hmac
import random
import secrets
from base64 import b64decode
from collections.abc import Awaitable, Callable
from typing import Any

import orjson

from bot.channels import Broken, Forbidden, Limits, Rejected, SendError, Stopped
from bot.channels.wording import bodies, count, wording
from bot.messages import Attachment, Blob, Hook, Incoming, Kind, Outgoing, Past, Reading, Receipt, Sent
from nursery.inbox import MAX_BYTES

KEY_HEADER = "x-phone-key"
MOST_FILES = 50
"""Photos kept in memory until they are fetched; the oldest falls out."""

LONGEST_ADDRESS = 40
LONGEST_WORD = 200

Deliver = Callable[[Reading], Awaitable[None]]


async def _to_nobody(_: Reading) -> None:
    return None


class PhoneChannel:
    """Stands in for the channel of this name: `telegram` has buttons, `sms` numbers and parts.

    `key` is what the page must show with each request; `deliver` is where receipts go, set by the application.
    """

    def __init__(self, name: str, key: str = "", *, seconds: tuple[float, float] = (0.4, 0.9)) -> None:
        self.name, self.key = name, key or secrets.token_urlsafe(24)
        self.deliver: Deliver = _to_nobody
        self.has_buttons = name != "sms"
        self.limits = Limits(in_flight=8, counts_parts=not self.has_buttons)
        self.empty_answer = ("application/json", "{}")
        self._seconds = seconds
        self._off: dict[str, list[Receipt]] = {}
        self._blocked: set[str] = set()
        self._files: dict[str, Blob] = {}
        self._errands: set[asyncio.Task[None]] = set()

    async def start(self) -> None: ...

    async def check(self) -> str:
        return self.name

    async def stop(self) -> None:
        for errand in self._errands:
            errand.cancel()
        await asyncio.gather(*self._errands, return_exceptions=True)

    def read(self, hook: Hook) -> Reading:
        shown = hook.headers.get(KEY_HEADER, "")
        if not hmac.compare_digest(shown.encode(), self.key.encode()):
            raise Forbidden
        try:
            said = orjson.loads(hook.body)
            return Reading(messages=(self._incoming(said),))
        except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
            raise Broken from None

    async def acknowledge(self, incoming: Incoming) -> None: ...

    async def send(self, message: Outgoing) -> Sent:
        """Takes it at once. Where the phone is on, it says a moment later that it arrived."""
        if message.address in self._blocked:
            raise Stopped("blocked")
        provider_id = f"phone-{secrets.token_hex(8)}"
        receipt = Receipt(self.name, message.id, provider_id, "delivered")
        self._run(self._arrive(message.address, receipt))
        return Sent(provider_id, self.parts(message))

    def parts(self, message: Outgoing) -> int:
        return 1 if self.has_buttons else count(bodies(message.text, message.choices))

    async def fetch(self, attachment: Attachment) -> Blob:
        blob = self._files.get(attachment.ref)
        if blob is None:
            raise Rejected("gone")
        return blob

    def fault(self, error_code: str) -> SendError | None:
        return None

    async def sent_to(self, address: str) -> list[Past] | None:
        return None

    def wording(self, message: Outgoing) -> str:
        return message.text if self.has_buttons else wording(message.text, message.choices)

    def is_off(self, address: str) -> bool:
        return address in self._off

    def is_blocked(self, address: str) -> bool:
        return address in self._blocked

    async def switch(self, address: str, *, off: bool, blocked: bool) -> None:
        """Turns somebody's phone off or on, or has them block or unblock the bot.

        What was sent to a phone that was off arrives when it is on again. A block is found out at the next message,
        an unblock is told at once.
        """
        if off:
            self._off.setdefault(address, [])
        elif held := self._off.pop(address, None):
            await self.deliver(Reading(receipts=tuple(held)))
        if blocked and self.has_buttons:
            self._blocked.add(address)
        elif address in self._blocked:
            self._blocked.discard(address)
            unblocked = Incoming(self.name, secrets.token_hex(8), address, Kind.UNBLOCKED)
            await self.deliver(Reading(messages=(unblocked,)))

    async def _arrive(self, address: str, receipt: Receipt) -> None:
        await asyncio.sleep(random.uniform(*self._seconds))
        if address in self._off:
            self._off[address].append(receipt)
        else:
            await self.deliver(Reading(receipts=(receipt,)))

    def _run(self, errand: Any) -> None:
        task = asyncio.create_task(errand)
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)

    def _incoming(self, said: dict[str, Any]) -> Incoming:
        provider_id, address = _word(said["id"]), _word(said["address"])
        if not provider_id or not address or len(address) > LONGEST_ADDRESS:
            raise ValueError
        tapped = _word(said.get("tapped", ""))
        return Incoming(
            channel=self.name,
            provider_id=provider_id,
            address=address,
            kind=Kind.TAP if tapped else Kind.TEXT,
            text=_text(said.get("text", "")),
            message_ref=provider_id,
            tapped=tapped,
            tap_ref=_word(said.get("tap_ref", "")),
            attachments=self._attachments(provider_id, said.get("attachment")),
        )

    def _attachments(self, ref: str, posted: dict[str, Any] | None) -> tuple[Attachment, ...]:
        if posted is None:
            return ()
        content, mime = b64decode(posted["data"], validate=True), _word(posted["mime"])
        if len(content) > MAX_BYTES:
            raise ValueError
        self._files[ref] = Blob(content, mime)
        while len(self._files) > MOST_FILES:
            del self._files[next(iter(self._files))]
        return (Attachment(_word(posted["kind"]), ref, mime, len(content), _word(posted.get("name", ""))),)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError
    return value


def _word(value: object) -> str:
    return _text(value)[:LONGEST_WORD]
