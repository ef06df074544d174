"""Safeguarding in a message: what is said at once, in fixed words, and a concern for the lead. Never swallows it."""

from __future__ import annotations

from bot.answers import bare_number, chosen
from bot.conversation import Question
from bot.talk import Talk
from nursery.concerns import raise_concern, staff_names
from nursery.guardians import Guardian
from nursery.safeguarding import alarm

GUESSED = "likeness"
"""The reason of an alarm that no phrase raised."""


def watch(talk: Talk) -> None:
    """Looks for words of harm in what was said; the talk then goes on as it would have."""
    said, speaker = talk.thread.said, talk.speaker
    if said.inbound_id is None or not said.text or _is_ours(talk):
        return
    session, turn = talk.session, talk.thread.turn()
    found = alarm(said.text, speaker.language, lambda: staff_names(session, turn.setting_or_none))
    if found is None or (found.reason == GUESSED and _is_a_choice(talk)):
        return
    setting = turn.setting_or_none
    guardian = session.get(Guardian, speaker.guardian_id) if speaker.guardian_id is not None else None
    raise_concern(session, said.inbound_id, guardian, setting, found, turn.now)
    lines = [
        turn.gettext("If you or a child are in danger now, ring 999."),
        turn.gettext("You can ring the NSPCC, free: 0808 800 5000. Nobody reads messages here at all hours."),
    ]
    if setting is not None and (setting.lead_phone or setting.phone):
        here = turn.gettext("%(lead)s keeps children safe at %(setting)s and will see your message. Ring: %(phone)s.")
        phone = setting.lead_phone or setting.phone
        lines.insert(1, turn.say(here, lead=setting.lead or setting.name, setting=setting.name, phone=phone))
    talk.thread.speak("\n".join(lines))


def _is_ours(talk: Talk) -> bool:
    """A number of a choice, or one of our own words, tells of nothing; half of all messages are no more than that."""
    text = talk.thread.said.text
    return bare_number(text) is not None or talk.house.understanding.meant(text, talk.speaker.language) is not None


def _is_a_choice(talk: Talk) -> bool:
    """Whether what was said is, word for word, one of the answers we have just offered."""
    current = talk.thread.current
    step = talk.thread.step(current) if current is not None else None
    return isinstance(step, Question) and chosen(step, talk.thread.said) is not None
