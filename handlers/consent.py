"""Consents: what a parent has agreed to for a child, given or taken back here. Medicine never."""

from __future__ import annotations

from bot.conversation import Choice, Dialogue, Goto, Say, Withheld, choose, say
from bot.turn import Turn
from handlers.asking import NO, YES, being_sent, no_child, said_as, which_child
from locales import W_
from nursery import consents, sharing
from nursery.beginnings import unasked
from nursery.consents import Consent, Purpose
from nursery.people import Child

MEDICINE = "medicine"


def consent(turn: Turn) -> Dialogue:
    """Shows this guardian's own answers for a child; the one chosen is asked again."""
    nobody = no_child(turn)
    if nobody is not None:
        return nobody
    child = yield from which_child(turn)
    if not consents.may_consent(turn.session, turn.guardian.id or 0, child.id or 0, turn.today):
        return _ask_staff(turn, child)
    text = turn.gettext("This is what you have told us for %(child)s. Which would you like to change?")
    chosen = yield from choose("purpose", turn.say(text, child=child.first_name), _choices(turn, child))
    if chosen == MEDICINE:
        return Say(then=Goto("medicine", {"child": child.id}))
    purpose = Purpose(chosen)
    sentence = turn.say(_sentence(turn, purpose), child=child.first_name)
    agreed = (yield from choose("answer", sentence, _answers(turn))) == "agree"
    return _answered(turn, child, purpose, sentence, agreed=agreed)


def consent_asked(turn: Turn) -> Dialogue:
    """Asks for one consent that is needed now; we send it."""
    child = next((child for child in turn.children() if child.id == turn.params["child"]), None)
    guardian_id, purpose = turn.guardian.id or 0, Purpose(turn.params["purpose"])
    if child is None or not consents.may_consent(turn.session, guardian_id, child.id or 0, turn.today):
        raise Withheld("not theirs to give")
    kept = consents.answers_of(turn.session, child, guardian_id).get(purpose)
    if being_sent(turn) and kept is not None and (not kept.given or consents.holds(kept, turn.today)):
        raise Withheld("answered")
    sentence = turn.say(_sentence(turn, purpose), child=child.first_name)
    agreed = (yield from choose("answer", sentence, _answers(turn))) == "agree"
    return _answered(turn, child, purpose, sentence, agreed=agreed)


def consent_each(turn: Turn) -> Dialogue:
    """Asks what every family is asked and this guardian has not answered yet, one sentence at a time; `again`: what
    they agreed to and runs out."""
    again = bool(turn.params.get("again"))
    left = [(child, purpose) for child in turn.children() for purpose in _left(turn, child, again=again)]
    if not left:
        if being_sent(turn):
            raise Withheld("answered")
        return say(turn.gettext("Thank you, that is all. To see or change what you have told us, text CONSENT."))
    child, purpose = left[0]
    sentence = turn.say(_sentence(turn, purpose), child=child.first_name)
    since = turn.gettext("You agreed to this a year ago. Is it still right?") if again else ""
    later = Choice("later", turn.gettext("Later"), turn.catalogue.words(W_("LATER, NOT NOW, ENOUGH")))
    text = f"{since}\n{sentence}".strip()
    answer = yield from choose(f"{child.id}:{purpose}", text, (*_answers(turn), later))
    if answer == "later" and again:
        return say(turn.gettext("Thank you, that is all. To see or change what you have told us, text CONSENT."))
    if answer == "later":
        return say(turn.gettext("That is fine. Until you agree we do not do it. To answer later, text CONSENT."))
    _keep(turn, child, purpose, sentence, agreed=answer == "agree")
    return Say(then=Goto("consent_each", {"again": True} if again else {}))


def _left(turn: Turn, child: Child, *, again: bool) -> list[Purpose]:
    guardian_id = turn.guardian.id or 0
    if again:
        return consents.to_renew(turn.session, child, guardian_id, turn.today)
    return unasked(turn.session, guardian_id, child, turn.today)


def _answers(turn: Turn) -> tuple[Choice, ...]:
    return (
        Choice("agree", turn.gettext("I agree"), said_as(turn, YES)),
        Choice("refuse", turn.gettext("I do not agree"), said_as(turn, NO)),
    )


