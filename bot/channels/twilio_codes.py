"""Twilio's error codes (twilio.com/docs/api/errors), and what each means to us."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal

from bot.channels import Misconfigured, Rejected, SendError, Stopped, Throttled, Unknown
from locales.sentences import D_

QUEUE_SECONDS = 10.0
"""How long a sender waits whose queue at Twilio is full: at one part a second, room for ten."""

DEAD = partial(Rejected, closes=True)
SLOW = partial(Throttled, retry_after=QUEUE_SECONDS)

TOKEN = D_("TWILIO_AUTH_TOKEN: Twilio refuses the account or its token.")
ACCOUNT = D_("TWILIO_ACCOUNT_SID: Twilio does not know this account.")
SENDER = D_("TWILIO_FROM: Twilio does not let this account send from it.")

REFUSALS: dict[int, tuple[Callable[..., SendError], str]] = {
    20003: (Misconfigured, TOKEN),
    20404: (Misconfigured, ACCOUNT),
    20429: (SLOW, "too many requests"),
    21211: (DEAD, "no such number"),
    21212: (Misconfigured, SENDER),
    21408: (Rejected, "region"),
    21606: (Misconfigured, SENDER),
    21608: (Misconfigured, D_("Twilio: a trial account sends to verified numbers only.")),
    21609: (Misconfigured, D_("PUBLIC_URL: Twilio does not take this address.")),
    21610: (Stopped, "opted out"),
    21611: (SLOW, "queue full"),
    21612: (Rejected, "not from this sender"),
    21614: (DEAD, "not a mobile"),
    21617: (Rejected, "too long"),
    21635: (DEAD, "landline"),
    21659: (Misconfigured, SENDER),
    21660: (Misconfigured, SENDER),
    30001: (SLOW, "queue full"),
    30002: (Misconfigured, D_("Twilio: the account is suspended.")),
    30005: (DEAD, "number not in use"),
    30006: (DEAD, "landline"),
}
"""What a request may be refused with."""

STATUSES: dict[int, tuple[Callable[..., SendError], str]] = {
    401: (Misconfigured, TOKEN),
    404: (Misconfigured, ACCOUNT),
    429: (SLOW, "too many requests"),
}

Fault = Literal["retry", "closed", "stopped", "failed"]

FAILURES: dict[str, Fault] = {
    "21610": "stopped",
    "30001": "retry",  # Twilio's own queue
    "30003": "retry",  # off or out of reach: once or twice more, well apart
    "30004": "stopped",  # blocked by the person or their network
    "30005": "closed",  # not in use, perhaps somebody else's soon
    "30006": "closed",
    "30008": "retry",  # unknown: once more
}
"""What a message taken may come back with; all others have failed and are not tried again (filtered, expired, ...)."""


def refusal(code: object, status: object) -> SendError:
    """The error for a refused request. A server that failed (5xx) may have sent it all the same."""
    code, status = (number if isinstance(number, int) else 0 for number in (code, status))
    made, reason = REFUSALS.get(code) or STATUSES.get(status) or (None, "")
    if made is not None:
        return made(reason, code=str(code))
    return Rejected("refused", str(code)) if 400 <= status < 500 else Unknown("no clear answer", str(code))


def delivery_fault(error_code: str) -> Fault:
    """What follows from the error code of a status callback: send again later, shut the address, or neither."""
    return FAILURES.get(error_code, "failed")
