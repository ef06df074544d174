"""The providers of the bench: the tests' own servers, as processes on the load's core."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.request import Request, urlopen

import orjson

from bench.machine import LOAD_CORE, server, until_answers


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider's server in another process."""

    base: str

    def stats(self) -> dict[str, int]:
        """How many messages it took (`sent`) and refused as too many (`refused`)."""
        return dict(self._ask("/_/stats"))

    def sent(self) -> list[dict[str, Any]]:
        """The messages it took, each with `at` on the machine's monotonic clock."""
        return list(self._ask("/_/sent"))

    def reset(self) -> None:
        self._ask("/_/reset", "POST")

    def until_sent(self, count: int, *, seconds: float = 120.0) -> list[dict[str, Any]]:
        """Waits for so many messages and returns them; fewer when they stop coming."""
        give_up = time.monotonic() + seconds
        while self.stats()["sent"] < count and time.monotonic() < give_up:
            time.sleep(0.1)
        return self.sent()

    def _ask(self, path: str, method: str = "GET") -> Any:
        with urlopen(Request(self.base + path, method=method), timeout=60) as answer:
            return orjson.loads(answer.read())


@contextmanager
def provider(name: str, *flags: str) -> Iterator[Provider]:
    """The tests' `telegram` or `twilio` server."""
    port = free_port()
    with server("-m", f"tests.providers.{name}", "--port", str(port), *flags, core=LOAD_CORE):
        base = f"http://127.0.0.1:{port}"
        until_answers(f"{base}/_/stats")
        yield Provider(base)


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
