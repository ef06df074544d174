"""The pace: never faster than a provider allows, never slower than need be, answers before bulk. Simulated seconds."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.channels import Limits
from bot.pace import CATCH_UP, Pace

TELEGRAM = Limits(per_second=30, per_chat_seconds=1.0)
LONG_CODE = Limits(per_second=1, counts_parts=True)
SERVICE = Limits(per_second=10, counts_parts=True)
FREE = Limits()

SMALL = 1e-9


@dataclass(frozen=True, slots=True)
class Wish:
    """A message somebody wants to send: how long after the last one, to whom, as an answer or not, in how many parts;
    and how late our timer is when its time has come."""

    after: float
    chat: str
    reply: bool = False
    parts: int = 1
    late: float = 0.0


WISHES = st.lists(
    st.builds(
        Wish,
        after=st.sampled_from([0.0, 0.0, 0.0, 0.01, 0.3, 2.0]),
        chat=st.sampled_from("abcdefghij"),
        reply=st.booleans(),
        parts=st.integers(1, 4),
        late=st.sampled_from([0.0, 0.0, 0.002, 0.05, 0.5]),
    ),
    max_size=120,
)


@dataclass
class Sender:
    """Sends wishes one after another, each as soon as its pace lets it."""

    pace: Pace
    now: float = 100.0
    sent: list[tuple[float, Wish]] = field(default_factory=list)

    def send(self, wish: Wish) -> None:
        self.now += wish.after
        while (wait := self.pace.wait(wish.chat, self.now, reply=wish.reply)) > 0:
            self.now += wait + wish.late
        self.pace.went(wish.chat, self.now, reply=wish.reply, weight=wish.parts)
        self.sent.append((self.now, wish))


def sent_by(limits: Limits, wishes: list[Wish]) -> list[tuple[float, Wish]]:
    sender = Sender(Pace(limits))
    for wish in wishes:
        sender.send(wish)
    return sender.sent


@given(wishes=WISHES)
def test_no_second_has_more_than_the_rate(wishes: list[Wish]) -> None:
    times = [at for at, _ in sent_by(TELEGRAM, wishes)]
    for first, last in zip(times, times[30:], strict=False):
        assert last - first > 1.0, "the thirty-first message leaves more than a second after the first"


@given(many=st.integers(60, 200), reply=st.booleans())
def test_no_second_has_more_than_the_rate_even_in_a_rush(many: int, reply: bool) -> None:
    times = [at for at, _ in sent_by(TELEGRAM, [Wish(0.0, str(number), reply) for number in range(many)])]
    assert all(last - first > 1.0 for first, last in zip(times, times[30:], strict=False))


@given(wishes=WISHES)
def test_a_chat_is_given_its_second(wishes: list[Wish]) -> None:
    by_chat: dict[str, list[float]] = {}
    for at, wish in sent_by(TELEGRAM, wishes):
        by_chat.setdefault(wish.chat, []).append(at)
    for times in by_chat.values():
        assert all(last - first >= 1.0 - SMALL for first, last in pairwise(times))


@given(wishes=WISHES, limits=st.sampled_from([LONG_CODE, SERVICE]))
def test_where_parts_are_counted_a_long_text_takes_its_time(wishes: list[Wish], limits: Limits) -> None:
    """Bulk alone; an answer may go at once, since Twilio queues what is too fast."""
    assert limits.per_second is not None
    sent = [(at, wish.parts) for at, wish in sent_by(limits, [Wish(w.after, w.chat, False, w.parts) for w in wishes])]
    for place, (begin, _) in enumerate(sent):
        for upto in range(place, min(place + 30, len(sent))):
            parts = sum(count for _, count in sent[place : upto + 1])
            seconds = sent[upto][0] - begin
            spare = (
                CATCH_UP + 2
            ) * 4  # what a late timer may make up for and one to begin with, of the longest messages
            assert parts <= limits.per_second * seconds + spare + SMALL


@given(wishes=WISHES, chat=st.sampled_from("abcz"))
def test_an_answer_never_waits_longer_than_bulk(wishes: list[Wish], chat: str) -> None:
    sender = Sender(Pace(TELEGRAM))
    for wish in wishes:
        sender.send(wish)
        answer, bulk = (sender.pace.wait(chat, sender.now, reply=reply) for reply in (True, False))
        assert answer <= bulk


def test_an_answer_goes_at_once_while_bulk_runs() -> None:
    """After ten seconds of bulk with people being answered, an answer finds a place within a few hundredths."""
    sender = Sender(Pace(TELEGRAM))
    waits = []
    for number in range(300):
        sender.send(Wish(0.0, f"bulk {number}"))
        if number % 20 == 0:
            waits.append(sender.pace.wait(f"chat {number}", sender.now, reply=True))
            sender.send(Wish(0.0, f"chat {number}", reply=True))
    assert max(waits[6:]) < 0.1


@pytest.mark.parametrize(("limits", "least"), [(TELEGRAM, 29.0), (SERVICE, 9.7), (LONG_CODE, 0.95)])
def test_what_is_allowed_is_used(limits: Limits, least: float) -> None:
    times = [at for at, _ in sent_by(limits, [Wish(0.0, str(number)) for number in range(600)])]
    assert 599 / (times[-1] - times[0]) >= least


def test_no_limits_no_waiting() -> None:
    times = [at for at, _ in sent_by(FREE, [Wish(0.0, "a") for _ in range(100)])]
    assert times[0] == times[-1]


@given(wishes=WISHES, seconds=st.integers(1, 60))
def test_retry_after_is_obeyed_to_the_second(wishes: list[Wish], seconds: int) -> None:
    """For everybody, answers too; and not a moment longer than one's own place takes."""
    sender = Sender(Pace(TELEGRAM))
    for wish in wishes:
        sender.send(wish)
    sender.pace.pause(seconds, sender.now)
    told = sender.now
    for chat, reply in (("a", True), ("z", False), ("y", True)):
        assert sender.pace.wait(chat, told, reply=reply) >= seconds - SMALL
    sender.send(Wish(0.0, "z", reply=True))
    assert seconds - SMALL <= sender.now - told <= seconds + 1.03


