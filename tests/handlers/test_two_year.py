"""The check at two: three small questions to each guardian, the summary in person, and consent to share."""

import pytest
from sqlmodel import col, select

from nursery import two_year
from nursery.consents import Consent, Purpose, stands
from nursery.guardians import Guardianship, Topic
from nursery.inbox import InboundMessage
from nursery.settings import today
from nursery.tasks import Task
from nursery.two_year import TwoYearCheck, TwoYearView
from tests.cast import CAST, MONDAY, People
from tests.talking import Player, says_word

CHILDREN = {"Amina": "Noor", "Farah": "Noor", "Piotr": "Zosia", "Samira": "Yusuf", "Ioana": "Mara"}


def _begin(play: Player, people: People, who: str = "Amina", *, ready: bool = False) -> TwoYearCheck:
    """The check of who's child, who has just turned two."""
    with play.session() as session:
        child = session.merge(people.children[CHILDREN[who]])
        child.born = today(MONDAY).replace(year=2024, month=11, day=20)
        session.add(child)
        if ready:
            return two_year.ready(session, child, people.staff["Grace"], MONDAY)
        return two_year.ask(session, child, MONDAY)


def _push(play: Player, who: str, conversation: str, check: TwoYearCheck) -> None:
    play.push(who, conversation, {"check": check.id}, topic=Topic.PROGRESS, child=CHILDREN[who])


def test_the_parents_view(on_both: Player, people: People) -> None:
    _push(on_both, "Amina", "two_year_view", _begin(on_both, people))
    on_both("""
        Coatpeg to Amina: Noor is two, and we look together at how Noor is doing. What does Noor enjoy most at home?
          1 Skip
        Amina: Sand and water
        Coatpeg: What has Noor learned lately that you are glad about?
          1 Skip
        Amina: [tap 1]
        Coatpeg: Is there anything you wonder about, or would like us to do?
          1 Skip
        Amina: Sleeping after lunch
        Coatpeg: Thank you. Grace will use your words, and go through the check with you in person.
    """)
    with on_both.session() as session:
        view = session.exec(select(TwoYearView)).one()
        assert (view.enjoys, view.learned, view.wonders) == ("Sand and water", "", "Sleeping after lunch")
        assert view.guardian_id == people.guardians["Amina"].id
        task = session.exec(select(Task)).one()
        assert (task.kind, task.staff_id) == ("parent's view for the check at two", people.staff["Grace"].id)
        assert [
            one.text for one in session.exec(select(InboundMessage).order_by(col(InboundMessage.id))) if one.for_staff
        ] == [
            "Sand and water",
            "Sleeping after lunch",
        ]


def test_it_is_gone_on_with_days_later(on_both: Player, people: People) -> None:
    _push(on_both, "Amina", "two_year_view", _begin(on_both, people))
    on_both.deliver()
    on_both.say("Amina", "Water")
    on_both.clock.pass_(days=3)
    on_both("""
        Amina: Counting to five
        Coatpeg: Is that your answer to this? What has Noor learned lately that you are glad about?
          1 Yes, that is my answer
          2 No, it is something else
        Amina: [tap 1]
        Coatpeg: Is there anything you wonder about, or would like us to do?
          1 Skip
        Amina: BACK
        Coatpeg: What has Noor learned lately that you are glad about?
          1 Skip
        Amina: Hopping
        Coatpeg: Is there anything you wonder about, or would like us to do?
          1 Skip
        Amina: [tap 1]
        Coatpeg: Thank you. Grace will use your words, ...
    """)
    with on_both.session() as session:
        assert session.exec(select(TwoYearView)).one().learned == "Hopping"


