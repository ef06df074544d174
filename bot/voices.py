"""What is to be heard with the messages of one claim: voice notes of the setting's, as long as they stand."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from bot.house import House
from bot.messages import VoiceNote
from nursery import recordings
from nursery.photo_links import VOICE, token_of
from nursery.recordings import Recording

Row = dict[str, Any]


class Voices:
    """The recordings of one claim, each looked up once however many it goes to."""

    def __init__(self, session: Session, house: House) -> None:
        self.session, self.house = session, house
        self._known: dict[int, Recording | None] = {}

    def stands(self, row: Row) -> bool:
        """Whether what the row is may still be heard; of a message that is no voice note, yes."""
        return row["recording_id"] is None or self._standing(row["recording_id"]) is not None

    def put(self, row: Row) -> VoiceNote | None:
        """The row's recording, to be sent as it is; by SMS a line with a link is put below the words instead."""
        found = self._standing(row["recording_id"])
        if row["sender"] == "sms":
            line = link_line(self.house.site, token_of(row["id"], self.house.key, VOICE))
            row["text"] = row["text"].removesuffix(line) + line
            return None
        return None if found is None else VoiceNote(found.id or 0, found.content, found.mime, found.seconds)

    def _standing(self, number: int) -> Recording | None:
        if number not in self._known:
            found = self.session.get_one(Recording, number)
            self._known[number] = found if recordings.stands(self.session, found) else None
        return self._known[number]


def link_line(site: str, token: str) -> str:
    """The link alone on its line: some phones take what stands beside it for a part of it."""
    return f"\n{site}/v/{token}"
