"""coatpeg print-queue: what is to be made on paper for parents who have asked for another form."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from bot.commands.desk import Refused, local_moment, looking, now, say, table, the_setting, writing
from locales import LANGUAGES
from nursery import prints
from nursery.braille import brf
from nursery.guardians import Guardian
from nursery.preferences import Format
from nursery.prints import PrintJob
from nursery.settings import Setting

PAGE = """<!doctype html>
<html lang="{lang}" dir="{direction}">
<head><meta charset="utf-8"><title>{title}</title>
<style>
body {{ font: 400 {size}/1.6 "Atkinson Hyperlegible Next", "Atkinson Hyperlegible", Verdana, sans-serif; color: #000;
  background: #fff; max-width: 40em; margin: 1cm auto; padding: 0 1cm; }}
h1 {{ font-size: 1.3em; }} p {{ margin: 0 0 {gap}; }}
@page {{ size: A4; margin: 2cm; }}
</style></head>
<body><h1>{title}</h1>
{paragraphs}
</body></html>
"""
SIZES = {Format.LARGE: ("24pt", "1em"), Format.EASY: ("18pt", "1.4em")}
"""Large print is 16 points at least (RNIB); easy read has short lines far apart."""


def print_queue(
    folder: Annotated[Path | None, typer.Argument(help="Where to write the files; left out, they are listed.")] = None,
    again: Annotated[bool, typer.Option("--again", help="What has been made already as well.")] = False,
    setting: Annotated[str | None, typer.Option(help="The setting; may be left out where there is one.")] = None,
) -> None:
    """See what waits to be printed in large print, easy words or braille, or write the files for the printer."""
    if folder is None:
        _list(setting, again=again)
        return
    if folder.exists() and not folder.is_dir():
        raise Refused(f"{folder} is not a folder.")
    folder.mkdir(parents=True, exist_ok=True)
    with writing() as session:
        place = the_setting(session, setting)
        jobs = prints.waiting(session, place.id or 0, again=again)
        for job in jobs:
            say(f"{_write(session, job, place, folder)}  for {session.get_one(Guardian, job.guardian_id).name}")
            job.made_at = now()
            session.add(job)
    say(f"{len(jobs)} files written." if jobs else "Nothing waits to be printed.")


def _list(setting: str | None, *, again: bool) -> None:
    with looking() as session:
        place = the_setting(session, setting)
        rows = [
            (
                job.id,
                session.get_one(Guardian, job.guardian_id).name,
                f"{job.kind} {job.ref}",
                job.format,
                local_moment(job.asked_at),
            )
            for job in prints.waiting(session, place.id or 0, again=again)
        ]
    if not rows:
        say("Nothing waits to be printed.")
        return
    table(rows, ("id", "for", "what", "form", "asked"))


def _write(session: Session, job: PrintJob, place: Setting, folder: Path) -> Path:
    text, language = prints.words_of(session, job)
    name = f"{job.id}-{job.kind}-{job.ref.replace(' ', '-')}"
    if job.format == Format.BRAILLE:
        path = folder / f"{name}.brf"
        path.write_text(brf(f"{place.name}\n{text}"), encoding="ascii", newline="")
        return path
    path = folder / f"{name}.html"
    path.write_text(page(text, language, place.name, Format(job.format)), encoding="utf-8")
    return path


def page(text: str, language: str, title: str, form: Format) -> str:
    """A page to print, in its language and its direction."""
    size, gap = SIZES[form]
    lines = [f'<p dir="auto">{html.escape(line)}</p>' for line in text.splitlines() if line.strip()]
    return PAGE.format(
        lang=LANGUAGES[language].html,
        direction=LANGUAGES[language].direction,
        title=html.escape(title),
        size=size,
        gap=gap,
        paragraphs="\n".join(lines),
    )
