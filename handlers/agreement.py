"""The partnership agreement: read part by part or all at once, signed by typing one's name; both sides have a copy."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from bot.conversation import Choice, Dialogue, Goto, Question, Say, Withheld, ask, choose, say
from bot.turn import Turn
from handlers.asking import no_child, which_setting
from handlers.copied import PAPER, link_told, messages_of, on_paper, other_ways
from handlers.signing import name_on_record, name_reader
from locales import W_
from nursery import agreements, copies
from nursery.agreements import Signature, agreement, part_text
from nursery.copies import CopyKind
from nursery.guardians import ANY_TOPIC
from nursery.settings import Setting
from nursery.tasks import raise_task

LATER, CALL = "later", "call"


def sign(turn: Turn) -> Dialogue:
    """Offers the agreement to read and sign; to who has signed it, the copy. With children in several settings, each
    setting's in turn."""
    nobody = no_child(turn, ANY_TOPIC)
    if nobody is not None:
        return nobody
    unsigned = _unsigned(turn)
    if "setting" not in turn.params and unsigned:
        turn.go_to(unsigned[0].id or 0)
    elif "setting" not in turn.params:
        yield from which_setting(turn)
    signature = agreements.latest(turn.session, turn.setting.id or 0, turn.guardian.id or 0)
    if signature is not None and signature.version == agreement().version:
        return (yield from _signed_already(turn, signature))
    edition = _edition(turn)
    how = yield from choose(f"how:{edition}", _offer(turn, signature), _ways(turn))
    if how == LATER:
        return _later(turn)
    if how == "all":
        return Say(_parts(turn, turn.setting), Goto("sign_name", {"setting": turn.setting.id, "edition": edition}))
    for number, part in enumerate(agreement().parts, start=1):
        text = f"{number}/{len(agreement().parts)} {part_text(part, turn.setting, turn.catalogue)}"
        if (yield from choose(f"part:{part}:{edition}", text, (_next(turn, number), _call_choice(turn)))) == CALL:
            return _call(turn)
    return (yield from _sign(turn))


def sign_name(turn: Turn) -> Dialogue:
    """The signature, after all parts in one go. Signed meanwhile, from another phone, it is not signed twice."""
    signature = agreements.latest(turn.session, turn.setting.id or 0, turn.guardian.id or 0)
    if signature is not None and signature.version == agreement().version:
        return Say(then=Goto("sign", dict(turn.params)))
    if turn.params.get("edition", _edition(turn)) != _edition(turn):
        return Say(then=Goto("sign", {"setting": turn.setting.id}))
    return (yield from _sign(turn))


def _edition(turn: Turn) -> str:
    """What is kept as signed is what was read: where the words change in between, or their language, they are offered
    once more."""
    return f"{agreement().version} {turn.language}"


def agreement_copy(turn: Turn) -> Dialogue:
    """The copy we send when both sides have signed, or that is asked for: whole where a message is free, else a link to
    it, and for a phone without internet by text or on paper."""
    signature = turn.session.get(Signature, turn.params["signature"])
    if signature is None or signature.guardian_id != turn.guardian.id:
        raise Withheld("not theirs")
    copy = copies.copy_of_agreement(turn.session, signature, turn.catalogue)
    heading, link = turn.gettext("Here is your copy of our agreement."), link_told(turn, turn.params.get("token", ""))
    if turn.buttons:
        return say("\n\n".join((heading, *copy.paragraphs, "\n".join(copy.signed), link)).strip())
    how = yield from choose("how", f"{heading} {link}".strip(), other_ways(turn))
    if how == PAPER:
        return on_paper(turn, signature.setting_id, CopyKind.AGREEMENT, str(signature.id))
    return Say(messages_of(turn, *copy.paragraphs, "\n".join(copy.signed)))


def _offer(turn: Turn, before: Signature | None) -> str:
    """What it is; to who signed an earlier version, that it has changed."""
    named = f"{turn.setting.name}: " if len(turn.settings()) > 1 else ""
    if before is not None:
        text = turn.gettext("Our agreement with you has changed since you signed it. How would you like to read it?")
        return named + text
    text = turn.gettext(
        "This is our agreement with you: %(count)s short parts on what we promise and what we ask. "
        "How would you like to read it?"
    )
    return named + turn.say(text, count=len(agreement().parts))


