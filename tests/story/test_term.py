"""A first term of the cast, told as a diary against the real webhooks, and every text that each guardian received."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.commands import desk
from tests.bot.office import KEY
from tests.story import rules
from tests.story.golden import diary
from tests.story.nursery import open_nursery
from tests.story.teller import Teller
from tests.talking import Clock

HERE = Path(__file__).parent
MONTHS = ("january", "february", "march")
FIRST_DAY = datetime(2027, 1, 4, 8, 0, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The story's clock, which the command line goes by as well."""
    clock = Clock(FIRST_DAY)

    class Moments(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return clock.now

    monkeypatch.setattr(desk, "datetime", Moments)
    return clock


@pytest.fixture
async def term(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> Teller:
    """The whole term, told."""
    monkeypatch.chdir(HERE)
    monkeypatch.setattr("sys.argv", [])
    for name, value in {"DATABASE_URL": f"sqlite:///{tmp_path / 'coatpeg.db'}", "SECRET_KEY": KEY}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("TEST_NUMBERS", "true")
    async with open_nursery(tmp_path, clock) as nursery:
        teller = Teller(nursery)
        for month in MONTHS:
            await teller.tell((HERE / f"{month}.diary").read_text(encoding="utf-8"))
    return teller


async def test_a_term(term: Teller, request: pytest.FixtureRequest) -> None:
    """All goes as the diary says, and the rules hold of every text; then each guardian's own diary is as it was."""
    letters, written = term.nursery.letters, term.written
    faults = {
        "not as the diary says": term.otherwise,
        "to a stranger": [one.who for one in letters if one.who not in rules.NAMES],
        "of another family": rules.of_others(letters, written),
        "twice": rules.twice(letters),
        "at night": rules.at_night(letters),
        "after a stop": rules.while_away(letters, written),
        "over the day's budget": rules.over_budget(letters),
        "too long": rules.long_texts(letters),
        "not in their language": rules.in_other_words(letters),
    }
    told = {who: diary(who, letters, written) for who in rules.NAMES}
    if request.config.getoption("--rewrite-diaries", default=False):
        for who, text in told.items():
            _kept(who).write_text(text, encoding="utf-8")
    assert not any(faults.values()), "\n".join(
        f"{name}:\n  " + "\n  ".join(found) for name, found in faults.items() if found
    )
    for who, text in told.items():
        assert text == _kept(who).read_text(encoding="utf-8"), f"{who} received something else: --rewrite-diaries"


def _kept(who: str) -> Path:
    return HERE / f"{who.lower()}.txt"
