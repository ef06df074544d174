"""What comes with a message: photos, voice notes and documents, promised to be fetched or refused with a sentence."""

from __future__ import annotations

from sqlalchemy import Table, insert
from sqlmodel import Session, SQLModel

from bot.messages import Attachment, Incoming
from locales import catalogue
from nursery import inbox

MEDIA: Table = SQLModel.metadata.tables[str(inbox.Media.__tablename__)]


def attach(session: Session, incoming: Incoming, inbound_id: int) -> tuple[list[int], list[tuple[Attachment, str]]]:
    """Notes what was attached: the numbers of what will be fetched, and what was refused and why."""
    taken, refused = [], []
    for attachment in incoming.attachments:
        why = inbox.refusal(attachment.kind, attachment.mime, attachment.size)
        values = {
            "inbound_id": inbound_id,
            "channel": incoming.channel,
            "kind": attachment.kind,
            "ref": attachment.ref,
            "mime": attachment.mime,
            "name": inbox.storable(attachment.name),
            "size": attachment.size,
            "tries": 0,
            "refused": why,
        }
        key = session.connection().execute(insert(MEDIA).values(**values)).inserted_primary_key
        if why:
            refused.append((attachment, why))
        elif key is not None:
            taken.append(int(key[0]))
    return taken, refused


def refusals(refused: list[tuple[Attachment, str]], language: str) -> list[str]:
    if not refused:
        return []
    words = catalogue(language)
    sentences = {
        "size": words.gettext(
            "This file is too large for me. Please send one of less than 10 MB, or bring it with you."
        ),
        "type": words.gettext("I can't keep this kind of message. You can send words, a photo, a voice note or a PDF."),
    }
    return [sentences[why] for why in dict.fromkeys(why for _, why in refused)]
