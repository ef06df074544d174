"""What is held of a guardian: one line a table, how it is counted for them, and what becomes of it when they are
erased."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, false, func, or_
from sqlalchemy import select as core_select
from sqlmodel import Session, SQLModel, select

from locales import N_
from locales.sentences import D_
from nursery import data_requests, lessons  # noqa: F401  no command names them, and their tables must be known here
from nursery.contacts import Contact, SharedPhone


class Fate(StrEnum):
    """What erasing a guardian does to a table's rows."""

    ERASED = "erased"
    UNTIED = "untied"
    """Stays, and no longer says whose it was."""
    KEPT = "kept"
    """Must be kept; `why` says so to staff, who tell the guardian."""


@dataclass(frozen=True, slots=True)
class Held:
    """A table with rows of a guardian (a column `guardian_id`) or of their addresses (`contact_id`).

    Every such table has a line here: a test looks at them all. Either `name`, as DATA counts it ("consents 2"), or
    `uncounted`, why it does not. `hidden` are columns an export leaves out; `withheld` leaves out the whole table.
    """

    table: str
    name: str = ""
    uncounted: str = ""
    fate: Fate = Fate.ERASED
    why: str = ""
    hidden: tuple[str, ...] = ()
    withheld: bool = False
    wiped: tuple[str, ...] = ()
    """Of what is untied, the columns that are emptied too."""


IN_WORDS = "DATA says it in words of its own"
THE_LEADS = "what is with the safeguarding lead is told by the lead, who first weighs whether it could harm"
OUR_NOTES = "our own note of what was sent, so that it is not sent twice"

HELD: tuple[Held, ...] = (
    Held("about_me", N_("All About Me answers")),
    Held("absence", N_("absences told")),
    Held("appointment", N_("appointments"), fate=Fate.UNTIED, wiped=("child_id", "needs", "inbound_id", "booked_at")),
    Held("beginning", uncounted="how far the first weeks' messages have come"),
    Held("calendar_link", uncounted="when a link to their calendar was made; it holds no words"),
    Held(
        "complaint",
        uncounted=IN_WORDS,
        fate=Fate.KEPT,
        why=D_("complaints: the EYFS has the setting keep a record of each, which Ofsted may ask for"),
        hidden=("investigation", "actions", "handler_id", "outcome_by_id", "about_manager"),
    ),
    Held(
        "concern",
        uncounted=THE_LEADS,
        fate=Fate.KEPT,
        withheld=True,
    ),
    Held(
        "consent",
        N_("consents"),
        fate=Fate.KEPT,
        why=D_("consents, all withdrawn: the setting must be able to show what was agreed to (UK GDPR article 7)"),
    ),
    Held("contact", uncounted=IN_WORDS),
    Held("copy_link", uncounted="a link to a copy of theirs, which is not kept itself", hidden=("digest",)),
    Held("course_reply", N_("answers to courses")),
    Held(
        "data_request",
        N_("requests about your data"),
        fate=Fate.KEPT,
        why=D_("requests about their data: the setting must be able to show what it did (UK GDPR article 5)"),
    ),
    Held("day_change", N_("changes of the day")),
    Held("guardianship", uncounted=IN_WORDS, fate=Fate.KEPT, why=D_("the tie to a child who still attends")),
    Held("home_observation", N_("things shared from home")),
    Held("idea_sent", uncounted=OUR_NOTES),
    Held("inbound_message", uncounted=IN_WORDS),
    Held("interest", N_("interests")),
    Held("invitation", uncounted="an invitation's code, which is not kept itself", hidden=("digest",)),
    Held("lesson_had", uncounted=OUR_NOTES),
    Held("notice_reply", N_("answers to notices")),
    Held("offer", N_("offers of help")),
    Held("open_conversation", uncounted="the question that is open now; it is forgotten within days", withheld=True),
    Held(
        "outbox_message",
        uncounted="what we sent is on their own phone; a copy has it all",
        hidden=("lease", "leased_until", "params", "provider_id", "reason"),
    ),
    Held("policy_reading", N_("policies read or signed")),
    Held("poll_answer", N_("answers to polls")),
    Held("preference", N_("preferences")),
    Held("print_job", uncounted="our own note of what is to be printed"),
    Held("profile_answer", N_("answers about your family")),
    Held("query", uncounted=IN_WORDS),
    Held("query_words", uncounted="counted with the questions"),
    Held("questionnaire_done", uncounted=IN_WORDS),
    Held(
        "record_access",
        N_("times you asked for a record"),
        fate=Fate.KEPT,
        why=D_("the log of who saw a child's record (UK GDPR article 5)"),
    ),
    Held("record_link", uncounted="counted with the record's log", hidden=("digest",)),
    Held("rsvp", N_("answers to events")),
    Held(
        "sends_hold",
        uncounted=THE_LEADS,
        fate=Fate.KEPT,
        withheld=True,
    ),
    Held("service_asked", uncounted="which help was looked for is shown to nobody, staff neither", withheld=True),
    Held("settling_reply", N_("answers about settling in")),
    Held("shared_phone", uncounted="a phone shared with another, who is not named"),
    Held(
        "sharing_basis",
        uncounted=IN_WORDS,
        fate=Fate.KEPT,
        why=D_("the log of what was shared with another setting or an agency (UK GDPR article 5)"),
    ),
    Held(
        "signature",
        N_("agreements signed"),
        fate=Fate.KEPT,
        why=D_("agreements signed: six years, in which a claim may be made (Limitation Act 1980)"),
    ),
    Held("suggestion", N_("suggestions and thanks")),
    Held("target_reply", N_("answers about targets")),
    Held(
        "task",
        uncounted="what staff have to do; it holds none of your words",
        fate=Fate.UNTIED,
        hidden=("key", "about"),
    ),
    Held("term_answer", N_("answers about your settings")),
    Held("translation", uncounted="the same words in another language, made by a computer", hidden=("key",)),
    Held("two_year_view", N_("views for the check at two")),
)


