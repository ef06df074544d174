"""The sample setting of the demo: what the list of families can't say about Little Acorns."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

from sqlmodel import Session, col, select

from nursery import appointments
from nursery.contacts import Contact, contact_at
from nursery.courses import Course, Details, Kind, add_course
from nursery.events import Event, add_event
from nursery.forms import read_form
from nursery.interests import Tag
from nursery.observations import Snippet, add_snippet
from nursery.opening import Closure, next_open_day
from nursery.people import Child, Staff, staff_named
from nursery.questionnaires import Questionnaire, open_questionnaire
from nursery.recipients import Audience
from nursery.services import LocalService, add_local
from nursery.settings import Setting, at, setting_named, today

CONTENT = Path(__file__).parent / "content"
FAMILIES = CONTENT / "sample_families.csv"
FORM = CONTENT / "sample_questionnaire.toml"
SETTING = "Little Acorns"
PHONE = "01632 960123"
"""Ofcom keeps 01632 960000 to 960999 for drama; they ring nobody."""

MANAGER, DEPUTY = "Helen", "Nadia"
CHATS = {"+447700900001": "70001", "+447700900005": "70005"}
"""The Telegram chats of those who have joined there, by their telephone."""

SNIPPETS = {
    "Noor Khan": (
        "Noor counted the steps of the slide up to five, and then counted them again going down.",
        "Count the stairs together on your way up to bed.",
    ),
    "Zosia Nowak": (
        "Zosia walked from the rug to the window without holding on, and looked very pleased.",
        "Put a favourite toy a few steps away and wait.",
    ),
    "Andrei Pop": (
        "Andrei told a friend the whole story of the three bears, with all the voices.",
        "Ask: what happened next? Then let Andrei tell you.",
    ),
    "Mara Pop": (
        "Mara poured water from jug to cup for a long time today and hardly spilled a drop.",
        "Let Mara pour the drinks at home, with a small jug.",
    ),
    "Yusuf Haddad": (
        "Yusuf built a bridge of blocks, saw it fall, and built it again with a wider foot.",
        "Ask Yusuf to show you how to make something stand up.",
    ),
    "Lily Walker": (
        "Lily wrote the letter L in the sand and found it again on the peg.",
        "Look for the letter L on signs on the way home.",
    ),
    "Oscar Bennett": (
        "Oscar pointed to the birds outside and waited for us to say the word.",
        "Name what Oscar points at, and wait for a sound back.",
    ),
    "Leo Marinescu": (
        "Leo climbed onto the low box and down again, feet first, all alone.",
        "Let Leo climb on and off the sofa while you stay near.",
    ),
    "Kasia Wójcik": (
        "Kasia sorted the leaves from small to large and explained why each one came next.",
        "Sort the spoons together after washing up.",
    ),
    "Ayaan Malik": (
        "Ayaan clapped in time with our song and asked for it again.",
        "Sing a song you know from home, and clap it together.",
    ),
}
"""By child: what they did, and what to do next at home."""


def lay_out_sample(session: Session, now: datetime) -> None:
    """Completes the imported sample families; a second time adds only events where all have passed."""
    setting = setting_named(session, SETTING)
    if setting is None or setting.id is None:
        return
    setting.phone, setting.manager = PHONE, MANAGER
    session.add(setting)
    for name, role in ((MANAGER, "manager"), (DEPUTY, "deputy")):
        if staff_named(session, setting.id, name) is None:
            session.add(Staff(setting_id=setting.id, name=name, role=role))
    _join_telegram(session)
    monday = today(now) + timedelta(days=7 - today(now).weekday())
    _add_closed_day(session, setting.id, monday + timedelta(days=11))
    _add_events(session, setting, monday, now)
    _add_snippets(session, setting.id, now)
    _add_questionnaire(session, setting.id, now)
    _add_community(session, setting.id, monday, now)
    _add_times(session, setting.id, monday, now)
    session.flush()


def _join_telegram(session: Session) -> None:
    for phone, chat in CHATS.items():
        by_phone = contact_at(session, "sms", phone)
        if by_phone is not None and contact_at(session, "telegram", chat) is None:
            session.add(Contact(channel="telegram", address=chat, guardian_id=by_phone.guardian_id, preferred=True))


def _add_closed_day(session: Session, setting_id: int, day: date) -> None:
    if session.exec(select(Closure.id).where(Closure.setting_id == setting_id)).first() is None:
        session.add(Closure(setting_id=setting_id, first_day=day, last_day=day, name="Staff training day"))


def _add_events(session: Session, setting: Setting, monday: date, now: datetime) -> None:
    coming = select(Event.id).where(Event.setting_id == setting.id, col(Event.starts_at) > now)
    if session.exec(coming).first() is not None:
        return
    tuesday, thursday = monday + timedelta(days=1), monday + timedelta(days=3)
    add_event(
        session,
        Audience(setting.id or 0),
        "Stay and play",
        at(tuesday, time(9, 30)),
        at(tuesday, time(11)),
        now=now,
        place="The garden room, Little Acorns, Mill Lane",
        step_free=True,
        parking=True,
        notes="Brothers and sisters are welcome.",
    )
    add_event(
        session,
        Audience(setting.id or 0),
        "Talking about two languages at home",
        at(thursday, time(17, 30)),
        at(thursday, time(18, 30)),
        now=now,
        place="The library, Mill Lane, first floor",
        step_free=True,
        creche=True,
        interpreters="pl,ro,ur",
        notes="There is a lift.",
        capacity=12,
    )


def _add_snippets(session: Session, setting_id: int, now: datetime) -> None:
    """Each child's latest progress, as told before today: families ask for it, nothing is sent at the first start."""
    for child in session.exec(select(Child).where(Child.setting_id == setting_id)):
        known = session.exec(select(Snippet.id).where(Snippet.child_id == child.id)).first()
        staff = session.get(Staff, child.key_person_id) if child.key_person_id else None
        if known is not None or staff is None or child.name not in SNIPPETS:
            continue
        words, next_step = SNIPPETS[child.name]
        snippet = add_snippet(session, child, words, staff=staff, now=now - timedelta(days=1), next_step=next_step)
        snippet.sent_at = now
        session.add(snippet)


