"""Takes the sentences of the shipped library (TOML files) out for translation, as an extractor for Babel."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any

TRANSLATED = {
    "fact",
    "growth",
    "baby",
    "toddler",
    "preschool",
    "text",
    "name",
    "term",
    "meaning",
    "short",
    "full",
    "plainer",
    "try",
    "sign",
    "what",
    "words",
    "other",
}
"""The keys whose values parents read, or type (lists with commas)."""


def extract(
    fileobj: IO[bytes], keywords: Mapping[str, Any], comment_tags: Sequence[str], options: Mapping[str, Any]
) -> Iterator[tuple[int, None, str, list[str]]]:
    """Yields (line, function, message, comments) for each sentence, with its path in the file as the comment."""
    lines = fileobj.read().decode()
    for path, sentence in _sentences(tomllib.loads(lines), ""):
        line = lines[: max(lines.find(sentence[:40]), 0)].count("\n") + 1
        yield line, None, sentence, [path]


def _sentences(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for item in value:
            yield from _sentences(item, f"{path}[{item.get('id', '')}]" if isinstance(item, dict) else path)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str) and key in TRANSLATED:
                yield f"{path}.{key}", inner
            elif key != "slots":
                yield from _sentences(inner, f"{path}.{key}".lstrip("."))
