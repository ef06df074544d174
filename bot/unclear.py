"""What is no answer: help is said with the question, and at the third time (or for a photo) a person is brought in."""

from __future__ import annotations

from bot.conversation import TRIES, Question
from bot.opened import Opened
from bot.thread import Thread
from nursery.inbox import pass_to_staff


def ask_again(thread: Thread, current: Opened, question: Question, help_text: str = "") -> None:
    """Asks once more; without `help_text` with what may be answered."""
    current.unclear += 1
    thread.outcome = "unclear"
    turn, media = thread.turn(), thread.said.media
    if (current.unclear < TRIES and not media) or not _passed(thread):
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


def _passed(thread: Thread) -> bool:
    """Passes a guardian's message to staff; returns whether it was one."""
    inbound_id = thread.said.inbound_id
    if thread.speaker.guardian_id is None or inbound_id is None:
        return False
    pass_to_staff(thread.session, inbound_id)
    return True


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
