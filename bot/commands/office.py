"""The commands of the office. A server is started without them: it has no use for their memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import typer

from bot.commands import (
    agreeing,
    answering,
    approving,
    asking,
    away,
    booking,
    checking,
    child,
    collecting,
    community,
    complaining,
    counting,
    deciding,
    diary,
    families,
    files,
    growing,
    guardian,
    holding,
    inviting,
    knowing,
    lists,
    meeting,
    offering,
    pegs,
    place,
    printing,
    reach,
    rights,
    sharing,
    signposting,
    snippets,
    speaking,
    staffing,
    telling,
    waiting,
)

COMMANDS: Mapping[str, Callable[..., None]] = {
    "import-families": families.import_command,
    "invite": inviting.invite_command,
    "notice": telling.notice,
    "notices": lists.notices,
    "templates": lists.templates,
    "withdraw": telling.withdraw,
    "snippet": snippets.snippet,
    "event": diary.event,
    "events": diary.events_command,
    "cancel-event": diary.cancel_event,
    "offers": offering.offers_command,
    "questionnaire": asking.questionnaire,
    "questionnaires": lists.questionnaires,
    "results": counting.results,
    "tell-results": counting.tell_results,
    "inbox": waiting.inbox,
    "away": away.away,
    "files": files.files,
    "concerns": answering.concerns_command,
    "answer": answering.answer,
    "complaint": complaining.complaint,
    "outcome": complaining.outcome,
    "complaints": complaining.complaints_record,
    "decide": deciding.decide,
    "reclass": deciding.reclass,
    "approve": approving.approve,
    "read": deciding.read,
    "done": deciding.done,
    "hold-sends": holding.hold_sends,
    "release-sends": holding.release_sends,
    "holds": holding.holds_command,
    "bookings": booking.bookings,
    "settle": growing.settle,
    "settled": growing.settled,
    "settling": growing.settling_in,
    "target": growing.target,
    "export-guardian": rights.export_guardian,
    "erase-guardian": rights.erase_guardian,
    "record-log": rights.record_log,
    "setting": place.setting_change,
    "policy": agreeing.policy,
    "countersign": agreeing.countersign,
    "family": knowing.family,
    "about": child.about,
    "consents": child.consents_command,
    "peg": pegs.peg,
    "notice-state": reach.notice_state,
    "print-queue": printing.print_queue,
    "voice-note": speaking.voice_note,
    "check": checking.check,
    "backup": checking.backup,
    "restore": checking.restore,
}

GROUPS: Mapping[str, typer.Typer] = {
    "collect": collecting.app,
    "staff": staffing.app,
    "course": community.course_app,
    "offer": offering.offer_app,
    "service": signposting.app,
    "slots": booking.slots,
    "poll": meeting.poll,
    "two-year": growing.check_at_two,
    "guardian": guardian.app,
    "sharing": sharing.app,
}


def add_to(cli: typer.Typer) -> None:
    """Adds every command of the office."""
    for name, command in COMMANDS.items():
        cli.command(name)(command)
    for name, group in GROUPS.items():
        cli.add_typer(group, name=name)
