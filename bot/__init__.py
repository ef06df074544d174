"""The messaging engine."""

import gc
import sys

gc.set_threshold(500_000)
"""What a start loads stays: looking through it for what could be let go was a tenth of every start. No start makes so
many; `bot.app` sets what suits a server once it runs."""

sys.modules.setdefault("rich", None)  # type: ignore[arg-type]
"""structlog and typer load it, 3 MB, wherever it is installed, to print in colours; they do without where it is not."""
