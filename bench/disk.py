"""When the disk itself stood still: a page is written down on it every hundredth of a second, beside the database.

A shared disk keeps every commit waiting for a tenth of a second and more, now and then, whoever's it is. Whatever met
such a moment says nothing of the product, and one reply in a hundred does.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bench.machine import RESULTS

EVERY_SECONDS = 0.01
STALL_SECONDS = 0.02
"""Thirty times what a page takes; a checkpoint of the product's own database, beside it, takes a tenth of this."""
PAGE = b"\0" * 4096


@dataclass(slots=True)
class Stalls:
    """The moments at which the disk stood still, on the monotonic clock."""

    moments: list[tuple[float, float]] = field(default_factory=list)

    def met(self, began: float, ended: float) -> bool:
        """Whether any of them was between the two."""
        return any(began < until and since < ended for since, until in self.moments)


@contextmanager
def stalls() -> Iterator[Stalls]:
    """Notes them meanwhile."""
    found, over = Stalls(), threading.Event()
    thread = threading.Thread(target=_watch, args=(found, over), daemon=True)
    thread.start()
    try:
        yield found
    finally:
        over.set()
        thread.join()


def _watch(found: Stalls, over: threading.Event) -> None:
    file = RESULTS / "disk.probe"
    handle = os.open(file, os.O_RDWR | os.O_CREAT)
    try:
        while not over.wait(EVERY_SECONDS):
            os.pwrite(handle, PAGE, 0)
            began = time.monotonic()
            os.fdatasync(handle)
            ended = time.monotonic()
            if ended - began > STALL_SECONDS:
                found.moments.append((began, ended))
    finally:
        os.close(handle)
        file.unlink()
