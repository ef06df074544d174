"""What the channel tests share: a configuration, messages to send, and the payloads providers have sent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import orjson
from pydantic import SecretStr
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from bot.config import Config
from bot.messages import Hook, Outgoing
from tests.providers.telegram import TOKEN
from tests.providers.twilio import ACCOUNT_SID, AUTH_TOKEN, NUMBER

PUBLIC = "https://nursery.example"
SECRET = "a-secret_of-the-webhook"
AMINA = "700000101"
PIOTR = "+447700900102"
NOWHERE = "http://127.0.0.1:9"
"""An address where nobody listens."""

PAYLOADS = Path(__file__).parents[2] / "payloads"


def config(**overrides: Any) -> Config:
    values: dict[str, Any] = {
        "public_url": PUBLIC,
        "telegram_bot_token": SecretStr(TOKEN),
        "telegram_webhook_secret": SecretStr(SECRET),
        "telegram_api_base": NOWHERE,
        "twilio_account_sid": ACCOUNT_SID,
        "twilio_auth_token": SecretStr(AUTH_TOKEN),
        "twilio_from": NUMBER,
        "twilio_api_base": NOWHERE,
        "demo": True,
    }
    return Config(_env_file=None, **{**values, **overrides})


def to(address: str, text: str = "Good morning", *choices: str, valid_for: int | None = None) -> Outgoing:
    return Outgoing(42, address, text, "en_GB", choices, valid_for)


def payload(channel: str, name: str) -> dict[str, Any]:
    """The body of one of the payloads kept as providers send them."""
    kept = json.loads((PAYLOADS / channel / f"{name}.json").read_text(encoding="utf-8"))
    body: dict[str, Any] = kept["body"]
    return body


def names(channel: str) -> set[str]:
    return {path.stem for path in (PAYLOADS / channel).glob("*.json")}


def telegram_hook(body: object, secret: str | None = SECRET) -> Hook:
    headers = {} if secret is None else {"x-telegram-bot-api-secret-token": secret}
    raw = body if isinstance(body, bytes) else orjson.dumps(body)
    return Hook(f"{PUBLIC}/hooks/telegram", headers, raw)


def twilio_hook(form: dict[str, str], path: str = "/hooks/sms", *, token: str = AUTH_TOKEN) -> Hook:
    """A form as Twilio signs it, for the address it was given."""
    url = PUBLIC + path
    signature = str(RequestValidator(token).compute_signature(url.partition("#")[0], form))
    return Hook(url, {"x-twilio-signature": signature}, urlencode(form).encode())
