"""Offers: what a parent would share with the children or the setting, being asked for it, and the thanks."""

from __future__ import annotations

from collections.abc import Generator
from textwrap import shorten
from typing import Any

from bot.conversation import Choice, Dialogue, Question, Say, Withheld, ask, choose, say
from bot.turn import Turn
from handlers.asking import NO, YES, being_sent, no_child, said_as
from locales import W_
from nursery import offers
from nursery.guardians import Topic
from nursery.inbox import may_be_shown, pass_to_staff
from nursery.matters import Matter
from nursery.offers import Free, Offer, OfferAsk, Skill
from nursery.people import manager
from nursery.settings import Setting
from nursery.tasks import raise_task

IN_OWN_WORDS = (Skill.WORK, Skill.OTHER)
ADD = "add"
SHOWN = 40
"""Characters of the parent's own words that are said back: they stand in a list of choices."""


def offer(turn: Turn) -> Dialogue:
    """Takes down what a parent would share and when; one kept already may be taken back."""
    nobody = no_child(turn)
    if nobody is not None:
        return nobody
    mine = offers.offers_of(turn.session, turn.guardian.id or 0)
    chosen = (yield from _mine(turn, mine)) if mine else ADD
    if chosen != ADD:
        return _taken_back(turn, next(one for one in mine if str(one.id) == chosen))
    text = turn.gettext("How kind. What would you like to share with us?")
    skill = Skill((yield from choose("skill", text, _skills(turn))))
    words: dict[str, Any] = {"text": "", "inbound": None}
    if skill in IN_OWN_WORDS:
        words = yield from ask("words", turn.gettext("Please tell us a little about it, in your own words."))
    text = turn.gettext("When would it suit you?")
    free = Free((yield from choose("free", text, tuple(Choice(key, label) for key, label in _times(turn).items()))))
    return _kept(turn, skill, free, words)


def offer_asked(turn: Turn) -> Dialogue:
    """What we send when staff would like what was offered: what, when, and would they?"""
    asked, kept = _asked(turn)
    if being_sent(turn) and (asked.accepted is not None or kept.withdrawn_at is not None):
        raise Withheld("answered, or taken back")
    text = turn.gettext("You offered to share this with us: %(skill)s. Would you like to?")
    told = turn.say(text, skill=_name(turn, kept))
    yes = Choice("yes", turn.gettext("Yes, gladly"), said_as(turn, YES))
    choices = (yes, Choice("no", turn.gettext("Not this time"), said_as(turn, NO)))
    read = turn.read(Matter.OFFER, asked.text, setting_id=kept.setting_id)
    words = read.told
    accepted = (yield from choose("will", f"{told}\n{words}", choices)) == "yes"
    offers.answer(turn.session, asked, turn.now, accepted=accepted)
    _task(turn, kept, f"answer:{asked.id}:{turn.said.inbound_id}", "offer accepted" if accepted else "offer declined")
    if not accepted:
        return say(turn.gettext("That is fine. Thank you for telling us."))
    text = turn.gettext("Thank you. Staff will speak with you about the rest. If it changes, ring %(phone)s.")
    return say(turn.say(text, phone=turn.session.get_one(Setting, kept.setting_id).phone))


def offer_thanked(turn: Turn) -> Dialogue:
    """Thanks a parent for what they have done."""
    yield from ()  # it asks nothing
    asked, kept = _asked(turn)
    if asked.thanked_at is None:
        raise Withheld("not done yet")
    text = turn.gettext("Thank you for sharing this with us: %(skill)s. It meant a lot to us. %(setting)s")
    setting = turn.session.get_one(Setting, kept.setting_id).name
    return say(turn.say(text, skill=_name(turn, kept), setting=setting))


