"""The way in: whatever comes is kept once, answered once, and in order."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import col, select

from bot.database import reading, transaction
from bot.messages import Attachment, Incoming, Kind, Reading
from bot.receive import receive
from nursery.contacts import Contact, ContactState, contact_at
from nursery.inbox import TEXT_LIMIT, InboundMessage, Media
from tests.bot.conftest import HOUSE
from tests.bot.office import Office
from tests.cast import CAST, MONDAY, People

AMINA = CAST["Amina"].chat
PIOTR = CAST["Piotr"].phone


def inbound(engine: Engine) -> list[InboundMessage]:
    with reading(engine) as session:
        return list(session.exec(select(InboundMessage).order_by(col(InboundMessage.id))))


def take(engine: Engine, text: str, number: int = 1, **fields: object) -> bool:
    """Amina sends this; says whether it was new."""
    incoming = Incoming("telegram", f"p{number}", AMINA, text=text, **fields)  # type: ignore[arg-type]
    with transaction(engine) as session:
        return receive(session, incoming, HOUSE, MONDAY) is not None


async def test_a_repeat_adds_nothing(office: Office, people: People) -> None:
    """Chatwoot and GOV.UK Notify take a provider's repeat for a second message."""
    for _ in range(3):
        office.count = 0
        await office.hear("Amina", "MENU")
    assert len(inbound(office.engine)) == len(office.rows()) == 1
    assert office.woken == ["telegram"]


async def test_a_repeat_at_the_same_moment_adds_nothing(office: Office, people: People) -> None:
    incoming = Reading((Incoming("telegram", "p1", AMINA, text="MENU"),))
    await asyncio.gather(*(office.doors.take(incoming) for _ in range(8)))
    assert len(inbound(office.engine)) == len(office.rows()) == 1


async def test_the_same_number_on_another_channel_is_another_message(office: Office, people: People) -> None:
    await office.hear("Amina", "MENU")
    office.count = 0
    await office.hear("Piotr", "MENU")
    assert len(inbound(office.engine)) == 2


async def test_a_repeat_of_a_message_that_failed_adds_nothing(office: Office, people: People) -> None:
    for _ in range(2):
        office.count = 0
        await office.hear("Amina", "TRIP")
    assert len(inbound(office.engine)) == len(office.rows()) == len(office.tasks()) == 1


STRANGE = {
    "nothing": "",
    "blanks": " \n\t ",
    "huge": "ab " * 40_000,
    "emoji": "👨‍👩‍👧‍👦🤒🏽",
    "right to left": "نور مریضہ ہے، آج نہیں آئے گی",
    "direction marks": "\u202eevil\u202c \u2066Noor\u2069 \u200f",
    "a NUL": "Noor\x00 is ill",
    "nothing but a NUL": "\x00",
    "other controls": "\x01\x02\x1b[31m\x7f",
    "a lone half of a pair": "Noor \ud83d",
    "markup": "<b>Noor</b> & _co_ *x* `y` [z](w) %(child)s {0} %s",
    "SQL": "'; DROP TABLE contact; --",
    "digits of another script": "٢",
    "a very long number": "9" * 3000,
}


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE.keys())
async def test_whatever_they_write_is_kept_and_answered(office: Office, people: People, text: str) -> None:
    await office.hear("Amina", text)
    (message,) = inbound(office.engine)
    assert message.text == text.encode("utf-8", "replace").decode()[:TEXT_LIMIT].replace("\x00", "")
    assert message.outcome != "broken"
    assert office.rows()
    await office.drain()
    assert len(office.telegram.sent) == len(office.rows())
    assert not office.telegram.violations


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200))
def test_no_words_break_it(engine: Engine, people: People, text: str) -> None:
    test_no_words_break_it.count += 1  # type: ignore[attr-defined]
    assert take(engine, text, test_no_words_break_it.count)  # type: ignore[attr-defined]


test_no_words_break_it.count = 0  # type: ignore[attr-defined]


async def test_an_edit_is_kept_beside_what_it_corrects(office: Office, people: People) -> None:
    await office.hear("Amina", "Noor comes at nine", message_ref="7")
    await office.hear("Amina", "Noor comes at ten", message_ref="7", kind=Kind.EDIT)
    first, second = inbound(office.engine)
    assert (first.text, second.text) == ("Noor comes at nine", "Noor comes at ten")
    assert second.corrects_id == first.id
    assert second.for_staff
    assert len(office.rows()) == 2, "the first led to nothing, so the second is answered as if it were new"


async def test_an_edit_of_what_we_never_saw_is_kept_too(office: Office, people: People) -> None:
    await office.hear("Amina", "Noor comes at ten", message_ref="7", kind=Kind.EDIT)
    assert inbound(office.engine)[0].corrects_id is None
    assert len(office.rows()) == 1


