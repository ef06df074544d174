"""The child's record on request: only who has parental responsibility, after a question only a parent answers."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from typing import Any

from bot.conversation import Answer, Choice, Dialogue, Goto, Question, Say, Unclear, ask, choose, say
from bot.turn import Turn
from handlers.asking import no_child, which_child
from handlers.birthday import read_birthday
from locales import W_
from nursery import record_links, records
from nursery.guardians import ANY_TOPIC
from nursery.people import Child

LINK, TALK = "link", "talk"


def record(turn: Turn) -> Dialogue:
    """Asks for the child's date of birth, then offers a link that expires, or a time to look together. A wrong date
    ends this run, so that it is noted, and asks anew."""
    nobody = no_child(turn, ANY_TOPIC)
    if nobody is not None:
        return nobody
    child = _known(turn) or (yield from which_child(turn, ANY_TOPIC))
    if not records.may_see(turn.session, turn.guardian.id or 0, child.id or 0, turn.today):
        return _ask_staff(turn, child)
    if records.must_wait(turn.session, turn.guardian.id or 0, turn.now):
        return _helped(turn)
    born = yield from _birthday(turn, child)
    if date.fromisoformat(born) != child.born:
        return _wrong(turn, child)
    text = turn.gettext("Thank you. How would you like to see the record of %(child)s?")
    how = yield from choose("how", turn.say(text, child=child.first_name), _ways(turn))
    return _link(turn, child) if how == LINK else _talk(turn, child)


def _known(turn: Turn) -> Child | None:
    """The child it is about already, when the date is asked for once more."""
    return next((child for child in turn.children(ANY_TOPIC) if child.id == turn.params.get("child")), None)


def _birthday(turn: Turn, child: Child) -> Generator[Question, Any, str]:
    text = turn.gettext("To be sure that it is you: when was %(child)s born? Day, month and year, such as 31/12/2021.")
    if turn.params.get("again"):
        text = turn.gettext(
            "That is not the date we have. Please try again: when was %(child)s born? Such as 31/12/2021."
        )
    help_text = turn.gettext("Please send the day, month and year in numbers, such as 31/12/2021. MENU leaves.")

    def read(answer: Answer) -> str:
        born = read_birthday(answer.text, turn.language)
        if born is None:
            raise Unclear(help_text)
        return born.isoformat()

    told: str = yield from ask("born", turn.say(text, child=child.first_name), read=read)
    return told


def _wrong(turn: Turn, child: Child) -> Say:
    if records.note_wrong(turn.session, turn.setting, turn.guardian.id or 0, child, turn.now):
        return _helped(turn)
    return Say(then=Goto("record", {"child": child.id, "again": True}))


def _ways(turn: Turn) -> tuple[Choice, ...]:
    return (
        Choice(LINK, turn.gettext("Send me a link"), turn.catalogue.words(W_("LINK, ONLINE"))),
        Choice(TALK, turn.gettext("Look at it with staff"), turn.catalogue.words(W_("TOGETHER, STAFF, IN PERSON"))),
    )


def _link(turn: Turn, child: Child) -> Say:
    """The link stands alone at the end, so that every phone takes all of it and no more."""
    token, link = record_links.make_link(turn.session, turn.guardian.id or 0, child.id or 0, turn.now)
    text = turn.gettext("The record of %(child)s, for you alone. The link works until %(day)s, %(time)s.")
    known = {"child": child.first_name, "day": turn.day(link.expires_at), "time": turn.time(link.expires_at)}
    return say(f"{turn.say(text, **known)}\n{turn.site}/r/{token}")


def _talk(turn: Turn, child: Child) -> Say:
    records.ask_to_look(turn.session, turn.setting, turn.guardian.id or 0, child, turn.now)
    text = turn.gettext(
        "Thank you. We will ring you to find a time to look at the record of %(child)s together. "
        "If it is urgent, ring %(phone)s."
    )
    return say(turn.say(text, child=child.first_name, phone=turn.setting.phone))


def _helped(turn: Turn) -> Say:
    text = turn.gettext(
        "I can't be sure that it is you, so a person will help. Staff will ring you, or you can ring %(phone)s."
    )
    return say(turn.say(text, phone=turn.setting.phone))


def _ask_staff(turn: Turn, child: Child) -> Say:
    """Only who has parental responsibility may see it here; nobody else is named."""
    text = turn.gettext(
        "I can't take this from you here for %(child)s. Staff will tell you how it works: "
        "please ring %(phone)s, or text CALLME."
    )
    return say(turn.say(text, child=child.first_name, phone=turn.setting.phone))
