"""An edited message: taken as if it were written now where the first led to nothing or its question is still open; else
kept beside the first, as open or as closed to staff as that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session

from bot import emergencies
from bot import opened as store
from bot.answers import normalise
from bot.brought import bring_along
from bot.conversation import Question
from bot.database import catch_up
from bot.doubts import DOUBT
from bot.messages import Incoming
from bot.retraced import take_back
from bot.talk import Talk
from bot.turn import Speaker
from nursery.corrections import CLOSED, CORRECTION, is_raised, tell_handler, tell_lead, versions, written
from nursery.inbox import InboundMessage

NOTHING = ("", "unclear", "unsure", "courtesy", "changed", "wrong code", "code refused", "join", "late tap")
LEADING = ("menu", "more", "back", "help", "stop", "start")
"""Outcomes of messages that led to nothing staff have, or only on."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A message that we know, edited. `known` are its wordings so far, in the order they were written."""

    known: tuple[InboundMessage, ...]
    late: bool
    """A newer wording of it has come before this one."""

    @property
    def first(self) -> InboundMessage:
        return next((one for one in self.known if one.corrects_id is None), self.known[0])

    @property
    def taken(self) -> InboundMessage:
        """The wording that was taken for what it says, last."""
        return next((one for one in reversed(self.known) if one.outcome != CORRECTION), self.first)

    def adds_nothing(self, text: str) -> bool:
        """Whether these are the words that we have."""
        compared = self.known if self.late else self.known[-1:]
        return text.strip() in {one.text.strip() for one in compared}

    def is_raised(self, session: Session, text: str) -> bool:
        """Whether the lead has these words already: a mark more or less makes no other concern."""
        raised = [one for one in self.known if is_raised(session, one.id)]
        return normalise(text) in {normalise(one.text) for one in raised}


def edit_of(session: Session, incoming: Incoming, speaker: Speaker) -> Edit | None:
    """What it edits; None where we never had that, or it was written by whoever had this address before: then it is a
    message like any other."""
    catch_up(session)  # what a message a moment ago was taken for, where it shares this commit
    session.flush()
    known = versions(session, speaker.contact_id, incoming.message_ref)
    here = {None, speaker.guardian_id, *speaker.sharing}
    if not known or not {one.guardian_id for one in known} <= here:
        return None
    return Edit(tuple(known), written(incoming.provider_id) < max(written(one.provider_id) for one in known))


def note_edit(session: Session, inbound_id: int, edit: Edit) -> None:
    """Ties an edit to what it edits. What was for the safeguarding lead alone stays so in other words."""
    message = session.get_one(InboundMessage, inbound_id)
    message.corrects_id = edit.first.id
    message.guardian_id = message.guardian_id or edit.first.guardian_id
    message.restricted = any(one.restricted for one in edit.known)
    session.add(message)
    session.flush()


def correct(talk: Talk, edit: Edit, *, alarmed: bool) -> None:
    """Takes an edit. `alarmed`: it has been answered already that it tells of harm."""
    message = talk.session.get_one(InboundMessage, talk.thread.said.inbound_id)
    talk.thread.alarmed = alarmed
    if edit.late:
        _keep_closed(talk, edit, message)
    elif _is_as_now(talk, edit):
        media = bring_along(talk.session, edit.taken.id or 0, message.id or 0)
        talk.thread.said = replace(talk.thread.said, media=media)
        if message.restricted:
            tell_lead(talk.session, message, talk.thread.now)
        talk.hear(alarmed=alarmed)
    elif not _change_words(talk, edit):
        _keep(talk, edit, message)


def _is_as_now(talk: Talk, edit: Edit) -> bool:
    thread, before = talk.thread, edit.taken
    if talk.speaker.guardian_id is None or take_back(thread, before):
        return True
    current = thread.current
    free = current is None or current.conversation in talk.house.passing
    named = talk.house.understanding.meant(thread.said.text, talk.speaker.language) is not None
    return before.outcome in (*NOTHING, *LEADING) and (free or named)


