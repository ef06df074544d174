"""How fast a sender may go: its own rate, each chat's, and what Retry-After says. Answers before bulk."""

from __future__ import annotations

from bisect import bisect_right, insort

from bot.channels import Limits

SHARE = 0.98
"""Of the rate allowed: clocks and networks jitter, and one message too many in a second costs a 429."""

REPLY_SHARE = 0.93
"""What bulk keeps to while people are being answered, so that an answer need not wait for a place."""

KEPT_FREE = 3
"""Places of every second that bulk leaves to answers meanwhile: however many come, the next one finds one free."""

REPLY_SECONDS = 10.0
WINDOW = 1.02
QUICK = 0.002
"""Seconds of the quickest answer, before any is known: none comes sooner but from this machine."""

FORGET = 1.01
"""How the quickest answer is forgotten, message by message, when all have become slower."""

CATCH_UP = 3
"""Places a late timer may make up for; more would be a burst."""

CHATS_KEPT = 10_000


class Pace:
    """The pace of one sender. Times are of one monotonic clock, in seconds; `weight` is parts where parts count."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._next = 0.0
        self._paused = 0.0
        self._replied = -REPLY_SECONDS
        self._recent: list[float] = []
        """When each message of the last second was counted, as far as we know; in order."""
        self._quickest = QUICK
        self._chats: dict[str, float] = {}

    def wait(self, chat: str, now: float, *, reply: bool) -> float:
        """Seconds until a message to this chat may go; 0 when it may go now."""
        kept_free = KEPT_FREE if not reply and self._is_answering(now) else 0
        places = [self._paused, self._chats.get(chat, 0.0), self._window(now, kept_free)]
        if not reply:
            places.append(self._next)
        return max(0.0, max(places) - now)

    def chat_wait(self, chat: str, now: float) -> float:
        """Seconds that the chat alone has to wait, whatever the sender may."""
        return max(0.0, self._chats.get(chat, 0.0) - now)

    def went(self, chat: str, now: float, *, reply: bool, weight: int = 1) -> None:
        """Notes that a message goes now."""
        if reply:
            self._replied = now
        if self.limits.per_chat_seconds:
            self._note_chat(chat, now + self.limits.per_chat_seconds)
        if self.limits.per_second is None:
            return
        share = REPLY_SHARE if self._is_answering(now) else SHARE
        interval = weight / (self.limits.per_second * share)
        self._next = max(self._next + interval, now - CATCH_UP * interval)
        if not self.limits.counts_parts:
            insort(self._recent, now)

    def landed(self, chat: str, went: float, now: float) -> None:
        """Notes an answer. The provider counted the message somewhere between: at the latest when the quickest answer
        would have had to leave. So no delay on the way makes two seconds' messages fall into one."""
        self._quickest = min(self._quickest * FORGET, now - went)
        counted = now - self._quickest
        if self.limits.per_chat_seconds:
            self._note_chat(chat, counted + self.limits.per_chat_seconds)
        if self.limits.per_second is not None and not self.limits.counts_parts:
            if went in self._recent:
                self._recent.remove(went)
            insort(self._recent, counted)

    def pause(self, seconds: float, now: float, chat: str | None = None) -> None:
        """Obeys a Retry-After, for one chat or for the whole sender."""
        if chat is None:
            self._paused = max(self._paused, now + seconds)
        else:
            self._note_chat(chat, now + seconds)

    def _is_answering(self, now: float) -> bool:
        return now - self._replied < REPLY_SECONDS

    def _window(self, now: float, kept_free: int) -> float:
        """When the last second has room again. A provider that queues parts itself needs no window."""
        if self.limits.per_second is None or self.limits.counts_parts:
            return 0.0
        del self._recent[: bisect_right(self._recent, now - WINDOW)]
        room = max(1, int(self.limits.per_second) - kept_free)
        return self._recent[-room] + WINDOW if len(self._recent) >= room else 0.0

    def _note_chat(self, chat: str, until: float) -> None:
        self._chats[chat] = max(until, self._chats.get(chat, 0.0))
        if len(self._chats) > CHATS_KEPT:
            latest = max(self._chats.values()) - self.limits.per_chat_seconds
            self._chats = {known: ready for known, ready in self._chats.items() if ready > latest}
