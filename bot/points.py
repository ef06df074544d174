"""The named moments of in and out at which a test may kill the process; in production they do nothing."""

from __future__ import annotations

from collections.abc import Callable


def _nothing(_: str) -> None:
    return None


reached: Callable[[str], None] = _nothing


def point(name: str) -> None:
    """Says that the process is at `name`, such as "receive: before commit"."""
    reached(name)