def _change_words(talk: Talk, edit: Edit) -> bool:
    """Changes the words where they stand in a conversation that has gone on from them and is not finished."""
    thread = talk.thread
    numbers, wordings = {one.id for one in edit.known}, {one.text.strip() for one in edit.known}
    for one in thread.opened:
        for name, value in one.answers.items():
            if name == DOUBT or not isinstance(value, Mapping) or value.get("inbound") not in numbers:
                continue
            if str(value.get("text", "")).strip() in wordings:
                one.answers[name] = {**value, "text": thread.said.text}
                store.keep(talk.session, talk.speaker.contact_id, one)
                thread.outcome = one.conversation
                _see_to_the_hurt(talk, edit, private=talk.house.conversations[one.conversation].private)
                _ask_on(talk, thread.turn().gettext("Thank you. I have changed your words."))
                return True
    return False


def _ask_on(talk: Talk, line: str) -> None:
    """Says it, with what is asked at this moment."""
    current = talk.thread.current
    step = talk.thread.step(current) if current is not None else None
    if current is not None and isinstance(step, Question):
        talk.thread.ask(current, step, line)
    else:
        talk.thread.speak(line)


def _keep(talk: Talk, edit: Edit, message: InboundMessage) -> None:
    """Beside the first: to be read where that is, and by nobody else."""
    thread, session, turn = talk.thread, talk.session, talk.thread.turn()
    thread.outcome = CORRECTION
    if message.restricted:
        tell_lead(session, message, thread.now)
        line = turn.gettext("Thank you. Your correction is with your first message.")
    elif _is_private(talk, edit):
        _keep_closed(talk, edit, message)
        line = _how_to_change(talk, edit)
    else:
        message.for_staff = True
        line = turn.gettext("Thank you. Staff will see your correction beside your first message.")
        if tell_handler(session, message, thread.now):
            line = turn.gettext("Thank you. Your correction is with your first message.")
    session.add(message)
    if not thread.alarmed:
        if not (message.for_staff and _led_on(talk, edit)):
            thread.speak(line)
        _see_to_the_hurt(talk, edit, private=not message.for_staff)


def _led_on(talk: Talk, edit: Edit) -> bool:
    """Whether what took the message has a conversation of its own for a correction, such as `absent_corrected`, and
    that says or asks something. What is still being asked goes on as it is."""
    thread, took, said = talk.thread, edit.taken.outcome, len(talk.thread.spoken)
    name, writer = f"{took}_corrected", edit.first.guardian_id if talk.speaker.sharing else None
    if name in talk.house.conversations and not any(one.conversation == took for one in thread.opened):
        whose = {"writer": writer} if writer is not None else {}
        thread.begin(name, {"known": [one.id for one in edit.known], **whose})
    return len(thread.spoken) > said


def _see_to_the_hurt(talk: Talk, edit: Edit, *, private: bool) -> None:
    """Of somebody hurt, where that is new, whom to ring is said as of any message; a person has it too."""
    if emergencies.tells(talk.thread.said.text) and not any(emergencies.tells(one.text) for one in edit.known):
        emergencies.warn(talk.thread)
        if not private and not talk.thread.alarmed:
            emergencies.pass_on(talk.thread)


def _keep_closed(talk: Talk, edit: Edit, message: InboundMessage) -> None:
    """For nobody to read: an older wording, or what staff never see. What is private is kept in no words, unless the
    lead has it."""
    talk.thread.outcome = CORRECTION
    if _is_private(talk, edit) and not message.restricted:
        talk.thread.outcome = edit.taken.outcome
        message.text = ""
        talk.session.add(message)


def _is_private(talk: Talk, edit: Edit) -> bool:
    private = {name for name, one in talk.house.conversations.items() if one.private}
    return any(one.outcome in private or one.outcome in CLOSED for one in edit.known)


def _how_to_change(talk: Talk, edit: Edit) -> str:
    """What a parent can do whose answer nobody can find, or has gone on from."""
    turn, current = talk.thread.turn(), talk.thread.current
    if current is not None and current.conversation == edit.taken.outcome:
        return turn.gettext("Thank you. I can't change that answer from here. To go back to it, text BACK.")
    if edit.taken.outcome == "questionnaire":
        return turn.gettext(
            "Thank you. Nobody can see which answers are yours, so I can't change one now, "
            "and I have not kept these words. To tell a person, text ASK."
        )
    return turn.gettext("Thank you. I have not kept these words: that is yours alone. To look again, text SERVICES.")
