"""The commands of the office. A server is started without them: it has no use for their memory."""

from __future__ import annotations

import typer

from bot.commands import (
    agreeing,
    answering,
    booking,
    checking,
    community,
    complaining,
    counting,
    deciding,
    diary,
    families,
    growing,
    guardian,
    holding,
    knowing,
    meeting,
    printing,
    rights,
    signposting,
    snippets,
    telling,
    waiting,
)


def add_to(cli: typer.Typer) -> None:
    """Adds every command of the office."""
    cli.command("import-families")(families.import_command)
    cli.command("invite")(families.invite_command)
    cli.command("notice")(telling.notice)
    cli.command("withdraw")(telling.withdraw)
    cli.command("snippet")(snippets.snippet)
    cli.command("event")(diary.event)
    cli.command("events")(diary.events_command)
    cli.command("cancel-event")(diary.cancel_event)
    cli.command("offers")(community.offers_command)
    cli.command("questionnaire")(telling.questionnaire)
    cli.command("results")(counting.results)
    cli.command("tell-results")(counting.tell_results)
    cli.command("inbox")(waiting.inbox)
    cli.command("concerns")(answering.concerns_command)
    cli.command("answer")(answering.answer)
    cli.command("complaint")(complaining.complaint)
    cli.command("outcome")(complaining.outcome)
    cli.command("complaints")(complaining.complaints_record)
    cli.command("decide")(deciding.decide)
    cli.command("reclass")(deciding.reclass)
    cli.command("approve")(deciding.approve)
    cli.command("read")(deciding.read)
    cli.command("done")(deciding.done)
    cli.command("hold-sends")(holding.hold_sends)
    cli.command("release-sends")(holding.release_sends)
    cli.command("holds")(holding.holds_command)
    cli.command("bookings")(booking.bookings)
    cli.command("settle")(growing.settle)
    cli.command("settled")(growing.settled)
    cli.command("settling")(growing.settling_in)
    cli.command("target")(growing.target)
    cli.command("export-guardian")(rights.export_guardian)
    cli.command("erase-guardian")(rights.erase_guardian)
    cli.command("record-log")(rights.record_log)
    cli.command("setting")(answering.setting_change)
    cli.command("policy")(agreeing.policy)
    cli.command("countersign")(agreeing.countersign)
    cli.command("family")(knowing.family)
    cli.command("notice-state")(knowing.notice_state)
    cli.command("print-queue")(printing.print_queue)
    cli.command("check")(checking.check)
    cli.command("backup")(checking.backup)
    cli.command("restore")(checking.restore)
    staff = typer.Typer(no_args_is_help=True, help="The members of staff.")
    staff.command("add")(answering.staff_add)
    staff.callback()(lambda: None)
    cli.add_typer(staff, name="staff")
    cli.add_typer(community.course_app, name="course")
    cli.add_typer(community.offer_app, name="offer")
    cli.add_typer(signposting.app, name="service")
    cli.add_typer(booking.slots, name="slots")
    cli.add_typer(meeting.poll, name="poll")
    cli.add_typer(growing.check_at_two, name="two-year")
    cli.add_typer(guardian.app, name="guardian")
    cli.add_typer(rights.sharing_cli, name="sharing")
