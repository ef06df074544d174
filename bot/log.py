"""The log: one line an event, ids only. Never a name, a number, a token or a parent's words."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable, MutableMapping
from typing import Any

import structlog

QUIET = ("httpx", "httpcore", "twilio", "telegram", "aiohttp", "apscheduler", "uvicorn.access", "procrastinate")
"""Libraries whose information lines hold addresses, and some of them tokens (httpx logs Telegram's)."""

NUMBER = re.compile(r"(?<![\w.:-])(?:\+\d{9,15}|0\d{4} ?\d{3} ?\d{3})(?!\d)")


def start_log(secrets: Iterable[str] = (), *, verbose: bool = False) -> None:
    """Sends every line to standard error, with `secrets` and anything like a telephone number blotted out."""
    blotter = _Blotter(secrets)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            blotter,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG if verbose else logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_BlottingFormatter(blotter))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


class _Blotter:
    def __init__(self, secrets: Iterable[str]) -> None:
        self.secrets = [secret for secret in secrets if len(secret) >= 6]

    def clean(self, text: str) -> str:
        for secret in self.secrets:
            text = text.replace(secret, "[secret]")
        return NUMBER.sub("[number]", text)

    def __call__(self, _: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        for key, value in event.items():
            if isinstance(value, str) and key != "timestamp":
                event[key] = self.clean(value)
        return event


class _BlottingFormatter(logging.Formatter):
    """Lines of libraries, without tracebacks: those can carry what a parent wrote."""

    def __init__(self, blotter: _Blotter) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")
        self.blotter = blotter

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text, kind = None, record.exc_info[0] if record.exc_info else None
        record.exc_info = None
        line = self.blotter.clean(super().format(record))
        return f"{line} ({kind.__name__})" if kind else line