def table_of(held: Held) -> Table:
    return SQLModel.metadata.tables[held.table]


def of_guardian(table: Table, guardian_id: int, contacts: Sequence[int]) -> ColumnElement[bool]:
    """The condition on a table's rows that are this guardian's. A row that says whose it is counts by that; one that
    names only an address is theirs when the address is."""
    columns: Any = table.c
    by_contact = columns.contact_id.in_(contacts) if "contact_id" in columns else false()
    if "of_several" in columns:
        by_contact = and_(by_contact, columns.of_several.is_(False))
    if "guardian_id" not in columns:
        return by_contact
    return or_(columns.guardian_id == guardian_id, and_(columns.guardian_id.is_(None), by_contact))


def addresses(session: Session, guardian_id: int) -> list[int]:
    """The numbers of the contacts that are a guardian's alone. Whose a message from a shared phone was is kept with the
    message; where nobody can tell, it is given to none of them and erased with none of them, and stays so when they
    share the phone no more."""
    several = select(SharedPhone.id).where(SharedPhone.contact_id == Contact.id).exists()
    chosen = select(Contact.id).where(Contact.guardian_id == guardian_id, ~several)
    return [number for number in session.exec(chosen) if number is not None]


def counted(session: Session, guardian_id: int) -> list[tuple[str, int]]:
    """What DATA counts beyond its own sentence: the name of each thing there is any of, and how many."""
    contacts, found = addresses(session, guardian_id), []
    for held in HELD:
        if held.name and held.table in SQLModel.metadata.tables:
            table = table_of(held)
            rows = core_select(func.count()).select_from(table).where(of_guardian(table, guardian_id, contacts))
            found.append((held.name, int(session.connection().execute(rows).scalar_one())))
    return [(name, number) for name, number in found if number]
