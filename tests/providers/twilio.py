"""Twilio's Messages API on a local port: as strict as its OpenAPI, failing on demand, signing what it delivers."""

from base64 import b64encode
from collections.abc import Sequence
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlencode
from uuid import NAMESPACE_URL, uuid5

from aiohttp import ClientSession, web
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from tests.providers.account import Account, Call, Sent
from tests.providers.failures import Fail, Failure, Refused, Violation
from tests.providers.forms import Form, inbound_form, new_sid, status_form
from tests.providers.server import ProviderServer, arguments, as_json, run
from tests.providers.twilio_errors import error_answer
from tests.providers.twilio_rules import check_message, load_fields

__all__ = ["Fail", "Sent", "TwilioServer"]

ACCOUNT_SID = "AC" + "0a" * 16
AUTH_TOKEN = "0b" * 16
NUMBER = "+447700900000"
METHODS = {("POST", False): "create", ("GET", False): "list", ("GET", True): "fetch", ("POST", True): "update"}
_FIELDS = load_fields()


class TwilioServer(ProviderServer):
    """`sent` has the messages taken; `number` is the account's own, and what a Messaging Service chooses."""

    def __init__(
        self,
        account_sid: str = ACCOUNT_SID,
        auth_token: str = AUTH_TOKEN,
        *,
        port: int = 0,
        number: str = NUMBER,
        validate: bool = True,
    ) -> None:
        super().__init__(port)
        self.account_sid, self.auth_token, self.number = account_sid, auth_token, number
        self._account = Account(account_sid, number)
        self.sent: list[Sent] = self._account.sent
        self._validate = validate
        self._root = self._account.root
        self._media: dict[str, tuple[str, bytes]] = {}

    def reset(self) -> None:
        super().reset()
        self._account.forget()

    def fail(self, failure: Failure, method: str | None = None, to: str | None = None, times: int | None = 1) -> None:
        """The next `times` requests meet this failure; methods are "create", "fetch", "update" and "list"."""
        self.plan(failure, method, to, times)

    @property
    def stopped(self) -> set[str]:
        """The numbers that opted out."""
        return self._account.stopped

    def stop(self, number: str) -> None:
        """They opted out: sends to them are refused with 21610 until `unstop`."""
        self._account.stopped.add(number)

    def unstop(self, number: str) -> None:
        self._account.stopped.discard(number)

    def move(self, message: Sent | str, status: str, error_code: int | None = None) -> dict[str, Any]:
        """The Message resource in its new status, with no callback made. Raises Refused for an unknown sid."""
        return self._account.move(message if isinstance(message, str) else message.sid, status, error_code)

    async def callback(
        self,
        message: Sent | str,
        status: str,
        error_code: int | None = None,
        *,
        session: ClientSession | None = None,
    ) -> int:
        """Moves the message and posts the receipt to its StatusCallback. Raises LookupError when it gave none."""
        moved = self.move(message, status, error_code)
        return await self._signed(self._account.callback_url(moved["sid"]), status_form(moved, self.number), session)

    async def deliver(
        self,
        from_: str,
        body: str,
        *,
        url: str,
        to: str | None = None,
        opt_out_type: str | None = None,
        media: Sequence[tuple[str, bytes]] = (),
        service_sid: str | None = None,
        sid: str | None = None,
        session: ClientSession | None = None,
    ) -> int:
        """Posts an inbound text, media as (type, content); the same `sid` again is a redelivery. Stop words stop."""
        self._account.heed(from_, opt_out_type or body)
        sid = sid or new_sid("MM" if media else "SM")
        held = [(kind, self._hold_media(sid, kind, content)) for kind, content in media]
        form = inbound_form(self.account_sid, sid, from_, to or self.number, body, held)
        extra = {"OptOutType": opt_out_type, "MessagingServiceSid": service_sid}
        return await self._signed(url, form | {name: value for name, value in extra.items() if value}, session)

    def _hold_media(self, sid: str, kind: str, content: bytes) -> str:
        path = f"{self._root}/{sid}/Media/{new_sid('ME')}"
        self._media[path] = (kind, content)
        return f"{self.base}{path}"

    async def _signed(self, url: str, form: Form, session: ClientSession | None) -> int:
        """A URL's fragment is neither signed nor sent; the same form again has the same idempotency token."""
        public = url.partition("#")[0]
        signature = str(RequestValidator(self.auth_token).compute_signature(public, form))
        headers = {
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
            "X-Twilio-Signature": signature,
            "I-Twilio-Idempotency-Token": str(uuid5(NAMESPACE_URL, public + signature)),
        }
        return await self.post(public, urlencode(form).encode(), headers, session)

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        try:
            self._authorise(request)
            if request.path in self._media:
                kind, content = self._media[request.path]
                return web.Response(body=content, content_type=kind)
            call = await self._read(request)
        except Refused as refused:
            return self._refused(request, refused)
        failure = self._plans.take(call.method, call.params.get("To"))
        return await self.meet(failure, request, partial(self._take, call))

    def _refused(self, request: web.BaseRequest, refused: Refused) -> web.Response:
        if isinstance(refused, Violation):
            self.violations.append(f"{request.method} {request.path.rpartition('/')[2]}: {refused.failure.text}")
        return self.refuse(refused.failure)

    def _authorise(self, request: web.BaseRequest) -> None:
        expected = "Basic " + b64encode(f"{self.account_sid}:{self.auth_token}".encode()).decode()
        if request.headers.get("Authorization") != expected:
            raise Refused(Fail.REFUSED(code=20003))

    async def _read(self, request: web.BaseRequest) -> Call:
        """Raises Refused for a path that isn't there, Violation for fields the specification rules out."""
        place = request.path.removeprefix(self._root).removesuffix(".json")
        method = METHODS.get((request.method, bool(place)))
        if method is None or not request.path.startswith(self._root):
            raise Refused(Fail.REFUSED(code=20404, text=f"The requested resource {request.path} was not found"))
        text = (await request.read()).decode() if request.method == "POST" else request.query_string
        params = _FIELDS[method].read(parse_qs(text, keep_blank_values=True))
        if method == "create" and self._validate:
            check_message(params)
        return Call(method, place.lstrip("/"), params)

    async def _take(self, call: Call) -> web.Response:
        try:
            return as_json(self._account.do(call), 201 if call.method == "create" else 200)
        except Refused as refused:
            return self.refuse(refused.failure)

    def refusal(self, failure: Failure) -> web.Response:
        return error_answer(failure)


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--account-sid", default=ACCOUNT_SID)
    parser.add_argument("--auth-token", default=AUTH_TOKEN)
    chosen = parser.parse_args()
    run(TwilioServer(chosen.account_sid, chosen.auth_token, port=chosen.port, validate=not chosen.no_validate))


if __name__ == "__main__":
    main()