def test_each_guardian_apart(on_both: Player, people: People) -> None:
    check = _begin(on_both, people)
    for who in ("Amina", "Farah"):
        _push(on_both, who, "two_year_view", check)
    on_both.deliver()
    for who in ("Amina", "Farah"):
        for words in (f"{who} says songs", "1", "1"):
            on_both.say(who, words)
    with on_both.session() as session:
        said = {view.guardian_id: view.enjoys for view in session.exec(select(TwoYearView))}
    assert said == {people.guardians[who].id: f"{who} says songs" for who in ("Amina", "Farah")}
    assert not any("Amina" in one.text for one in on_both.heard if one.who == "Farah")


def test_too_late_for_a_view(on_both: Player, people: People) -> None:
    check = _begin(on_both, people)
    _push(on_both, "Amina", "two_year_view", check)
    on_both.deliver()
    _begin(on_both, people, ready=True)
    on_both("""
        Amina: Water
        Coatpeg: Thank you. The check is written now. To talk with us about it, text BOOK.
    """)
    _push(on_both, "Farah", "two_year_view", check)
    assert on_both.deliver() == []


def test_the_summary_is_offered_in_person(on_both: Player, people: People) -> None:
    _push(on_both, "Amina", "two_year_ready", _begin(on_both, people, ready=True))
    on_both("""
        Coatpeg to Amina: The progress check of Noor at two is ready. Grace would like to go through it with you...
          1 Choose a time
          2 Later
        Amina: [tap 1]
        Coatpeg: There is no free time on my list just now.
          Which days and times would suit you? We will look for one.
        Amina: Mondays
        Coatpeg: Thank you. Grace looks for a time...
    """)


def test_later(on_both: Player, people: People) -> None:
    _push(on_both, "Amina", "two_year_ready", _begin(on_both, people, ready=True))
    on_both.deliver()
    on_both("""
        Amina: [tap 2]
        Coatpeg: That is fine. When it suits you, text BOOK.
    """)


def test_consent_to_share(on_both: Player, people: People) -> None:
    asked = {"child": people.children["Noor"].id, "purpose": "health visitor"}
    on_both.push("Amina", "consent_asked", asked)
    on_both("""
        Coatpeg to Amina: We may share the progress check and how Noor is doing with the health visitor.
          1 I agree
          2 I do not agree
        Amina: [tap 1]
        Coatpeg: Noor, Health visitor: you agree, until Tue 23 Nov 2027. To take it back, text CONSENT.
    """)
    on_both.push("Amina", "consent_asked", asked)
    assert on_both.deliver() == []  # answered once is not asked again
    with on_both.session() as session:
        assert stands(session, people.children["Noor"], Purpose.HEALTH_VISITOR, today(MONDAY))


def test_consent_is_not_asked_of_who_may_not_give_it(play: Player, people: People) -> None:
    with play.session() as session:
        tie = session.exec(select(Guardianship).where(Guardianship.guardian_id == people.guardians["Farah"].id)).one()
        tie.parental_responsibility = False
    play.push("Farah", "consent_asked", {"child": people.children["Noor"].id, "purpose": "health visitor"})
    assert play.deliver() == []


@pytest.mark.parametrize("who", ["Piotr", "Samira", "Farah", "Ioana"])
def test_in_the_readers_language(on_both: Player, people: People, who: str) -> None:
    language = people.guardians[who].language
    _push(on_both, who, "two_year_view", _begin(on_both, people, who))
    on_both.deliver()
    for words in ("1", "1", "1"):
        on_both.say(who, words)
    assert "Grace" in on_both.heard[-1].text
    _push(on_both, who, "two_year_ready", _begin(on_both, people, who, ready=True))
    on_both.deliver()
    on_both.say(who, "2")
    assert says_word(on_both.heard[-1].text, "book", language)
    assert {one.language for one in on_both.heard} == {language} == {CAST[who].language}
    on_both.push(who, "consent_asked", {"child": people.children[CHILDREN[who]].id, "purpose": "health visitor"})
    on_both.deliver()
    on_both.say(who, "1")
    with on_both.session() as session:
        assert session.exec(select(Consent)).one().language == language
