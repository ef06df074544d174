"""What a provider can do instead of answering well: the vocabulary of failures, and those still to come."""

from dataclasses import dataclass, replace
from typing import Any, Literal

Kind = Literal["answer", "reset_before", "reset_after", "slow", "never"]


@dataclass(frozen=True, slots=True)
class Failure:
    """One way to fail; calling it gives the same failure with other particulars: `Fail.TOO_MANY(retry_after=2)`."""

    kind: Kind
    status: int = 0
    text: str = ""
    code: int = 0
    retry_after: int = 0
    seconds: float = 0.0

    def __call__(self, **particulars: Any) -> "Failure":
        return replace(self, **particulars)


class Fail:
    """The failures by name. BLOCKED and CHAT_NOT_FOUND are Telegram's; `code=` is Twilio's, `text=` anyone's."""

    TOO_MANY = Failure("answer", 429, code=20429, retry_after=1)
    BLOCKED = Failure("answer", 403, "Forbidden: bot was blocked by the user")
    CHAT_NOT_FOUND = Failure("answer", 400, "Bad Request: chat not found")
    REFUSED = Failure("answer", 400)
    SERVER_ERROR = Failure("answer", 500, "Internal Server Error", code=20500)
    BAD_GATEWAY = Failure("answer", 502, "Bad Gateway")
    RESET_BEFORE = Failure("reset_before")
    RESET_AFTER = Failure("reset_after")
    SLOW = Failure("slow", seconds=1.0)
    NEVER = Failure("never")

    @classmethod
    def named(cls, name: str) -> Failure:
        """Raises KeyError for a name that isn't in the vocabulary."""
        found = cls.__dict__[name]
        if not isinstance(found, Failure):
            raise KeyError(name)
        return found


class Refused(Exception):
    """The real server would not take this request either, through no mistake of ours."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.text)
        self.failure = failure


class Violation(Refused):
    """A request the provider's specification rules out: our mistake, recorded and refused."""


@dataclass(slots=True)
class Plan:
    """A failure waiting for its request; `None` matches any method or anyone, and as `times`, every time."""

    failure: Failure
    method: str | None
    who: str | None
    times: int | None

    def matches(self, method: str, who: str) -> bool:
        return self.method in (None, method) and self.who in (None, who)


class Plans:
    """The failures to come, first planned first met."""

    def __init__(self) -> None:
        self._plans: list[Plan] = []

    def add(self, plan: Plan) -> None:
        self._plans.append(plan)

    def clear(self) -> None:
        self._plans.clear()

    def take(self, method: str, who: object) -> Failure | None:
        """The failure this request meets, counted off; None when it is to go well."""
        if not self._plans:
            return None
        for plan in self._plans:
            if plan.matches(method, str(who)):
                self._count_off(plan)
                return plan.failure
        return None

    def _count_off(self, plan: Plan) -> None:
        if plan.times is None:
            return
        plan.times -= 1
        if plan.times <= 0:
            self._plans.remove(plan)
