"""On SQLite one process alone may deliver: what it finds claimed at its start is then surely a dead one's."""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import IO

from sqlalchemy import make_url

from bot.config import Misconfigured
from locales.sentences import D_


class Alone:
    """A lock beside the database's file, which ends with the process however that ends."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._file: IO[bytes] | None = None

    def take(self) -> bool:
        """Whether we are certain to be alone. Raises Misconfigured when another process delivers already."""
        if not self._url.startswith("sqlite"):
            return False
        file = Path(str(make_url(self._url).database)).with_suffix(".lock").open("wb")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise Misconfigured(
                D_("DATABASE_URL: another Coatpeg is delivering from this SQLite file. Stop it, or use PostgreSQL.")
            ) from None
        self._file = file
        return True

    def give_up(self) -> None:
        if self._file is not None:
            self._file.close()
