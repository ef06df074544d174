"""Phrases of two parts: an opener and a subject, in either order, and nothing else."""

import pytest

from bot.phrases import Phrases

ASKED = Phrases(frozenset({"what is", "what's"}), {"psed": "psed", "key person": "key person", "key": "key"})


@pytest.mark.parametrize(
    ("said", "subject"),
    [
        ("what is psed", "psed"),
        ("psed what is", "psed"),
        ("what's key person", "key person"),
        ("key person what is", "key person"),
        ("what is key", "key"),
        ("psed", None),
        ("what is", None),
        ("what is psed today", None),
        ("what psed is", None),
        ("psed key", None),
        ("", None),
    ],
)
def test_a_subject_is_found_before_or_behind_its_opener(said: str, subject: str | None) -> None:
    assert ASKED.subject(said) == subject
