"""Who is who: key persons, the manager, who keeps children safe, the number to ring; and Ofsted."""

from __future__ import annotations

from bot.conversation import Dialogue, Goto, Say, say
from bot.turn import Turn
from nursery.people import Child, key_person, manager
from nursery.settings import OFSTED_PHONE, Setting


def who(turn: Turn) -> Dialogue:
    """Names whom a parent may turn to, and for what; at each setting, to who has children in several."""
    yield from ()  # it asks nothing
    settings = turn.settings()
    if len(settings) > 1:
        return Say(tuple(_at(turn, setting) for setting in settings))
    return Say((_people(turn), _urgent(turn)))


def ofsted(turn: Turn) -> Dialogue:
    """How to read Ofsted's report and to reach Ofsted (EYFS: parents are told how)."""
    yield from ()  # it asks nothing
    text = turn.gettext("Ofsted checks nurseries in England. You can ring Ofsted at any time: %(ofsted)s.")
    lines = [turn.say(text, ofsted=OFSTED_PHONE)]
    if turn.setting.ofsted_number:
        text = turn.gettext("Our number at Ofsted is %(number)s.")
        lines.append(turn.say(text, number=turn.setting.ofsted_number))
    if turn.setting.ofsted_report:
        lines.append(turn.say(turn.gettext("Read the report about us: %(link)s"), link=turn.setting.ofsted_report))
    lines.append(turn.gettext("To complain to us, text COMPLAIN."))
    return say("\n".join(lines))


def send(turn: Turn) -> Dialogue:
    """How children with special needs are helped here."""
    yield from ()  # it asks nothing
    return Say(then=Goto("policy_told", {"policy": "special-needs"}))


def _at(turn: Turn, setting: Setting) -> str:
    turn.go_to(setting.id or 0)
    return "\n".join([f"{setting.name}:", *filter(None, [_people(turn)]), _urgent(turn)])


def _people(turn: Turn) -> str:
    """The key persons of the children here, and the manager."""
    here = [child for child in turn.children() if child.setting_id == turn.setting.id]
    return "\n".join([*filter(None, (_key_person(turn, child) for child in here)), *_manager(turn)])


def _key_person(turn: Turn, child: Child) -> str:
    staff = key_person(turn.session, child)
    if staff is None:
        return ""
    if staff.away_until is not None and staff.away_until >= turn.today:
        text = turn.gettext("%(child)s: the key person is %(staff)s, who is away until %(day)s.")
        return turn.say(text, child=child.first_name, staff=staff.name, day=turn.day(staff.away_until))
    return turn.say(turn.gettext("%(child)s: the key person is %(staff)s."), child=child.first_name, staff=staff.name)


def _manager(turn: Turn) -> list[str]:
    staff = manager(turn.session, turn.setting.id or 0)
    name = turn.setting.manager or (staff.name if staff else "")
    return [turn.say(turn.gettext("The manager: %(manager)s."), manager=name)] if name else []


def _urgent(turn: Turn) -> str:
    """The numbers to ring; who leads on keeping children safe where that is set."""
    text = turn.gettext("In an emergency with us, ring %(phone)s. In danger, ring 999.")
    ring = turn.say(text, phone=turn.setting.phone)
    if not turn.setting.lead:
        return ring
    text = turn.gettext("Worried about a child? Ring %(lead)s, who leads on keeping children safe: %(phone)s.")
    lead_phone = turn.setting.lead_phone or turn.setting.phone
    return f"{turn.say(text, lead=turn.setting.lead, phone=lead_phone)}\n{ring}"
