"""coatpeg print-queue: what is to be made on paper for parents who have asked for another form."""

from __future__ import annotations

import html
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from bot.commands.desk import Refused, looking, now, the_setting, writing
from bot.commands.voice import local_moment, row, say, table
from locales import LANGUAGES
from locales.sentences import D_, ND_, Sentence
from nursery import prints
from nursery.braille import brf
from nursery.guardians import ANY_TOPIC, Guardian, children_of
from nursery.pegs import pictures
from nursery.people import Child
from nursery.preferences import Format
from nursery.prints import PrintJob
from nursery.settings import Setting, today

PAGE = """<!doctype html>
<html lang="{lang}" dir="{direction}">
<head><meta charset="utf-8"><title>{title}</title>
<style>
body {{ font: 400 {size}/1.6 "Atkinson Hyperlegible Next", "Atkinson Hyperlegible", Verdana, sans-serif; color: #000;
  background: #fff; max-width: 40em; margin: 1cm auto; padding: 0 1cm; }}
h1 {{ font-size: 1.3em; }} .peg {{ width: 2em; height: 2em; vertical-align: middle; fill: none; stroke: #000;
  stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }} p {{ margin: 0 0 {gap}; }}
@page {{ size: A4; margin: 2cm; }}
</style></head>
<body><h1>{title}</h1>
{pegs}{paragraphs}
</body></html>
"""
SIZES = {Format.TEXT: ("12pt", "1em"), Format.LARGE: ("24pt", "1em"), Format.EASY: ("18pt", "1.4em")}
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
        raise Refused(D_("%(folder)s is not a folder."), folder=folder)
    folder.mkdir(parents=True, exist_ok=True)
    with writing() as session:
        place = the_setting(session, setting)
        jobs = prints.waiting(session, place.id or 0, again=again)
        for job in jobs:
            guardian = session.get_one(Guardian, job.guardian_id).name
            row(_write(session, job, place, folder), Sentence(D_("for %(name)s"), name=guardian))
            job.made_at = now()
            session.add(job)
    if jobs:
        say(ND_("%(count)s file written.", "%(count)s files written."), count=len(jobs))
    else:
        say(D_("Nothing waits to be printed."))


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
        say(D_("Nothing waits to be printed."))
        return
    table(rows, (D_("id"), D_("for"), D_("what"), D_("form"), D_("asked")))


def _write(session: Session, job: PrintJob, place: Setting, folder: Path) -> Path:
    text, language = prints.words_of(session, job)
    name = f"{job.id}-{job.kind}-{job.ref.replace(' ', '-')}"
    if job.format == Format.BRAILLE:
        path = folder / f"{name}.brf"
        path.write_text(brf(f"{place.name}\n{text}"), encoding="ascii", newline="")
        return path
    path = folder / f"{name}.html"
    mine = children_of(session, job.guardian_id, ANY_TOPIC, today(now()))
    known = [child for child in mine if child.setting_id == place.id]
    path.write_text(page(text, language, place.name, Format(job.format), known), encoding="utf-8")
    return path


def page(text: str, language: str, title: str, form: Format, children: Sequence[Child] = ()) -> str:
    """A page to print, in its language and its direction; with the peg pictures of the children whose family it is for,
    so that whoever can't read it knows whose it is."""
    size, gap = SIZES[form]
    lines = [f'<p dir="auto">{html.escape(line)}</p>' for line in text.splitlines() if line.strip()]
    return PAGE.format(
        lang=LANGUAGES[language].html,
        direction=LANGUAGES[language].direction,
        title=html.escape(title),
        size=size,
        gap=gap,
        pegs="".join(_peg(child) for child in children),
        paragraphs="\n".join(lines),
    )


def _peg(child: Child) -> str:
    drawing = pictures().get(child.peg)
    if drawing is None:
        return ""
    svg = f'<svg class="peg" viewBox="0 0 24 24" aria-hidden="true"><path d="{drawing}"/></svg>'
    return f"<p>{svg} <bdi>{html.escape(child.first_name)}</bdi></p>\n"
