"""Sharing from home."""

from datetime import timedelta

import pytest
from sqlmodel import select

from nursery import home_observations
from nursery.guardians import Guardian, Guardianship
from nursery.home_observations import HomeObservation
from nursery.inbox import Media
from nursery.tasks import open_tasks
from tests.cast import CAST, People
from tests.talking import Player, says_word


def _approved(play: Player, people: People, who: str = "Amina") -> int:
    for said in ("SHARE", "Noor counted the stairs", "SKIP"):
        play.say(who, said)
    with play.session() as session:
        kept = session.exec(select(HomeObservation)).one()
        home_observations.approve(session, kept, people.staff["Grace"], play.clock.now, line="We count here too.")
        return kept.id or 0


def test_in_words_with_a_next_step(on_both: Player, people: People) -> None:
    on_both("""
        Amina: Share
        Coatpeg: What did Noor do at home? Write it, or send a photo or a voice note.
        Amina: Noor counted the stairs to seven
        Coatpeg: What would you like Noor to do or learn next? You can skip this.
          1 Skip
        Amina: To count to ten
        Coatpeg: Thank you for sharing. Grace will read it and keep it in the record of Noor.
    """)
    with on_both.session() as session:
        kept = session.exec(select(HomeObservation)).one()
        assert (kept.words, kept.next_step) == ("Noor counted the stairs to seven", "To count to ten")
        [task] = open_tasks(session)
        assert (task.kind, task.staff_id) == ("home observation to approve", people.staff["Grace"].id)


@pytest.mark.parametrize("line", ["[photo] first steps", "[voice]"])
def test_by_photo_or_voice(on_both: Player, line: str) -> None:
    on_both(f"""
        Amina: SHARE
        Coatpeg: What did Noor do at home? ...
        Amina: {line}
        Coatpeg: What would you like Noor to do or learn next? You can skip this.
          ...
        Amina: [tap 1]
        Coatpeg: Thank you for sharing. Grace will read it and keep it in the record of Noor.
    """)
    with on_both.session() as session:
        kept = session.exec(select(HomeObservation)).one()
        assert session.exec(select(Media)).one().inbound_id == kept.inbound_id
        assert kept.next_step == ""


def test_a_photo_out_of_the_blue(on_both: Player) -> None:
    on_both("""
        Amina: [photo] Noor at the duck pond
        Coatpeg: Thank you. What shall I do with this?
          1 Share this with Grace
          2 Pass this to Grace
          3 Menu
        Amina: [tap 1]
        Coatpeg: What would you like Noor to do or learn next? You can skip this.
          1 Skip
        Amina: 1
        Coatpeg: Thank you for sharing. Grace will read it and keep it in the record of Noor.
    """)
    with on_both.session() as session:
        kept = session.exec(select(HomeObservation)).one()
        assert (kept.words, session.exec(select(Media)).one().inbound_id) == ("Noor at the duck pond", kept.inbound_id)


def test_a_photo_of_one_of_two_children(on_both: Player, people: People) -> None:
    assert len(on_both.say("Ioana", "SHARE")[0].choices) == 2
    for said in ("2", "Mara a desenat", "1"):
        heard = on_both.say("Ioana", said)
    assert "Grace" in heard[0].text
    with on_both.session() as session:
        assert session.exec(select(HomeObservation)).one().child_id == people.children["Mara"].id


def test_the_key_person_thanks(on_both: Player, people: People) -> None:
    number = _approved(on_both, people)
    on_both.push("Amina", "observation_thanked", {"observation": number})
    on_both("""
        Coatpeg to Amina: Grace on what you shared about Noor: We count here too.
    """)


def test_in_another_language_a_line_says_that_it_is_english(on_both: Player, people: People) -> None:
    number = _approved(on_both, people, "Farah")
    on_both.push("Farah", "observation_thanked", {"observation": number})
    [heard] = on_both.deliver()
    assert (heard.language, "We count here too." in heard.text) == ("ur", True)
    assert says_word(heard.text, "callme", "ur")


def test_the_other_guardian_hears_nothing_of_it(on_both: Player, people: People) -> None:
    number = _approved(on_both, people)
    on_both.push("Farah", "observation_thanked", {"observation": number})
    assert on_both.deliver() == []
    with on_both.session() as session:
        noor, farah = people.children["Noor"].id or 0, people.guardians["Farah"].id or 0
        assert home_observations.shared_by(session, farah, noor) == []
        assert len(home_observations.shared_by(session, people.guardians["Amina"].id or 0, noor)) == 1


def test_who_may_not_hear_of_the_child_any_more_is_told_nothing(on_both: Player, people: People) -> None:
    number = _approved(on_both, people)
    with on_both.session() as session:
        for tie in session.exec(select(Guardianship).where(Guardianship.guardian_id == people.guardians["Amina"].id)):
            tie.restricted_from = (on_both.clock.now - timedelta(days=1)).date()
            session.add(tie)
    on_both.push("Amina", "observation_thanked", {"observation": number})
    assert on_both.deliver() == []


def test_a_guardian_of_no_child_is_not_offered_to_share(on_both: Player, people: People) -> None:
    with on_both.session() as session:
        amina = session.get_one(Guardian, people.guardians["Amina"].id)
        for tie in session.exec(select(Guardianship).where(Guardianship.guardian_id == amina.id)):
            tie.confirmed_at = None
            session.add(tie)
    assert "Share this with the team" not in on_both.say("Amina", "[photo]")[0].choices
    assert on_both.say("Amina", "SHARE")[0].text.startswith("I have no child of yours")


@pytest.mark.parametrize("who", ["Piotr", "Farah", "Samira"])
def test_in_the_readers_language(on_both: Player, who: str) -> None:
    child = CAST[who].children[0]
    heard = [one for said in ("SHARE", "Zosia liczy 👣", "SKIP") for one in on_both.say(who, said)]
    assert [(one.language, child in one.text) for one in heard] == [(CAST[who].language, True)] * 3
    with on_both.session() as session:
        kept = session.exec(select(HomeObservation)).one()
        assert (kept.words, kept.next_step) == ("Zosia liczy 👣", "")


@pytest.mark.parametrize(
    ("who", "thanks"), [("Amina", "ok"), ("Piotr", "dziękuję"), ("Farah", "shukriya"), ("Samira", "👍")]
)
def test_thanks_are_no_next_step(play: Player, who: str, thanks: str) -> None:
    for words in ("SHARE", "abc def ghi", thanks):
        play.say(who, words)
    with play.session() as session:
        kept = session.exec(select(HomeObservation)).one()
        assert (kept.words, kept.next_step) == ("abc def ghi", "")
