"""coatpeg voice-note: what parents would rather hear than read, to be read aloud, and the recording sent."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from bot.commands.desk import Refused, configured, looking, now, writing
from bot.commands.hearing import Hearing, english_in
from bot.commands.named import the_staff
from bot.commands.voice import local_moment, say, show, show_json, table
from locales import LANGUAGES, SOURCE, catalogue
from locales.sentences import D_, Joined
from nursery import listeners, prints, recordings
from nursery.guardians import Guardian
from nursery.listeners import TO_RECORD
from nursery.recordings import Recording
from nursery.tasks import Task
from scheduler import send_recordings


class _OnlyLooked(Exception):
    """What a dry run has written is not kept."""


def voice_note(
    number: Annotated[int | None, typer.Argument(help="The task's number; left out, what waits is listed.")] = None,
    file: Annotated[
        Path | None, typer.Argument(help="The recording, M4A, MP3 or OGG; left out, the text to read is shown.")
    ] = None,
    language: Annotated[str, typer.Option(help="The language it is spoken in; the parent's when left out.")] = "",
    words: Annotated[str, typer.Option(help="What it says, in that language, to stand beside it.")] = "",
    staff: Annotated[str | None, typer.Option(help="Whose voice it is; the manager's when left out.")] = None,
    again: Annotated[bool, typer.Option("--again", help="In the place of the one there is.")] = False,
    take_back: Annotated[bool, typer.Option("--take-back", help="No link to it opens any more.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Send nothing; show who would hear it.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One object.")] = False,
) -> None:
    """Send a voice note to the parents who asked to hear a notice or a policy: those of its language, and no others."""
    if number is None:
        _list()
    elif take_back:
        _take_back(number, language)
    elif file is None:
        _to_read(number, language)
    else:
        with suppress(_OnlyLooked), writing() as session:
            made = _recorded(session, number, file, language, words, staff, again=again)
            hearing = Hearing.of(session, made, configured().public_url, now())
            if not hearing.reads_it:
                raise Refused(
                    D_("Nobody who asked to hear it reads %(language)s."), language=LANGUAGES[made.language].autonym
                )
            _show(hearing, number, dry_run=dry_run, as_json=as_json)
            if dry_run:
                raise _OnlyLooked
            send_recordings.send_due(session, now())


def _list() -> None:
    with looking() as session:
        tasks = listeners.waiting(session)
        whose = {task.id: (task.about, _language(session, task, "")) for task in tasks}
        count = Counter(whose.values())
        first = {whose[task.id]: task for task in reversed(tasks)}
        rows = [
            (task.id, about, LANGUAGES[tag].autonym, count[about, tag], local_moment(task.raised_at))
            for (about, tag), task in sorted(first.items(), key=lambda item: item[1].id or 0)
        ]
    if rows:
        table(rows, (D_("id"), D_("what"), D_("language"), D_("parents"), D_("asked")))
        say(D_("To see the text to read: coatpeg voice-note ID. To send the recording: coatpeg voice-note ID FILE"))
    else:
        say(D_("Nobody waits for a voice note."))


def _to_read(number: int, language: str) -> None:
    with looking() as session:
        task = _task(session, number)
        tag, (kind, _, ref) = _language(session, task, language), task.about.partition(" ")
        text = prints.text_of(session, task.setting_id or 0, kind, ref, catalogue(tag), now())
        english = english_in(session, kind, ref, text, tag)
    say(
        D_("To say in %(language)s (%(about)s); it is there in English alone:")
        if english
        else D_("To read aloud in %(language)s (%(about)s):"),
        language=LANGUAGES[tag].autonym,
        about=task.about,
    )
    show(english or text)


def _recorded(
    session: Session, number: int, file: Path, language: str, words: str, staff: str | None, *, again: bool
) -> Recording:
    task = _task(session, number)
    tag = _language(session, task, language)
    member = the_staff(session, staff, task.setting_id or 0)
    listeners.claim(session, task)
    before = recordings.standing(session, task.setting_id or 0, task.about, tag)
    if before is not None and not again:
        raise Refused(
            D_("There is a recording of this in %(language)s already (%(about)s). To send another instead: --again"),
            language=LANGUAGES[tag].autonym,
            about=task.about,
        )
    try:
        content = file.read_bytes()
    except OSError:
        raise Refused(D_("There is no file %(file)s."), file=file) from None
    made = recordings.add(session, task, content, language=tag, words=words, now=now(), made_by=member.name)
    if before is not None:
        _undo(session, before)
    return made


def _take_back(number: int, language: str) -> None:
    with writing() as session:
        task = _task(session, number)
        tag = _language(session, task, language)
        found = recordings.standing(session, task.setting_id or 0, task.about, tag)
        if found is None:
            raise Refused(
                D_("There is no recording of this in %(language)s (%(about)s)."),
                language=LANGUAGES[tag].autonym,
                about=task.about,
            )
        _undo(session, found)
    say(D_("It is taken back: what has not left does not leave, and no link to it opens."))
    say(D_("What has arrived on a phone stays there. The parents who asked wait for another recording."))


def _undo(session: Session, recording: Recording) -> None:
    recordings.take_back(session, recording, now())
    listeners.ask_again(session, recording, now())


def _show(hearing: Hearing, number: int, *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        show_json({"recording": None if dry_run else hearing.recording.id} | hearing.as_json())
        return
    for line in hearing.lines():
        say(line)
    if dry_run:
        say(D_("Nothing was sent."))
        return
    say(
        D_(
            "It leaves in the next minute, or when the quiet hours end. "
            "To take it back: coatpeg voice-note %(number)s --take-back"
        ),
        number=number,
    )


def _task(session: Session, number: int) -> Task:
    """Raises Refused for any that asks for no voice note."""
    task = session.get(Task, number)
    if task is None or task.kind != TO_RECORD:
        raise Refused(D_("Task %(number)s asks for no voice note. To see which do: coatpeg voice-note"), number=number)
    return task


def _language(session: Session, task: Task, typed: str) -> str:
    """The one typed, or that of who asked. Raises Refused."""
    if typed and typed not in LANGUAGES:
        raise Refused(
            D_("--language: %(typed)s is not a language Coatpeg has (%(known)s)."),
            typed=typed,
            known=Joined(LANGUAGES),
        )
    guardian = session.get(Guardian, task.guardian_id) if task.guardian_id is not None else None
    return typed or (guardian.language if guardian else "") or SOURCE
