"""The table: one line a measure, ours beside the floor or the peer of the same run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

ROUNDS = 3

HEADS = ("measure", "ours", "floor or peer", "ratio", "reach", "reached?")


@dataclass(slots=True)
class Series:
    """One figure over the rounds."""

    values: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return median(self.values)

    def show(self, shape: str = "{:,.0f}") -> str:
        """The median, and from the least to the most."""
        spread = f"{shape.format(min(self.values))}-{shape.format(max(self.values))}"
        return f"{shape.format(self.median)} ({spread})"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    measure: str
    ours: str
    against: str
    ratio: str
    reach: str
    reached: bool

    def cells(self) -> tuple[str, ...]:
        return self.measure, self.ours, self.against, self.ratio, self.reach, "yes" if self.reached else "NO"


def alternate(runs: Mapping[str, Callable[[], float]], rounds: int = ROUNDS) -> dict[str, Series]:
    """Runs each in turn, round after round, since the machine is shared: what disturbs one disturbs all."""
    found = {name: Series() for name in runs}
    for number in range(1, rounds + 1):
        for name, run in runs.items():
            value = run()
            found[name].values.append(value)
            print(f"  round {number}  {name}: {value:,.4g}", flush=True)
    return found


def show(rows: Sequence[Row]) -> None:
    """Prints rows as a table that Markdown reads too."""
    lines = [HEADS, *(row.cells() for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEADS))]
    print()
    for number, line in enumerate(lines):
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |")
        if number == 0:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|")


def times(ratio: float) -> str:
    return f"{ratio:.2f}×" if ratio < 10 else f"{ratio:.1f}×"
