"""Brings every catalogue up to date with the code and the library: python -m locales.update."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from locales import DOMAINS, FOLDER, LANGUAGES, SOURCE, po_file

KEYWORDS = {
    "messages": ("-k", "gettext", "-k", "ngettext:1,2", "-k", "pgettext:1c,2", "-k", "N_", "-k", "_", "-k", "_gettext"),
    "words": ("-k", "W_"),
    "content": ("-k", "NOTHING"),
    "desk": ("-k", "D_", "-k", "ND_:1,2"),
}
"""Which marks are taken for which domain. The library's own sentences are taken by `locales.library`, and those of a
command's help by `bot.commands.help`."""

CONFIGS = {"content": "babel-content.cfg", "desk": "babel-desk.cfg"}


def template(domain: str) -> Catalog:
    """The messages of a domain as they stand in the code now."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"{domain}.pot"
        config = FOLDER.parent / CONFIGS.get(domain, "babel.cfg")
        command = ["pybabel", "-q", "extract", "-F", str(config), "--no-default-keywords", *KEYWORDS[domain]]
        command += ["--no-location", "--sort-by-file", "--add-comments=:", "-o", str(file), "."]
        subprocess.run([sys.executable, "-m", "babel.messages.frontend", *command[1:]], cwd=FOLDER.parent, check=True)
        with file.open("rb") as opened:
            return read_po(opened, domain=domain)


def update() -> None:
    """Adds what is new to each catalogue, untranslated, and drops what is gone. Never guesses."""
    for domain in DOMAINS:
        source = template(domain)
        for language in LANGUAGES:
            if language != SOURCE:
                _update(language, domain, source)


def _update(language: str, domain: str, source: Catalog) -> None:
    path = po_file(language, domain)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalog = Catalog(locale=language, domain=domain, header_comment=HEADER.format(language=language))
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=language, domain=domain)
    catalog.update(source, no_fuzzy_matching=True, update_header_comment=False, update_creation_date=False)
    catalog.obsolete.clear()
    catalog.fuzzy, catalog.project, catalog.version = False, "Coatpeg", "0.1"
    catalog.last_translator, catalog.language_team = "Coatpeg", LANGUAGES[language].autonym
    with path.open("wb") as file:
        write_po(file, catalog, width=100)


HEADER = """\
# Coatpeg in {language}.
# Reviewed by a native reader: no
"""


if __name__ == "__main__":
    update()
