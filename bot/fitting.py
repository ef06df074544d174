"""Whether free words fit the question they came to: an old question, or words about something else, leave a doubt."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot import shown
from bot.answers import chosen
from bot.conversation import Answer, Conversation, Question
from bot.doubts import doubt, is_unfit, unfit
from bot.likely import likely
from bot.opened import FRESH, Opened
from bot.thread import Thread
from bot.understanding import CLEARLY
from bot.untaken import is_allowed
from nursery.inbox import pass_to_staff

OLD = timedelta(hours=1)
"""After so long a parent who began a talk has put the phone down and no longer writes to it. What we sent unasked is
read when there is time for it, and is young for FRESH, half a day."""

COMPLAINT = "complaint"
"""It may be about whoever reads the inbox: staff have what is said of it when it is sure to be something else."""
TODAY = "day"
"""The group of the conversations that staff need today: a child away, late, collected by somebody else, medicine."""
REPLIED = timedelta(days=3)
"""A reply to what a person wrote, an answer or an outcome, is young for so long: it goes back to that person."""

SURELY = 0.9
"""How likely it must be that an answer to a young question is about something of today instead: "at 1 or 2 o'clock" is
an answer."""
VOICE = "voice"
READ = (TODAY, VOICE)
"""The groups of those whose words a person reads today anyway: "Noor fell, why did nobody ring?" is a complaint."""


def doubted(
    thread: Thread,
    current: Opened,
    asked: Question,
    value: Any,
    named: str | None,
    before: Mapping[str, Any] | None,
) -> Mapping[str, Any] | None:
    """What is kept of words until the parent has said what they are; None where they are taken as the answer. What is
    not private is staff's to read meanwhile, as all that nothing took."""
    word = doubt(value, thread.said, named) if named and _is_word(thread, current, named) else None
    if word is not None or not is_free(asked, thread.said, value):
        return word
    earlier = before if before is not None and is_unfit(before) else None
    fits = earlier is not None and asked.fits is not None and asked.fits(thread.said.text)
    if fits or not (earlier or is_doubtful(thread, current, asked)):
        _note_what_is_told(thread, current, asked)
        return None
    guess = told_of(thread, current) or (earlier["named"] if earlier else "")
    if thread.house.conversations[current.conversation].private or _kin(current.conversation) == COMPLAINT:
        return unfit(thread.said, guess, earlier)
    if not thread.alarmed:
        thread.outcome = "unclear"
        pass_to_staff(thread.session, thread.said.inbound_id or 0)
    return unfit(thread.said, guess, None)


def leads_on(thread: Thread, current: Opened, named: str | None) -> bool:
    """Whether words go to the conversation that they name without asking: STOP IDEAS is obeyed wherever it is said, and
    a reply to what a person wrote is a sentence, not a word of ours."""
    if named is None or not is_allowed(thread, named):
        return False
    known = thread.house.conversations[named]
    return (known.phrases is not None and known.personal) or (
        _is_reply(thread, current) and _is_word(thread, current, named)
    )


def is_told_already(thread: Thread, current: Opened) -> bool:
    """Whether the words need no asking: the lead has those of harm, a person is to have those of somebody hurt."""
    private = thread.house.conversations[current.conversation].private
    return thread.alarmed or (thread.urgent and not private)


def is_free(asked: Question, said: Answer, value: Any) -> bool:
    """Whether what was read are free words (or a photo, or a voice note), taken as they came."""
    if chosen(asked, said) is not None or not isinstance(value, Mapping) or value.get("inbound") is None:
        return False
    return value.get("key") not in {choice.key for choice in asked.choices}


def is_doubtful(thread: Thread, current: Opened, asked: Question) -> bool:
    """Whether the parent is asked if free words are the answer: they are surely none, they tell of something that
    staff need today, or the question is so old that they may have been meant for nothing of it."""
    fits = asked.fits(thread.said.text) if asked.fits is not None and not thread.said.media else None
    if fits is False:
        return True
    if shown.closed_above(thread, current) is not None:
        return True
    old = _is_old(thread, current)
    if old and not fits:
        return True
    if not old and _is_read(thread, current):
        return False
    return thread.urgent or _is_todays(thread, current, asked)


def told_of(thread: Thread, current: Opened, least: float = CLEARLY) -> str:
    """The conversation of today's that the words are about, so likely at least, and another than this; or an empty
    word."""
    scores = likely(thread.said.text)
    guess = next((name for name in scores if name in thread.house.conversations), "")
    known = thread.house.conversations.get(guess)
    is_other = known is not None and known.group == TODAY and guess != _kin(current.conversation)
    return guess if is_other and scores[guess] >= least else ""


def _is_todays(thread: Thread, current: Opened, asked: Question) -> bool:
    """Whether it tells of what staff need today: surely, or clearly and of one day where a question asks what is always
    so, such as who is close to the child."""
    here = _told_here(thread, current, asked, CLEARLY)
    return here is False or (here is None and told_of(thread, current, SURELY) != "")


def _told_here(thread: Thread, current: Opened, asked: Question, least: float) -> bool | None:
    if asked.told_here is None:
        return None
    return asked.told_here(told_of(thread, current, least), thread.said.text)


def _note_what_is_told(thread: Thread, current: Opened, asked: Question) -> None:
    """It is staff's to read as well: who collects, and what is given, is never accepted by text alone."""
    private = thread.house.conversations[current.conversation].private
    if not private and not thread.alarmed and _told_here(thread, current, asked, SURELY):
        pass_to_staff(thread.session, thread.said.inbound_id or 0)


def _is_old(thread: Thread, current: Opened) -> bool:
    if current.asked_at >= thread.now - OLD:
        return False
    if _is_reply(thread, current):
        return current.asked_at < thread.now - REPLIED
    return bool(current.answers) or current.asked_at < thread.now - FRESH or not _was_pushed(thread)


def _is_reply(thread: Thread, current: Opened) -> bool:
    """Whether it asks what the parent says to an answer, or to an outcome, of staff's."""
    known = thread.house.conversations.get(_kin(current.conversation))
    return known is not None and known.group == VOICE and known.name != current.conversation and not current.answers


def _was_pushed(thread: Thread) -> bool:
    seen = shown.last(thread)
    return seen is not None and seen.pushed


def _is_read(thread: Thread, current: Opened) -> bool:
    """Whether a person reads today what is said there. The words that a push brings, on whatever day, are none of it
    until the parent has answered it once."""
    conversations: Mapping[str, Conversation] = thread.house.conversations
    known = conversations.get(_kin(current.conversation)) if current.answers else conversations[current.conversation]
    return known is not None and known.group in READ


def _kin(name: str) -> str:
    """A part of a conversation is named for it: `query_answer` is of `query`."""
    return name.partition("_")[0]


def _is_word(thread: Thread, current: Opened, named: str) -> bool:
    """Whether the message is a word, of this language or English, that starts another conversation."""
    word = thread.house.understanding.word(thread.said.text, thread.speaker.language)
    return word == named and named != current.conversation and is_allowed(thread, named)
