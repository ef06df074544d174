"""The jobs: what the clock asks the nursery for. A job decides by the moment it is given and may run at any time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.writer import Writer
from scheduler import (
    ask_ideas,
    ask_polls,
    ask_preferences,
    ask_services,
    chase_complaints,
    chase_notices,
    chase_queries,
    chase_two_year_checks,
    close_polls,
    end_sharings,
    end_ties,
    escalate_concerns,
    forget_conversations,
    forget_old,
    open_questionnaires,
    publish_notices,
    queue_prints,
    remind_bookings,
    remind_events,
    remind_policies,
    remind_questionnaires,
    renew_consents,
    send_agreements,
    send_ideas,
    send_progress,
    send_query_answers,
    send_recordings,
    send_settling,
    send_targets,
    tell_bookings,
    tell_courses,
    tell_decisions,
    tell_guests,
    tell_held,
    tell_offers,
    tell_outcomes,
    tell_policies,
    tell_results,
    thank_observations,
    welcome_families,
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
    Job("tell_outcomes", tell_outcomes.run, timedelta(minutes=1)),
    Job("tell_decisions", tell_decisions.run, timedelta(minutes=1)),
    Job("tell_guests", tell_guests.run, timedelta(minutes=1)),
    Job("tell_held", tell_held.run, timedelta(minutes=1)),
    Job("thank_observations", thank_observations.run, timedelta(minutes=1)),
    Job("send_agreements", send_agreements.run, timedelta(minutes=1)),
    Job("send_progress", send_progress.run, timedelta(minutes=1)),
    Job("open_questionnaires", open_questionnaires.run, timedelta(minutes=1)),
    Job("remind_events", remind_events.run, timedelta(minutes=5)),
    Job("send_ideas", send_ideas.run, timedelta(minutes=5)),
    Job("ask_ideas", ask_ideas.run, timedelta(minutes=5)),
    Job("remind_policies", remind_policies.run, timedelta(minutes=5)),
    Job("tell_results", tell_results.run, timedelta(minutes=5)),
    Job("remind_questionnaires", remind_questionnaires.run, timedelta(minutes=5)),
    Job("queue_prints", queue_prints.run, timedelta(minutes=5)),
    Job("send_recordings", send_recordings.run, timedelta(minutes=1)),
    Job("ask_preferences", ask_preferences.run, timedelta(minutes=5)),
    Job("welcome_families", welcome_families.run, timedelta(minutes=5)),
    Job("chase_complaints", chase_complaints.run, timedelta(minutes=5)),
    Job("chase_notices", chase_notices.run, timedelta(minutes=5)),
    Job("chase_queries", chase_queries.run, timedelta(minutes=5)),
    Job("renew_consents", renew_consents.run, timedelta(hours=1)),
    Job("end_ties", end_ties.run, timedelta(hours=1)),
    Job("end_sharings", end_sharings.run, timedelta(minutes=5)),
    Job("forget_old", forget_old.run, timedelta(hours=6)),
    Job("remind_bookings", remind_bookings.run, timedelta(minutes=5)),
    Job("tell_bookings", tell_bookings.run, timedelta(minutes=1)),
    Job("ask_polls", ask_polls.run, timedelta(minutes=1)),
    Job("close_polls", close_polls.run, timedelta(minutes=1)),
    Job("send_settling", send_settling.run, timedelta(minutes=1)),
    Job("chase_two_year_checks", chase_two_year_checks.run, timedelta(minutes=5)),
    Job("send_targets", send_targets.run, timedelta(minutes=1)),
    Job("tell_courses", tell_courses.run, timedelta(minutes=1)),
    Job("tell_offers", tell_offers.run, timedelta(minutes=1)),
    Job("ask_services", ask_services.run, timedelta(minutes=5)),
    Job("forget_conversations", forget_conversations.run, timedelta(minutes=5)),
)


def job_named(name: str) -> Job | None:
    return next((job for job in JOBS if job.name == name), None)
