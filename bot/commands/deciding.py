"""coatpeg decide, reclass, read and done: what staff decide of what parents have said."""

from __future__ import annotations

from typing import Annotated

import typer
from sqlmodel import Session

from bot.commands.already import refuse_decided
from bot.commands.desk import Refused, now, writing
from bot.commands.named import the_guardian, the_staff
from bot.commands.voice import say
from bot.outbox import Priority
from bot.pushes import Push, push_one
from locales.sentences import D_, Mark
from nursery import queries, reclassing, suggestions
from nursery.complaints import About, Complaint
from nursery.contacts import best_contact
from nursery.guardians import Guardian
from nursery.inbox import InboundMessage
from nursery.queries import Query
from nursery.settings import Setting
from nursery.suggestions import Decision, Suggestion
from nursery.tasks import Task, finish

Who = Annotated[str | None, typer.Option(help="Who you are; the manager when left out.")]


def decide(
    reference: Annotated[str, typer.Argument(help="A suggestion's reference, such as S-1044.")],
    decision: Annotated[Decision, typer.Argument(help="yes, later or no.")],
    reason: Annotated[str, typer.Argument(help="Why, in a sentence for the parent.")],
    staff: Who = None,
) -> None:
    """Decide a suggestion. The parent who made it is told what you do, and why."""
    with writing() as session:
        found = _suggestion(session, reference)
        refuse_decided(session, found)
        suggestions.decide(session, found, decision, reason, the_staff(session, staff, found.setting_id), now())
        finish(session, f"suggestion:{found.id}", now())
        goes = best_contact(session, found.guardian_id) is not None
    say(
        D_("%(reference)s: %(decision)s. The parent is told in the next minute, or when the quiet hours end.")
        if goes
        else D_("%(reference)s: %(decision)s. The parent takes no messages now: a task will ask you to ring them."),
        reference=found.reference,
        decision=decision.value,
    )


def reclass(
    what: Annotated[str, typer.Argument(help="A reference (S-1044, Q-1042) or the number of a message in the inbox.")],
    becomes: Annotated[str, typer.Argument(help="complaint or query.")],
    about_manager: Annotated[bool, typer.Option("--about-manager", help="It goes round the manager.")] = False,
    information: Annotated[bool, typer.Option("--information", help="It is about how you use information.")] = False,
    guardian: Annotated[str, typer.Option(help="Who wrote it, where several share the phone: name or number.")] = "",
    staff: Who = None,
) -> None:
    """Take what a parent wrote for what it is. The words stay, and the days count from when they came."""
    if becomes not in ("complaint", "query"):
        raise Refused(D_("%(becomes)s: write complaint or query."), becomes=becomes)
    about = About.INFORMATION if information else About.CARE
    with writing() as session:
        writer = the_guardian(session, guardian) if guardian else None
        made = _reclassed(session, what.strip().upper(), becomes, about_manager, about, staff, writer)
        if isinstance(made, Complaint) and not what.upper().startswith("S"):
            _tell_opened(session, made)
        known = {"what": what, "reference": made.reference, "day": made.due_on}
        said = _how_it_is_told(session, what, made)
    say(said, **known)


def _how_it_is_told(session: Session, what: str, made: Complaint | Query) -> Mark:
    """A message that is now a question goes without a word of its own: the parent hears when it is answered."""
    if best_contact(session, made.guardian_id) is None:
        return D_("%(what)s is now %(reference)s. The parent takes no messages now: tell them when you ring.")
    if isinstance(made, Query) and what.strip().isdecimal():
        return D_(
            "%(what)s is now %(reference)s. The parent hears of it with your answer, "
            "due by %(day)s: coatpeg answer %(reference)s WORDS"
        )
    return D_("%(what)s is now %(reference)s. The parent is told in the next minute, or when the quiet hours end.")


def _reclassed(
    session: Session,
    what: str,
    becomes: str,
    about_manager: bool,
    about: About,
    staff: str | None,
    writer: Guardian | None,
) -> Complaint | Query:
    if what.startswith("S-"):
        found = _suggestion(session, what)
        member = the_staff(session, staff, found.setting_id)
        if becomes == "query":
            return suggestions.to_query(session, found, member, now())
        return suggestions.to_complaint(session, found, member, now(), about_manager=about_manager)
    if what.startswith("Q-"):
        query = queries.by_reference(session, what)
        if query is None or becomes == "query":
            if query is None:
                raise Refused(D_("There is no query %(reference)s."), reference=what)
            raise Refused(D_("%(reference)s is a query already."), reference=what)
        return reclassing.query_to_complaint(session, query, now(), about_manager=about_manager, about=about)
    message = session.get(InboundMessage, int(what)) if what.isdecimal() else None
    if message is None:
        raise Refused(D_("There is no message or reference %(what)s."), what=what)
    if becomes == "query":
        return reclassing.message_to_query(session, message, now(), writer=writer)
    return reclassing.message_to_complaint(
        session, message, now(), about_manager=about_manager, about=about, writer=writer
    )


def _tell_opened(session: Session, case: Complaint) -> None:
    contact = best_contact(session, case.guardian_id)
    if contact is None:
        return
    push = Push(
        key=f"complaint_opened:{case.id}",
        conversation="complaint_opened",
        params={"complaint": case.id},
        topic=0,  # an answer to their own words
        setting_id=case.setting_id,
        due_at=session.get_one(Setting, case.setting_id).polite(now()),
        priority=Priority.NOTICE,
    )
    push_one(session, push, contact, now())


def done(number: Annotated[int, typer.Argument(help="The task's number.")]) -> None:
    """Cross a task off."""
    with writing() as session:
        task = session.get(Task, number)
        if task is None or task.done_at is not None or not task.for_all:
            raise Refused(D_("There is no open task %(number)s."), number=number)
        task.done_at = now()
        session.add(task)
    say(D_("Task %(number)s is done."), number=number)


def read(number: Annotated[int, typer.Argument(help="The message's number.")]) -> None:
    """Say that a person has read a message of the inbox and dealt with it."""
    with writing() as session:
        message = session.get(InboundMessage, number)
        if message is None or message.restricted or not message.for_staff or message.read_at is not None:
            raise Refused(D_("No message %(number)s waits."), number=number)
        message.read_at = now()
        session.add(message)
    say(D_("Message %(number)s is dealt with."), number=number)


def _suggestion(session: Session, reference: str) -> Suggestion:
    found = suggestions.by_reference(session, reference)
    if found is None:
        raise Refused(D_("There is no suggestion %(reference)s."), reference=reference)
    return found
