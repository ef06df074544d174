"""Telegram webhook to committed answer, messages a second: ours against python-telegram-bot's Application and aiogram.

Ours is the real `serve --web` on a SQLite file with synchronous=FULL: it counts from the first request to the last
200, which is answered after the commit, and every answer must then be in the database. The peers store nothing: they
count to the moment the last reply reached the Bot API server, and every reply must have.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

from bench.families import CHATS, SECRET, copied, environment, small_database
from bench.load import dealt, fire, post
from bench.machine import LOAD_CORE, cpu_seconds, pin, run, server, until_answers
from bench.providers import Provider, free_port, provider
from bench.table import Row, Series, alternate, show, times
from tests.providers.telegram import TOKEN

STEPS = ("MENU", "1")
"""What every parent sends, again and again: the menu, and its first line."""

WARM_UP = 600
OURS = 12_000
PEERS = 1_500
REACH_PTB, REACH_AIOGRAM = 4.0, 2.5


def measure() -> list[Row]:
    pin(LOAD_CORE)
    prepared = small_database()
    with provider("telegram", "--no-validate") as telegram:
        found = alternate(
            {
                "ours": partial(ours, prepared, telegram),
                "PTB": partial(peer, telegram, "bench.ptb_peer"),
                "aiogram": partial(peer, telegram, "bench.aiogram_peer"),
            }
        )
    name = "webhook to committed answer, messages/s"
    return [
        _row(f"{name} (PTB)", found["ours"], found["PTB"], REACH_PTB),
        _row(f"{name} (aiogram)", found["ours"], found["aiogram"], REACH_AIOGRAM),
    ]


def ours(prepared: Path, telegram: Provider) -> float:
    """Messages a second that were answered and committed."""
    file, port = copied(prepared, "webhook.db"), free_port()
    settings = environment(file, telegram.base)
    with server("-m", "bot", "serve", "--web", "--port", str(port), environment=settings) as pid:
        until_answers(f"http://127.0.0.1:{port}/ready")
        rate = _load(port, pid, WARM_UP, OURS)
    _all_answered(file, WARM_UP + OURS)
    return rate


def peer(telegram: Provider, module: str, *flags: str) -> float:
    """Messages a second whose reply reached the Bot API server."""
    port = free_port()
    where = ("--port", str(port), "--api", telegram.base, "--token", TOKEN)
    with server("-m", module, *where, *flags) as pid:
        until_answers(f"http://127.0.0.1:{port}/hooks/telegram")
        telegram.reset()
        run(fire(port, dealt(_requests(WARM_UP // 4), CHATS)))
        telegram.until_sent(WARM_UP // 4)
        telegram.reset()
        before = cpu_seconds(pid)
        fired = run(fire(port, dealt(_requests(PEERS), CHATS)))
        sent = telegram.until_sent(PEERS)
        _print_cpu(pid, before, PEERS)
    assert len(sent) == PEERS, f"{module}: {len(sent)} of {PEERS} replies arrived"
    return PEERS / (max(float(one["at"]) for one in sent) - fired.began)


def _load(port: int, pid: int, warm_up: int, count: int) -> float:
    run(fire(port, dealt(_requests(warm_up), CHATS)))
    before = cpu_seconds(pid)
    fired = run(fire(port, dealt(_requests(count), CHATS)))
    assert fired.statuses == {200: count}, f"answered {dict(fired.statuses)}"
    _print_cpu(pid, before, count)
    return count / (fired.ended - fired.began)


def _print_cpu(pid: int, before: float, count: int) -> None:
    """Where others use the machine too, this is the steadier number."""
    print(f"    {(cpu_seconds(pid) - before) / count * 1e6:.0f} µs of CPU a message")


def _requests(count: int) -> list[bytes]:
    """So many messages from parents in turn; each takes the next step when its turn comes again."""
    turns = (divmod(number, CHATS) for number in range(count))
    return [post("/hooks/telegram", SECRET, chat + 1, STEPS[step % len(STEPS)]) for step, chat in turns]


def _all_answered(file: Path, count: int) -> None:
    """Raises unless so many messages are kept, each with its answer."""
    with closing(sqlite3.connect(file)) as database:
        kept = database.execute("SELECT count(*) FROM inbound_message").fetchone()[0]
        answered = database.execute(
            "SELECT count(*) FROM inbound_message AS m JOIN outbox_message AS o ON o.key = 'in:' || m.id || ':0'"
        ).fetchone()[0]
    assert kept == answered == count, f"{count} messages sent, {kept} kept, {answered} answered"


def _row(name: str, mine: Series, theirs: Series, reach: float) -> Row:
    ratio = mine.median / theirs.median
    return Row(name, mine.show(), theirs.show(), times(ratio), f"at least {times(reach)}", ratio >= reach)


if __name__ == "__main__":
    show(measure())
