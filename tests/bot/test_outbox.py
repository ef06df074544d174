"""The outbox: a message is there once, and what a provider says of it never turns it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select, update
from sqlmodel import Session

from bot.claiming import Mark, mark
from bot.database import reading, transaction
from bot.messages import Receipt
from bot.outbox import FINAL, TABLE, Priority, Reply, State, enqueue
from bot.pushes import Push, cancel, fan_out, push_one
from bot.receipts import note_receipt
from nursery.contacts import ContactState, contact_at
from nursery.guardians import Topic
from nursery.recipients import Audience, recipients
from nursery.settings import today
from tests.cast import CAST, MONDAY, People, contact_of
from tests.databases import wipe

PROGRESS = {
    State.DUE: 0,
    State.HELD: 0,
    State.SENDING: 1,
    State.UNKNOWN: 1,
    State.SENT: 2,
    **dict.fromkeys(FINAL, 3),
}
"""How far a message has come."""

TOLD = [State.SENDING, State.SENT, State.DELIVERED, State.FAILED, State.CANCELLED]
"""What a provider can say."""


def reply(session: Session, who: str = "Piotr", key: str = "in:1:0", channel: str = "sms") -> int:
    contact = contact_of(session, who, channel)
    assert contact is not None
    assert contact.id is not None
    enqueue(session, [Reply(key, channel, contact.id, "Dzień dobry", "pl", MONDAY, contact.guardian_id)])
    return int(session.connection().execute(select(TABLE.c.id).where(TABLE.c.key == key)).scalar_one())


def put(session: Session, number: int, **values: Any) -> None:
    session.connection().execute(update(TABLE).where(TABLE.c.id == number).values(**values))


def rows(engine: Engine) -> Sequence[Any]:
    with reading(engine) as session:
        return session.connection().execute(select(TABLE).order_by(TABLE.c.id)).all()


def push(key: str = "notice:12", **more: Any) -> Push:
    fields: dict[str, Any] = {"topic": Topic.NOTICES, "priority": Priority.NOTICE} | more
    return Push(key, "notice", {"notice": 12}, setting_id=1, due_at=MONDAY, **fields)


def everyone(people: People, upto: int | None = None) -> Any:
    return recipients(Audience(people.setting.id or 0), Topic.NOTICES, today(MONDAY), upto=upto)


@pytest.mark.parametrize("told", TOLD)
@pytest.mark.parametrize("before", list(PROGRESS))
def test_a_receipt_carries_a_message_on_or_changes_nothing(
    engine: Engine, people: People, before: State, told: State
) -> None:
    with transaction(engine) as session:
        number = reply(session)
        put(session, number, state=before.value)
        changed = note_receipt(session, Receipt("sms", number, "SM1", told), MONDAY)
    state = State(rows(engine)[0].state)
    further = PROGRESS[told] > max(PROGRESS[before], PROGRESS[State.SENDING])
    assert state is (told if further else before)
    assert (changed is not None) is further


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=st.lists(st.sampled_from([*TOLD, "our own mark"]), min_size=1, max_size=8))
def test_in_whatever_order_and_however_often_it_is_told(
    engine: Engine, people: People, story: list[State | str]
) -> None:
    with transaction(engine) as session:
        number = reply(session, key=f"in:{sum(1 for _ in rows(engine)) + 1}:0")
        put(session, number, state=State.SENDING.value, lease="ours")
        came: list[State] = []
        for word in story:
            if word == "our own mark":
                mark(session, [Mark(number, "ours", State.SENT, provider_id="SM1", parts=1)], MONDAY)
            else:
                note_receipt(session, Receipt("sms", number, "SM1", word), MONDAY)
            session.expire_all()
            came.append(
                State(session.connection().execute(select(TABLE.c.state).where(TABLE.c.id == number)).scalar_one())
            )
    ranks = [PROGRESS[state] for state in came]
    assert ranks == sorted(ranks)
    ended = [word for word in story if word in FINAL]
    assert came[-1] is (ended[0] if ended else came[-1]), "the first end told is the end"
    assert len(set(came) & set(FINAL)) <= 1


@pytest.mark.parametrize(
    ("receipt", "taken"),
    [
        (Receipt("sms", None, "SM1", State.DELIVERED), True),
        (Receipt("sms", 1, "SM1", State.DELIVERED), True),
        (Receipt("sms", 1, "", State.DELIVERED), True),
        (Receipt("sms", 1, "SM2", State.DELIVERED), False),
        (Receipt("sms", 99, "SM1", State.DELIVERED), False),
        (Receipt("sms", None, "SM2", State.DELIVERED), False),
        (Receipt("telegram", 1, "SM1", State.DELIVERED), False),
        (Receipt("telegram", None, "SM1", State.DELIVERED), False),
    ],
)
def test_a_receipt_finds_its_message_and_no_other(
    engine: Engine, people: People, receipt: Receipt, taken: bool
) -> None:
    with transaction(engine) as session:
        number = reply(session)
        put(session, number, state=State.SENT.value, provider_id="SM1")
        assert (note_receipt(session, receipt, MONDAY) is not None) is taken


def test_an_early_receipt_tells_the_providers_number(engine: Engine, people: People) -> None:
    """The answer to our request may be lost: the callback, which carries our own number, still links the two."""
    with transaction(engine) as session:
        number = reply(session)
        put(session, number, state=State.SENDING.value, lease="ours")
        note_receipt(session, Receipt("sms", number, "SM1", State.SENDING), MONDAY)
        mark(session, [Mark(number, "ours", State.UNKNOWN, due_at=MONDAY)], MONDAY)
    with transaction(engine) as session:
        assert note_receipt(session, Receipt("sms", None, "SM1", State.DELIVERED), MONDAY) is not None
    assert rows(engine)[0].provider_id == "SM1"


def test_an_answer_put_in_twice_is_there_once(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        assert reply(session) == reply(session)
    assert len(rows(engine)) == 1


def test_a_push_goes_to_every_guardian_once_however_often_it_is_fanned_out(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        assert fan_out(session, push(), everyone(people, upto=2), MONDAY) == 2
        assert fan_out(session, push(), everyone(people), MONDAY) == len(people.guardians) - 2
        assert fan_out(session, push(), everyone(people), MONDAY) == 0
    assert {row.key for row in rows(engine)} == {f"notice:12:guardian:{number}" for number in range(1, 6)}
    assert len(rows(engine)) == len(people.guardians)
    assert {row.sender for row in rows(engine)} == {"sms", "telegram"}
    assert {row.state for row in rows(engine)} == {"due"}


def test_another_push_is_not_the_same(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        for key in ("notice:1", "notice:12"):
            assert fan_out(session, push(key), everyone(people), MONDAY) == len(people.guardians)


def test_who_has_stopped_is_not_in_a_fan_out(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        contact = contact_at(session, "sms", CAST["Piotr"].phone)
        assert contact is not None
        contact.state = ContactState.STOPPED
        session.add(contact)
        session.flush()
        assert fan_out(session, push(), everyone(people), MONDAY) == len(people.guardians) - 1


def test_one_push_to_one_person_is_new_once(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        contact = contact_of(session, "Amina", "telegram")
        assert push_one(session, push(), contact, MONDAY)
        assert not push_one(session, push(), contact, MONDAY)


@pytest.mark.parametrize(("state", "taken_back"), [(state, state in (State.DUE, State.HELD)) for state in State])
def test_only_what_has_not_left_is_taken_back(engine: Engine, people: People, state: State, taken_back: bool) -> None:
    with transaction(engine) as session:
        fan_out(session, push(), everyone(people), MONDAY)
        session.connection().execute(update(TABLE).values(state=state.value))
        assert cancel(session, "notice:12", MONDAY) == (len(people.guardians) if taken_back else 0)
    assert {row.state for row in rows(engine)} == {State.CANCELLED if taken_back else state}


def test_taking_one_push_back_leaves_its_neighbours(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        for key in ("notice:1", "notice:12", "notice_1", "notice%"):
            fan_out(session, push(key), everyone(people), MONDAY)
        assert cancel(session, "notice:1", MONDAY) == len(people.guardians)
        assert cancel(session, "notice_", MONDAY) == cancel(session, "%", MONDAY) == 0


def test_wiping_is_an_empty_database(engine: Engine, people: People) -> None:
    """What the other property tests rely on."""
    with transaction(engine) as session:
        reply(session)
    wipe(engine)
    assert rows(engine) == []
