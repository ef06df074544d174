"""Questionnaires: opened to families for a while; who has answered is kept apart from what was answered."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import JSON, Column, ColumnElement, and_, true, update
from sqlmodel import Field, Session, SQLModel, col, or_, select

from nursery.forgetting import remove_all
from nursery.forms import Form, form_from
from nursery.guardians import Guardian, Topic, children_of
from nursery.inbox import InboundMessage, Media
from nursery.recipients import Audience
from nursery.settings import today

MEDIA = SQLModel.metadata.tables["media"]


class Questionnaire(SQLModel, table=True):
    """A form opened to a setting or a room until it closes."""

    id: int | None = Field(default=None, primary_key=True)
    setting_id: int = Field(foreign_key="setting.id", index=True)
    room_id: int | None = Field(default=None, foreign_key="room.id")
    form: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    opens_at: datetime
    closes_at: datetime = Field(index=True)
    learned: str = ""
    """What was learned from it and is done about it, in English, for everybody who was asked."""
    learned_at: datetime | None = Field(default=None, index=True)

    @property
    def audience(self) -> Audience:
        return Audience(self.setting_id, self.room_id)

    @property
    def content(self) -> Form:
        return form_from(self.form)

    def is_open(self, now: datetime) -> bool:
        return self.opens_at <= now < self.closes_at


class QuestionnaireDone(SQLModel, table=True):
    """That a guardian has finished or declined; nothing of what they said.

    Neither this nor the answers' table keeps a time or an order (no running number, and on SQLite no row number):
    nothing links a person to an answer.
    """

    __tablename__ = "questionnaire_done"
    __table_args__ = {"sqlite_with_rowid": False}

    questionnaire_id: int = Field(foreign_key="questionnaire.id", primary_key=True)
    guardian_id: int = Field(foreign_key="guardian.id", primary_key=True)
    declined: bool = False


class QuestionnaireAnswer(SQLModel, table=True):
    """One answer to one question, of nobody."""

    __tablename__ = "questionnaire_answer"
    __table_args__ = {"sqlite_with_rowid": False}

    id: str = Field(default_factory=lambda: uuid4().hex, primary_key=True)
    questionnaire_id: int = Field(foreign_key="questionnaire.id", index=True)
    question: str
    value: str


def open_questionnaire(
    session: Session, audience: Audience, form: Form, opens_at: datetime, closes_at: datetime
) -> Questionnaire:
    """Keeps a questionnaire to be opened to an audience (a setting or a room)."""
    questionnaire = Questionnaire(
        setting_id=audience.setting_id,
        room_id=audience.room_id,
        form=form.kept(),
        opens_at=opens_at,
        closes_at=closes_at,
    )
    session.add(questionnaire)
    session.flush()
    return questionnaire


def open_now(session: Session, now: datetime) -> list[Questionnaire]:
    """What families can answer now, the first to close at the head."""
    chosen = select(Questionnaire).where(col(Questionnaire.opens_at) <= now, col(Questionnaire.closes_at) > now)
    return list(session.exec(chosen.order_by(col(Questionnaire.closes_at), col(Questionnaire.id))))


def waiting_for(session: Session, guardian_id: int, now: datetime) -> Questionnaire | None:
    """The questionnaire a guardian is asked to answer and has not, the first to close; none when there is none."""
    children = children_of(session, guardian_id, Topic.SURVEYS, today(now))
    chosen = (
        select(Questionnaire)
        .where(
            col(Questionnaire.opens_at) <= now,
            col(Questionnaire.closes_at) > now,
            col(Questionnaire.setting_id).in_({child.setting_id for child in children}),
            or_(
                col(Questionnaire.room_id).is_(None),
                col(Questionnaire.room_id).in_({child.room_id for child in children}),
            ),
            ~_done(guardian_id).exists(),
        )
        .order_by(col(Questionnaire.closes_at), col(Questionnaire.id))
    )
    return session.exec(chosen).first()


def is_done(session: Session, questionnaire_id: int, guardian_id: int) -> bool:
    """Whether a guardian has finished or declined it."""
    return session.get(QuestionnaireDone, (questionnaire_id, guardian_id)) is not None


def not_done(questionnaire: Questionnaire) -> ColumnElement[bool]:
    """The condition on a Guardian who has neither finished nor declined it."""
    done = select(QuestionnaireDone.guardian_id).where(
        QuestionnaireDone.questionnaire_id == questionnaire.id, QuestionnaireDone.guardian_id == Guardian.id
    )
    return ~done.correlate(Guardian).exists()


def not_declined(questionnaire: Questionnaire) -> ColumnElement[bool]:
    """The condition on a Guardian who has not said that they would rather not be asked."""
    declined = select(QuestionnaireDone.guardian_id).where(
        QuestionnaireDone.questionnaire_id == questionnaire.id,
        QuestionnaireDone.guardian_id == Guardian.id,
        col(QuestionnaireDone.declined).is_(True),
    )
    return ~declined.correlate(Guardian).exists()


def decline(session: Session, questionnaire: Questionnaire, guardian_id: int) -> None:
    session.add(QuestionnaireDone(questionnaire_id=questionnaire.id or 0, guardian_id=guardian_id, declined=True))


def finish(session: Session, questionnaire: Questionnaire, guardian_id: int, answers: Mapping[str, list[str]]) -> None:
    """Keeps a guardian's answers (by question, one value or several) and, apart from them, that they have answered."""
    number = questionnaire.id or 0
    session.add(QuestionnaireDone(questionnaire_id=number, guardian_id=guardian_id))
    for question, values in answers.items():
        session.add_all(
            QuestionnaireAnswer(questionnaire_id=number, question=question, value=value) for value in values if value
        )
    session.flush()


def forget_words(
    session: Session, conversation: str, *, contact_ids: Collection[int] | None = None, before: datetime
) -> int:
    """Blanks what arrived as answers of a questionnaire, and drops what came with them: kept as messages, they would
    say who said what. Words that told of harm stay, for the safeguarding lead alone: the parent was told so.

    Everyone's, or those of some contacts. Returns how many messages that was.
    """
    arrived = and_(
        col(InboundMessage.outcome) == conversation,
        col(InboundMessage.received_at) <= before,
        col(InboundMessage.restricted).is_(False),
        true() if contact_ids is None else col(InboundMessage.contact_id).in_(contact_ids),
    )
    remove_all(session, MEDIA, col(Media.inbound_id).in_(select(InboundMessage.id).where(arrived)))
    blanked = update(InboundMessage).where(arrived, col(InboundMessage.text) != "").values(text="")
    return int(session.connection().execute(blanked).rowcount)


def _done(guardian_id: int) -> Any:
    return select(QuestionnaireDone.guardian_id).where(
        QuestionnaireDone.questionnaire_id == Questionnaire.id, QuestionnaireDone.guardian_id == guardian_id
    )
