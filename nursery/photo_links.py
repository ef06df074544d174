"""Links to a photo or a voice note: signed, for one message to one guardian, for a fortnight."""

from __future__ import annotations

import hmac
from datetime import timedelta

from nursery.invitations import ALPHABET

PHOTO, VOICE = "photo", "voice"
"""What may go with a message."""

LASTS = timedelta(days=14)
SIGNED = 16
"""Signs of the signature: 32 to choose from, so 80 bits; each part of an SMS is paid for."""

LONGEST = 13 + SIGNED
USUAL = 4 + SIGNED
"""Signs of a token up to the millionth message."""


def token_of(message_id: int, key: bytes, what: str = PHOTO) -> str:
    """The token of what goes with a message: the message's number, and the signature of both. Nothing is kept."""
    return _written(message_id) + _signature(message_id, key, what)


def message_of(token: str, key: bytes, what: str = PHOTO) -> int | None:
    """The number of the message a token was made for; None when it was not made by us, or for something else."""
    signs = token.upper()
    if not SIGNED < len(signs) <= LONGEST or not set(signs) <= set(ALPHABET):
        return None
    number = 0
    for sign in signs[:-SIGNED]:
        number = number * len(ALPHABET) + ALPHABET.index(sign)
    return number if hmac.compare_digest(token_of(number, key, what), signs.lower()) else None


def _written(number: int) -> str:
    signs = ""
    while number or not signs:
        number, place = divmod(number, len(ALPHABET))
        signs = ALPHABET[place] + signs
    return signs.lower()


def _signature(message_id: int, key: bytes, what: str) -> str:
    digest = hmac.digest(key, f"{what} {message_id}".encode(), "sha256")
    return "".join(ALPHABET[byte % 32] for byte in digest[:SIGNED]).lower()
