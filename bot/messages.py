"""What crosses the doors: frozen values that every channel speaks and that know nothing of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What an incoming message is."""

    TEXT = "text"
    TAP = "tap"
    EDIT = "edit"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Hook:
    """A provider's request as it came: the address providers see, its headers (lower case names) and its body."""

    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Attachment:
    """A photo, voice note or document that the provider holds for us; `size` is in bytes, when told."""

    kind: str
    ref: str
    mime: str = ""
    size: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing a person sent.

    `provider_id` is unique on its channel (repeats carry the same one); `message_ref` names the message in its chat,
    and an edit carries the `message_ref` of what it corrects. A tap carries `tapped`, the data of the button.
    `handled` is set when the provider has already answered the person itself (Twilio's Advanced Opt-Out).
    `answerable` is false for senders that cannot be replied to (short codes, names).
    """

    channel: str
    provider_id: str
    address: str
    kind: Kind = Kind.TEXT
    text: str = ""
    message_ref: str = ""
    tapped: str = ""
    tap_ref: str = ""
    attachments: tuple[Attachment, ...] = ()
    language_hint: str = ""
    name_hint: str = ""
    handled: str = ""
    answerable: bool = True


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a provider says became of a message of ours. `state` is one of our own outbox states."""

    channel: str
    outbox_id: int | None
    provider_id: str
    state: str
    error_code: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo of the setting's: its number here, its bytes and their type."""

    id: int
    content: bytes = field(repr=False)
    mime: str


@dataclass(frozen=True, slots=True)
class VoiceNote:
    """A recording of the setting's: its number here, its bytes, their type, and how long it is."""

    id: int
    content: bytes = field(repr=False)
    mime: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message ready for a channel: plain text (never markup), and the choices it offers, in order."""

    id: int
    address: str
    text: str
    language: str
    choices: tuple[str, ...] = ()
    valid_for: int | None = None
    """Seconds after which it must not arrive any more; None when it always may."""
    picture: Picture | None = None
    """Shown above the text, where the channel shows any."""
    voice: VoiceNote | None = None
    """Heard above the text, where the channel plays any; never with a picture."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The provider has taken it: its id there, and how many parts it was."""

    provider_id: str
    parts: int = 1


@dataclass(frozen=True, slots=True)
class Reading:
    """What a channel made of one Hook: in order, and the names of what it passed over (for the log)."""

    messages: tuple[Incoming, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    ignored: str = ""


@dataclass(frozen=True, slots=True)
class Blob:
    """The bytes of an attachment, and what they were said to be."""

    content: bytes = field(repr=False)
    mime: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """A message the provider's list says we sent: used to find out what became of one whose answer was lost."""

    provider_id: str
    text: str
    state: str
    at: datetime | None = None
