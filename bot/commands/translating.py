"""What the office sees of translations: whether the server answers, and the gist of what a parent wrote."""

from __future__ import annotations

from collections.abc import AsyncIterator

from sqlmodel import Session

from bot.channels import Misconfigured, SendError
from bot.channels.http import Http
from bot.config import Config
from locales.sentences import D_, Joined, Sentence, Spoken
from nursery.translations import gist

OUTSIDE = ("deepl", "azure")
"""Kinds of server that are another's."""


async def to_mend(config: Config) -> tuple[list[Spoken], list[Spoken]]:
    """What is wrong with the translation server, and what is worth knowing of it; nothing where there is none."""
    http = Http()
    await http.start()
    try:
        return [], [sentence async for sentence in _notes(config, http)]
    except Misconfigured as error:
        return [error.sentence], []
    except SendError as error:
        away = D_("The translation server can't be reached from here (%(reason)s). Parents get English meanwhile.")
        return [Sentence(away, reason=error.reason)], []
    finally:
        await http.stop()


async def _notes(config: Config, http: Http) -> AsyncIterator[Spoken]:
    from bot.translating import lacking  # most have no use for it
    from bot.translators import server_of

    server = server_of(config, http)
    if server is None:
        return
    if missing := await lacking(server):
        lacks = D_("The translation server has no %(languages)s. Parents who read it get staff's own words in English.")
        yield Sentence(lacks, languages=Joined(missing))
    if config.translate_kind in OUTSIDE:
        outside = D_("Words of staff and parents go to %(kind)s, without the names we know: see docs/operations.md.")
        yield Sentence(outside, kind=config.translate_kind)


def gist_of(session: Session, inbound_id: int | None) -> Spoken | str:
    """What a message says in English, and that a computer says so; nothing where there is none."""
    words = gist(session, inbound_id)
    return Sentence(D_("(translated by computer: %(words)s)"), words=words) if words else ""
