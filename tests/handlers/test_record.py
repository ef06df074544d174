"""The child's record: who may have it, what is asked first, and that a stranger learns nothing."""

import re
from datetime import date, timedelta

import pytest
from sqlmodel import select

from handlers.birthday import read_birthday
from nursery.guardians import Guardianship
from nursery.record_links import RecordLink, digest, open_link
from nursery.records import RecordAccess, accesses
from nursery.settings import today
from nursery.tasks import open_tasks
from tests.cast import MONDAY, People
from tests.talking import Player

LINK = re.compile(r"https://acorns\.example/r/([a-z2-9]{24})$")
BORN = {"Noor": "14/05/2023", "Zosia": "3.2.2025", "Yusuf": "٣٠/١/٢٠٢٣", "Mara": "20 września 2024"}


def _log(play: Player) -> list[str]:
    with play.session() as session:
        return [one.what for one in accesses(session)]


def test_a_link(on_both: Player, people: People) -> None:
    on_both("""
        Amina: RECORD
        Coatpeg: To be sure that it is you: when was Noor born? Day, month and year, such as 31/12/2021.
        Amina: 14/05/2023
        Coatpeg: Thank you. How would you like to see the record of Noor?
          1 Send me a link
          2 Look at it with staff
        Amina: [tap 1]
        Coatpeg: The record of Noor, for you alone. The link works until Thu 26 Nov, 09:00.
          https://acorns.example/r/...
    """)
    token = LINK.search(on_both.heard[-1].text)
    assert token is not None
    with on_both.session() as session:
        link = session.exec(select(RecordLink)).one()
        assert link.digest == digest(token[1])
        assert token[1] not in repr(link)
        assert link.guardian_id == people.guardians["Amina"].id
        assert open_tasks(session) == []
    assert _log(on_both) == ["link made"]


def test_a_time_to_look_together(on_both: Player, people: People) -> None:
    on_both.say("Amina", "my record")
    on_both.say("Amina", "14 May 2023")
    on_both("""
        Amina: [tap 2]
        Coatpeg: Thank you. We will ring you to find a time to look at the record of Noor together. ...
    """)
    with on_both.session() as session:
        task = open_tasks(session)[0]
        assert (task.kind, task.staff_id) == ("appointment to look at the record", people.staff["Grace"].id)
    assert _log(on_both) == ["appointment"]


def test_three_misses_and_a_person_helps(on_both: Player, people: People) -> None:
    on_both("""
        Amina: RECORD
        Coatpeg: To be sure that it is you: when was Noor born? ...
        Amina: 15/05/2023
        Coatpeg: That is not the date we have. Please try again: when was Noor born? Such as 31/12/2021.
        Amina: who knows
        Coatpeg: Please send the day, month and year in numbers, such as 31/12/2021. MENU leaves.
          ...
          That is not the date we have. ...
        Amina: 14/06/2023
        Coatpeg: That is not the date we have. ...
        Amina: 2023-05-13
        Coatpeg: I can't be sure that it is you, so a person will help. Staff will ring you, or you can ring ...
        Amina: RECORD
        Coatpeg: I can't be sure that it is you, so a person will help. ...
    """)
    assert _log(on_both) == ["wrong date"] * 3
    with on_both.session() as session:
        assert [task.kind for task in open_tasks(session)] == ["help to see the record"]
    on_both.clock.pass_(minutes=61)
    on_both("Amina: RECORD\nCoatpeg: To be sure that it is you: ...")


def test_going_back_takes_no_miss_away(on_both: Player) -> None:
    for words in ("RECORD", "15/05/2023", "BACK", "RECORD", "16/05/2023", "MENU", "RECORD", "17/05/2023"):
        said = on_both.say("Amina", words)
    assert said[0].text.startswith("I can't be sure")


def test_another_guardians_misses_are_their_own(on_both: Player) -> None:
    for words in ("RECORD", "1/1/2001", "1/1/2001", "1/1/2001"):
        on_both.say("Farah", words)
    on_both("Amina: RECORD\nCoatpeg: To be sure that it is you: ...")


def test_a_stranger_learns_nothing(on_both: Player) -> None:
    first = [one.text for one in on_both.say("Stranger", "RECORD")]
    assert first == [one.text for one in on_both.say("Stranger", "RECORD")]
    on_both.say("Stranger", "14/05/2023")
    assert "Noor" not in " ".join(one.text for one in on_both.heard)
    assert _log(on_both) == []


