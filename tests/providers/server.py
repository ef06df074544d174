"""What both provider servers share: a port of their own, failures on demand, deliveries to us, control from outside."""

import asyncio
import gc
import socket
import struct
import sys
from argparse import ArgumentParser
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Self

import orjson
import uvloop
from aiohttp import ClientSession, web

from tests.providers.deliveries import Answer, Deliveries
from tests.providers.failures import Fail, Failure, Plan, Plans

HOST = "127.0.0.1"
LARGEST_BODY = 64 * 1024 * 1024


class ProviderServer:
    """One provider on a local port; `deliver_to` (http://host:port), once set, is where its webhooks really go."""

    whom = "to"
    patience = 15.0

    def __init__(self, port: int = 0) -> None:
        self.port = port
        self.deliver_to: str | None = None
        self.sent: list[Any] = []
        self.violations: list[str] = []
        self.refused = 0
        self._plans = Plans()
        self._closing = asyncio.Event()
        self._runner: web.ServerRunner | None = None
        self._deliveries = Deliveries(self.patience)

    @property
    def base(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def answers(self) -> list[Answer]:
        """What our side answered to deliveries."""
        return self._deliveries.answers

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def start(self) -> None:
        """Listens; after a close, on the same port again, with everything it remembered."""
        self._closing.clear()
        self._runner = web.ServerRunner(
            web.Server(self._handle, request_factory=_request, access_log=None), shutdown_timeout=1.0
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, self.port).start()
        self.port = self._runner.addresses[0][1]

    async def close(self) -> None:
        self._closing.set()
        await self._deliveries.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def reset(self) -> None:
        """Forgets what was sent, refused and planned; keeps webhooks and files."""
        self.sent.clear()
        self.violations.clear()
        self.answers.clear()
        self._plans.clear()
        self.refused = 0

    def plan(self, failure: Failure, method: str | None, who: object, times: int | None) -> None:
        self._plans.add(Plan(failure, method, None if who is None else str(who), times))

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        raise NotImplementedError

    def refusal(self, failure: Failure) -> web.Response:
        """The provider's own words for a refusal."""
        raise NotImplementedError

    def refuse(self, failure: Failure) -> web.Response:
        if failure.status == 429:
            self.refused += 1
        return self.refusal(failure)

    async def meet(
        self, failure: Failure | None, request: web.BaseRequest, accept: Callable[[], Awaitable[web.Response]]
    ) -> web.Response:
        """The answer to a request that meets this failure; `accept` does what the request asks for."""
        if failure is None:
            return await accept()
        if failure.kind == "answer":
            return self.refuse(failure)
        if failure.kind == "reset_before":
            return _cut(request)
        answer = await accept()
        if failure.kind == "reset_after":
            return _cut(request)
        await self._hold(failure.seconds if failure.kind == "slow" else None)
        return answer if failure.kind == "slow" else _cut(request)

    async def _hold(self, seconds: float | None) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._closing.wait(), seconds)

    async def post(self, url: str, body: bytes, headers: dict[str, str], session: ClientSession | None = None) -> int:
        """Delivers to our side; the status it answered, kept whole in `answers`. Raises aiohttp.ClientError."""
        return await self._deliveries.post(url, body, headers, self.deliver_to, session)

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        if request.path.startswith("/_/"):
            return await self._control(request)
        return await self.answer(request)

    async def _control(self, request: web.BaseRequest) -> web.Response:
        match request.method, request.path:
            case "GET", "/_/sent":
                return as_json(self.sent)
            case "GET", "/_/stats":
                return as_json(self._stats())
            case "GET", "/_/violations":
                return as_json(self.violations)
            case "POST", "/_/fail":
                return self._planned(await request.read())
            case "POST", "/_/reset":
                self.reset()
                return as_json(self._stats())
        return as_json({"error": "no such control"}, 404)

    def _stats(self) -> dict[str, int]:
        return {"sent": len(self.sent), "refused": self.refused, "violations": len(self.violations)}

    def _planned(self, body: bytes) -> web.Response:
        """Plans what `{"kind": "TOO_MANY", "retry_after": 2, "method": …, "chat_id" or "to": …, "times": 1}` says."""
        try:
            asked = orjson.loads(body)
            failure = Fail.named(asked.pop("kind"))
            method, who, times = asked.pop("method", None), asked.pop(self.whom, None), asked.pop("times", 1)
            self.plan(failure(**asked), method, who, times)
        except (AttributeError, KeyError, TypeError, ValueError) as fault:
            return as_json({"error": f"not a failure this server knows: {fault!r}"}, 400)
        return as_json({"planned": True})

    async def serve(self) -> None:
        async with self:
            sys.stdout.write(f"{self.base}\n")
            sys.stdout.flush()
            await asyncio.Event().wait()


def as_json(value: object, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    return web.Response(body=orjson.dumps(value), status=status, headers=headers, content_type="application/json")


def arguments(description: str | None) -> ArgumentParser:
    """The options both servers take as a process of their own."""
    parser = ArgumentParser(description=description)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--no-validate", action="store_true")
    return parser


def run(server: ProviderServer) -> None:
    """Serves until the process is ended; the first line written is the base address."""
    gc.set_threshold(100_000, 50, 1000)  # every message is kept: collecting often only walks them all again
    with suppress(KeyboardInterrupt):
        uvloop.run(server.serve())


def _request(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=LARGEST_BODY)


def _cut(request: web.BaseRequest) -> web.Response:
    """Resets the connection outright: no polite close that a client could take for an answer."""
    transport = request.transport
    if transport is not None:
        link: socket.socket = transport.get_extra_info("socket")
        link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    return web.Response()
