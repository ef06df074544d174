"""The story's own option."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-diaries",
        action="store_true",
        help="Keep what the story's guardians receive now as what they should.",
    )
