"""The jobs: what the clock asks the nursery for. A job decides by the moment it is given and may run at any time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.database import Writer
from scheduler import (
    chase_complaints,
    chase_queries,
    escalate_concerns,
    forget_conversations,
    open_questionnaires,
    publish_notices,
    remind_events,
    remind_policies,
    remind_questionnaires,
    send_agreements,
    send_ideas,
    send_progress,
    send_query_answers,
    tell_decisions,
    tell_policies,
    thank_observations,
)


@dataclass(frozen=True, slots=True)
class Job:
    """A job under its name; `run` returns how many rows it added, and run twice adds none."""

    name: str
    run: Callable[[Writer, datetime], Awaitable[int]]
    every: timedelta


JOBS: tuple[Job, ...] = (
    Job("publish_notices", publish_notices.run, timedelta(seconds=5)),
    Job("send_query_answers", send_query_answers.run, timedelta(seconds=15)),
    Job("escalate_concerns", escalate_concerns.run, timedelta(minutes=1)),
    Job("tell_policies", tell_policies.run, timedelta(minutes=1)),
    Job("tell_decisions", tell_decisions.run, timedelta(minutes=1)),
    Job("thank_observations", thank_observations.run, timedelta(minutes=1)),
    Job("send_agreements", send_agreements.run, timedelta(minutes=1)),
    Job("send_progress", send_progress.run, timedelta(minutes=1)),
    Job("open_questionnaires", open_questionnaires.run, timedelta(minutes=1)),
    Job("remind_events", remind_events.run, timedelta(minutes=5)),
    Job("send_ideas", send_ideas.run, timedelta(minutes=5)),
    Job("remind_policies", remind_policies.run, timedelta(minutes=5)),
    Job("remind_questionnaires", remind_questionnaires.run, timedelta(minutes=5)),
    Job("chase_complaints", chase_complaints.run, timedelta(minutes=5)),
    Job("chase_queries", chase_queries.run, timedelta(minutes=5)),
    Job("forget_conversations", forget_conversations.run, timedelta(minutes=5)),
)


def job_named(name: str) -> Job | None:
    return next((job for job in JOBS if job.name == name), None)
