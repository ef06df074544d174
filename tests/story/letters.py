"""What one person received, as it arrived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.outbox import Priority
from bot.segments import parts
from nursery.settings import local


@dataclass(frozen=True, slots=True)
class Letter:
    """A message at somebody's phone: the words and the buttons they see, and the row of the outbox it was."""

    at: datetime
    who: str
    channel: str
    text: str
    buttons: tuple[tuple[str, str], ...]
    row: Any
    """None for the first parts of a message that came in several."""
    number: str = ""
    """The provider's."""

    @property
    def key(self) -> str:
        return str(self.row.key) if self.row is not None else ""

    @property
    def is_answer(self) -> bool:
        return self.row is None or self.key.startswith("in:")

    @property
    def is_urgent(self) -> bool:
        return self.row is not None and self.row.priority == Priority.URGENT

    @property
    def parts(self) -> int:
        """As many as it is charged for; none on Telegram."""
        return parts(self.text).count if self.channel == "sms" else 0

    @property
    def moment(self) -> str:
        return local(self.at).strftime("%a %d %b %H:%M")

    @property
    def whole(self) -> str:
        """All that is read, buttons too."""
        return "\n".join([self.text, *(f"[{label}]" for label, _ in self.buttons)])
