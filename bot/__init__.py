"""The messaging engine."""

import sys

sys.modules.setdefault("rich", None)  # type: ignore[arg-type]
"""structlog and typer load it, 3 MB, wherever it is installed, to print in colours; they do without where it is not."""
