"""Telegram's Bot API on a local port: as strict as its published methods, failing on demand, fast enough to bench."""

import math
import re
import time
from dataclasses import dataclass
from functools import partial
from typing import Any

import orjson
from aiohttp import ClientSession, web

from tests.providers.bodies import read_params
from tests.providers.bot_api import MESSAGES, BotApi, Call
from tests.providers.failures import Fail, Failure, Refused, Violation
from tests.providers.limits import Limits
from tests.providers.schema import Method, load_methods
from tests.providers.server import ProviderServer, arguments, as_json, run
from tests.providers.telegram_rules import checked
from tests.providers.webhook import Webhook

__all__ = ["Fail", "Sent", "TelegramServer"]

TOKEN = "123456:AAE-coatpeg-test-token-0123456789abc"
METHODS = load_methods()


@dataclass(frozen=True, slots=True)
class Sent:
    """A request taken: `text` as the person reads it, `params` as they came, `at` on the monotonic clock."""

    method: str
    chat_id: int | None
    text: str
    params: dict[str, Any]
    at: float
    message_id: int


class TelegramServer(ProviderServer):
    """`sent` has the messages people got, `calls` all else but getUpdates; with `enforce`, Telegram's limits hold."""

    whom = "chat_id"
    patience = 60.0

    def __init__(
        self,
        token: str = TOKEN,
        *,
        port: int = 0,
        enforce: bool = False,
        validate: bool = True,
        username: str = "coatpeg_test_bot",
    ) -> None:
        super().__init__(port)
        self.token = token
        self.sent: list[Sent] = []
        self.calls: list[Sent] = []
        self._enforce, self._validate = enforce, validate
        self._api = BotApi(token, username)
        self._limits = Limits()

    @property
    def files(self) -> dict[str, bytes]:
        """What getFile finds, by file_id; uploads are added."""
        return self._api.files

    @property
    def webhook(self) -> Webhook:
        return self._api.webhook

    def reset(self) -> None:
        super().reset()
        self.calls.clear()
        self._limits = Limits()
        self._api.forget_chats()

    async def close(self) -> None:
        self._api.polling.interrupt()
        await super().close()

    def fail(
        self, failure: Failure, method: str | None = None, chat_id: int | None = None, times: int | None = 1
    ) -> None:
        """The next `times` requests of that method to that chat meet this failure; `times=None`, every one."""
        self.plan(failure, method, chat_id, times)

    def push(self, update: dict[str, Any]) -> None:
        """Leaves an update for getUpdates."""
        self._api.polling.push(update)

    async def deliver(
        self, update: dict[str, Any], session: ClientSession | None = None, *, unasked: bool = False
    ) -> int:
        """Posts an update to the webhook; the status answered. Raises LookupError where Telegram would not post it."""
        webhook = self._api.webhook
        if not webhook.url:
            raise LookupError("no webhook is set")
        if not unasked and not webhook.wants(update):
            raise LookupError(f"allowed_updates leaves this kind out: {webhook.allowed}")
        secret = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret} if webhook.secret else {}
        headers = {"Content-Type": "application/json", **secret}
        status = await self.post(webhook.url, orjson.dumps(update), headers, session)
        webhook.answered(status)
        return status

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        try:
            if request.path.startswith("/file/"):
                return self._download(request.path)
            call = await self._read(request)
        except Refused as refused:
            return self._refused(request, refused)
        return await self.meet(self._plans.take(call.name, call.chat_id), request, partial(self._take, call))

    def _refused(self, request: web.BaseRequest, refused: Refused) -> web.Response:
        if isinstance(refused, Violation):
            method = request.path.rpartition("/")[2]
            self.violations.append(f"{method}: {refused.failure.text.removeprefix('Bad Request: ')}")
        return self.refuse(refused.failure)

    async def _read(self, request: web.BaseRequest) -> Call:
        """Raises Refused for a wrong token, Violation for a request the specification rules out."""
        method = self._method(request.path)
        params = await read_params(request, method)
        chat_id = params.get("chat_id")
        if type(chat_id) is str and re.fullmatch(r"-?\d+", chat_id):
            params["chat_id"] = int(chat_id)
        if self._validate:
            return checked(method, params)
        return Call(method.name, params, params.get("text", params.get("caption", "")), [])

    def _method(self, path: str) -> Method:
        _, bot, name = path.split("/", 2) if path.count("/") > 1 else ("", path, "")
        self._authorise(bot)
        method = METHODS.get(name.lower())
        if method is None:
            raise Violation(Fail.REFUSED(status=404, text="Not Found: method not found"))
        return method

    def _authorise(self, bot: str) -> None:
        if bot == f"bot{self.token}":
            return
        well_formed = re.fullmatch(r"bot\d+:[\w-]+", bot)
        raise Refused(Fail.REFUSED(status=401, text="Unauthorized") if well_formed else _NOT_FOUND)

    def _download(self, path: str) -> web.Response:
        _, _, bot, name = path.split("/", 3)
        self._authorise(bot)
        content = self.files.get(name.removeprefix("files/"))
        if content is None:
            raise Refused(_NOT_FOUND)
        return web.Response(body=content, content_type="application/octet-stream")

    async def _take(self, call: Call) -> web.Response:
        try:
            self._limit(call)
            result = await self._api.do(call)
        except Refused as refused:
            return self.refuse(refused.failure)
        self._record(call, result)
        return as_json({"ok": True, "result": result})

    def _limit(self, call: Call) -> None:
        """Raises Refused (429) past Telegram's limits."""
        if not self._enforce or call.name not in MESSAGES:
            return
        wait = self._limits.wait(call.chat_id, time.monotonic())
        if wait:
            raise Refused(Fail.TOO_MANY(retry_after=math.ceil(wait)))

    def _record(self, call: Call, result: Any) -> None:
        kept = self.sent if call.name in MESSAGES else self.calls
        number = result["message_id"] if kept is self.sent else call.params.get("message_id", 0)
        if call.name != "getUpdates":
            kept.append(Sent(call.name, call.chat_id, call.text, call.params, time.monotonic(), number))

    def refusal(self, failure: Failure) -> web.Response:
        body = {"ok": False, "error_code": failure.status, "description": failure.text or "Bad Request"}
        if failure.status != 429:
            return as_json(body, failure.status)
        wait = failure.retry_after
        body |= {"description": f"Too Many Requests: retry after {wait}", "parameters": {"retry_after": wait}}
        return as_json(body, 429, {"Retry-After": str(wait)})


_NOT_FOUND = Fail.REFUSED(status=404, text="Not Found")


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--enforce", action="store_true")
    chosen = parser.parse_args()
    run(TelegramServer(chosen.token, port=chosen.port, enforce=chosen.enforce, validate=not chosen.no_validate))


if __name__ == "__main__":
    main()
