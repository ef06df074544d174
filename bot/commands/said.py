"""What a parent has said, as staff read it: the words, and whether something came with them."""

from __future__ import annotations

from sqlmodel import Session, select

from bot.commands.desk import PRIVATE_WORDS
from bot.commands.translating import gist_of
from bot.commands.voice import filled
from locales.sentences import D_, Joined, Sentence
from nursery import corrections
from nursery.inbox import Media, may_be_shown


def words_of(session: Session, words: str, inbound_id: int | None) -> object:
    """The words, their gist in English where there is one, and how to open what came with them; of what is for the lead
    alone, that it is. Empty where there is nothing."""
    if not may_be_shown(session, inbound_id):
        return PRIVATE_WORDS
    files = files_of(session, inbound_id)
    said = filled((words, gist_of(session, inbound_id), *corrected(session, words, inbound_id), files))
    return Joined(said, " ") if said else ""


def corrected(session: Session, words: str, inbound_id: int | None) -> list[object]:
    """What a parent edited the words into since, and what they had been before; nothing of most."""
    known = corrections.versions_of(session, inbound_id)
    if len(known) < 2:
        return []
    now, before = corrections.added(known, words, inbound_id), corrections.earlier(known, words, inbound_id)
    said: list[object] = []
    if now is not None:
        gist = gist_of(session, now.id)
        said.append(Sentence(D_("(corrected to: %(words)s)"), words=Joined(filled((now.text, gist)), " ")))
    return [*said, Sentence(D_("(corrected from: %(words)s)"), words=before)] if before else said


def files_of(session: Session, inbound_id: int | None) -> object:
    """That something came with a message, and how to open it; or nothing."""
    came = session.exec(select(Media.id).where(Media.inbound_id == inbound_id)).first() if inbound_id else None
    return Sentence(D_("(with a file: coatpeg files %(number)s)"), number=inbound_id) if came is not None else ""
