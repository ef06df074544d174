"""SMS, through the twilio library."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

import orjson
from aiohttp import encode_basic_auth
from twilio.base.exceptions import (  # type: ignore[import-untyped]
    TwilioException,
    TwilioRestException,
    TwilioServiceException,
)
from twilio.http import AsyncHttpClient  # type: ignore[import-untyped]
from twilio.http.response import Response  # type: ignore[import-untyped]
from twilio.request_validator import RequestValidator, get_signature_algorithm  # type: ignore[import-untyped]
from twilio.rest import Client  # type: ignore[import-untyped]

from bot.channels import Broken, Forbidden, Limits, Rejected, SendError, Stopped, Unknown, Unreachable
from bot.channels.http import Http
from bot.channels.splitting import send_in_turn
from bot.channels.twilio_codes import delivery_fault as delivery_fault
from bot.channels.twilio_codes import refusal
from bot.channels.twilio_forms import NAME, read_form, read_past, read_receipt, read_text
from bot.channels.wording import bodies, count
from bot.channels.wording import wording as wording
from bot.config import Config
from bot.messages import Attachment, Blob, Hook, Incoming, Outgoing, Past, Reading, Sent
from nursery.inbox import MAX_BYTES

LONGEST_VALIDITY = 36_000
"""Seconds; Twilio takes no more."""

PAST_MESSAGES = 20

NO_ENVIRONMENT = {"TWILIO_EDGE": "", "TWILIO_REGION": ""}
"""Given none, the library reads the process's own, which is for Config alone to do."""

T = TypeVar("T")


class AiohttpTwilio(AsyncHttpClient):  # type: ignore[misc]
    """The library's requests on the house's one session: its own client has no timeout, and repeats what it POSTs."""

    def __init__(self, http: Http) -> None:
        super().__init__(logging.getLogger("twilio"), is_async=True)
        self._http = http

    async def request(
        self,
        method: str,
        url: str,
        params: Mapping[str, object] | None = None,
        data: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        """Raises Unreachable and Unknown, which pass through the library as they are."""
        if params:
            url = f"{url}?{urlencode(params, doseq=True)}"
        body = urlencode(data, doseq=True, errors="replace").encode() if data else None
        login = {"Authorization": encode_basic_auth(*auth)} if auth else {}
        status, answer = await self._http.request(method, url, body, {**(headers or {}), **login})
        return Response(status, answer.decode("utf-8", "replace"))


class SmsChannel:
    """One Twilio account and its sender, a number or a messaging service."""

    name = NAME
    has_buttons = False
    empty_answer = ("text/xml", '<?xml version="1.0" encoding="UTF-8"?><Response/>')

    def __init__(self, config: Config, http: Http) -> None:
        self._account, token = config.twilio_account_sid, config.twilio_auth_token.get_secret_value()
        self._from, self._base = config.twilio_from, config.twilio_api_base
        self._pooled = self._from.startswith("MG")
        self._receipts = f"{config.public_url}/hooks/sms/status"
        self._http, self._login = http, {"Authorization": encode_basic_auth(self._account, token)}
        self._validator = RequestValidator(token)
        self._token = token
        self.limits = Limits(per_second=10.0 if self._pooled else 1.0, in_flight=8, counts_parts=True)

    @cached_property
    def _client(self) -> Client:
        """The library's, made when first asked for: it loads all of Twilio's API, 7 MB, and a process that only takes
        requests never sends."""
        client = Client(self._account, self._token, http_client=AiohttpTwilio(self._http), environment=NO_ENVIRONMENT)
        client.api.base_url = self._base
        return client

    async def start(self) -> None:
        """Nothing: whatever could be asked of Twilio here, the first message asks too."""

    async def stop(self) -> None: ...

    async def check(self) -> str:
        """The sender, once Twilio has taken the account and its token."""
        await _answered(self._client.messages.list_async(limit=1, page_size=1))
        return self._from

    def read(self, hook: Hook) -> Reading:
        url = hook.url.partition("#")[0]
        form = read_form(hook.body)
        signature = hook.headers.get("x-twilio-signature", "")
        algorithm = get_signature_algorithm(hook.headers.get("x-twilio-webhooks-signature-settings", ""))
        if not self._validator.validate(url, form, signature, algorithm):
            raise Forbidden("signature")
        if form.get("AccountSid") != self._account:
            raise Forbidden("account")
        if not form.get("MessageSid"):
            raise Broken("no MessageSid")
        where = urlsplit(url)
        return read_receipt(form, where.query) if where.path.endswith("/status") else read_text(form)

    async def acknowledge(self, incoming: Incoming) -> None:
        """Nothing: whatever is said by SMS costs."""

    async def send(self, message: Outgoing) -> Sent:
        async def create(text: str, last: bool) -> str:
            return await self._create(message, text, last)

        texts = bodies(message.text, message.choices)
        return Sent(await send_in_turn(texts, create), count(texts))

    def parts(self, message: Outgoing) -> int:
        return count(bodies(message.text, message.choices))

    async def fetch(self, attachment: Attachment) -> Blob:
        """The login goes to Twilio's own address alone."""
        login = self._login if attachment.ref.startswith(f"{self._base}/") else None
        blob = await self._http.download(attachment.ref, MAX_BYTES, login)
        return Blob(blob.content, attachment.mime or blob.mime)

    def fault(self, error_code: str) -> SendError | None:
        match delivery_fault(error_code):
            case "retry":
                return Unreachable("handset away", error_code)
            case "closed":
                return Rejected("number not in use", error_code, closes=True)
            case "stopped":
                return Stopped("opted out", error_code)
        return None

    def wording(self, message: Outgoing) -> str:
        """Of several bodies the last: if that is there, all are."""
        return bodies(message.text, message.choices)[-1]

    async def sent_to(self, address: str) -> Sequence[Past] | None:
        """The newest messages to it, without a date: what still waits at Twilio has none."""
        sender = {} if self._pooled else {"from_": self._from}
        ask = self._client.messages.list_async(to=address, limit=PAST_MESSAGES, page_size=PAST_MESSAGES, **sender)
        found = await _answered(ask)
        return [read_past(one) for one in found if not self._pooled or one.messaging_service_sid == self._from]

    async def _create(self, message: Outgoing, text: str, last: bool) -> str:
        """Sends one body and returns its SID. Only the last is followed: it arriving is the message arriving."""
        fields: dict[str, Any] = {"messaging_service_sid" if self._pooled else "from_": self._from}
        if last:
            fields["status_callback"] = f"{self._receipts}?m={message.id}"
        if message.valid_for is not None:
            fields["validity_period"] = min(max(message.valid_for, 1), LONGEST_VALIDITY)
        created = await _answered(self._client.messages.create_async(to=message.address, body=text, **fields))
        if not created.sid:
            raise Unknown("unreadable answer")
        return str(created.sid)


async def _answered(call: Awaitable[T]) -> T:
    """The library's answer. Raises a SendError for everything that goes wrong with it."""
    try:
        return await call
    except (TwilioRestException, TwilioServiceException) as error:
        raise refusal(error.code, error.status) from None
    except TwilioException as error:
        raise _page_refusal(error) from None
    except (AttributeError, LookupError, TypeError, ValueError):
        raise Unknown("unreadable answer") from None


def _page_refusal(error: TwilioException) -> SendError:
    """A list that was refused: the library hands on the bare response, unread."""
    response = error.args[-1] if error.args else None
    if not isinstance(response, Response):
        return Unknown("unreadable answer")
    try:
        return refusal(orjson.loads(response.text).get("code"), response.status_code)
    except (AttributeError, ValueError):
        return refusal(0, response.status_code)
