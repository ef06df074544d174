"""The messaging engine."""

import gc
import sys

gc.set_threshold(500_000)
"""What a start loads stays: looking through it for what could be let go was a tenth of every start. No start makes so
many; `bot.app` sets what suits a server once it runs."""

for unused in ("rich", "httpx._main"):
    sys.modules.setdefault(unused, None)  # type: ignore[arg-type]
"""structlog and typer load the one, 3 MB, wherever it is installed, to print in colours; python-telegram-bot brings the
other, httpx's own command line, 2 MB more. All three do without where there is none."""