def _ways(turn: Turn) -> tuple[Choice, ...]:
    one = Choice("one", turn.gettext("One part at a time"))
    everything = Choice("all", turn.gettext("All at once"), turn.catalogue.words(W_("ALL, FULL")))
    return one, everything, _later_choice(turn)


def _sign(turn: Turn) -> Generator[Question, Any, Say]:
    sentence = turn.catalogue.content(agreement().sign)
    prompt = turn.gettext("To sign this, type your full name.")
    choices = (_later_choice(turn), _call_choice(turn))
    answer = yield from ask(
        "name", f"{sentence}\n{prompt}", read=name_reader(turn), choices=choices, fits=name_on_record(turn)
    )
    if answer.get("key") == LATER:
        return _later(turn)
    if answer.get("key") == CALL:
        return _call(turn)
    text = "\n\n".join((*_parts(turn, turn.setting), sentence))
    signature = agreements.sign(
        turn.session, turn.setting, turn.guardian, answer["name"], text, turn.now, answer.get("inbound")
    )
    _hand_over(turn, signature)
    text = turn.gettext(
        "Thank you. You signed as %(name)s on %(day)s. Staff sign too, and then you get your copy here."
    )
    signed = turn.say(text, name=signature.name, day=turn.day(signature.signed_at))
    left = _unsigned(turn)
    return say(signed, then=Goto("sign", {"setting": left[0].id}) if left else None)


def _unsigned(turn: Turn) -> list[Setting]:
    """The settings, by name, whose agreement this guardian has not signed as it stands."""
    version, guardian_id = agreement().version, turn.guardian.id or 0
    last = {one.id: agreements.latest(turn.session, one.id or 0, guardian_id) for one in turn.settings()}
    return [one for one in turn.settings() if (signed := last[one.id]) is None or signed.version != version]


def _signed_already(turn: Turn, signature: Signature) -> Generator[Question, Any, Say]:
    text = turn.gettext("You signed our agreement on %(day)s. Would you like to see it again?")
    choices = (Choice("copy", turn.gettext("Yes")), Choice("no", turn.gettext("No")))
    if (yield from choose("copy", turn.say(text, day=turn.day(signature.signed_at)), choices)) == "no":
        return say(turn.gettext("That is fine. Text SIGN at any time to see it."))
    params = {"signature": signature.id, "token": _token(turn, signature)}
    return Say(then=Goto("agreement_copy", params))


def _token(turn: Turn, signature: Signature) -> str:
    kind, ref = CopyKind.AGREEMENT, str(signature.id)
    return copies.make_link(turn.session, signature.guardian_id, signature.setting_id, kind, ref, turn.now)[0]


def _parts(turn: Turn, setting: Setting) -> tuple[str, ...]:
    return tuple(part_text(part, setting, turn.catalogue) for part in agreement().parts)


def _hand_over(turn: Turn, signature: Signature) -> None:
    raise_task(
        turn.session,
        f"countersign:{signature.id}",
        "agreement to countersign",
        now=turn.now,
        setting_id=signature.setting_id,
        staff_id=agreements.key_person_of(turn.session, signature.guardian_id, signature.setting_id, turn.today),
        guardian_id=signature.guardian_id,
        about=f"signature {signature.id}",
    )


def _call(turn: Turn) -> Say:
    raise_task(
        turn.session,
        f"agreement:{turn.guardian.id}:{turn.today.isoformat()}",
        "agreement not clear",
        now=turn.now,
        setting_id=turn.setting.id,
        staff_id=agreements.key_person_of(turn.session, turn.guardian.id or 0, turn.setting.id or 0, turn.today),
        guardian_id=turn.guardian.id,
    )
    text = turn.gettext(
        "Thank you. A person from %(setting)s will ring you about it. If it can't wait, ring %(phone)s."
    )
    return say(turn.say(text, setting=turn.setting.name, phone=turn.setting.phone))


def _later(turn: Turn) -> Say:
    return say(turn.gettext("That is fine. When you have time, text SIGN."))


def _later_choice(turn: Turn) -> Choice:
    return Choice(LATER, turn.gettext("Later"))


def _call_choice(turn: Turn) -> Choice:
    return Choice(CALL, turn.gettext("Please call me"))


def _next(turn: Turn, number: int) -> Choice:
    last = number == len(agreement().parts)
    label = turn.gettext("It is clear") if last else turn.gettext("Next part")
    return Choice("next", label, turn.catalogue.words(W_("NEXT, OK, CLEAR, THANKS")))
