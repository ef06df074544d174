"""A notice from staff, as a guardian reads it; an important one asks whether it is clear (product rule 4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from bot.conversation import Answer, Choice, Dialogue, Say, Unclear, Withheld, ask, say
from bot.statements import loaded
from bot.turn import Turn
from handlers.asking import NOT_CLEAR, being_sent, is_thanks, said_as
from locales import W_
from nursery import notices
from nursery.guardians import Topic
from nursery.inbox import pass_to_staff
from nursery.matters import Matter
from nursery.notices import Notice
from nursery.people import Child
from nursery.preferences import Format, preference_of
from nursery.recipients import is_recipient
from nursery.replies import Understood, has_replied, note_reply
from nursery.settings import Setting, local
from nursery.tasks import raise_task

SENTENCE = 20
"""Characters, or three words: a reply so long is meant for staff; a shorter one may be another conversation's word."""

FRESH = timedelta(days=7)
"""What is kept back for longer, as for a family that is held, is no news any more."""


def notice(turn: Turn) -> Dialogue:
    """Says the notice in the reader's language; with checks it asks, and what is not clear reaches a person."""
    told = loaded(turn.session, Notice, turn.params["notice"])
    if being_sent(turn) and told.cancelled_at is not None:
        raise Withheld("withdrawn")
    if being_sent(turn) and turn.now >= told.publish_at + FRESH:
        raise Withheld("too late")
    if being_sent(turn) and turn.params.get("again") and has_replied(turn.session, told.id or 0, turn.guardian.id or 0):
        raise Withheld("answered")
    if being_sent(turn):
        _check_audience(turn, told)
    text = _from_setting(turn, told, _words(turn, told))
    if turn.params.get("again"):
        text = turn.gettext("We would like to be sure that you have seen this.") + f"\n{text}"
    if not told.checks:
        return say(text, photo=told.photo_id)
    if not being_sent(turn):
        text = _from_setting(turn, told, turn.gettext("Was our message clear?"))
    photo = told.photo_id if being_sent(turn) else None
    if being_sent(turn) and told.plainer:
        turn.read(Matter.NOTICE, told.plainer, setting_id=told.setting_id)  # to be there when the answer is "not clear"
    answer = yield from ask("clear", text, read=_reply, choices=_choices(turn), photo=photo)
    return _taken(turn, told, Understood(answer["key"]), answer["inbound"])


def _words(turn: Turn, told: Notice) -> str:
    """Whoever has asked for short and easy words has the plainer ones at once, where there are any."""
    if told.plainer and preference_of(turn.session, turn.guardian.id or 0).format == Format.EASY:
        return _own(turn, told, told.plainer)
    return notices.text_for(told, turn.catalogue) if told.template else _own(turn, told, told.text)


def _own(turn: Turn, told: Notice, words: str) -> str:
    """Staff's own words. Under a photo there is no room for both languages."""
    read = turn.read(Matter.NOTICE, words, setting_id=told.setting_id)
    return replace(read, briefly=read.briefly or told.photo_id is not None).told


def _check_audience(turn: Turn, told: Notice) -> None:
    """A room's notice is for those who may still be told of a child in that room; and what a room is told, and then
    another or everybody, goes once to each (product rule 5). Raises Withheld."""
    if told.room_id is not None and not _is_for(turn, told):
        raise Withheld("not allowed")
    if not turn.params.get("again") and any(_is_for(turn, one) for one in _said_before(turn, told)):
        raise Withheld("told with another room's")


def _said_before(turn: Turn, told: Notice) -> list[Notice]:
    """Looked up once for all to whom it goes in one claim."""
    known: dict[int | None, list[Notice]] = turn.session.info.setdefault("said before", {})
    if told.id not in known:
        known[told.id] = [] if told.child_id is not None else notices.said_before(turn.session, told)
    return known[told.id]


def _is_for(turn: Turn, told: Notice) -> bool:
    return is_recipient(turn.session, told.audience, Topic.NOTICES, turn.today, turn.guardian.id or 0)


def _choices(turn: Turn) -> tuple[Choice, ...]:
    return (
        Choice(Understood.CLEAR, turn.gettext("It is clear"), turn.catalogue.words(W_("CLEAR, OK, THANKS, THANK YOU"))),
        Choice(Understood.NOT_CLEAR, turn.gettext("It is not clear"), said_as(turn, NOT_CLEAR)),
        Choice(Understood.CALL, turn.gettext("Please call me")),
    )


def _reply(answer: Answer) -> dict[str, Any]:
    if answer.choice:
        return {"key": answer.choice, "inbound": answer.inbound_id}
    if is_thanks(answer):
        return {"key": Understood.CLEAR.value, "inbound": answer.inbound_id}
    if len(answer.text.split()) < 3 and len(answer.text) < SENTENCE and not answer.media:
        raise Unclear
    return {"key": Understood.WORDS.value, "inbound": answer.inbound_id}


def _taken(turn: Turn, told: Notice, answer: Understood, inbound_id: int | None) -> Say:
    note_reply(turn.session, told.id or 0, turn.guardian.id or 0, answer, turn.now)
    if answer == Understood.CLEAR:
        return say(turn.gettext("Thank you for telling us."))
    if answer == Understood.WORDS:
        if inbound_id is not None:
            pass_to_staff(turn.session, inbound_id)
        return say(turn.gettext("Thank you. I have passed your words to the team."))
    plainer = _own(turn, told, told.plainer) if told.plainer else ""
    if answer == Understood.NOT_CLEAR and plainer not in ("", _words(turn, told)):
        return say(plainer, turn.gettext("If you would like to talk to us about it, text CALLME."))
    return _call(turn, told, answer)


def _call(turn: Turn, told: Notice, answer: Understood) -> Say:
    """Not clear and no plainer words, or asked for: a person rings."""
    task = partial(raise_task, turn.session, f"notice:{told.id}:{answer.value}:{turn.guardian.id}", now=turn.now)
    task(
        "call about a notice" if answer == Understood.CALL else "notice not clear",
        setting_id=told.setting_id,
        guardian_id=turn.guardian.id,
        child_id=told.child_id,
        about=f"notice {told.id}",
        urgent=told.urgent,
    )
    setting = loaded(turn.session, Setting, told.setting_id)
    text = turn.gettext(
        "Thank you. A person from %(setting)s will ring you about it. If it can't wait, ring %(phone)s."
    )
    return say(turn.say(text, setting=setting.name, phone=setting.phone))


def _from_setting(turn: Turn, told: Notice, text: str) -> str:
    """With the child's name where it is for one child's guardians and this one has several here; and with its day where
    it comes on another: "today" was that one."""
    setting = loaded(turn.session, Setting, told.setting_id)
    child = turn.session.get(Child, told.child_id) if told.child_id else None
    if child is not None and sum(one.setting_id == told.setting_id for one in turn.children(Topic.NOTICES)) > 1:
        text = turn.say("%(child)s: ", child=child.first_name) + text
    said_on = local(told.publish_at).date()
    if being_sent(turn) and said_on != turn.today:
        late = turn.say(f"%(setting)s{turn.catalogue.comma}%(day)s: ", setting=setting.name, day=turn.day(said_on))
        return late + text
    return turn.say("%(setting)s: ", setting=setting.name) + text
