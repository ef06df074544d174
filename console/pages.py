"""Pages: templates in the words of the catalogue, under a policy that lets nothing in from outside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from locales import SOURCE, Catalogue, catalogue

FOLDER = Path(__file__).parent

GUARD = {
    "content-security-policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
}
"""Headers of every page and of what it shows: no inline script or style, no other host, no frame, no copy kept."""


SHUT = {
    "content-security-policy": "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex, nofollow, noarchive",
    "cache-control": "no-store",
}
"""Headers of what a parent's link opens: nothing runs, nothing leaves, nothing is kept, no search engine is told."""


def words() -> Catalogue:
    """The catalogue of the pages: staff read English."""
    return catalogue(SOURCE)


def page(template: str, **values: Any) -> HTMLResponse:
    """A template filled in; every value is escaped."""
    return HTMLResponse(rendered(template, **values), headers=GUARD)


def shut(template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """The same for who has a link: shut off from everything else."""
    return HTMLResponse(rendered(template, **values), status, SHUT)


def rendered(template: str, **values: Any) -> str:
    """The HTML of a template filled in; every value is escaped."""
    return _TEMPLATES.get_template(template).render(**values)


def static_files() -> Mount:
    return Mount("/static", StaticFiles(directory=FOLDER / "static"), name="static")


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    said = words()
    environment.install_gettext_callables(said.gettext, said.ngettext, newstyle=True)  # type: ignore[attr-defined]
    return environment


_TEMPLATES = _environment()
