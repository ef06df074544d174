"""POST /hooks/...: a provider's request becomes a Hook, is read by its channel, and is answered after the commit."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from functools import partial

import structlog
from sqlmodel import Session
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.channels import Broken, Channel, Forbidden, Rejected, SendError, Stopped, Unreachable
from bot.consequences import Fate, follow
from bot.house import House
from bot.messages import Hook, Incoming, Kind, Reading, Receipt
from bot.outbox import State
from bot.points import point
from bot.receipts import note_receipt
from bot.receive import Received, keep_broken, receive
from bot.sender import Clock
from bot.writer import Writer
from nursery.contacts import ContactState

log = structlog.get_logger()

BODY_LIMIT = 256 * 1024
"""Bytes of a provider's request; Telegram's largest updates are a tenth of it."""

POLITE = (Kind.TAP, Kind.GROUP)
"""What a channel may want to acknowledge beside the answer."""


class Doors:
    """The way in: readings of every channel, from webhooks and from polling alike."""

    def __init__(
        self,
        writer: Writer,
        channels: Mapping[str, Channel],
        house: House,
        clock: Clock,
        wake: Callable[[str], Awaitable[None]],
        fetch: Callable[[], None],
    ) -> None:
        self.writer, self.channels, self.house, self.clock = writer, channels, house, clock
        self.wake, self.fetch = wake, fetch
        self._errands: set[asyncio.Task[None]] = set()

    async def take(self, reading: Reading) -> None:
        """Takes in all of a reading; returns when it is committed. Raises only if the database does."""
        for incoming in reading.messages:
            await self._take_message(incoming)
        for receipt in reading.receipts:
            await self._take_receipt(receipt)

    async def _take_message(self, incoming: Incoming) -> None:
        received = await self._receive(incoming)
        if incoming.kind in POLITE:
            self._run(self.channels[incoming.channel].acknowledge(incoming))
        if received is None:
            return
        point("receive: committed")
        for sender in {*([received.sender] if received.replies else ()), *received.others}:
            await self.wake(sender)
        if received.media:
            self.fetch()

    async def _receive(self, incoming: Incoming) -> Received | None:
        now = self.clock()
        try:
            return await self.writer.do(partial(receive, incoming=incoming, house=self.house, now=now))
        except Exception as error:  # the door: a conversation that fails loses only its own writes
            log.error("message kept unanswered", channel=incoming.channel, error=type(error).__name__)
            return await self.writer.do(partial(keep_broken, incoming=incoming, now=now))

    async def _take_receipt(self, receipt: Receipt) -> None:
        fault = None
        if receipt.state == State.FAILED:
            fault = self.channels[receipt.channel].fault(receipt.error_code)
        now = self.clock()

        def turn(session: Session) -> None:
            message = note_receipt(session, receipt, now)
            if message is not None and message.state == State.FAILED and message.id is not None:
                follow(session, message.id, _late_fate(fault, receipt), message.sender, now)

        await self.writer.do(turn)
        await self.wake(receipt.channel)

    def _run(self, errand: Coroutine[object, object, None]) -> None:
        """What politeness wants at once, and nobody waits for."""
        task = asyncio.create_task(errand)
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)


def _late_fate(fault: SendError | None, receipt: Receipt) -> Fate:
    """What a failure means that was told after the message had been taken."""
    contact = None
    if isinstance(fault, Stopped):
        contact = ContactState.STOPPED
    elif isinstance(fault, Rejected) and fault.closes:
        contact = ContactState.CLOSED
    return Fate(State.FAILED, "", receipt.error_code, later=isinstance(fault, Unreachable), contact=contact)


class Hooks:
    """The providers' addresses: POST /hooks/telegram, /hooks/sms, /hooks/sms/status, and a demo phone's.

    It stands before the rest of the web application, and speaks ASGI itself: Starlette's routes, requests and responses
    take 60 microseconds of every message.
    """

    def __init__(self, app: ASGIApp, doors: Doors, public_url: str) -> None:
        self.app, self.doors, self.public_url = app, doors, public_url
        self.taken = {name: _empty(*channel.empty_answer) for name, channel in doors.channels.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith("/hooks/"):
            answer = await self._answer(scope, receive)
            await answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive) -> Response:
        channel = self.doors.channels.get(scope["path"].removeprefix("/hooks/").removesuffix("/status"))
        if channel is None:
            return Response(status_code=404)
        if scope["method"] != "POST":
            return Response(status_code=405)
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        body = await _body(headers, receive)
        if isinstance(body, Response):
            return body
        query = scope["query_string"].decode("latin-1")
        url = f"{self.public_url}{scope['path']}?{query}" if query else self.public_url + scope["path"]
        return await self._take(channel, Hook(url, headers, body))

    async def _take(self, channel: Channel, hook: Hook) -> Response:
        try:
            reading = channel.read(hook)
        except Forbidden:
            log.warning("hook refused", channel=channel.name)
            return Response(status_code=403)
        except Broken:
            log.warning("hook unreadable", channel=channel.name, size=len(hook.body))
            return Response(status_code=400)
        if reading.ignored:
            log.info("hook passed over", channel=channel.name, kind=reading.ignored)
        await self.doors.take(reading)
        return Response(status_code=204) if reading.receipts else self.taken[channel.name]


def _empty(media_type: str, body: str) -> Response:
    return Response(body, media_type=media_type)


async def _body(headers: Mapping[str, str], receive: Receive) -> bytes | Response:
    """The body, or 413 before more of it is read than is allowed."""
    declared = headers.get("content-length", "0")
    if declared.isdecimal() and int(declared) > BODY_LIMIT:
        return Response(status_code=413)
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return Response(status_code=400)
        body, more = body + message.get("body", b""), message.get("more_body", False)
        if len(body) > BODY_LIMIT:
            return Response(status_code=413)
    return body
