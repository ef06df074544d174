"""Moments as a database's driver wants them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from sqlalchemy import Dialect
from sqlmodel.sql.sqltypes import UTCDateTime

Process = Callable[[Any], Any] | None
"""How a value becomes the driver's; None where it is that already."""


@cache
def moments(dialect: Dialect) -> Process:
    """How they are written in this dialect."""
    write = UTCDateTime().dialect_impl(dialect).bind_processor(dialect)
    return _Remembered(write) if write else None


class _Remembered:
    """A moment is written once, and a message keeps the same one in five columns."""

    def __init__(self, write: Callable[[Any], Any]) -> None:
        self.write, self.last = write, (object(), None)

    def __call__(self, value: Any) -> Any:
        was, written = self.last
        if value is not was:
            written = self.write(value)
            self.last = (value, written)
        return written
