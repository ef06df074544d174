"""How a script is written down, and how what was said is held against it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.cast import CAST

HEAD = re.compile(r"^(?P<who>[A-Z]\w+)(?: to (?P<to>\w+))?:(?: (?P<said>.*))?$")
US = "Coatpeg"
NOTHING = "(nothing)"
ANY_LINES = r"(?:[^\n]*\n)*"


@dataclass(slots=True)
class Line:
    """What one side says: its first line follows the name, further ones are indented."""

    who: str
    to: str
    lines: list[str]

    @property
    def ours(self) -> bool:
        return self.who == US

    def written(self) -> list[str]:
        head = f"{self.who} to {self.to}:" if self.to else f"{self.who}:"
        first, *others = self.lines or [""]
        return [f"{head} {first}".strip(), *(f"  {line}" for line in others)]


@dataclass(slots=True)
class Exchange:
    """Something said to us (or, without it, what we send by ourselves) and all that we are to say then."""

    said: Line | None
    replies: list[Line] = field(default_factory=list)

    def expected(self) -> list[str]:
        if [reply.lines for reply in self.replies] == [[NOTHING]]:
            return []
        return [line for reply in self.replies for line in reply.written()]


def exchanges(script: str) -> list[Exchange]:
    """The script, cut at each thing that is said to us. Raises ValueError for a line that is nobody's."""
    found: list[Exchange] = []
    for line in _lines(script):
        if not line.ours:
            found.append(Exchange(line))
        elif line.to and (not found or not found[-1].replies or not found[-1].replies[-1].to):
            found.append(Exchange(None, [line]))
        else:
            if not found:
                raise ValueError("a script begins with somebody's line, or with 'Coatpeg to NAME:'")
            found[-1].replies.append(line)
    return found


def matches(expected: Sequence[str], actual: Sequence[str]) -> bool:
    """Whether the lines are the same; `...` stands for any words, and alone on an indented line for any lines."""
    pattern = "".join(ANY_LINES if line == "  ..." else _pattern(line) + "\n" for line in expected)
    return re.fullmatch(pattern, "".join(line + "\n" for line in actual)) is not None


def difference(before: Sequence[str], expected: Sequence[str], actual: Sequence[str]) -> str:
    """What to show: the script so far, then what was expected (-) beside what was said (+)."""
    told = [next((one for one in actual if re.fullmatch(_pattern(line), one)), line) for line in expected]
    return "\n".join(["", *(f"  {line}" for line in before), *difflib.ndiff(told, list(actual)), ""])


def _lines(script: str) -> list[Line]:
    lines: list[Line] = []
    for raw in script.splitlines():
        head = HEAD.match(raw.strip())
        if head and head["who"] in {US, *CAST}:
            lines.append(Line(head["who"], head["to"] or "", [head["said"]] if head["said"] else []))
        elif raw.strip():
            if not lines:
                raise ValueError(f"whose line is this? {raw!r}")
            lines[-1].lines.append(raw.strip())
    return lines


def _pattern(expected: str) -> str:
    return "[^\n]*".join(re.escape(part) for part in expected.split("..."))
