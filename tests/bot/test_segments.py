"""What an SMS costs: every boundary of both alphabets, and marks made plain without touching a name."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.segments import BASIC, EXTENSION, PENCE_PER_PART, Parts, economical, parts, pence, segment

FSI, PDI, LRM = "\u2068", "\u2069", "\u200e"

BOUNDARIES = [
    ("", "GSM-7", 1, 0),
    ("a" * 160, "GSM-7", 1, 160),
    ("a" * 161, "GSM-7", 2, 161),
    ("a" * 306, "GSM-7", 2, 306),
    ("a" * 307, "GSM-7", 3, 307),
    ("€" * 80, "GSM-7", 1, 160),
    ("€" * 80 + "a", "GSM-7", 2, 161),
    ("a" * 152 + "€" + "a" * 7, "GSM-7", 2, 161),
    ("a" * 152 + "€" + "a" * 152, "GSM-7", 3, 306),  # the pair moves on whole, and leaves a place empty
    ("a" * 151 + "€" + "a" * 153, "GSM-7", 2, 306),
    ("ł" * 70, "UCS-2", 1, 70),
    ("ł" * 71, "UCS-2", 2, 71),
    ("ł" * 134, "UCS-2", 2, 134),
    ("ł" * 135, "UCS-2", 3, 135),
    ("🤒" * 35, "UCS-2", 1, 70),
    ("🤒" * 35 + "a", "UCS-2", 2, 71),
    ("ł" * 66 + "🤒" + "ł" * 3, "UCS-2", 2, 71),
    ("ł" * 66 + "🤒" + "ł" * 66, "UCS-2", 3, 134),
    ("ł" * 65 + "🤒" + "ł" * 67, "UCS-2", 2, 134),
    ("[" * 70 + "ł", "UCS-2", 2, 71),  # no escapes in UCS-2
]


@pytest.mark.parametrize(("text", "encoding", "count", "units"), BOUNDARIES)
def test_parts_at_the_boundaries(text: str, encoding: str, count: int, units: int) -> None:
    assert parts(text) == Parts(encoding, count, units)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Noor\u2019s \u201cshow and tell\u201d", 'Noor\'s "show and tell"'),
        ("9\u201311 \u2014 bring\u00a0wellies\u2026", "9-11 - bring wellies..."),
        ("butter\u00adfly\u2009room\ufeff", "butterfly room"),
        ("\u2022 hat\n\u2022 coat", "- hat\n- coat"),
        (f"Ref {FSI}Q-1042{PDI}{LRM}", "Ref Q-1042"),
        ("Señora Ñandú", "Señora Ñandú"),
        (
            "Zosia idzie do sali\u00a0\u201eMotyle\u201d, Łucja też\u2026",
            'Zosia idzie do sali "Motyle", Łucja też\u2026',
        ),
        (f"نور {FSI}Q-1042{PDI}", f"نور {FSI}Q-1042{PDI}"),
        ("👩\u200d👧 \u2014 hello", "👩\u200d👧 - hello"),
        ("می\u200cروم", "می\u200cروم"),
    ],
)
def test_marks_are_made_plain_and_nothing_else(text: str, plain: str) -> None:
    assert economical(text) == plain
    assert parts(economical(text)).count <= parts(text).count


def test_a_curly_quote_no_longer_doubles_the_price() -> None:
    text = "Noor\u2019s day: " + "a" * 140
    assert (parts(text).count, parts(economical(text)).count) == (3, 1)


def test_pence() -> None:
    assert pence(3) == 3 * PENCE_PER_PART
    assert isinstance(pence(0), Decimal)


gsm = st.text(st.sampled_from(sorted(BASIC | EXTENSION)), max_size=700)


@given(st.one_of(gsm, st.text(max_size=500), st.text(st.sampled_from("ał🤒€"), max_size=500)))
def test_parts_rejoin_fit_and_split_no_pair(text: str) -> None:
    whole, pieces = parts(text), segment(text)
    assert "".join(pieces) == text
    assert len(pieces) == whole.count
    gsm7 = whole.encoding == "GSM-7"
    alone, joined = (160, 153) if gsm7 else (70, 67)
    widths = [sum(2 if (letter in EXTENSION if gsm7 else letter > "\uffff") else 1 for letter in p) for p in pieces]
    assert sum(widths) == whole.units
    assert all(width <= (alone if len(pieces) == 1 else joined) for width in widths)
    assert all(width >= joined - 1 for width in widths[:-1])  # no part is left with room for another pair


@given(st.text())
def test_economical_is_settled_at_once_and_keeps_every_letter(text: str) -> None:
    plain = economical(text)
    assert economical(plain) == plain
    assert [c for c in plain if c.isalpha()] == [c for c in text if c.isalpha()]
    assert parts(plain).count <= parts(text).count
