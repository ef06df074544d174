"""Channels: the contract every provider's one file keeps, and the vocabulary of what can go wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.messages import Attachment, Blob, Hook, Incoming, Outgoing, Past, Reading, Sent
from locales.sentences import Mark, Sentence


@dataclass(frozen=True, slots=True)
class Limits:
    """How fast a sender may go. None is no limit. `per_second` counts parts where the provider counts parts."""

    per_second: float | None = None
    per_chat_seconds: float = 0.0
    in_flight: int = 32
    counts_parts: bool = False


class Forbidden(Exception):
    """The request does not come from the provider: 403, nothing stored."""


class Broken(Exception):
    """The provider's request cannot be read: 400."""


class SendError(Exception):
    """A message was not sent, or may not have been. The message is the provider's reason, without words or numbers."""

    def __init__(self, reason: str, code: str = "") -> None:
        super().__init__(reason)
        self.reason, self.code = reason, code


class Stopped(SendError):
    """The person has opted out at the provider, or blocked the bot."""


class Throttled(SendError):
    """Not sent: too fast. `retry_after` is in seconds; `everyone`: the whole sender has to wait, not the chat alone."""

    def __init__(self, reason: str, retry_after: float, code: str = "", *, everyone: bool = True) -> None:
        super().__init__(reason, code)
        self.retry_after, self.everyone = retry_after, everyone


class Unreachable(SendError):
    """Nothing was sent, and the same again may work later: no connection, or the provider said it did nothing."""


class Unknown(SendError):
    """The request left and no answer came, or one that does not tell: it may have been sent."""


class Rejected(SendError):
    """The provider will never take this message for this address. `closes` says whether the address itself is dead."""

    def __init__(self, reason: str, code: str = "", *, closes: bool = False) -> None:
        super().__init__(reason, code)
        self.closes = closes


class Misconfigured(SendError):
    """Our own account, token or sender is wrong: nothing can be sent until somebody mends it."""

    def __init__(self, message: Mark, code: str = "", **values: object) -> None:
        self.sentence = Sentence(message, **values)
        super().__init__(str(self.sentence), code)


class Channel(Protocol):
    """One provider. Only its own file knows the provider's types."""

    name: str
    limits: Limits
    has_buttons: bool
    empty_answer: tuple[str, str]
    """What a hook is answered with: media type and body."""

    async def start(self) -> None:
        """Opens what it needs and tells the provider where we are. Raises Misconfigured with a sentence."""

    async def stop(self) -> None: ...

    async def check(self) -> str:
        """Asks the provider who we are there (a bot's name, a number), changing nothing. Raises SendError."""

    def read(self, hook: Hook) -> Reading:
        """Checks where a hook comes from and reads it. Raises Forbidden or Broken."""

    async def acknowledge(self, incoming: Incoming) -> None:
        """What politeness wants at once and may be lost: a tap is answered, its buttons cleared, a group left."""

    async def send(self, message: Outgoing) -> Sent:
        """Sends one message. Raises a SendError, and nothing else."""

    def parts(self, message: Outgoing) -> int:
        """How many parts it would be charged as."""

    async def fetch(self, attachment: Attachment) -> Blob:
        """The bytes of an attachment. Raises SendError: Rejected when it can never be had."""

    def fault(self, error_code: str) -> SendError | None:
        """What a failure that is told later, in a receipt, means; None when the code says nothing of the address."""

    async def sent_to(self, address: str) -> Sequence[Past] | None:
        """What the provider says it sent there in the last hours, or None where it can't be asked."""

    def wording(self, message: Outgoing) -> str:
        """The text as the provider would show it in such a list."""
