"""What a command says will happen is what happens, where the parent has stopped messages too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from nursery.guardians import Guardianship
from nursery.settings import today
from nursery.tasks import open_tasks
from nursery.ties import limit
from tests.cast import People
from tests.command_line import Coatpeg
from tests.scheduler.conftest import RunJob
from tests.scheduler.conftest import run_job as run_job
from tests.scheduler.conftest import writer as writer
from tests.talking import Player

ANSWERS = [
    (("ASK", "When is the trip?", "2"), ("answer", "Q-1042", "In May."), "send_query_answers", "answer not sent"),
    (("SUGGEST", "More bikes"), ("decide", "S-1042", "no", "No room."), "tell_decisions", "decision not sent"),
    (
        ("COMPLAIN", "The gate stood open", "3"),
        ("outcome", "C-1042", "We mended it.", "--staff", "Helen"),
        "tell_outcomes",
        "complaint outcome not sent",
    ),
]
SOON = timedelta(minutes=1)


@pytest.mark.parametrize(("said", "command", "job", "kind"), ANSWERS)
async def test_who_has_stopped_is_rung_and_the_command_says_so(
    on_both: Player,
    desk: Coatpeg,
    run_job: RunJob,
    said: tuple[str, ...],
    command: tuple[str, ...],
    job: str,
    kind: str,
) -> None:
    for text in (*said, "STOP"):
        on_both.say("Amina", text)
    on_both.deliver()  # that it stops on Telegram too, where Twilio has confirmed the SMS
    ran = desk(*command)
    assert ran.code == 0
    assert "the parent takes no messages now" in ran.out.casefold()
    assert "minute" not in ran.out
    assert await run_job(job, datetime.now(UTC) + SOON) == 1
    with on_both.session() as session:
        assert kind in [one.kind for one in open_tasks(session)]
    assert on_both.deliver() == []


@pytest.mark.parametrize(("said", "command", "job", "kind"), ANSWERS)
async def test_who_has_not_is_told_and_the_command_says_so(
    on_both: Player,
    desk: Coatpeg,
    run_job: RunJob,
    said: tuple[str, ...],
    command: tuple[str, ...],
    job: str,
    kind: str,
) -> None:
    for text in said:
        on_both.say("Amina", text)
    assert "in the next minute" in desk(*command).out
    assert await run_job(job, datetime.now(UTC) + SOON) == 1
    with on_both.session() as session:
        assert kind not in [one.kind for one in open_tasks(session)]


def test_an_outcome_under_a_courts_limit_is_said_to_go_on_paper(on_both: Player, desk: Coatpeg, people: People) -> None:
    for text in ("COMPLAIN", "The gate stood open", "3"):
        on_both.say("Amina", text)
    with on_both.session() as session:
        amina = people.guardians["Amina"].id
        tie = session.exec(select(Guardianship).where(Guardianship.guardian_id == amina)).one()
        limit(session, tie, today(datetime.now(UTC)), None)
    assert "so it goes on paper" in desk("outcome", "C-1042", "We mended it.", "--staff", "Helen").out


def test_what_becomes_a_complaint_is_told_by_staff_where_nothing_can_be_sent(on_both: Player, desk: Coatpeg) -> None:
    for text in ("ASK", "Why was the gate open AGAIN?", "2", "STOP"):
        on_both.say("Amina", text)
    said = desk("reclass", "Q-1042", "complaint").out
    assert said == "Q-1042 is now C-1043. The parent takes no messages now: tell them when you ring.\n"
