"""What is no answer: help is said with the question, and at the third time (or for a photo) a person is brought in;
a sentence, and what is the parent's own affair, goes to one when the parent says so."""

from __future__ import annotations

from sqlmodel import col, select

from bot.answers import bare_number
from bot.conversation import TRIES, Question
from bot.database import catch_up
from bot.opened import Opened
from bot.thread import Thread
from nursery.inbox import InboundMessage, pass_to_staff

SENTENCE = 4
"""Words that are more than a slip at a choice: somebody is telling something."""
QUESTION = 2
"""The same with a question mark: "what time?"."""


def stands_aside(thread: Thread, current: Opened, question: Question, help_text: str) -> bool:
    """Whether the parent is asked if a person is to have what was said: a sentence where a choice is asked; and of what
    is private anything that would go to staff unasked."""
    if thread.speaker.guardian_id is None or thread.said.inbound_id is None:
        return False
    if _is_private(thread, current) and (thread.said.media or current.unclear + 1 >= TRIES):
        return True
    words = [word for word in thread.said.text.split() if any(sign.isalpha() for sign in word)]
    asks = any(mark in thread.said.text for mark in "?؟")
    told = len(words) >= (QUESTION if asks else SENTENCE)
    return bool(question.choices) and not help_text and not thread.said.media and told


def _is_private(thread: Thread, current: Opened) -> bool:
    return thread.house.conversations[current.conversation].private


def ask_again(thread: Thread, current: Opened, question: Question, help_text: str = "") -> None:
    """Asks once more; without `help_text` with what may be answered."""
    current.unclear += 1
    thread.outcome = current.conversation if _is_private(thread, current) else "unclear"
    turn, media = thread.turn(), thread.said.media
    if (current.unclear < TRIES and not media) or not _passed(thread, current):
        thread.ask(current, question, help_text or _help(thread, question))
        return
    current.unclear = 0
    thread.outcome = "passed on"
    sorry = turn.gettext(
        "I am sorry, I do not understand. "
        "I have passed your words to a person. You can still answer here, or text MENU."
    )
    seen = turn.gettext("Thank you. A person will look at what you have sent. You can still answer here, or text MENU.")
    thread.ask(current, question, seen if media else sorry)


def _passed(thread: Thread, current: Opened) -> bool:
    """Passes a guardian's message to staff, but nothing private; returns whether it was passed."""
    inbound_id = thread.said.inbound_id
    if thread.speaker.guardian_id is None or inbound_id is None or _is_private(thread, current):
        return False
    for number in (*_before(thread, inbound_id, current.unclear - 1), inbound_id):
        pass_to_staff(thread.session, number)
    return True


def _before(thread: Thread, inbound_id: int, count: int) -> list[int]:
    """The words said to the question before, which were no answer either."""
    catch_up(thread.session)  # what a message a moment ago was taken for, where it shares this commit
    mine = (InboundMessage.contact_id == thread.speaker.contact_id, InboundMessage.outcome == "unclear")
    chosen = select(InboundMessage).where(*mine, col(InboundMessage.id) < inbound_id)
    found = thread.session.exec(chosen.order_by(col(InboundMessage.id).desc()).limit(max(count, 0)))
    return [one.id or 0 for one in found if bare_number(one.text) is None]


def _help(thread: Thread, question: Question) -> str:
    turn = thread.turn()
    if not question.choices:
        return turn.gettext("I did not understand. Please answer in a few words. BACK goes back, MENU leaves.")
    if len(question.choices) == 1:
        words = turn.gettext(
            "I did not understand. Please answer in a few words, or send 1 (%(choice)s). BACK goes back, MENU leaves."
        )
        return turn.say(words, choice=question.choices[0].label)
    numbers = turn.gettext(
        "I did not understand. Please send a number from 1 to %(last)s. BACK goes back, MENU leaves."
    )
    return turn.say(numbers, last=len(question.choices))
