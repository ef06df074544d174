"""Joining: a code from the setting's letter, or a number the setting knows, and the welcome that follows."""

from __future__ import annotations

from dataclasses import replace

from bot.answers import normalise
from bot.conversation import Dialogue, Goto, Say, say
from bot.turn import Turn
from handlers.address import is_asked
from locales import SOURCE
from nursery import beginnings, invitations
from nursery.contacts import Contact
from nursery.guardians import Guardian
from nursery.inbox import pass_to_staff, spare_staff
from nursery.invitations import Invitation
from nursery.tasks import raise_task


def join(turn: Turn) -> Dialogue:
    """Takes a code, or asks for one. A stranger learns the setting's public name and phone number and nothing else."""
    yield from ()  # it asks nothing
    code = code_in(turn, str(turn.params.get("said", "")))
    contact = turn.session.get_one(Contact, turn.speaker.contact_id)
    if code is None:
        return _ask_for_code(turn)
    until = invitations.waits_until(contact, turn.now)
    if until is not None:
        text = turn.gettext("Too many codes were wrong. Please wait until %(time)s, or ring %(setting)s: %(phone)s.")
        return say(_about_setting(turn, text, time=turn.time(until)), outcome="code refused")
    return _with_code(turn, code, contact)


def welcome(turn: Turn) -> Dialogue:
    """Greets a known guardian at the first message from an address."""
    yield from ()  # it asks nothing
    contact = turn.session.get_one(Contact, turn.speaker.contact_id)
    contact.greeted_at = turn.now
    turn.session.add(contact)
    beginnings.begin(turn.session, contact, turn.setting, turn.today)
    return Say(_welcome(turn))


def code_in(turn: Turn, said: str) -> str | None:
    """The code that a message is, or has in it. A plain word of eight letters ("Thursday") is one only if it was given
    out; what looks like one in a sentence, only if it was, or if a stranger may be trying codes."""
    code = invitations.read_code(normalise(said))
    if code is not None and (_has_digit(code) or said.startswith("/start ")):
        return code
    among = [code] if code is not None else invitations.codes_among(normalise(said))
    found = next((one for one in among if invitations.find(turn.session, one, turn.key)), None)
    if found is None and turn.speaker.guardian_id is None:
        return next((one for one in among if _has_digit(one)), None)
    return found


def _is_bare(turn: Turn) -> bool:
    """Whether the message is a code and no word more."""
    said = normalise(str(turn.params.get("said", "")))
    return invitations.read_code(said) is not None and not turn.params.get("media")


def _has_digit(code: str) -> bool:
    return any(sign.isdigit() for sign in code)


def _ask_for_code(turn: Turn) -> Say:
    if turn.speaker.guardian_id is not None:
        return Say(then=Goto("menu"))
    if turn.params.get("said") and turn.said.inbound_id is not None:
        pass_to_staff(turn.session, turn.said.inbound_id)
    text = turn.gettext(
        "This is %(setting)s. Please send the code from your letter, such as KX4M-7Q2P. No code? Ring %(phone)s."
    )
    return say(_about_setting(turn, text), outcome="join")


def _with_code(turn: Turn, code: str, contact: Contact) -> Say:
    invitation = invitations.find(turn.session, code, turn.key)
    if invitation is not None and invitation.guardian_id in (contact.guardian_id, *turn.speaker.sharing):
        return _already_joined(turn, code, invitation)
    if invitation is not None and contact.guardian_id is not None:
        return _refuse(turn, invitation)
    if invitation is None or not invitation.is_open(turn.now):
        invitations.note_wrong(turn.session, contact, turn.now)
        text = turn.gettext(
            "I do not know this code. Please look at your letter again, or ring %(setting)s: %(phone)s."
        )
        return say(_about_setting(turn, text), outcome="wrong code")
    guardian = invitations.redeem(turn.session, code, turn.speaker.contact_id, turn.key, turn.now)
    assert guardian is not None  # open a moment ago, in this same transaction
    return _joined(turn, guardian)


def _joined(turn: Turn, guardian: Guardian) -> Say:
    speaker = replace(turn.speaker, guardian_id=guardian.id, language=guardian.language or SOURCE, greeted=True)
    fresh = Turn(turn.session, speaker, turn.now)
    contact = turn.session.get_one(Contact, turn.speaker.contact_id)
    beginnings.begin(turn.session, contact, fresh.setting, turn.today)
    then = Goto("address") if is_asked(fresh) else None
    return Say(_welcome(fresh), then, outcome="joined", speaker=speaker)


def _already_joined(turn: Turn, code: str, invitation: Invitation) -> Say:
    """A code of one's own: used up if it is still open, and never a reproach. That of who shares this phone, whom staff
    have joined here, stays good for an address of their own."""
    if invitation.is_open(turn.now) and invitation.guardian_id == turn.speaker.guardian_id:
        invitations.redeem(turn.session, code, turn.speaker.contact_id, turn.key, turn.now)
    if _is_bare(turn) and turn.said.inbound_id is not None:
        spare_staff(turn.session, turn.said.inbound_id)
    if turn.params.get("welcomed"):
        return Say(outcome="joined")
    return say(turn.gettext("You have joined already, thank you. Text MENU to see what you can do."), outcome="joined")


def _refuse(turn: Turn, invitation: Invitation) -> Say:
    """One address can't be two people's: a person has to look. It is said of a code that is used up or too old as
    well: or it would tell one parent whether the other has joined."""
    key = f"code:{invitation.id}:{turn.speaker.contact_id}"
    raise_task(
        turn.session,
        key,
        "code from another family's phone",
        now=turn.now,
        setting_id=turn.setting.id,
        guardian_id=turn.speaker.guardian_id,
    )
    text = turn.gettext(
        "This code belongs to somebody else, so I can't use it here. Staff will look at it, or ring %(phone)s."
    )
    return say(_about_setting(turn, text), outcome="code refused")


def _welcome(turn: Turn) -> tuple[str, ...]:
    hello = turn.gettext(
        "Welcome to %(setting)s. You can ask, tell us things and get ideas here. Text MENU to see all, STOP to stop."
    )
    careful = turn.gettext("No one reads this at all hours. If you need us now, ring %(phone)s. In danger, ring 999.")
    return _about_setting(turn, hello), _about_setting(turn, careful)


def _about_setting(turn: Turn, text: str, **values: object) -> str:
    known = {"setting": turn.setting.name, "phone": turn.setting.phone, **values}
    return turn.say(text, **{name: value for name, value in known.items() if f"%({name})s" in text})
