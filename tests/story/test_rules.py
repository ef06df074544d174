"""The rules see what they are there to see: each is shown one faulty message."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from bot.outbox import Priority
from tests.story import rules
from tests.story.letters import Letter
from tests.story.teller import Written

NOON = datetime(2027, 1, 5, 12, 0, tzinfo=UTC)


def letter(text: str, who: str = "Piotr", at: datetime = NOON, key: str = "notice:1", language: str = "pl") -> Letter:
    row = SimpleNamespace(key=key, conversation="", priority=Priority.NOTICE, language=language, expires_at=None)
    return Letter(at, who, "sms", text, (), row)


def test_another_family() -> None:
    said = [Written(NOON, "Farah", "We have moved house again")]
    for text in ("Farah", "Noor", "07700 900003", "+447700900003", "70003", "They say: We have moved house again."):
        assert rules.of_others([letter(text)], said), text
        assert not rules.of_others([letter(text, "Farah")], [*said]), text
    assert not rules.of_others([letter("Zosia, Nowak")], said)


def test_twice() -> None:
    assert rules.twice([letter("Wellies"), letter("Wellies", key="notice:2")])
    assert not rules.twice([letter("Wellies"), letter("Wellies", "Ioana"), letter("Wellies", key="in:5:0")])


def test_at_night() -> None:
    late = NOON + timedelta(hours=7)
    assert rules.at_night([letter("Wellies", at=late)])
    assert not rules.at_night([letter("Wellies"), letter("Thank you", at=late, key="in:1:0")])


def test_after_a_stop() -> None:
    stop, start = Written(NOON, "Piotr", "STOP"), Written(NOON + timedelta(hours=2), "Piotr", "START")
    later = letter("Wellies", at=NOON + timedelta(hours=1))
    assert rules.while_away([later], [stop, start])
    assert not rules.while_away([letter("Wellies", at=NOON + timedelta(hours=3))], [stop, start])


def test_over_budget() -> None:
    four = [letter(f"Notice {number}", key=f"notice:{number}") for number in range(4)]
    assert rules.over_budget(four)
    assert not rules.over_budget(four[:3])


def test_too_long() -> None:
    long, note = "ż" * 202, "(Ta wiadomość jest po angielsku. Potrzebna pomoc? Proszę wysłać ZADZWOŃ.)"
    assert rules.long_texts([letter(long)])
    assert not rules.long_texts([letter(long[1:]), letter(long, key="in:1:0"), letter(f"{long}\n{note}")])
    assert rules.long_texts([letter("ż" * 269, key="in:1:0")])


def test_another_language() -> None:
    english, polish = "How do you find our messages so far?", "Co Państwo sądzą o naszych wiadomościach?"
    assert rules.in_other_words([letter(english)])
    assert rules.in_other_words([letter(polish, "Ioana", language="ro")])
    assert not rules.in_other_words([letter(polish)])
