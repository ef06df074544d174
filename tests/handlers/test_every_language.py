"""Each promise from the parent's first word to the record it leaves, in the parent's own words: Polish, Romanian, Urdu,
Arabic, on both channels."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.outbox import Priority
from nursery import courses, events, polls, services
from nursery.agreements import Signature
from nursery.contacts import contacts_of
from nursery.courses import CourseReply, Details, Kind
from nursery.guardians import Guardian, Guardianship, Topic
from nursery.interests import Interest, Tag
from nursery.lessons import LessonHad
from nursery.notices import draft
from nursery.polls import PollAnswer
from nursery.preferences import preference_of
from nursery.readings import PolicyReading
from nursery.recipients import Audience
from nursery.rsvps import Rsvp
from nursery.services import LocalService
from nursery.signposts import ServiceAsked
from nursery.tasks import open_tasks
from tests.cast import CAST, MONDAY, People
from tests.talking import Heard, Player

OTHERS = ("Piotr", "Ioana", "Farah", "Samira")
NAMES = {"Piotr": "Piotr Nowak", "Ioana": "Ioana Pop", "Farah": "فرح خان", "Samira": "سميرة حداد"}


def _says(play: Player, who: str, *words: str) -> list[Heard]:
    """All that is answered, every message of it in their language."""
    heard = [one for said in words for one in play.say(who, said)]
    assert {one.language for one in heard} <= {CAST[who].language}
    return heard


def _guardian(play: Player, who: str) -> Guardian:
    with play.session() as session:
        return session.exec(select(Guardian).where(Guardian.name == who)).one()


@pytest.mark.parametrize(
    ("who", "word"), [("Piotr", "USTAWIENIA"), ("Ioana", "setări"), ("Farah", "سیٹنگ"), ("Samira", "إعدادات")]
)
def test_what_works_for_them(on_both: Player, people: People, who: str, word: str) -> None:
    said = _says(on_both, who, word, "6")
    if len(said[-1].choices) == 3:
        said = _says(on_both, who, "3")
    assert len(said[-1].choices) == 5
    _says(on_both, who, "3", "4", "2")
    assert _says(on_both, who, "2")[-1].choices == ()
    with on_both.session() as session:
        kept = preference_of(session, people.guardians[who].id or 0)
        assert (kept.hour, kept.format) == ("evening", "large print")
    assert _guardian(on_both, who).learning == "one"


@pytest.mark.parametrize(
    ("who", "word"), [("Piotr", "TEMATY"), ("Ioana", "mesaje"), ("Farah", "موضوع"), ("Samira", "أنواع")]
)
def test_one_kind_of_message_stops_and_begins_again(on_both: Player, who: str, word: str) -> None:
    _says(on_both, who, word, "2")
    assert _guardian(on_both, who).stopped_topics == int(Topic.LEARNING)
    on_both.push(who, "daily_idea", topic=Topic.LEARNING, priority=Priority.BULK)
    assert on_both.deliver() == []
    _says(on_both, who, word, "2")
    assert _guardian(on_both, who).stopped_topics == 0


@pytest.mark.parametrize(
    ("who", "stop", "start"),
    [
        ("Piotr", "Zatrzymaj.", "WZNÓW"),
        ("Ioana", "stop mesaje, mulțumesc", "repornire"),
        ("Farah", "اسٹاپ", "شروع"),
        ("Samira", "ستوب", "ستارت"),
    ],
)
def test_stop_and_start(on_both: Player, people: People, who: str, stop: str, start: str) -> None:
    assert len(_says(on_both, who, stop)) == 1
    on_both.push(who, "who")
    assert on_both.deliver() == []
    assert len(_says(on_both, who, start)) == 1
    with on_both.session() as session:
        states = {one.state for one in contacts_of(session, people.guardians[who].id or 0)}
    assert states == {"active"}


@pytest.mark.parametrize(
    ("who", "words"),
    [("Piotr", "zasady spóźnienie"), ("Ioana", "reguli taxe"), ("Farah", "پالیسی فیس"), ("Samira", "سياسة الرسوم")],
)
def test_a_policy_that_is_not_clear_ends_with_a_person(on_both: Player, who: str, words: str) -> None:
    short = _says(on_both, who, words)[0]
    assert len(short.choices) == 3
    plainer = _says(on_both, who, "3")[0]
    assert plainer.text != short.text
    assert "01632 960123" in _says(on_both, who, "2")[0].text
    with on_both.session() as session:
        assert [one.answer for one in session.exec(select(PolicyReading))] == ["call"]
        assert [task.kind for task in open_tasks(session)] == ["policy not clear"]


@pytest.mark.parametrize(
    ("who", "word"), [("Piotr", "PODPIS"), ("Ioana", "semnez"), ("Farah", "دستخط"), ("Samira", "اتفاق")]
)
def test_the_agreement_is_signed_in_the_language_it_was_read_in(on_both: Player, who: str, word: str) -> None:
    _says(on_both, who, word, "1", *["1"] * 5)
    assert NAMES[who] in _says(on_both, who, NAMES[who])[0].text
    with on_both.session() as session:
        signed = session.exec(select(Signature)).one()
        assert (signed.name, signed.language) == (NAMES[who], CAST[who].language)


@pytest.mark.parametrize(("who", "word"), [("Piotr", "KTO"), ("Ioana", "cine"), ("Farah", "کون"), ("Samira", "الفريق")])
def test_who_is_who(on_both: Player, who: str, word: str) -> None:
    said = " ".join(one.text for one in _says(on_both, who, word))
    assert all(told in said for told in (*CAST[who].children, "Grace", "Helen", "01632 960123", "999"))
    others = {child for one in CAST.values() for child in one.children} - set(CAST[who].children)
    assert not [child for child in others if child in said]


@pytest.mark.parametrize(
    ("who", "word"), [("Piotr", "WYDARZENIA"), ("Ioana", "evenimente"), ("Farah", "پروگرام"), ("Samira", "فعاليات")]
)
def test_coming_to_an_event_with_an_interpreter(on_both: Player, people: People, who: str, word: str) -> None:
    with on_both.session() as session:
        starts, audience = MONDAY + timedelta(days=11), Audience(people.setting.id or 0)
        events.add_event(
            session, audience, "Songs", starts, starts + timedelta(hours=1), now=MONDAY, capacity=9, step_free=True
        )
    assert "Songs" in _says(on_both, who, word)[0].text
    _says(on_both, who, "1", "3", "2", "1")
    with on_both.session() as session:
        kept = session.exec(select(Rsvp)).one()
        assert (kept.answer, kept.people) == ("coming", 3)
        [task] = open_tasks(session)
        assert (task.kind, "interpreter" in task.about) == ("needs for an event", True)


@pytest.mark.parametrize("who", OTHERS)
def test_which_times_would_suit(on_both: Player, people: People, who: str) -> None:
    with on_both.session() as session:
        times = [MONDAY + timedelta(days=days) for days in (8, 9, 10)]
        closes = MONDAY + timedelta(days=5)
        poll = polls.open_poll(session, Audience(people.setting.id or 0), "Menus", times, closes, now=MONDAY).id
    on_both.push(who, "meeting_poll", {"poll": poll}, topic=Topic.EVENTS)
    [asked] = on_both.deliver()
    assert (asked.language, len(asked.choices)) == (CAST[who].language, 4)
    _says(on_both, who, "٣ ١")
    with on_both.session() as session:
        assert session.exec(select(PollAnswer)).one().times == [1, 3]


@pytest.mark.parametrize(
    ("who", "word"), [("Piotr", "KURSY"), ("Ioana", "cursuri"), ("Farah", "کورس"), ("Samira", "دورات")]
)
def test_a_place_on_a_course_and_what_interests_them(on_both: Player, people: People, who: str, word: str) -> None:
    with on_both.session() as session:
        courses.add_course(
            session, people.setting.id or 0, Details(Kind.COURSE, "ESOL", (Tag.ENGLISH,), places=1), MONDAY
        )
    _says(on_both, who, word, "1")
    assert "ESOL" in _says(on_both, who, "1")[0].text
    _says(on_both, who, word, "2", "1")
    with on_both.session() as session:
        assert session.exec(select(CourseReply)).one().wish == "place"
        assert session.exec(select(Interest)).one().tag == "english"


@pytest.mark.parametrize(
    ("who", "word"), [("Piotr", "WSPARCIE"), ("Ioana", "servicii"), ("Farah", "سروس"), ("Samira", "خدمات")]
)
def test_where_to_find_help(on_both: Player, people: People, who: str, word: str) -> None:
    larder = LocalService(setting_id=people.setting.id or 0, called="Larder", needs="food", added_at=MONDAY)
    larder.phone = "01632 960200"
    with on_both.session() as session:
        services.add_local(session, larder)
    said = _says(on_both, who, word, "1")
    if said[-1].choices:
        said = _says(on_both, who, "1")
    assert "01632 960200" in " ".join(one.text for one in said)
    with on_both.session() as session:
        assert session.exec(select(ServiceAsked)).one().guardian_id == people.guardians[who].id
        assert open_tasks(session) == [], "no member of staff sees who asked for what"


@pytest.mark.parametrize(
    ("who", "word", "asked"),
    [
        ("Piotr", "LEKCJA", "co to jest PSED?"),
        ("Ioana", "lecție", "ce este PSED"),
        ("Farah", "سبق", "PSED کیا ہے؟"),
        ("Samira", "درس", "ما هو PSED؟"),
    ],
)
def test_a_lesson_and_a_word(on_both: Player, who: str, word: str, asked: str) -> None:
    assert len(_says(on_both, who, word, "1")) == 3
    assert "PSED" in _says(on_both, who, asked)[0].text
    with on_both.session() as session:
        assert len(session.exec(select(LessonHad)).all()) == 1


@pytest.mark.parametrize("who", ["Amina", *OTHERS])
def test_a_new_tie_hears_and_learns_nothing_until_staff_confirm_it(on_both: Player, people: People, who: str) -> None:
    mine = Guardianship.guardian_id == people.guardians[who].id
    with on_both.session() as session:
        for tie in session.exec(select(Guardianship).where(mine)):
            tie.confirmed_at = None
            session.add(tie)
        told = draft(session, Audience(people.setting.id or 0), publish_at=MONDAY, now=MONDAY, text="Wellies").id
    on_both.push(who, "notice", {"notice": told}, topic=Topic.NOTICES)
    assert on_both.deliver() == []
    words = ("WHO", "ABSENT", "PROGRESS", "IDEA", "RECORD", "ABOUT", "EVENTS", "CONSENT", "SIGN", "BOOK", "COLLECT")
    said = " ".join(one.text for one in _says(on_both, who, *words))
    assert not [child for one in CAST.values() for child in one.children if child in said]
    assert "Grace" not in said
