"""Holdings: how much there is about one guardian, counted, and never anything of another's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, SQLModel, col, select

from nursery.complaints import Complaint
from nursery.contacts import Contact, contacts_of
from nursery.guardians import Guardianship, Topic
from nursery.held import addresses, counted, of_guardian
from nursery.inbox import InboundMessage
from nursery.people import Child
from nursery.queries import Query
from nursery.questionnaires import QuestionnaireDone


@dataclass(frozen=True, slots=True)
class Holdings:
    """What there is about a guardian: their addresses, and how many of each thing."""

    contacts: tuple[Contact, ...]
    messages: int
    queries: int
    complaints: int
    questionnaires: int
    others: tuple[tuple[str, int], ...]
    """Whatever else there is any of: the message of its name (nursery.held), and how many."""


def holdings_of(session: Session, guardian_id: int) -> Holdings:
    """Counts what is kept of this guardian."""
    contacts = tuple(contacts_of(session, guardian_id))
    inbound = SQLModel.metadata.tables["inbound_message"]
    theirs = of_guardian(inbound, guardian_id, addresses(session, guardian_id))
    return Holdings(
        contacts,
        messages=_count(session, InboundMessage, theirs),
        queries=_count(session, Query, col(Query.guardian_id) == guardian_id),
        complaints=_count(session, Complaint, col(Complaint.guardian_id) == guardian_id),
        questionnaires=_count(session, QuestionnaireDone, col(QuestionnaireDone.guardian_id) == guardian_id),
        others=tuple(counted(session, guardian_id)),
    )


def told_of(session: Session, guardian_id: int, children: list[Child]) -> Mapping[int, Topic]:
    """By child: what this guardian may be told of."""
    ties = session.exec(select(Guardianship).where(Guardianship.guardian_id == guardian_id))
    allowed = {tie.child_id: Topic(tie.may_receive) for tie in ties}
    return {child.id or 0: allowed.get(child.id or 0, Topic(0)) for child in children}


def _count(session: Session, table: type[SQLModel], where: ColumnElement[Any]) -> int:
    return int(session.exec(select(func.count()).select_from(table).where(where)).one())
