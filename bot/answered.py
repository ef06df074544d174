"""The open question, and what was said to it: read as an answer, doubted, set aside, or no answer at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot import answers as reading
from bot import shown
from bot.answers import Changed, chosen
from bot.conversation import Question, Say, Unclear
from bot.doubts import ANSWER, DOUBT, ELSE, GO_ON, LEAVE, PASS, aside, is_aside, is_unfit, which, words_of
from bot.emergencies import pass_on
from bot.fitting import doubted, is_free, is_told_already, leads_on
from bot.opened import Opened, keep
from bot.something_else import pass_aside, take_anew
from bot.thread import Thread
from bot.unclear import ask_again, stands_aside
from bot.untaken import fall_back, is_allowed
from nursery.inbox import pass_to_staff


def answer(
    thread: Thread,
    current: Opened,
    named: str | None,
    before: Mapping[str, Any] | None = None,
    *,
    sure: bool = False,
) -> None:
    """Takes the message as the answer to the open question, unless it is the word of another conversation, or may be
    meant for something else. `before` is what stands aside already, and was not decided; `sure`: the parent has said
    that it is the answer, or has pressed its button."""
    thread.outcome = current.conversation
    step = thread.step(current)
    if isinstance(step, Say):
        thread.end(current, step)
        return
    plain = thread.house.understanding.plain
    above = None if sure or thread.said.choice else shown.closed_above(thread, current)
    if above is not None and shown.is_meant_for(above, thread, step):
        shown.ask_which(thread, current, step, above)
        return
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
    if not sure and is_free(step, thread.said, value) and leads_on(thread, current, named):
        thread.outcome = named or ""
        thread.begin(thread.outcome)
        return
    _keep(thread, current, step, value, before, None if sure else doubted(thread, current, step, value, named, before))


def _keep(
    thread: Thread,
    current: Opened,
    step: Question,
    value: Any,
    before: Mapping[str, Any] | None,
    kept: Mapping[str, Any] | None,
) -> None:
    """Takes what was read as the answer and goes on; `kept` is what is to be decided first, where it is doubted."""
    if kept is not None and is_unfit(kept) and is_told_already(thread, current):
        _ask_once_more(thread, current, before)
        return
    current.answers[DOUBT if kept else step.name], current.unclear = kept or value, 0
    thread.kept_media = isinstance(value, Mapping) and bool(value.get("media"))
    thread.take(current)
    thread.run(current)


def _ask_once_more(thread: Thread, current: Opened, before: Mapping[str, Any] | None) -> None:
    thread.outcome = "passed on"
    if thread.urgent:
        pass_on(thread)
    if before is not None:
        current.answers[DOUBT] = before
    thread.run(current)


def _ask_anew(thread: Thread, current: Opened, question: Question) -> None:
    """What the number stood for is gone: nothing is read, and what is asked now is asked."""
    thread.outcome = "changed"
    sorry = thread.turn().gettext("I am sorry, this has changed since I asked you. Please look again and answer.")
    thread.ask(current, question, sorry)


def _settle(thread: Thread, current: Opened, step: Question, named: str | None, meant: str | None) -> None:
    """What was meant is decided; other words than the choices' are the answer to the question itself."""
    kept = current.answers.pop(DOUBT)
    if meant == ANSWER:
        thread.said = words_of(kept)
        answer(thread, current, None, sure=True)
    elif meant == ELSE:
        take_anew(thread, current, kept)
    elif meant == PASS:
        pass_aside(thread, current, kept)
    elif meant == GO_ON:
        thread.run(current)
    elif meant == LEAVE or (named and not is_aside(kept) and is_allowed(thread, named)):
        keep(thread.session, thread.speaker.contact_id, current)
        thread.outcome = kept["named"] if meant or not named else named
        if meant and not is_aside(kept):
            thread.said = words_of(kept)
        thread.begin(thread.outcome)
    elif _decides_nothing(thread, kept):
        current.answers[DOUBT] = kept
        ask_again(thread, current, step)
    elif is_aside(kept) or is_unfit(kept):
        keep(thread.session, thread.speaker.contact_id, current)
        answer(thread, current, named, kept)
    else:
        answer(thread, current, None)


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
    elif is_told_already(thread, current):
        _ask_once_more(thread, current, before)
    elif _is_courteous(thread) and before is None:
        thread.outcome = "courtesy"
        thread.ask(current, question, thread.turn().gettext("Thank you."))
    elif not _is_courteous(thread) and stands_aside(thread, current, question, help_text):
        _set_aside(thread, current, before)
    elif before is not None:
        current.answers[DOUBT] = before  # not decided: thanked and forgotten, what is private would be nobody's
        ask_again(thread, current, which(thread.turn(), before, question))
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
