"""A question to the setting, and its answer when it comes."""

from __future__ import annotations

from typing import Any

from bot.conversation import Answer, Choice, Dialogue, Withheld, ask, say, words_or_media
from bot.turn import Turn
from handlers.asking import is_thanks, which_child_or_none
from nursery import queries
from nursery.matters import Matter
from nursery.people import Child, Staff
from nursery.queries import Query, QueryWords


def query(turn: Turn) -> Dialogue:
    """Takes down a question; says its reference, who answers and by when."""
    text = turn.gettext("What would you like to ask? You can write, or send a photo or a voice note.")
    words = yield from ask("what", text)
    child = yield from which_child_or_none(turn, turn.gettext("Not about one child"))
    return say(take_down(turn, words["text"], words["inbound"], child))


def take_down(turn: Turn, words: str, inbound_id: int | None, child: Child | None) -> str:
    """Opens a query of these words and returns what to say of it."""
    case = queries.open_query(turn.session, turn.setting, turn.guardian, child, words, inbound_id, turn.now)
    return _noted(turn, case)


def query_answer(turn: Turn) -> Dialogue:
    """The answer to a question, sent when staff give it: is it clear, or is there more to ask? Words ask on."""
    case, answer = _answered(turn)
    choices = (
        Choice("clear", turn.gettext("Thank you, that is clear")),
        Choice("more", turn.gettext("I have another question")),
    )
    words: Any = yield from ask("clear", _answer_text(turn, case, answer), read=_reply, choices=choices)
    if words == "clear":
        queries.close(turn.session, case, turn.now)
        return say(turn.gettext("Thank you."))
    if words == "more":
        words = yield from ask("more", turn.gettext("What else would you like to ask?"))
    queries.reopen(turn.session, case, words["text"], words["inbound"], turn.now)
    return say(_noted(turn, case))


def _reply(answer: Answer) -> Any:
    """The key of a choice; thanks are that of the first; else the words."""
    if answer.choice or is_thanks(answer):
        return answer.choice or "clear"
    return words_or_media(answer)


def _noted(turn: Turn, case: Query) -> str:
    owner = turn.session.get(Staff, case.owner_id) if case.owner_id else None
    known = {"ref": case.reference, "day": turn.day(case.due_on), "phone": turn.setting.phone}
    if owner is None:
        text = turn.gettext(
            "Thank you. Your question is %(ref)s. We answer by %(day)s. If it can't wait, ring %(phone)s."
        )
        return turn.say(text, **known)
    text = turn.gettext(
        "Thank you. Your question is %(ref)s. %(staff)s answers by %(day)s. If it can't wait, ring %(phone)s."
    )
    return turn.say(text, staff=owner.name, **known)


def _answered(turn: Turn) -> tuple[Query, QueryWords]:
    """Raises Withheld when it is not this guardian's, or they may hear of the child no more."""
    case = turn.session.get(Query, turn.params.get("query"))
    answer = turn.session.get(QueryWords, turn.params.get("answer"))
    if case is None or answer is None or answer.query_id != case.id or case.guardian_id != turn.guardian.id:
        raise Withheld("not theirs")
    if case.child_id is not None and case.child_id not in {child.id for child in turn.children()}:
        raise Withheld("not allowed")
    return case, answer


def _answer_text(turn: Turn, case: Query, answer: QueryWords) -> str:
    staff = turn.session.get(Staff, answer.staff_id) if answer.staff_id else None
    read = turn.read(Matter.ANSWER, answer.words, setting_id=case.setting_id)
    text = turn.gettext("%(staff)s answers %(ref)s: %(words)s")
    who = staff.name if staff else turn.setting.name
    return read.noted(turn.say(text, staff=who, ref=case.reference, words=read.parts[0]))