def _mine(turn: Turn, mine: list[Offer]) -> Generator[Question, Any, str]:
    back = turn.gettext("Take back: %(skill)s")
    listed = tuple(Choice(str(one.id), turn.say(back, skill=_name(turn, one))) for one in mine)
    names = turn.catalogue.comma.join(_name(turn, one) for one in mine)
    text = turn.say(turn.gettext("You offer: %(skills)s. Thank you. What would you like to do?"), skills=names)
    return (yield from choose("what", text, (Choice(ADD, turn.gettext("Offer something else")), *listed)))


def _kept(turn: Turn, skill: Skill, free: Free, words: dict[str, Any]) -> Say:
    children = turn.children(Topic.EVENTS) or turn.children()
    kept = offers.offer(
        turn.session,
        children[0].setting_id,
        turn.guardian.id or 0,
        skill,
        free,
        turn.now,
        words=words["text"],
        inbound_id=words["inbound"],
    )
    if words["inbound"] is not None:
        pass_to_staff(turn.session, words["inbound"])
    _task(turn, kept, f"new:{kept.id}:{turn.said.inbound_id}", "offer made")
    text = turn.gettext(
        "Thank you, we have noted it: %(skill)s, %(when)s. Before anything is planned, we ask you. "
        "To change it, text OFFER."
    )
    return say(turn.say(text, skill=_name(turn, kept), when=_times(turn)[free]))


def _taken_back(turn: Turn, kept: Offer) -> Say:
    offers.withdraw(turn.session, kept, turn.now)
    text = turn.gettext("We have taken this off the list: %(skill)s. Thank you all the same.")
    return say(turn.say(text, skill=_name(turn, kept)))


def _asked(turn: Turn) -> tuple[OfferAsk, Offer]:
    """What staff asked for. Raises Withheld when it is not this guardian's."""
    asked = turn.session.get(OfferAsk, turn.params.get("ask"))
    kept = turn.session.get(Offer, asked.offer_id) if asked else None
    if asked is None or kept is None or kept.guardian_id != turn.guardian.id:
        raise Withheld("not theirs")
    return asked, kept


def _task(turn: Turn, kept: Offer, key: str, kind: str) -> None:
    staff = manager(turn.session, kept.setting_id)
    raise_task(
        turn.session,
        f"offer:{key}",
        kind,
        now=turn.now,
        setting_id=kept.setting_id,
        staff_id=staff.id if staff else None,
        guardian_id=turn.guardian.id,
        about=f"offer {kept.id}, {kept.skill}, {kept.free}",
    )


def _skills(turn: Turn) -> tuple[Choice, ...]:
    names = _names(turn)
    other = Choice(Skill.OTHER, names[Skill.OTHER], turn.catalogue.words(W_("OTHER, ELSE, OTHERS")))
    return (*(Choice(skill, name) for skill, name in names.items() if skill != Skill.OTHER), other)


def _name(turn: Turn, kept: Offer) -> str:
    """What it is called; with the parent's own words, since "something else" alone says nothing."""
    name = _names(turn)[Skill(kept.skill)]
    if not kept.words or not may_be_shown(turn.session, kept.inbound_id):
        return name
    words = shorten(kept.words, SHOWN, placeholder="...")
    return words if kept.skill == Skill.OTHER else turn.say("%(skill)s (%(words)s)", skill=name, words=words)


def _names(turn: Turn) -> dict[Skill, str]:
    return {
        Skill.COOKING: turn.gettext("Cooking from home"),
        Skill.READING: turn.gettext("Reading in my language"),
        Skill.WORK: turn.gettext("My work"),
        Skill.MUSIC: turn.gettext("Music"),
        Skill.GARDENING: turn.gettext("Gardening"),
        Skill.REPAIRS: turn.gettext("Repairs"),
        Skill.COMMITTEE: turn.gettext("The committee"),
        Skill.OTHER: turn.gettext("Something else"),
    }


def _times(turn: Turn) -> dict[Free, str]:
    return {
        Free.MORNINGS: turn.gettext("Mornings"),
        Free.AFTERNOONS: turn.gettext("Afternoons"),
        Free.WEEKENDS: turn.gettext("Weekends"),
        Free.ASK: turn.gettext("Ask me each time"),
    }
