"""What no answer took: of a photo or a file that came with a word or a choice a person has it, and the parent is told;
of words in a talk that is left unfinished the parent is told that nobody has them."""

from __future__ import annotations

from dataclasses import replace

from bot import opened as store
from bot.brought import PICTURE, is_on_record
from bot.conversation import Answer
from bot.doubts import DOUBT
from bot.opened import Opened
from bot.thread import Thread
from nursery.inbox import InboundMessage, pass_to_staff


def place(thread: Thread, said: Answer) -> None:
    """Looks after what came with a guardian's message, whatever its words were taken for. What came to a conversation
    whose words stay with the family is not passed on."""
    if not said.media or said.inbound_id is None or thread.speaker.guardian_id is None or thread.kept_media:
        return
    thread.session.flush()
    message = thread.session.get_one(InboundMessage, said.inbound_id)
    current = thread.current
    if message.for_staff or message.restricted or is_on_record(thread.session, said.inbound_id):
        return
    if current is not None and said.inbound_id in current.answers.get(DOUBT, {}).get("ids", ()):
        return  # it has just been asked whether a person is to have it
    turn = thread.turn()
    if _stays_private(thread, current):
        say_unheard(thread)
        return
    pass_to_staff(thread.session, said.inbound_id)
    if current is not None and current.conversation == thread.outcome:
        current.params[PICTURE] = said.inbound_id  # the buttons just asked have these parameters too
        store.keep(thread.session, thread.speaker.contact_id, current)
    _add(thread, turn.gettext("Thank you. I have passed what you sent to the team."))


def say_unheard(thread: Thread) -> None:
    """Tells a parent that nobody has what they said, and how a person gets it."""
    line = thread.turn().gettext("I have not passed on what you sent. For a person to see it, text ASK, then send it.")
    _add(thread, line)


def _stays_private(thread: Thread, current: Opened | None) -> bool:
    """Whether it came to a conversation whose words stay with the family: the one it was taken for, or the open one."""
    names = {thread.outcome, *([current.conversation] if current is not None else [])}
    return any(one.private for name, one in thread.house.conversations.items() if name in names)


def _add(thread: Thread, line: str) -> None:
    """Above the question that is asked: by SMS each message costs."""
    for at, one in enumerate(thread.spoken):
        if one.question is not None:
            thread.spoken[at] = replace(one, text=f"{line}\n\n{one.text}")
            return
    thread.speak(line)
