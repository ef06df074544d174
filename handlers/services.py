"""Services: where to find help, by need; and two weeks later, once, whether it helped."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from bot.conversation import Choice, Dialogue, Question, Say, Withheld, choose, say
from bot.turn import Turn
from handlers.asking import NO, YES, being_sent, said_as
from handlers.pages import choose_of
from handlers.venue import language_name
from nursery import services, signposts
from nursery.matters import Matter
from nursery.people import manager
from nursery.services import LocalService, Need, Service
from nursery.settings import Setting
from nursery.signposts import Helped, ServiceAsked
from nursery.tasks import raise_task

TOLD_AT_ONCE = 2
"""More than these are a list to choose from."""

MOST = 8


def service(turn: Turn) -> Dialogue:
    """Asks what for, and tells of what there is near and in the whole country. Staff see only how many asked."""
    text = turn.gettext("What would you like help with? Staff do not see what you choose.")
    choices = [Choice(need, name) for need, name in _needs(turn).items()]
    need = Need((yield from choose_of(turn, "need", text, choices)))
    near = services.local(turn.session, [one.id or 0 for one in turn.settings()], need, turn.language)
    if need == Need.SAFETY:
        signposts.note_asked(turn.session, turn.setting.id or 0, turn.guardian.id or 0, need, turn.now)
        return say(_in_private(turn, near), outcome="service")
    chosen = yield from _chosen(turn, [*near, *services.national(need)])
    signposts.note_asked(turn.session, turn.setting.id or 0, turn.guardian.id or 0, need, turn.now)
    more = turn.gettext("In two weeks we ask you once if it helped.")
    *others, last = [_told(turn, one) for one in chosen]
    return say(*others, f"{last}\n{more}", outcome="service")


def service_help(turn: Turn) -> Dialogue:
    """Two weeks on: did it help? What it was about is not said."""
    asked = turn.session.get(ServiceAsked, turn.params.get("asked"))
    if asked is None or asked.guardian_id != turn.guardian.id:
        raise Withheld("not theirs")
    if being_sent(turn) and asked.answered_at is not None:
        raise Withheld("answered")
    text = turn.gettext("Two weeks ago you asked us where to find help. Did it help?")
    choices = (
        Choice(Helped.YES, turn.gettext("Yes, it helped"), said_as(turn, YES)),
        Choice(Helped.NOT_YET, turn.gettext("Not yet"), said_as(turn, NO)),
        Choice(Helped.CALL, turn.gettext("Please call me")),
    )
    helped = Helped((yield from choose("helped", text, choices)))
    signposts.answer(turn.session, asked, helped, turn.now)
    if helped == Helped.CALL:
        return _call(turn, asked)
    if helped == Helped.YES:
        return say(turn.gettext("We are glad. For more, text SERVICES."))
    return say(turn.gettext("We are sorry. For more, text SERVICES. To talk to a person, text CALLME."))


def _chosen(turn: Turn, found: list[LocalService | Service]) -> Generator[Question, Any, list[LocalService | Service]]:
    if len(found) <= TOLD_AT_ONCE:
        return found
    choices = tuple(Choice(str(one.id), one.called) for one in found[:MOST])
    key = yield from choose("service", turn.gettext("Which would you like to know more about?"), choices)
    return [next(one for one in found if str(one.id) == key)]


def _told(turn: Turn, one: LocalService | Service) -> str:
    if isinstance(one, LocalService):
        facts = " ".join([*_reach(turn, one.phone, one.web, free=one.free), *_near(turn, one)])
        read = turn.read(Matter.SERVICE, one.text, setting_id=one.setting_id)
        words = read.told if one.text else ""
        told = f"{turn.say('%(name)s.', name=one.called)} {facts}".strip()
        return f"{told}\n{words}" if words else told
    called = turn.say("%(name)s:", name=one.called)  # what follows has marks of direction of its own
    return f"{called} {turn.catalogue.content(one.what)}\n{_facts(turn, one)}"


def _in_private(turn: Turn, near: list[LocalService]) -> str:
    """Someone to talk to, in words that give nothing away to whoever else may read them."""
    lines = [f"{turn.catalogue.content(one.what)} {_facts(turn, one)}" for one in services.national(Need.SAFETY)]
    lines += [" ".join(_reach(turn, one.phone, "", free=one.free)) for one in near if one.phone]
    ending = turn.gettext("In danger, ring 999. You may want to delete these messages.")
    return "\n".join([*lines, ending])


def _facts(turn: Turn, one: Service) -> str:
    facts = _reach(turn, one.phone, one.web, free=one.free, by_text=one.by_text)
    if one.always:
        facts.append(turn.gettext("Day and night."))
    if one.interpreters:
        facts.append(turn.gettext("They can call an interpreter."))
    return " ".join(facts)


def _reach(turn: Turn, phone: str, web: str, *, free: bool, by_text: bool = False) -> list[str]:
    parts = []
    if phone and by_text:
        parts.append(turn.say(turn.gettext("Text %(phone)s, it is free."), phone=phone))
    elif phone:
        text = turn.gettext("Ring %(phone)s, it is free.") if free else turn.gettext("Ring %(phone)s.")
        parts.append(turn.say(text, phone=phone))
    if web:
        parts.append(turn.say("%(web)s", web=web))
    return parts


def _near(turn: Turn, one: LocalService) -> list[str]:
    parts = [turn.say(turn.gettext("Where: %(place)s."), place=one.place)] if one.place else []
    if one.language_list:
        names = turn.catalogue.comma.join(language_name(turn.catalogue, tag) for tag in one.language_list)
        parts.append(turn.say(turn.gettext("They speak: %(languages)s."), languages=names))
    return parts


def _call(turn: Turn, asked: ServiceAsked) -> Say:
    """A person rings, who is not told what it was about: that is for the parent to say."""
    setting = turn.session.get_one(Setting, asked.setting_id)
    staff = manager(turn.session, asked.setting_id)
    raise_task(
        turn.session,
        f"service:{asked.id}",
        "call a parent",
        now=turn.now,
        setting_id=asked.setting_id,
        staff_id=staff.id if staff else None,
        guardian_id=turn.guardian.id,
        about="looking for help",
    )
    text = turn.gettext(
        "Thank you. A person from %(setting)s will ring you about it. If it can't wait, ring %(phone)s."
    )
    return say(turn.say(text, setting=setting.name, phone=setting.phone))


def _needs(turn: Turn) -> dict[Need, str]:
    """What may be asked for; those that can't wait, and English, are on the first page."""
    return {
        Need.FOOD: turn.gettext("Food"),
        Need.MONEY: turn.gettext("Money and benefits"),
        Need.HOUSING: turn.gettext("Housing"),
        Need.HEALTH: turn.gettext("Health"),
        Need.MIND: turn.gettext("Feeling low or worried"),
        Need.ENGLISH: turn.gettext("Learning English"),
        Need.SAFETY: turn.gettext("Feeling safe at home"),
        Need.SPEECH: turn.gettext("Learning to talk"),
        Need.CHILDCARE: turn.gettext("Childcare costs"),
        Need.SEND: turn.gettext("Special needs"),
        Need.PARENTING: turn.gettext("Being a parent"),
    }
