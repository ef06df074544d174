"""The one HTTP session every provider is spoken to through: real timeouts, no repeats, failures in our own words."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from functools import cache
from typing import Any

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    DummyCookieJar,
    InvalidURL,
    NonHttpUrlClientError,
    TCPConnector,
    TooManyRedirects,
)

from bot.channels import Rejected, Unknown, Unreachable
from bot.messages import Blob

TOTAL_SECONDS = 15.0
CONNECT_SECONDS = 5.0
CONNECTIONS = 64
REDIRECTS = 3
CHUNK = 64 * 1024

NOT_SENT = (ClientConnectorError, ConnectionTimeoutError, InvalidURL)
"""What fails before a byte of the request has left."""

NO_ANSWER = (ClientError, TimeoutError, OSError)


class Http:
    """Opened inside the loop by `start`, closed by `stop`. Its errors name no address: Telegram's hold the token."""

    def __init__(self, total_seconds: float = TOTAL_SECONDS) -> None:
        self.total_seconds = total_seconds
        self._session: ClientSession | None = None

    async def start(self) -> None:
        self._session = ClientSession(
            connector=TCPConnector(limit=CONNECTIONS),
            timeout=_timeout(self.total_seconds),
            cookie_jar=DummyCookieJar(),
            headers={"User-Agent": "Coatpeg"},
        )

    async def stop(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def request(
        self,
        method: str,
        url: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        seconds: float | None = None,
    ) -> tuple[int, bytes]:
        """The status and body answered; a POST is made once. Raises Unreachable when nothing was sent, else Unknown."""
        session, timeout = self._opened(), _timeout(seconds or self.total_seconds)
        try:
            async with session.request(
                method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as answer:
                return answer.status, await answer.read()
        except NOT_SENT as error:
            raise Unreachable("no connection", type(error).__name__) from None
        except NO_ANSWER as error:
            raise Unknown("no answer", type(error).__name__) from None

    async def download(self, url: str, at_most: int, headers: Mapping[str, str] | None = None) -> Blob:
        """The bytes at an address; a redirect elsewhere is followed without Authorization.

        Raises Rejected when it is refused or larger than `at_most` bytes, Unreachable when it may be had later.
        """
        session = self._opened()
        try:
            async with session.get(url, headers=headers, max_redirects=REDIRECTS) as answer:
                _check(answer)
                return Blob(await _read(answer, at_most), answer.content_type)
        except (InvalidURL, NonHttpUrlClientError, TooManyRedirects):
            raise Rejected("no address") from None
        except NO_ANSWER as error:
            raise Unreachable("no file", type(error).__name__) from None

    def _opened(self) -> ClientSession:
        if self._session is None:
            raise Unreachable("stopped")
        return self._session


def form(fields: Mapping[str, str], files: Mapping[str, Any]) -> tuple[bytes, dict[str, str]]:
    """A form with files, (name, bytes, type) by field, as a request's body and its header (RFC 7578)."""
    edge = secrets.token_hex(16)
    body = bytearray()
    for field, value in fields.items():
        body += f'--{edge}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
    for field, (name, content, kind) in files.items():
        where = f'Content-Disposition: form-data; name="{field}"; filename="{name}"\r\nContent-Type: {kind}'
        body += f"--{edge}\r\n{where}\r\n\r\n".encode() + content + b"\r\n"
    return bytes(body) + f"--{edge}--\r\n".encode(), {"Content-Type": f"multipart/form-data; boundary={edge}"}


@cache
def _timeout(seconds: float) -> ClientTimeout:
    return ClientTimeout(total=seconds, connect=CONNECT_SECONDS)


def _check(answer: ClientResponse) -> None:
    if answer.status == 429 or answer.status >= 500:
        raise Unreachable("no file", str(answer.status))
    if answer.status != 200:
        raise Rejected("no file", str(answer.status))


async def _read(answer: ClientResponse, at_most: int) -> bytes:
    """What is announced may be untrue, so what comes is counted too."""
    if (answer.content_length or 0) > at_most:
        raise Rejected("too large")
    content = bytearray()
    async for chunk in answer.content.iter_chunked(CHUNK):
        content += chunk
        if len(content) > at_most:
            raise Rejected("too large")
    return bytes(content)
