"""Telegram's sending limits: thirty messages a second in all, one a second to a chat (core.telegram.org/bots/faq)."""

from collections import deque

OVERALL = 30
WINDOW = 1.0


class Limits:
    """Sliding windows over the messages taken; those refused don't count."""

    def __init__(self) -> None:
        self._taken: deque[float] = deque(maxlen=OVERALL)
        self._last: dict[int | str, float] = {}

    def wait(self, chat_id: int | str, now: float) -> float:
        """Seconds until this message would be taken; 0 says it is taken, and counts it."""
        left = max(self._overall_wait(now), self._last.get(chat_id, now - WINDOW) + WINDOW - now)
        if left > 0:
            return left
        self._taken.append(now)
        self._last[chat_id] = now
        return 0.0

    def _overall_wait(self, now: float) -> float:
        if len(self._taken) < OVERALL:
            return 0.0
        return self._taken[0] + WINDOW - now
