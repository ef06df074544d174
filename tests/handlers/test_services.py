"""Services: help by need, near and national; safety at home in private; and once, whether it helped."""

from typing import Any

import pytest
from sqlmodel import select

from console import staff
from handlers import CONVERSATIONS
from nursery import services, signposts
from nursery.corrections import CLOSED
from nursery.guardians import Topic
from nursery.inbox import waiting_for_staff
from nursery.services import LocalService, Need
from nursery.signposts import ServiceAsked, ServiceCount
from nursery.tasks import open_tasks
from tests.cast import MONDAY, People
from tests.talking import Heard, Player


def _near(play: Player, people: People, **fields: str) -> None:
    values: dict[str, Any] = {"called": "Acorn Food Bank", "needs": "food", "phone": "01632 960555"} | fields
    with play.session() as session:
        said = LocalService(setting_id=people.setting.id or 0, added_at=MONDAY, **values)
        services.add_local(session, said)


def _asked(play: Player) -> list[tuple[str, bool]]:
    with play.session() as session:
        return [(one.need, one.answered_at is None) for one in session.exec(select(ServiceAsked))]


def _help(play: Player, who: str = "Amina") -> None:
    """Asks for housing, and is asked two weeks later whether it helped."""
    for words in ("SERVICES", "3"):
        play.say(who, words)
    with play.session() as session:
        asked = session.exec(select(ServiceAsked)).one()
    play.push(who, "service_help", {"asked": asked.id}, topic=Topic.NOTICES)


def test_a_need_and_what_there_is(on_both: Player) -> None:
    on_both("""
        Amina: SERVICES
        Coatpeg: What would you like help with? Staff do not see what you choose.
          1 Food
          2 Money and benefits
          3 Housing
          4 Health
          5 Feeling low or worried
          6 Learning English
          7 Feeling safe at home
          8 More
        Amina: [tap 4]
        Coatpeg: NHS 111: When you need medical help and it is not life-threatening. For mental health, choose option 2. In danger of life, ring 999.
          Ring 111, it is free. 111.nhs.uk Day and night. They can call an interpreter.
          In two weeks we ask you once if it helped.
    """)  # noqa: E501
    assert _asked(on_both) == [("health", True)]
    with on_both.session() as session:
        assert open_tasks(session) == []
        assert waiting_for_staff(session) == []
        counted = session.exec(select(ServiceCount)).one()
        assert (counted.need, counted.month, counted.asked) == ("health", "2026-11", 1)


def test_of_many_one_is_chosen(on_both: Player, people: People) -> None:
    _near(on_both, people, place="Mill Lane", languages="pl,Urdu", text="Parcels on Tuesdays.")
    on_both("""
        Amina: LOCAL HELP
        Coatpeg: ...
          ...
        Amina: food
        Coatpeg: Which would you like to know more about?
          1 Acorn Food Bank
          2 NHS Healthy Start
          3 Citizens Advice
        Amina: [tap 1]
        Coatpeg: Acorn Food Bank. Ring 01632 960555. Where: Mill Lane. They speak: Polish, Urdu.
          Parcels on Tuesdays.
          In two weeks we ask you once if it helped.
    """)


def test_where_their_language_is_spoken_comes_first(on_both: Player, people: People) -> None:
    _near(on_both, people, called="Mill Lane Larder")
    _near(on_both, people, called="Polska Pomoc", languages="Polish")
    on_both.say("Piotr", "SERVICES")
    assert on_both.say("Piotr", "1")[0].choices[:2] == ("Polska Pomoc", "Mill Lane Larder")


def test_safety_at_home_is_private(on_both: Player, people: People) -> None:
    _near(on_both, people, called="Refuge House", needs="safety", text="For women who flee.")
    on_both("""
        Amina: SUPPORT
        Coatpeg: What would you like help with? ...
          ...
        Amina: [tap 7]
        Coatpeg: Someone to talk to in private, for women, also if you only want to ask something. Ring 0808 2000 247, it is free. Day and night. They can call an interpreter.
          The same for men, on weekdays. Ring 0808 801 0327, it is free.
          Ring 01632 960555.
          In danger, ring 999. You may want to delete these messages.
    """)  # noqa: E501
    said = on_both.heard[-1].text.lower()
    assert not any(word in said for word in ("abuse", "violence", "refuge", "flee", "two weeks"))
    assert _asked(on_both) == [], "nothing is kept with who asked"
    with on_both.session() as session:
        assert session.exec(select(ServiceCount)).one().asked == 1
        assert open_tasks(session) == []


def test_did_it_help_yes(on_both: Player) -> None:
    _help(on_both)
    on_both("""
        Coatpeg to Amina: Two weeks ago you asked us where to find help. Did it help?
          1 Yes, it helped
          2 Not yet
          3 Please call me
        Amina: [tap 1]
        Coatpeg: We are glad. For more, text SERVICES.
    """)
    assert _asked(on_both) == [("", False)], "what it was is forgotten"
    with on_both.session() as session:
        assert session.exec(select(ServiceCount)).one().helped == 1
        assert open_tasks(session) == []


