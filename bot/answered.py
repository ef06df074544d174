"""The open question, and what was said to it: read as an answer, doubted, set aside, or no answer at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot import answers as reading
from bot.answers import Changed, chosen
from bot.conversation import Question, Say, Unclear
from bot.doubts import ANSWER, DOUBT, GO_ON, LEAVE, PASS, aside, doubt, is_aside, which, words_of
from bot.emergencies import pass_on
from bot.opened import Opened, keep
from bot.thread import Thread
from bot.unclear import ask_again, stands_aside
from bot.untaken import fall_back, is_allowed
from nursery.inbox import pass_to_staff


def answer(thread: Thread, current: Opened, named: str | None, before: Mapping[str, Any] | None = None) -> None:
    """Takes the message as the answer to the open question, unless it is the word of another conversation. `before` is
    what stands aside already, and was not decided."""
    thread.outcome = current.conversation
    step = thread.step(current)
    if isinstance(step, Say):
        thread.end(current, step)
        return
    plain = thread.house.understanding.plain
    try:
        said = reading.as_asked(step, thread.said, current.offered, plain)
        if step.name == DOUBT:
            _settle(thread, current, step, named, chosen(step, said, plain))
            return
        value = reading.read(step, said, plain)
    except Changed:
        _ask_anew(thread, current, step)
        return
    except Unclear as unclear:
        _not_taken(thread, current, step, named, str(unclear), before)
        return
    kept = doubt(value, thread.said, named) if named and _is_doubtful(thread, current, named) else None
    current.answers[DOUBT if kept else step.name], current.unclear = kept or value, 0
    thread.take(current)
    thread.run(current)


def _ask_anew(thread: Thread, current: Opened, question: Question) -> None:
    """What the number stood for is gone: nothing is read, and what is asked now is asked."""
    thread.outcome = "changed"
    sorry = thread.turn().gettext("I am sorry, this has changed since I asked you. Please look again and answer.")
    thread.ask(current, question, sorry)


def _is_doubtful(thread: Thread, current: Opened, named: str) -> bool:
    """Whether the message is a word, of this language or English, that starts another conversation."""
    word = thread.house.understanding.word(thread.said.text, thread.speaker.language)
    return word == named and named != current.conversation and is_allowed(thread, named)


def _settle(thread: Thread, current: Opened, step: Question, named: str | None, meant: str | None) -> None:
    """What was meant is decided; other words than the choices' are the answer to the question itself."""
    kept = current.answers.pop(DOUBT)
    if meant == ANSWER:
        thread.said = words_of(kept)
        answer(thread, current, None)
    elif meant == PASS:
        _pass_on(thread, current, kept)
    elif meant == GO_ON:
        thread.run(current)
    elif meant == LEAVE or (named and not is_aside(kept) and is_allowed(thread, named)):
        keep(thread.session, thread.speaker.contact_id, current)
        thread.outcome = kept["named"] if meant or not named else named
        thread.begin(thread.outcome)
    elif _decides_nothing(thread, kept):
        current.answers[DOUBT] = kept
        ask_again(thread, current, step)
    elif is_aside(kept):
        keep(thread.session, thread.speaker.contact_id, current)
        answer(thread, current, named, kept)
    else:
        answer(thread, current, None)


def _pass_on(thread: Thread, current: Opened, kept: Mapping[str, Any]) -> None:
    """The parent says so: the words become a question to a person; then what was asked is asked again."""
    keep(thread.session, thread.speaker.contact_id, current)
    for inbound_id in kept["ids"]:
        pass_to_staff(thread.session, inbound_id)
    thread.outcome = "passed on"
    writer = {"writer": thread.writer_of(current)} if thread.speaker.sharing else {}
    thread.begin(thread.house.unsure, {"said": kept["said"], "inbound": kept["ids"][-1], "pass": True, **writer})


def _not_taken(
    thread: Thread,
    current: Opened,
    question: Question,
    named: str | None,
    help_text: str,
    before: Mapping[str, Any] | None,
) -> None:
    """No answer to the open question: another conversation's word, or words that nothing takes."""
    leads_on = current.conversation in thread.house.passing
    if named is not None and named != thread.house.back and is_allowed(thread, named):
        if leads_on:
            thread.close(current)
        thread.outcome = named
        thread.begin(named)
    elif leads_on:
        thread.close(current)
        fall_back(thread)
    elif thread.urgent and not thread.house.conversations[current.conversation].private:
        pass_on(thread)
        thread.outcome = "passed on"
        thread.ask(current, question)
    elif _is_courteous(thread) and before is None:
        thread.outcome = "courtesy"
        thread.ask(current, question, thread.turn().gettext("Thank you."))
    elif not _is_courteous(thread) and stands_aside(thread, current, question, help_text):
        _set_aside(thread, current, before)
    elif before is not None:
        current.answers[DOUBT] = before  # not decided: thanked and forgotten, what is private would be nobody's
        ask_again(thread, current, which(thread.turn(), before))
    else:
        ask_again(thread, current, question, help_text)


def _decides_nothing(thread: Thread, kept: Mapping[str, Any]) -> bool:
    """A number of no choice; or "ok", which is no answer either to "Is this your answer?"."""
    number = reading.bare_number(thread.house.understanding.plain(thread.said.text))
    return number is not None or (_is_courteous(thread) and not is_aside(kept))


def _is_courteous(thread: Thread) -> bool:
    return bool(thread.house.understanding.courtesy(thread.said.text)) and not thread.said.media


def _set_aside(thread: Thread, current: Opened, before: Mapping[str, Any] | None) -> None:
    """Asks whether a person is to have the words. Where what is said is the parent's own affair nobody has them
    before; elsewhere they are staff's to read, like all that nothing took."""
    conversations = thread.house.conversations
    private = conversations[current.conversation].private
    if private:
        thread.outcome = current.conversation
    else:
        thread.outcome = "unclear"
        pass_to_staff(thread.session, thread.said.inbound_id or 0)
    guess = thread.house.understanding.clear(thread.said.text)
    named = guess is not None and guess != current.conversation
    label = named and (conversations[guess or ""].label or conversations[guess or ""].more)
    current.answers[DOUBT] = aside(thread.said, guess or "" if label else "", before, private=private)
    current.unclear = 0
    thread.run(current)
