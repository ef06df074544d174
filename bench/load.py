"""The load: raw keep-alive connections, each posting its next request as soon as the last is answered."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import cast

import orjson

from tests.providers.updates import text_update

CONNECTIONS = 64

_update_ids = count(1)


@dataclass(slots=True)
class Fired:
    """What came of a load: the moment it began and ended on the monotonic clock, and the answers by status."""

    began: float = 0.0
    ended: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)


def post(path: str, secret: str, chat: int, text: str) -> bytes:
    """Telegram's request with a message of one chat; never the same update twice."""
    body = orjson.dumps(text_update(chat, text, update_id=next(_update_ids)))
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"X-Telegram-Bot-Api-Secret-Token: {secret}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def dealt(requests: Sequence[bytes], chats: int, connections: int = CONNECTIONS) -> list[list[bytes]]:
    """Requests that walk round `chats` chats, dealt out so that a chat keeps its connection and its order."""
    hands: list[list[bytes]] = [[] for _ in range(connections)]
    for place, request in enumerate(requests):
        hands[place % chats % connections].append(request)
    return hands


async def fire(port: int, hands: Sequence[Iterable[bytes]]) -> Fired:
    """Posts each hand over a connection of its own; returns when all are answered."""
    loop, fired = asyncio.get_running_loop(), Fired()
    links = [_Link(iter(hand), fired.statuses, loop.create_future()) for hand in hands]
    for link in links:
        await loop.create_connection(lambda link=link: link, "127.0.0.1", port)  # type: ignore[misc]
    fired.began = time.monotonic()
    for link in links:
        link.next()
    await asyncio.gather(*(link.done for link in links))
    fired.ended = time.monotonic()
    return fired


class _Link(asyncio.Protocol):
    def __init__(self, hand: Iterator[bytes], statuses: Counter[int], done: asyncio.Future[None]) -> None:
        self.hand, self.statuses, self.done = hand, statuses, done
        self.transport: asyncio.Transport
        self.got = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is none by descent

    def next(self) -> None:
        request = next(self.hand, None)
        if request is not None:
            self.transport.write(request)
            return
        self.transport.close()
        self.done.set_result(None)

    def data_received(self, data: bytes) -> None:
        self.got += data
        head, gap, body = self.got.partition(b"\r\n\r\n")
        if gap and len(body) >= _length(head):
            self.statuses[int(self.got[9:12])] += 1
            self.got = b""
            self.next()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(exc or ConnectionResetError("closed before it answered"))


def _length(head: bytes) -> int:
    _, found, rest = head.lower().partition(b"content-length:")
    return int(rest.split(b"\r\n", 1)[0]) if found else 0
