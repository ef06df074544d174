"""Where Telegram delivers: the webhook a bot has set, the updates it asked for, and what went wrong last."""

import time
from dataclasses import dataclass
from http.client import responses
from typing import Any

UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(slots=True)
class Webhook:
    """`allowed` is None until a bot says; an empty list is Telegram's default set."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    allowed: list[str] | None = None
    last_error: str = ""
    last_error_date: int = 0

    def set(self, params: dict[str, Any]) -> None:
        self.url = params["url"]
        self.secret = params.get("secret_token", "")
        self.max_connections = params.get("max_connections", 40)
        self.last_error = ""
        self.ask(params)

    def ask(self, params: dict[str, Any]) -> None:
        """Left out, the earlier choice stands."""
        self.allowed = params.get("allowed_updates", self.allowed)

    def wants(self, update: dict[str, Any]) -> bool:
        kind = next((key for key in update if key != "update_id"), "")
        return kind in self.allowed if self.allowed else kind not in UNASKED

    def answered(self, status: int) -> None:
        if 200 <= status < 300:
            return
        phrase = responses.get(status, "")
        self.last_error = f"Wrong response from the webhook: {status} {phrase}".strip()
        self.last_error_date = int(time.time())

    def info(self, pending: int) -> dict[str, Any]:
        """WebhookInfo, as getWebhookInfo answers it."""
        found: dict[str, Any] = {"url": self.url, "has_custom_certificate": False, "pending_update_count": pending}
        if self.url:
            found["max_connections"] = self.max_connections
        if self.allowed:
            found["allowed_updates"] = self.allowed
        if self.last_error:
            found |= {"last_error_date": self.last_error_date, "last_error_message": self.last_error}
        return found
