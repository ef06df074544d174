"""Progress: asked for, and sent."""

from datetime import timedelta

import pytest
from sqlmodel import select

from nursery import observations
from nursery.guardians import Guardian, Guardianship, Topic
from tests.cast import CAST, MONDAY, People
from tests.talking import Player, says_word


def _snippet(play: Player, people: People, child: str, words: str, next_step: str = "") -> int:
    with play.session() as session:
        now, grace = MONDAY - timedelta(days=1), people.staff["Grace"]
        child_row = people.children[child]
        snippet = observations.add_snippet(session, child_row, words, staff=grace, now=now, next_step=next_step)
        return snippet.id or 0


def test_the_last_two_are_told(on_both: Player, people: People) -> None:
    _snippet(on_both, people, "Noor", "Noor sat with us.")
    _snippet(on_both, people, "Noor", "Noor counted to five.", next_step="Count the stairs together.")
    _snippet(on_both, people, "Noor", "Noor shared the bike.")
    on_both("""
        Amina: Progress
        Coatpeg: Noor, Sun 22 Nov: Noor shared the bike.
          From Grace
        Coatpeg: Noor, Sun 22 Nov: Noor counted to five.
          Next at home: Count the stairs together.
          From Grace
    """)


def test_nothing_yet_is_said_kindly(on_both: Player) -> None:
    on_both("""
        Amina: PROGRESS
        Coatpeg: There is no note about Noor yet. We will send you the next one. To ask now, text ASK.
    """)


def test_of_two_children_one_is_chosen(on_both: Player, people: People) -> None:
    with on_both.session() as session:
        ioana = session.exec(select(Guardian).where(Guardian.name == "Ioana")).one()
        ioana.language = "en_GB"
        session.add(ioana)
    _snippet(on_both, people, "Mara", "Mara painted.")
    on_both("""
        Ioana: PROGRESS
        Coatpeg: Which child is it about?
          1 Andrei
          2 Mara
        Ioana: [tap 2]
        Coatpeg: Mara, Sun 22 Nov: Mara painted.
          From Grace
    """)


def test_a_parent_who_may_not_be_told_is_told_nothing(play: Player, people: People) -> None:
    _snippet(play, people, "Noor", "Noor shared the bike.")
    with play.session() as session:
        for tie in session.exec(select(Guardianship).where(Guardianship.guardian_id == people.guardians["Amina"].id)):
            tie.may_receive = int(Topic.CARE)
            session.add(tie)
    assert "Noor" not in play.say("Amina", "PROGRESS")[0].text


def test_what_is_not_approved_is_not_told(play: Player, people: People) -> None:
    number = _snippet(play, people, "Noor", "Noor fell over.")
    with play.session() as session:
        session.get_one(observations.Snippet, number).approved_at = None
    assert play.say("Amina", "PROGRESS")[0].text.startswith("There is no note")
    play.push("Amina", "progress_snippet", {"snippet": number}, topic=Topic.PROGRESS)
    assert play.deliver() == []


def test_a_new_one_is_sent_in_english_with_a_line_for_other_readers(play: Player, people: People) -> None:
    number = _snippet(play, people, "Noor", "Noor shared the bike.")
    for who in ("Amina", "Farah"):
        play.push(who, "progress_snippet", {"snippet": number}, topic=Topic.PROGRESS)
    heard = {one.who: one for one in play.deliver()}
    assert heard["Amina"].text == "Noor, Sun 22 Nov: Noor shared the bike.\nFrom Grace"
    assert heard["Farah"].language == "ur"
    assert says_word(heard["Farah"].text, "callme", "ur")


@pytest.mark.parametrize("who", ["Piotr", "Farah", "Samira"])
def test_in_the_readers_language_with_the_words_as_written(on_both: Player, people: People, who: str) -> None:
    child = CAST[who].children[0]
    (nothing,) = on_both.say(who, "PROGRESS")
    _snippet(on_both, people, child, "We sang.", next_step="Sing at home.")
    (told,) = on_both.say(who, "PROGRESS")
    assert nothing.language == told.language == CAST[who].language
    assert all(words in told.text for words in (child, "We sang.", "Sing at home.", "Grace"))


def test_who_may_hear_of_other_things_is_told_whom_to_ring(on_both: Player, people: People) -> None:
    with on_both.session() as session:
        tie = session.exec(select(Guardianship).where(Guardianship.guardian_id == people.guardians["Amina"].id)).one()
        tie.may_receive = int(Topic.CARE)
        session.add(tie)
    on_both("""
        Amina: PROGRESS
        Coatpeg: I can't do that for you here. Please ring Little Acorns: 01632 960123.
        Amina: IDEA
        Coatpeg: I can't do that for you here. Please ring Little Acorns: 01632 960123.
    """)
