"""A voice note: a notice or a policy that staff have read aloud, for who asked to hear it."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import Dialogue, Withheld, say
from bot.turn import Turn
from nursery import notices, policies, recordings
from nursery.guardians import Topic
from nursery.listeners import Unheard
from nursery.matters import Matter
from nursery.notices import Notice
from nursery.recipients import is_recipient
from nursery.recordings import Recording
from nursery.settings import Setting


def voice_note(turn: Turn) -> Dialogue:
    """Says what it is; where that is free, with the words it says. By SMS the words stand on the page with it."""
    yield from ()  # it asks nothing
    heard = turn.session.get(Recording, turn.params["recording"])
    if heard is None or not recordings.stands(turn.session, heard):
        raise Withheld("taken back")
    whom = recordings.audience(turn.session, heard)
    if not is_recipient(turn.session, whom, Topic.NOTICES, turn.today, turn.guardian.id or 0):
        raise Withheld("not allowed")
    if heard.language != turn.language:
        raise Withheld(Unheard.LANGUAGE)
    announced = recordings.announced(turn.session, heard, turn.catalogue)
    if not turn.buttons:
        return say(announced, recording=heard.id)
    return say(f"{announced}\n\n{_words(turn, heard)}", recording=heard.id)


def _words(turn: Turn, heard: Recording) -> str:
    """What somebody typed, or the message's own; of a policy the short text, since there is no room for the full."""
    if heard.words:
        return heard.words
    if heard.kind == "policy":
        place = turn.session.get_one(Setting, heard.setting_id)
        return policies.standing(turn.session, place, heard.ref.split()[0]).text("short", turn.catalogue)
    told = turn.session.get_one(Notice, int(heard.ref))
    if told.template:
        return notices.text_for(told, turn.catalogue)
    return replace(turn.read(Matter.NOTICE, told.text, setting_id=told.setting_id), briefly=True).told
