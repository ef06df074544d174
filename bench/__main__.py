"""Measures everything and prints the table; a few minutes. Each measure also runs alone: `python -m bench.sends`."""

from __future__ import annotations

from bench import fanout, latency, paced, sends, startup, webhook
from bench.table import Row, show


def main() -> None:
    rows: list[Row] = []
    for measure in (webhook, fanout, sends, paced, latency, startup):
        print(f"{measure.__name__.removeprefix('bench.')}: {str(measure.__doc__).splitlines()[0]}", flush=True)
        rows += measure.measure()
    show(rows)


if __name__ == "__main__":
    main()
