"""What was answered, decided or signed off already: by whom, when, and that nothing was sent now."""

from __future__ import annotations

from sqlmodel import Session

from bot.commands.desk import Refused
from bot.commands.voice import local_moment
from locales.sentences import D_, Sentence
from nursery import queries
from nursery.home_observations import HomeObservation
from nursery.observations import Snippet
from nursery.people import Staff
from nursery.queries import Query
from nursery.suggestions import Suggestion


def refuse_answered(session: Session, query: Query, *, again: bool) -> None:
    """Raises Refused for a query that is a complaint now, and for one that was answered, unless more is to be said."""
    if query.became:
        raise Refused(
            D_(
                "%(reference)s is %(became)s now. Nothing was sent. Its answer: coatpeg outcome %(became)s --staff NAME"
            ),
            reference=query.reference,
            became=query.became,
        )
    if query.answered_at is None or again:
        return
    answers = [one for one in queries.words_of(session, query) if one.staff_id is not None]
    raise Refused(
        D_(
            "%(reference)s was answered already, by %(staff)s on %(when)s. Nothing was sent now. "
            "To say more: the same command with --again"
        ),
        reference=query.reference,
        staff=_name(session, answers[-1].staff_id if answers else query.owner_id),
        when=local_moment(query.answered_at),
    )


def refuse_decided(session: Session, suggestion: Suggestion) -> None:
    """Raises Refused for a suggestion that was decided, or became something else."""
    if suggestion.decided_at is None:
        return
    known = {
        "reference": suggestion.reference,
        "staff": _name(session, suggestion.decided_by_id),
        "when": local_moment(suggestion.decided_at),
    }
    if suggestion.became:
        said = D_("%(reference)s is %(became)s now, by %(staff)s on %(when)s. Nothing was sent now.")
        raise Refused(said, became=suggestion.became, **known)
    told = Sentence(D_("The parent was told.") if suggestion.told_at else D_("The parent is told in the next minute."))
    said = D_(
        "%(reference)s was decided already: %(decision)s, by %(staff)s on %(when)s. %(told)s Nothing was sent now."
    )
    raise Refused(said, decision=suggestion.decision, told=told, **known)


def refuse_signed(snippet: Snippet) -> None:
    """Raises Refused for a snippet that was signed off."""
    if snippet.approved_at is None:
        return
    went = D_("It went on %(when)s.") if snippet.sent_at else D_("It leaves by itself in the next minute.")
    raise Refused(
        D_("Snippet %(number)s was signed off already, on %(signed)s. %(went)s Nothing was sent now."),
        number=snippet.id,
        signed=local_moment(snippet.approved_at),
        went=Sentence(went, when=local_moment(snippet.sent_at or snippet.approved_at)),
    )


def refuse_taken(session: Session, kept: HomeObservation) -> None:
    """Raises Refused for what was taken into the record, and its thanks given."""
    if kept.approved_at is None:
        return
    raise Refused(
        D_("%(number)s was approved already, by %(staff)s on %(when)s, with: %(words)s Nothing was sent now."),
        number=kept.id,
        staff=_name(session, kept.approved_by_id),
        when=local_moment(kept.approved_at),
        words=kept.line,
    )


def _name(session: Session, staff_id: int | None) -> object:
    staff = session.get(Staff, staff_id) if staff_id else None
    return staff.name if staff else Sentence(D_("a member of staff"))
