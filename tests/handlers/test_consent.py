"""Consents: given and taken back by text; never medicine, never by who may not, nothing of the other parent."""

import pytest
from sqlmodel import select

from nursery.consents import Consent, Purpose, stands
from nursery.guardians import Guardianship
from nursery.settings import today
from nursery.tasks import open_tasks
from tests.cast import MONDAY, People
from tests.talking import Player

LIST = """
    Coatpeg: This is what you have told us for Noor. Which would you like to change?
      1 Photos inside
      2 Photos for all to see
      3 Outings
      4 Sun cream
      5 Health visitor
      6 Other nursery
      7 Medicine
"""


def _stands(play: Player, people: People, purpose: Purpose) -> bool:
    with play.session() as session:
        return stands(session, people.children["Noor"], purpose, today(play.clock.now))


def test_given_and_taken_back(on_both: Player, people: People) -> None:
    on_both(f"""
        Amina: CONSENT
        {LIST}
        Amina: [tap 1]
        Coatpeg: We may take photos of Noor, to show inside the nursery and to keep in the record for you.
          1 I agree
          2 I do not agree
        Amina: [tap 1]
        Coatpeg: Noor, Photos inside: you agree, until Tue 23 Nov 2027. To take it back, text CONSENT.
    """)
    assert _stands(on_both, people, Purpose.PHOTOS_INSIDE)
    assert not _stands(on_both, people, Purpose.PHOTOS_OUTSIDE)
    on_both("""
        Amina: CONSENT
        Coatpeg: This is what you have told us for Noor. ...
          1 Photos inside: yes
          ...
        Amina: photos inside
        Coatpeg: We may take photos of Noor, ...
          ...
        Amina: [tap 2]
        Coatpeg: Noor, Photos inside: you do not agree. We have noted it. To change it, text CONSENT.
    """)
    assert not _stands(on_both, people, Purpose.PHOTOS_INSIDE)
    with on_both.session() as session:
        kept = session.exec(select(Consent).order_by(Consent.id)).all()  # type: ignore[arg-type]
        assert [(one.given, one.withdrawn_at is None, one.language) for one in kept] == [
            (True, False, "en_GB"),
            (False, True, "en_GB"),
        ]
        assert kept[0].text.startswith("We may take photos of Noor")


def test_after_a_year_it_is_asked_again(play: Player, people: People) -> None:
    for words in ("CONSENT", "4", "1"):
        play.say("Amina", words)
    assert _stands(play, people, Purpose.SUN_CREAM)
    play.clock.pass_(days=366)
    assert not _stands(play, people, Purpose.SUN_CREAM)
    assert "Sun cream: please say again" in play.say("Amina", "CONSENT")[0].choices


def test_the_other_parents_answer_is_not_shown(on_both: Player, people: People) -> None:
    for words in ("LANGUAGE", "English", "CONSENT", "1", "1"):
        on_both.say("Farah", words)
    on_both(f"Amina: CONSENT\n{LIST}")


def test_a_no_of_one_parent_stands_against_a_yes_of_the_other(on_both: Player, people: People) -> None:
    for words in ("CONSENT", "2", "1"):
        on_both.say("Amina", words)
    assert _stands(on_both, people, Purpose.PHOTOS_OUTSIDE)
    for words in ("CONSENT", "2", "2"):
        on_both.say("Farah", words)
    assert not _stands(on_both, people, Purpose.PHOTOS_OUTSIDE)


@pytest.mark.parametrize("responsible", [False, None])
def test_who_may_not_agree_is_told_whom_to_ask(on_both: Player, people: People, responsible: bool | None) -> None:
    _change(on_both, people, parental_responsibility=responsible)
    on_both("""
        Amina: CONSENT
        Coatpeg: I can't take this from you here for Noor. Staff will tell you how it works: ...
    """)


def test_a_yes_of_who_lost_responsibility_stands_no_more(play: Player, people: People) -> None:
    for words in ("CONSENT", "3", "1"):
        play.say("Amina", words)
    assert _stands(play, people, Purpose.OUTINGS)
    _change(play, people, parental_responsibility=False)
    assert not _stands(play, people, Purpose.OUTINGS)
    _change(play, people, parental_responsibility=True, restricted_from=today(MONDAY))
    assert not _stands(play, people, Purpose.OUTINGS)


def _change(play: Player, people: People, **values: object) -> None:
    with play.session() as session:
        tie = session.exec(select(Guardianship).where(Guardianship.guardian_id == people.guardians["Amina"].id)).one()
        for name, value in values.items():
            setattr(tie, name, value)
        session.add(tie)


def test_medicine_is_never_agreed_by_text(on_both: Player) -> None:
    on_both.say("Amina", "CONSENT")
    said = on_both.say("Amina", "7")
    if "medicine" in on_both.house.conversations:
        assert said
        return
    assert said[0].text.startswith("We can't agree medicine by text.")
    with on_both.session() as session:
        assert (open_tasks(session)[0].kind, open_tasks(session)[0].urgent) == ("medicine asked about", True)


def test_which_child(on_both: Player) -> None:
    for words in ("CONSENT", "2", "1"):
        said = on_both.say("Ioana", words)
    assert "Mara" in said[0].text


@pytest.mark.parametrize("who", ["Piotr", "Samira", "Farah"])
def test_in_the_readers_language_which_is_kept(on_both: Player, who: str) -> None:
    for words in ("CONSENT", "1", "1"):
        on_both.say(who, words)
    with on_both.session() as session:
        kept = session.exec(select(Consent)).one()
        assert kept.language == on_both.heard[-1].language != "en_GB"
        assert kept.text == on_both.heard[-2].text


def test_medicine_is_about_the_child_that_was_chosen(on_both: Player, people: People) -> None:
    for said in ("CONSENT", "2"):
        on_both.say("Ioana", said)
    assert len(on_both.say("Ioana", "7")) == 1
    with on_both.session() as session:
        assert [task.child_id for task in open_tasks(session)] == [people.children["Mara"].id]