def _add_questionnaire(session: Session, setting_id: int, now: datetime) -> None:
    """One that opens on the next open day, so that a demo begins quietly."""
    if session.exec(select(Questionnaire.id).where(Questionnaire.setting_id == setting_id)).first() is not None:
        return
    day = next_open_day(session, setting_id, today(now))
    opens, closes = at(day, time(10)), at(day + timedelta(days=14), time(18))
    open_questionnaire(session, Audience(setting_id), read_form(FORM.read_text("utf-8")), opens, closes)


def _add_community(session: Session, setting_id: int, monday: date, now: datetime) -> None:
    """A course that has been told already, and a place near by; a demo begins quietly."""
    if session.exec(select(Course.id).where(Course.setting_id == setting_id)).first() is not None:
        return
    starts = at(monday + timedelta(days=9), time(18))
    said = Details(Kind.WORKSHOP, "First aid for babies and toddlers", (Tag.FIRST_AID,), starts, places=10)
    add_course(session, setting_id, said, now).told_at = now
    larder = LocalService(setting_id=setting_id, called="Mill Lane Larder", needs="food", added_at=now)
    larder.phone, larder.place, larder.languages = "01632 960555", "The church hall, Mill Lane", "pl,ur"
    larder.text = "Fruit, vegetables and bread, Wednesdays 10 to 12. You need no voucher."
    add_local(session, larder)


def _add_times(session: Session, setting_id: int, monday: date, now: datetime) -> None:
    """Reviews to book with the two key persons."""
    if appointments.coming(session, setting_id, now):
        return
    for name, day in (("Grace", monday + timedelta(days=2)), ("Tom", monday + timedelta(days=3))):
        staff = staff_named(session, setting_id, name)
        if staff is not None:
            appointments.offer(session, appointments.Kind.REVIEW, staff, at(day, time(15)), 20, 3, now=now)
