"""Settling in: the key person's note of a day, and how it was at home afterwards."""

from __future__ import annotations

from typing import Any

from bot.conversation import Answer, Choice, Dialogue, Say, Withheld, ask, say, words_or_media
from bot.turn import Turn
from handlers.asking import being_sent
from nursery import settling
from nursery.inbox import pass_to_staff
from nursery.matters import Matter
from nursery.people import Child, Staff
from nursery.queries import owner_for
from nursery.settings import Setting
from nursery.settling import AtHome, SettlingNote
from nursery.tasks import raise_task


def settling_note(turn: Turn) -> Dialogue:
    """Tells the day in staff's words, and asks back. What is answered is for the key person alone."""
    note = turn.session.get(SettlingNote, turn.params["note"])
    if note is None:
        raise Withheld("withdrawn")
    child = next((child for child in turn.children() if child.id == note.child_id), None)
    if child is None:
        raise Withheld("not allowed")
    asked = turn.say(turn.gettext("How was %(child)s at home?"), child=child.first_name)
    text = f"{_told(turn, note, child)}\n{asked}" if being_sent(turn) else asked
    choices = (
        Choice(AtHome.CALM, turn.gettext("Calm")),
        Choice(AtHome.SO_SO, turn.gettext("So-so")),
        Choice(AtHome.CALL, turn.gettext("Please call me")),
    )
    said = yield from ask("home", text, read=_reply, choices=choices)
    return _taken(turn, note, child, said)


def _told(turn: Turn, note: SettlingNote, child: Child) -> str:
    staff = turn.session.get_one(Staff, note.staff_id)
    read = turn.read(Matter.SETTLING, note.words, setting_id=child.setting_id)
    told = turn.say(
        f"%(child)s{turn.catalogue.comma}%(day)s: %(words)s",
        child=child.first_name,
        day=turn.day(note.day),
        words=read.parts[0],
    )
    signed = turn.say(turn.gettext("From %(staff)s"), staff=staff.name)
    return read.noted(f"{told}\n{signed}")


def _reply(answer: Answer) -> dict[str, Any]:
    if answer.choice:
        return {"answer": answer.choice, "text": "", "inbound": answer.inbound_id}
    return {"answer": AtHome.WORDS.value, **words_or_media(answer)}


def _taken(turn: Turn, note: SettlingNote, child: Child, said: dict[str, Any]) -> Say:
    answer = AtHome(said["answer"])
    kept = {"words": said["text"], "inbound_id": said["inbound"] if answer == AtHome.WORDS else None}
    settling.reply(turn.session, note, turn.guardian.id or 0, answer, turn.now, **kept)
    if answer == AtHome.CALL:
        return _call(turn, note, child)
    if answer == AtHome.WORDS:
        if said["inbound"] is not None:
            pass_to_staff(turn.session, said["inbound"])
        return say(turn.gettext("Thank you. The key person will read it."))
    if answer == AtHome.SO_SO:
        return say(turn.gettext("Thank you for telling us. Each day it gets easier. To talk to us, text CALLME."))
    return say(turn.gettext("Thank you, that is good to know."))


def _call(turn: Turn, note: SettlingNote, child: Child) -> Say:
    setting = turn.session.get_one(Setting, child.setting_id)
    owner = owner_for(turn.session, setting, child, turn.today)
    raise_task(
        turn.session,
        f"settling call:{note.id}:{turn.guardian.id}",
        "call about settling in",
        now=turn.now,
        setting_id=child.setting_id,
        staff_id=owner.id if owner else None,
        guardian_id=turn.guardian.id,
        child_id=child.id,
        about=f"settling note {note.id}",
    )
    name = owner.name if owner else setting.name
    text = turn.gettext("%(staff)s will ring you about it. If it can't wait, ring %(phone)s.")
    return say(turn.say(text, staff=name, phone=setting.phone))