def _keep(turn: Turn, child: Child, purpose: Purpose, sentence: str, *, agreed: bool) -> Consent:
    kept = consents.answer(
        turn.session,
        child,
        turn.guardian.id or 0,
        purpose,
        given=agreed,
        text=sentence,
        language=turn.language,
        now=turn.now,
        inbound_id=turn.said.inbound_id,
    )
    if not agreed:
        sharing.end_unfounded(turn.session, turn.now, child.id)
    return kept


def _answered(turn: Turn, child: Child, purpose: Purpose, sentence: str, *, agreed: bool) -> Say:
    kept = _keep(turn, child, purpose, sentence, agreed=agreed)
    known = {"child": child.first_name, "purpose": _names(turn)[purpose]}
    if not agreed:
        text = turn.gettext("%(child)s, %(purpose)s: you do not agree. We have noted it. To change it, text CONSENT.")
        return say(turn.say(text, **known))
    text = turn.gettext("%(child)s, %(purpose)s: you agree, until %(day)s. To take it back, text CONSENT.")
    return say(turn.say(text, day=f"{turn.day(kept.expires_on)} {kept.expires_on.year}", **known))


def _choices(turn: Turn, child: Child) -> tuple[Choice, ...]:
    """Each purpose with how it stands, one not asked yet by its name alone; and medicine, which is for people."""
    answers = consents.answers_of(turn.session, child, turn.guardian.id or 0)
    listed = []
    for purpose, name in _names(turn).items():
        kept = answers.get(purpose)
        label = "%(purpose)s"
        if kept is not None:
            label = turn.gettext("%(purpose)s: no")
        if kept is not None and kept.given:
            label = turn.gettext("%(purpose)s: please say again")
        if consents.holds(kept, turn.today):
            label = turn.gettext("%(purpose)s: yes")
        listed.append(Choice(purpose, turn.say(label, purpose=name), (name,)))
    medicine = Choice(MEDICINE, turn.gettext("Medicine"), turn.catalogue.words(W_("MEDICINE, MEDICINES, CALPOL")))
    return *listed, medicine


def _names(turn: Turn) -> dict[Purpose, str]:
    return {
        Purpose.PHOTOS_INSIDE: turn.gettext("Photos inside"),
        Purpose.PHOTOS_OUTSIDE: turn.gettext("Photos for all to see"),
        Purpose.OUTINGS: turn.gettext("Outings"),
        Purpose.SUN_CREAM: turn.gettext("Sun cream"),
        Purpose.HEALTH_VISITOR: turn.gettext("Health visitor"),
        Purpose.SECOND_SETTING: turn.gettext("Other nursery"),
    }


def _sentence(turn: Turn, purpose: Purpose) -> str:
    """What is agreed to, version 2 (nursery.consents.WORDING)."""
    return {
        Purpose.PHOTOS_INSIDE: turn.gettext(
            "We may take photos of %(child)s, to show inside the nursery and to keep in the record for you."
        ),
        Purpose.PHOTOS_OUTSIDE: turn.gettext(
            "We may show photos of %(child)s in our newsletter and on our website, with no name."
        ),
        Purpose.OUTINGS: turn.gettext(
            "We may take %(child)s on short outings near the nursery, such as the park. "
            "For longer trips we ask you each time."
        ),
        Purpose.SUN_CREAM: turn.gettext("We may put sun cream on %(child)s."),
        Purpose.HEALTH_VISITOR: turn.gettext(
            "We may share the progress check and how %(child)s is doing with the health visitor."
        ),
        Purpose.SECOND_SETTING: turn.gettext(
            "We may share how %(child)s is learning, and what you tell us in All About Me, "
            "with the other nursery or childminder %(child)s goes to."
        ),
    }[purpose]


def _ask_staff(turn: Turn, child: Child) -> Say:
    """Only who has parental responsibility may agree; nobody else is named."""
    text = turn.gettext(
        "I can't take this from you here for %(child)s. Staff will tell you how it works: "
        "please ring %(phone)s, or text CALLME."
    )
    return say(turn.say(text, child=child.first_name, phone=turn.setting.phone))