@pytest.mark.parametrize(
    "change",
    [
        {"parental_responsibility": None},
        {"parental_responsibility": False},
        {"ends_on": today(MONDAY) - timedelta(days=1)},
        {"restricted_from": today(MONDAY)},
        {"confirmed_at": None},
        {"may_receive": 0},
    ],
    ids=lambda change: next(iter(change)),
)
def test_who_has_no_right_is_not_even_asked(on_both: Player, people: People, change: dict[str, object]) -> None:
    _change(on_both, people, **change)
    said = on_both.say("Amina", "RECORD")[0].text
    assert said.startswith(("I can't take this from you here for Noor.", "I have no child of yours on my list."))
    assert _log(on_both) == []


def test_a_link_opens_no_more_once_the_right_is_gone(play: Player, people: People) -> None:
    for words in ("RECORD", BORN["Noor"], "1"):
        play.say("Amina", words)
    token = LINK.search(play.heard[-1].text)
    assert token is not None
    with play.session() as session:
        assert open_link(session, token[1], play.clock.now) is not None
        assert open_link(session, token[1][:-1], play.clock.now) is None
        assert open_link(session, token[1], play.clock.now + timedelta(hours=72)) is None
    _change(play, people, restricted_from=today(MONDAY))
    with play.session() as session:
        assert open_link(session, token[1], play.clock.now) is None


def test_a_link_that_is_passed_round_is_shut(play: Player) -> None:
    for words in ("RECORD", BORN["Noor"], "1"):
        play.say("Amina", words)
    token = LINK.search(play.heard[-1].text)
    assert token is not None
    with play.session() as session:
        opened = [open_link(session, token[1], play.clock.now) for _ in range(22)]
        assert [one is not None for one in opened] == [True] * 20 + [False] * 2
        assert len(session.exec(select(RecordAccess)).all()) == 21


def test_which_child(on_both: Player, people: People) -> None:
    said = on_both.say("Ioana", "RECORD")
    assert said[0].choices == ("Andrei", "Mara")
    on_both.say("Ioana", "2")
    said = on_both.say("Ioana", "20.09.2024")
    assert len(said[0].choices) == 2
    on_both.say("Ioana", "1")
    assert LINK.search(on_both.heard[-1].text)
    with on_both.session() as session:
        assert session.exec(select(RecordAccess)).one().child_id == people.children["Mara"].id


@pytest.mark.parametrize(("who", "child"), [("Piotr", "Zosia"), ("Samira", "Yusuf"), ("Farah", "Noor")])
def test_in_other_languages(on_both: Player, who: str, child: str) -> None:
    on_both.say(who, "RECORD")
    assert child in on_both.heard[-1].text
    on_both.say(who, BORN[child])
    assert len(on_both.heard[-1].choices) == 2
    on_both.say(who, "1")
    assert LINK.search(on_both.heard[-1].text)
    assert on_both.heard[-1].language not in ("", "en_GB")


@pytest.mark.parametrize(
    ("text", "language", "born"),
    [
        ("14/05/2023", "en_GB", date(2023, 5, 14)),
        ("14.5.23", "pl", date(2023, 5, 14)),
        ("14 5 2023", "en_GB", date(2023, 5, 14)),
        ("14-05-2023.", "en_GB", date(2023, 5, 14)),
        ("14052023", "en_GB", date(2023, 5, 14)),
        ("2023-05-14", "en_GB", date(2023, 5, 14)),
        ("on 14th of May 2023", "en_GB", date(2023, 5, 14)),
        ("May 14, 2023", "en_GB", date(2023, 5, 14)),
        ("14 maja 2023", "pl", date(2023, 5, 14)),
        ("14 mai 2023", "ro", date(2023, 5, 14)),
        ("14 may 2023", "ur", date(2023, 5, 14)),
        ("١٤/٠٥/٢٠٢٣", "ar", date(2023, 5, 14)),
        ("١٤ مايو ٢٠٢٣", "ar", date(2023, 5, 14)),
        ("۱۴/۰۵/۲۰۲۳", "ur", date(2023, 5, 14)),
        ("14 مئی 2023", "ur", date(2023, 5, 14)),
        ("31/02/2023", "en_GB", None),
        ("14/05", "en_GB", None),
        ("14 May", "en_GB", None),
        ("2023", "en_GB", None),
        ("", "en_GB", None),
        ("she is three", "en_GB", None),
        ("1/2/3/4", "en_GB", None),
        ("14/05/202", "en_GB", None),
    ],
)
def test_dates_of_birth_are_read_leniently(text: str, language: str, born: date | None) -> None:
    assert read_birthday(text, language) == born


def _change(play: Player, people: People, **values: object) -> None:
    with play.session() as session:
        tie = session.exec(select(Guardianship).where(Guardianship.guardian_id == people.guardians["Amina"].id)).one()
        for name, value in values.items():
            setattr(tie, name, value)
        session.add(tie)
