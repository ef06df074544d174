"""Joining as it happens: the first message ever from a known number or chat."""

from sqlalchemy import update

from nursery.contacts import Contact
from nursery.guardians import Guardian
from nursery.preferences import use_channel
from tests.cast import CAST, contact_of
from tests.talking import Player


def join(play: Player, *names: str, channel: str | None = None) -> None:
    """Each says hello from their own channel, or the one given, as if for the first time."""
    play.channel = channel
    for who in names:
        with play.session() as session:
            contact = contact_of(session, who, channel or CAST[who].home)
            assert contact is not None
            use_channel(session, session.get_one(Guardian, contact.guardian_id), contact.channel)
            session.connection().execute(
                update(Contact).where(Contact.guardian_id == contact.guardian_id).values(greeted_at=None)  # type: ignore[arg-type]
            )
        play.say(who, "hello")