def test_did_it_help_not_yet(on_both: Player) -> None:
    _help(on_both)
    on_both.deliver()
    on_both("""
        Amina: [tap 2]
        Coatpeg: We are sorry. For more, text SERVICES. To talk to a person, text CALLME.
    """)


def test_please_call_me_and_staff_are_not_told_what_it_was(on_both: Player, people: People) -> None:
    _help(on_both)
    on_both.deliver()
    on_both("""
        Amina: [tap 3]
        Coatpeg: Thank you. A person from Little Acorns will ring you about it. If it can't wait, ring 01632 960123.
    """)
    with on_both.session() as session:
        [task] = open_tasks(session)
        assert (task.kind, task.about) == ("call a parent", "looking for help")
        assert task.guardian_id == people.guardians["Amina"].id


def test_the_other_parent_is_not_asked(on_both: Player) -> None:
    for words in ("SERVICES", "3"):
        on_both.say("Amina", words)
    with on_both.session() as session:
        number = session.exec(select(ServiceAsked)).one().id
    on_both.push("Farah", "service_help", {"asked": number}, topic=Topic.NOTICES)
    assert on_both.deliver() == []


PAGES = (
    ("food", "money", "housing", "health", "mind", "english", "safety"),
    ("speech", "childcare", "send", "parenting"),
)


def _chosen(play: Player, who: str, need: Need) -> list[Heard]:
    """What is said to a need, on whichever page it stands."""
    if need in PAGES[0]:
        return play.say(who, str(PAGES[0].index(need) + 1))
    play.say(who, "8")
    return play.say(who, str(PAGES[1].index(need) + 1))


@pytest.mark.parametrize("who", ["Piotr", "Samira", "Farah", "Ioana"])
@pytest.mark.parametrize("need", list(Need))
def test_every_need_has_an_answer_in_the_readers_language(play: Player, who: str, need: Need) -> None:
    asked = play.say(who, "SERVICES")[0]
    said = _chosen(play, who, need)
    if said[0].choices:
        said = play.say(who, "1")
    assert said[0].language == asked.language != "en_GB"
    every = services.national(need)
    assert every
    assert any(one.phone in one_said.text and one.web in one_said.text for one in every for one_said in said) or (
        need == Need.SAFETY
    )


def test_bad_input_menu_and_a_stranger(on_both: Player) -> None:
    on_both.say("Amina", "SERVICES")
    assert "number from 1 to 8" in on_both.say("Amina", "12")[0].text
    on_both.say("Amina", "MENU")
    assert _asked(on_both) == []
    with on_both.session() as session:
        assert signposts.counts(session, 1) == []


def test_staff_see_nothing_of_it_in_the_console(on_both: Player, people: People) -> None:
    for words in ("SERVICES", "7", "SERVICES", "feeling low or worried", "2", "IDEA"):
        on_both.say("Amina", words)
    with on_both.session() as session:
        shown = str([*staff._came(session), *staff._went(session)])
    assert "Samaritans" not in shown
    assert "0808 2000 247" not in shown
    assert "low or worried" not in shown
    assert "IDEA" in shown


@pytest.mark.parametrize(
    ("who", "word", "label", "plainly"),
    [
        ("Ioana", "SERVICES", "Limba engleză", "limba engleza"),
        ("Ioana", "SERVICES", "Locuință", "locuinta"),
        ("Piotr", "SERVICES", "Pieniądze i zasiłki", "Pieniadze i zasilki"),
        ("Piotr", "CONSENT", "Zdjęcia na miejscu", "zdjecia na miejscu"),
        ("Samira", "SERVICES", "المال والإعانات", "المال والاعانات"),
    ],
)
def test_a_choice_is_known_without_its_accents(play: Player, who: str, word: str, label: str, plainly: str) -> None:
    listed = play.say(who, word)[-1].choices
    assert any(label in one for one in listed), "as it is translated"
    assert play.say(who, plainly)[-1].choices != listed


def test_nor_whether_it_helped(on_both: Player, people: People) -> None:
    _help(on_both)
    assert "Did it help?" in on_both.deliver()[-1].text
    on_both.say("Amina", "it did not help us with our rent")
    on_both.say("Amina", "IDEA")
    with on_both.session() as session:
        shown = str([*staff._came(session), *staff._went(session)])
    assert ("did it help" in shown.lower(), "our rent" in shown, "IDEA" in shown) == (False, False, True)


def test_of_whatever_is_private_staff_never_see_the_words() -> None:
    assert {one.name for one in CONVERSATIONS if one.private} <= set(CLOSED)
