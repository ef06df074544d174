"""Results of questionnaires: numbers of which nobody can be told, and what was done about them, told back."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from locales.sentences import D_, Refusal
from nursery.forms import Item, said
from nursery.questionnaires import Questionnaire, QuestionnaireAnswer, QuestionnaireDone

SMALLEST_GROUP = 5
"""Fewer people than this are not shown as a group: they could be recognised."""


MOST = 400
"""Characters of what is told back: three SMS parts."""

STALE = timedelta(days=14)


Counted = dict[str, dict[str, int | None] | list[str]]
"""By question: how often each choice was given, or the free words."""


class TellingRefused(Refusal):
    """What can't be told back; the message is the sentence for staff."""


def results(session: Session, questionnaire: Questionnaire) -> Counted:
    """By question: how often each choice was given (None where that is not shown), or the free words.

    Free words come in no order, and not at all from fewer than five people.
    """
    return {item.name: _result(session, questionnaire, item) for item in questionnaire.content.items}


def responses(session: Session, questionnaire: Questionnaire) -> int:
    """How many guardians have finished."""
    counted = select(func.count()).select_from(QuestionnaireDone)
    finished = (QuestionnaireDone.questionnaire_id == questionnaire.id, col(QuestionnaireDone.declined).is_(False))
    return int(session.exec(counted.where(*finished)).one())


def tell_back(session: Session, questionnaire: Questionnaire, words: str, now: datetime) -> None:
    """Keeps what was learned and is done about it; everybody who was asked is told. Raises TellingRefused before it
    has closed, when it was told already, and without words."""
    words = words.strip()
    if now < questionnaire.closes_at:
        raise TellingRefused(D_("It is still open: wait until it has closed."))
    if questionnaire.learned_at is not None:
        raise TellingRefused(D_("What was learned from it has been told already."))
    if not words or len(words) > MOST:
        raise TellingRefused(D_("Please say it in %(most)s characters at most."), most=MOST)
    questionnaire.learned, questionnaire.learned_at = words, now
    session.add(questionnaire)


def told_back_since(session: Session, now: datetime) -> list[Questionnaire]:
    """Those of which it was said in the last fortnight what was learned, in order."""
    recent = (col(Questionnaire.learned_at) <= now, col(Questionnaire.learned_at) > now - STALE)
    return list(session.exec(select(Questionnaire).where(*recent).order_by(col(Questionnaire.id))))


def rows(questionnaire: Questionnaire, counted: Counted, language: str) -> list[tuple[str, str, int | None]]:
    """The results a line an answer: question, answer, how often (None where not shown). Free words are 1 each."""
    lines: list[tuple[str, str, int | None]] = []
    for item in questionnaire.content.items:
        answers, text = counted[item.name], said(item.text, language)
        if isinstance(answers, list):
            lines += [(text, words, 1) for words in answers]
        else:
            lines += [(text, label(item, key, language), number) for key, number in answers.items()]
    return lines


def label(item: Item, key: str, language: str) -> str:
    """A choice's words; a scale's steps are their numbers."""
    return said(item.choices[key], language) if key in item.choices else key


def _result(session: Session, questionnaire: Questionnaire, item: Item) -> dict[str, int | None] | list[str]:
    mine = (QuestionnaireAnswer.questionnaire_id == questionnaire.id, QuestionnaireAnswer.question == item.name)
    if item.kind == "free":
        words = select(QuestionnaireAnswer.value).where(*mine).order_by(col(QuestionnaireAnswer.id))
        said = list(session.exec(words))
        return said if len(said) >= SMALLEST_GROUP else []
    counted = select(QuestionnaireAnswer.value, func.count()).where(*mine).group_by(col(QuestionnaireAnswer.value))
    found: dict[str, int] = {value: number for value, number in session.exec(counted)}
    counts = {key: found.get(key, 0) for key in item.keys}
    return _hidden_of_several(counts, responses(session, questionnaire)) if item.kind == "several" else _hidden(counts)


def _hidden(counts: dict[str, int]) -> dict[str, int | None]:
    """Small groups are hidden, and the next smallest with them until those hidden are no small group either: what is
    left of the sum is no more than theirs. Of fewer than five people nothing is shown."""
    given = sorted((key for key, number in counts.items() if number), key=lambda key: counts[key])
    small = [key for key in given if counts[key] < SMALLEST_GROUP]
    for key in given[len(small) :]:
        if not small or sum(counts[one] for one in small) >= SMALLEST_GROUP:
            break
        small.append(key)
    few = 0 < sum(counts.values()) < SMALLEST_GROUP
    return {key: None if few or key in small else number for key, number in counts.items()}


def _hidden_of_several(counts: dict[str, int], answered: int) -> dict[str, int | None]:
    """The same where each could choose several: those who did not choose one are a group too, told from the sum."""
    few = 0 < answered < SMALLEST_GROUP
    small = {
        key for key, number in counts.items() if 0 < number < SMALLEST_GROUP or 0 < answered - number < SMALLEST_GROUP
    }
    return {key: None if few or key in small else number for key, number in counts.items()}
