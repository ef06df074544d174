"""One Twilio account: the messages it took, the people who opted out, what each REST request does."""

import time
from dataclasses import dataclass
from typing import Any

from tests.providers.failures import Fail, Refused
from tests.providers.forms import API_VERSION, Resource, resource
from tests.providers.ledger import Ledger

STOPS = frozenset({"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"})
STARTS = frozenset({"start", "yes", "unstop"})


@dataclass(frozen=True, slots=True)
class Sent:
    """A message taken: `from_` is the number, or the Messaging Service that will choose one; `at` is monotonic."""

    sid: str
    to: str
    from_: str
    body: str
    params: dict[str, Any]
    at: float


@dataclass(slots=True)
class Call:
    """One request read; `sid` is empty for the list."""

    method: str
    sid: str
    params: dict[str, Any]


class Account:
    """The state behind the Messages resource."""

    def __init__(self, sid: str, number: str) -> None:
        self.sid, self.number = sid, number
        self.root = f"/{API_VERSION}/Accounts/{sid}/Messages"
        self.sent: list[Sent] = []
        self.stopped: set[str] = set()
        self._callbacks: dict[str, str] = {}
        self._ledger = Ledger()

    def forget(self) -> None:
        self.stopped.clear()
        self._callbacks.clear()
        self._ledger.clear()

    def do(self, call: Call) -> dict[str, Any]:
        """What the request answers. Raises Refused."""
        match call.method:
            case "create":
                return self._create(call.params)
            case "list":
                return self._ledger.page(f"{self.root}.json", call.params)
            case "update":
                return self._ledger.update(call.sid, call.params)
        return self._ledger.get(call.sid)

    def move(self, sid: str, status: str, error_code: int | None) -> Resource:
        return self._ledger.move(sid, status, error_code, self.number)

    def callback_url(self, sid: str) -> str:
        """Raises LookupError for a message that asked for no receipts."""
        if sid not in self._callbacks:
            raise LookupError(f"{sid} gave no StatusCallback")
        return self._callbacks[sid]

    def heed(self, number: str, words: str) -> None:
        """Twilio's own keywords, where the whole message is that one word."""
        word = words.strip().casefold()
        if word in STOPS:
            self.stopped.add(number)
        elif word in STARTS:
            self.stopped.discard(number)

    def _create(self, params: dict[str, Any]) -> Resource:
        """Raises Refused (21610) to a number that opted out."""
        if params["To"] in self.stopped:
            raise Refused(Fail.REFUSED(code=21610))
        message = resource(self.sid, params)
        self._ledger.add(message)
        sender = params.get("From") or params.get("MessagingServiceSid", "")
        self.sent.append(Sent(message["sid"], params["To"], sender, message["body"], params, time.monotonic()))
        if "StatusCallback" in params:
            self._callbacks[message["sid"]] = params["StatusCallback"]
        return message
