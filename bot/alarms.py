"""Safeguarding in a message: what is said at once, in fixed words, and a concern for the lead. Never swallows it."""

from __future__ import annotations

from bot.answers import bare_number, chosen
from bot.conversation import Question
from bot.talk import Talk
from bot.turn import Turn
from nursery.concerns import Concern, raise_concern
from nursery.guardians import Guardian
from nursery.people import Staff, staff_named, staff_names
from nursery.safeguarding import alarm
from nursery.settings import Setting
from nursery.shared_phones import users

GUESSED = "likeness"
"""The reason of an alarm that no phrase raised."""


def watch(talk: Talk) -> bool:
    """Looks for words of harm in what was said; the talk then goes on as it would have. Says whether there were any."""
    said, speaker = talk.thread.said, talk.speaker
    if said.inbound_id is None or not said.text or _is_ours(talk):
        return False
    session, turn = talk.session, talk.thread.turn()
    found = alarm(said.text, speaker.language, lambda: staff_names(session, turn.setting_or_none))
    if found is None or (found.reason == GUESSED and _is_a_choice(talk)):
        return False
    setting = turn.setting_or_none
    guardian = session.get(Guardian, speaker.guardian_id) if speaker.guardian_id is not None else None
    others = users(session, speaker.contact_id) if speaker.several else []
    concern = raise_concern(session, said.inbound_id, guardian, setting, found, turn.now, sharing=others)
    lines = [
        turn.gettext("If you or a child are in danger now, ring 999."),
        turn.gettext("You can ring the NSPCC, free: 0808 800 5000. Nobody reads messages here at all hours."),
    ]
    if setting is not None and (setting.lead_phone or setting.phone):
        lines.insert(1, _who_reads(turn, setting, concern))
    talk.thread.speak("\n".join(lines))
    return True


def _who_reads(turn: Turn, setting: Setting, concern: Concern) -> str:
    """Who sees it and whom to ring: the lead by name where it is the lead's, and never the lead where it goes round
    them. Nothing is promised of a reader where there is none."""
    owner = turn.session.get(Staff, concern.owner_id) if concern.owner_id is not None else None
    lead = staff_named(turn.session, setting.id or 0, setting.lead) if setting.lead else None
    phone = setting.phone or setting.lead_phone
    if owner is None:
        return turn.say(turn.gettext("To reach %(setting)s, ring %(phone)s."), setting=setting.name, phone=phone)
    if lead is None or lead.id != owner.id:
        text = turn.gettext("%(staff)s at %(setting)s will see your message. Ring: %(phone)s.")
        return turn.say(text, staff=owner.name, setting=setting.name, phone=phone)
    text = turn.gettext("%(lead)s keeps children safe at %(setting)s and will see your message. Ring: %(phone)s.")
    return turn.say(text, lead=setting.lead, setting=setting.name, phone=setting.lead_phone or setting.phone)


def _is_ours(talk: Talk) -> bool:
    """A number of a choice, or one of our own words, tells of nothing; half of all messages are no more than that."""
    text = talk.thread.said.text
    return bare_number(text) is not None or talk.house.understanding.meant(text, talk.speaker.language) is not None


def _is_a_choice(talk: Talk) -> bool:
    """Whether what was said is, word for word, one of the answers we have just offered."""
    current = talk.thread.current
    step = talk.thread.step(current) if current is not None else None
    return isinstance(step, Question) and chosen(step, talk.thread.said) is not None
