"""Who gets nothing of what is sent to an audience, and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session

from bot.commands.voice import indented
from locales.sentences import D_, Mark, Sentence, Spoken
from nursery.guardians import Topic
from nursery.people import Child
from nursery.recipients import Audience, unreachable


def missed_lines(missed: Iterable[tuple[str, str]]) -> list[Spoken]:
    """For staff to read: the name of each, and the reason."""
    said = D_("not reached: %(name)s: %(why)s")
    return [indented(Sentence(said, name=name, why=Sentence(Mark(why)))) for name, why in missed]


def missed_of(session: Session, child: Child, topic: Topic, day: date) -> list[Spoken]:
    """Of a child's guardians, those who get nothing of such a topic that day."""
    found = unreachable(session, Audience(child.setting_id, child_id=child.id), topic, day)
    return missed_lines((guardian.name, why.value) for guardian, why in found)
