"""What turned out to be no answer, once the parent has said so: taken as if it were said now, or passed to a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot import emergencies
from bot.doubts import words_of
from bot.opened import Opened, keep
from bot.thread import Thread
from bot.untaken import fall_back, is_allowed
from nursery.inbox import note_outcome, pass_to_staff


def take_anew(thread: Thread, current: Opened, kept: Mapping[str, Any]) -> None:
    """They were no answer: they are taken as if they were said now, and nothing were open; then what was asked is asked
    again. So they are staff's, like all that nothing took."""
    keep(thread.session, thread.speaker.contact_id, current)
    thread.said, thread.outcome = words_of(kept), ""
    for inbound_id in kept["ids"]:
        note_outcome(thread.session, inbound_id, "unsure")
    for inbound_id in kept["ids"][:-1]:
        pass_to_staff(thread.session, inbound_id)
    named = thread.house.understanding.meant(thread.said.text, thread.speaker.language)
    if named is not None and is_allowed(thread, named):
        thread.begin(named)
        return
    if emergencies.tells(thread.said.text):
        emergencies.warn(thread)
    fall_back(thread)


def pass_aside(thread: Thread, current: Opened, kept: Mapping[str, Any]) -> None:
    """The parent says so: the words become a question to a person; then what was asked is asked again."""
    keep(thread.session, thread.speaker.contact_id, current)
    thread.outcome = "passed on"
    for inbound_id in kept["ids"]:
        note_outcome(thread.session, inbound_id, thread.outcome)  # else what was private stays nobody's to open
        pass_to_staff(thread.session, inbound_id)
    writer = {"writer": current.writer} if thread.speaker.sharing else {}
    thread.begin(thread.house.unsure, {"said": kept["said"], "inbound": kept["ids"][-1], "pass": True, **writer})
