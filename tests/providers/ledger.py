"""The messages Twilio keeps: moved through their statuses, found by number and date, listed a page at a time."""

from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from operator import eq, ge, le
from typing import Any
from urllib.parse import urlencode

from tests.providers.failures import Fail, Refused
from tests.providers.forms import Resource, now_stamped
from tests.providers.segments import segments

COMPARISONS = {"DateSent": eq, "DateSent<": le, "DateSent>": ge}
WAITING = ("accepted", "scheduled", "queued")


class Ledger:
    """Message resources by sid, oldest first."""

    def __init__(self) -> None:
        self._messages: dict[str, Resource] = {}

    def add(self, message: Resource) -> None:
        self._messages[message["sid"]] = message

    def clear(self) -> None:
        self._messages.clear()

    def get(self, sid: str) -> Resource:
        """Raises Refused (404) for a sid it never gave."""
        if sid not in self._messages:
            raise Refused(Fail.REFUSED(status=404, code=20404, text=f"The requested resource {sid} was not found"))
        return self._messages[sid]

    def move(self, sid: str, status: str, error_code: int | None, number: str) -> Resource:
        """The message in its new status; date_sent is set once it has left Twilio's queue."""
        message = self.get(sid)
        message |= {"status": status, "error_code": error_code, "date_updated": now_stamped()}
        message["from"] = message["from"] or number
        message["num_segments"] = str(segments(message["body"]))
        if status not in (*WAITING, "sending", "canceled"):
            message["date_sent"] = message["date_sent"] or now_stamped()
        return message

    def update(self, sid: str, params: dict[str, Any]) -> Resource:
        """An empty Body redacts, Status cancels what still waits. Raises Refused."""
        message = self.get(sid)
        if "Body" in params:
            message["body"] = params["Body"]
        if "Status" in params:
            if message["status"] not in WAITING:
                raise Refused(Fail.REFUSED(code=30409, text="Message can no longer be canceled"))
            message["status"] = params["Status"]
        return message

    def page(self, uri: str, params: dict[str, Any]) -> dict[str, Any]:
        """One page of the list, newest first."""
        found = [message for message in reversed(self._messages.values()) if _matches(message, params)]
        size, page = int(params.get("PageSize", 50)), int(params.get("Page", 0))
        start = page * size
        shown = found[start : start + size]

        def at(number: int) -> str:
            filters = {name: value for name, value in params.items() if not name.startswith("Page")}
            query: dict[str, Any] = {**filters, "PageSize": size, "Page": number}
            return f"{uri}?{urlencode(query if not number else {**query, 'PageToken': f'PA{number}'})}"

        return {
            "end": max(start + len(shown) - 1, 0),
            "first_page_uri": at(0),
            "messages": shown,
            "next_page_uri": at(page + 1) if len(found) > start + size else None,
            "page": page,
            "page_size": size,
            "previous_page_uri": at(page - 1) if page else None,
            "start": start,
            "uri": at(page),
        }


def _matches(message: Resource, params: dict[str, Any]) -> bool:
    if any(message[name.lower()] != params[name] for name in ("To", "From") if name in params):
        return False
    return all(_sent(message, name, params[name]) for name in COMPARISONS if name in params)


def _sent(message: Resource, name: str, value: str) -> bool:
    """A message not sent yet has no date to match; a date alone means the whole day, in UTC."""
    if message["date_sent"] is None:
        return False
    sent = parsedate_to_datetime(message["date_sent"])
    if len(value) == len("2026-11-22"):
        return bool(COMPARISONS[name](sent.date(), date.fromisoformat(value)))
    wanted = datetime.fromisoformat(value)
    return bool(COMPARISONS[name](sent, wanted if wanted.tzinfo else wanted.replace(tzinfo=UTC)))