@given(seconds=st.integers(1, 60))
def test_one_chats_retry_after_stops_nobody_else(seconds: int) -> None:
    pace = Pace(TELEGRAM)
    pace.pause(seconds, 100.0, "a")
    assert pace.wait("a", 100.0, reply=True) == seconds == pace.chat_wait("a", 100.0)
    assert pace.wait("b", 100.0, reply=False) == 0


@given(first=st.integers(1, 60), second=st.integers(1, 60))
def test_a_shorter_retry_after_does_not_undo_a_longer(first: int, second: int) -> None:
    pace = Pace(TELEGRAM)
    pace.pause(first, 100.0)
    pace.pause(second, 100.0)
    assert pace.wait("a", 100.0, reply=True) == max(first, second)


def test_what_is_remembered_of_chats_does_not_grow_for_ever() -> None:
    pace = Pace(Limits(per_chat_seconds=1.0))
    for number in range(50_000):
        pace.went(str(number), number / 100, reply=False)
    assert len(pace._chats) <= 10_000


@given(waiting=st.integers(2, 50))
def test_forgetting_chats_forgets_nobody_who_has_to_wait(waiting: int) -> None:
    pace = Pace(Limits(per_chat_seconds=1.0))
    for number in range(waiting):
        pace.pause(600, 0.0, f"told to wait {number}")
    for number in range(10_100):
        pace.went(str(number), number / 1000, reply=False)
    assume(len(pace._chats) > 0)
    assert all(pace.wait(f"told to wait {number}", 10.1, reply=True) > 500 for number in range(waiting))