@pytest.mark.parametrize(
    ("before", "kind", "after"),
    [
        (ContactState.ACTIVE, Kind.BLOCKED, ContactState.BLOCKED),
        (ContactState.BLOCKED, Kind.UNBLOCKED, ContactState.ACTIVE),
        (ContactState.STOPPED, Kind.BLOCKED, ContactState.STOPPED),
        (ContactState.STOPPED, Kind.UNBLOCKED, ContactState.STOPPED),
        (ContactState.CLOSED, Kind.UNBLOCKED, ContactState.CLOSED),
    ],
)
async def test_blocking_and_unblocking(
    office: Office, people: People, before: ContactState, kind: Kind, after: ContactState
) -> None:
    office.shut("Amina", before)
    await office.hear("Amina", "", kind=kind)
    assert office.contact("Amina").state == after
    assert office.rows() == []


@pytest.mark.parametrize("before", [ContactState.BLOCKED, ContactState.CLOSED])
async def test_whoever_writes_can_be_written_to(office: Office, people: People, before: ContactState) -> None:
    office.shut("Amina", before)
    await office.hear("Amina", "MENU")
    assert office.contact("Amina").state == ContactState.ACTIVE


async def test_who_said_stop_stays_stopped_by_writing(office: Office, people: People) -> None:
    office.shut("Amina", ContactState.STOPPED)
    await office.hear("Amina", "MENU")
    assert office.contact("Amina").state == ContactState.STOPPED
    await office.drain()
    assert len(office.telegram.sent) == 1, "but is answered, having just written"


async def test_a_sender_that_cannot_be_answered_is_for_staff(office: Office, people: People) -> None:
    reading_ = Reading((Incoming("sms", "p1", "RoyalMail", text="Your parcel", answerable=False),))
    await office.doors.take(reading_)
    assert inbound(office.engine)[0].for_staff
    assert office.rows() == []


async def test_a_group_is_kept_and_never_answered(office: Office, people: People) -> None:
    await office.hear("Amina", "", kind=Kind.GROUP)
    await asyncio.sleep(0.05)
    assert office.rows() == []


async def test_two_messages_at_once_are_taken_in_order(office: Office, people: People) -> None:
    await office.hear("Amina", "NAMEIT")
    await asyncio.gather(office.hear("Amina", "apples"), office.hear("Amina", "pears"))
    assert [row.text.splitlines()[0] for row in office.rows()] == [
        "What is the first?",
        "What is the second?",
        "apples then pears",
    ]


async def test_a_conversation_that_fails_loses_only_its_own_writes(office: Office, people: People) -> None:
    await asyncio.gather(
        office.hear("Piotr", "MENU"),
        office.hear("Amina", "TRIP"),
        office.hear("Ioana", "MENU"),
        return_exceptions=False,
    )
    messages = {message.text: message for message in inbound(office.engine)}
    assert len(messages) == 2
    assert len(inbound(office.engine)) == 3
    assert (messages["TRIP"].outcome, messages["TRIP"].for_staff) == ("broken", True)
    (task,) = office.tasks()
    assert (task.key, task.kind) == (f"broken:{messages['TRIP'].id}", "broken message")
    assert len(office.rows()) == 3
    sorry = next(row for row in office.rows() if row.sender == "telegram")
    assert "something went wrong" in sorry.text


async def test_an_apology_is_in_the_parents_language(office: Office, people: People) -> None:
    await office.hear("Piotr", "TRIP")
    await office.hear("Amina", "TRIP")
    texts = [row.language for row in office.rows()]
    assert texts == ["pl", "en_GB"]


async def test_a_stranger_is_kept_as_nobodys_contact(office: Office, people: People) -> None:
    await office.hear("Stranger", "hello")
    with reading(office.engine) as session:
        contact = contact_at(session, "sms", CAST["Stranger"].phone)
        assert contact is not None
        assert contact.guardian_id is None


async def test_a_photo_is_noted_once_and_too_large_a_one_is_refused_in_words(office: Office, people: People) -> None:
    good = Attachment("photo", "file1", "image/jpeg", 20_000)
    large = Attachment("document", "file2", "application/pdf", 50_000_000)
    for _ in range(2):
        office.count = 0
        await office.hear("Amina", "Her rash", attachments=(good, large))
    with reading(office.engine) as session:
        kept = session.exec(select(Media).order_by(col(Media.id))).all()
    assert [(one.ref, one.refused) for one in kept] == [("file1", ""), ("file2", "size")]
    assert "too large" in office.rows()[0].text


async def test_many_strangers_at_once_are_as_many_contacts(office: Office, people: People) -> None:
    async def write(number: int) -> None:
        await office.doors.take(Reading((Incoming("telegram", f"q{number}", str(number % 10), text="hello"),)))

    await asyncio.gather(*(write(number) for number in range(50)))
    with reading(office.engine) as session:
        strangers = session.exec(select(Contact).where(col(Contact.guardian_id).is_(None))).all()
    assert len(strangers) == 10
    assert len(inbound(office.engine)) == 50
