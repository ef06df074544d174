"""The library's requests, on the house's one session: as JSON, or as a form where a file is uploaded."""

from __future__ import annotations

from typing import Any

import orjson
from telegram.error import TelegramError
from telegram.request import BaseRequest, RequestData

from bot.channels.http import TOTAL_SECONDS, Http, form

JSON = {"Content-Type": "application/json"}


class AiohttpRequest(BaseRequest):
    """What the library asks with. Our Unreachable and Unknown pass it as the cause of its NetworkError."""

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
