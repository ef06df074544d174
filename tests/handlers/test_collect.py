"""Late, early, somebody else to collect, and medicine."""

from datetime import date

import pytest
from sqlmodel import select

from nursery.day_changes import Change, DayChange
from nursery.guardians import Guardian, Guardianship
from nursery.inbox import waiting_for_staff
from nursery.people import Staff
from nursery.tasks import open_tasks
from tests.cast import People
from tests.talking import Player


def test_late_to_collect(on_both: Player, people: People) -> None:
    on_both("""
        Amina: Late
        Coatpeg: Are you late to bring Noor, or late to collect?
          1 Late to bring
          2 Late to collect
        Amina: [tap 2]
        Coatpeg: When will you be here? For example 17:45, or in 20 minutes.
        Amina: 18:20, the bus is stuck
        Coatpeg: ... Grace or a colleague stays with Noor until you come. ... 01632 960123. ... text COLLECT.
    """)
    with on_both.session() as session:
        [task] = open_tasks(session)
        assert (task.kind, task.urgent, task.staff_id) == ("late to collect", True, people.staff["Grace"].id)
        assert [message.text for message in waiting_for_staff(session)] == ["18:20, the bus is stuck"]


def test_late_to_bring(on_both: Player) -> None:
    on_both("""
        Amina: running late
        Coatpeg: Are you late to bring Noor, or late to collect?
          ...
        Amina: drop off
        Coatpeg: When will you be here? ...
        Amina: 10
        Coatpeg: Thank you. I have told staff that Noor comes later. If it gets later than you said, ring 01632 960123.
    """)
    with on_both.session() as session:
        assert session.exec(select(DayChange)).one().at_words == "10"


def test_how_late_told_before_it_is_asked_is_taken(on_both: Player) -> None:
    on_both("""
        Amina: LATE
        Coatpeg: Are you late to bring Noor, or late to collect?
          ...
        Amina: 10 minutes
        Coatpeg: Are you late to bring Noor, or late to collect?
          1 Late to bring
          2 Late to collect
        Amina: 1
        Coatpeg: Thank you. I have told staff that Noor comes later. ...
    """)
    with on_both.session() as session:
        told = session.exec(select(DayChange)).one()
        assert (told.change, told.at_words) == (Change.LATE_TO_BRING, "10 minutes")


def test_early(on_both: Player) -> None:
    on_both("""
        Amina: EARLY
        Coatpeg: When will you collect Noor? For example today at 14:30.
        Amina: half past two
        Coatpeg: Thank you. I have told staff, so that Noor is ready. If it changes, ring 01632 960123. ...
    """)
    with on_both.session() as session:
        assert [(task.kind, task.urgent) for task in open_tasks(session)] == [("early to collect", True)]


def test_somebody_else_is_never_agreed_to_by_text(on_both: Player) -> None:
    on_both("""
        Amina: COLLECT
        Coatpeg: Who will collect Noor? Please send the full name and who they are to Noor.
        Amina: Bilal Khan, her uncle
        Coatpeg: On which day, and at what time?
        Amina: today at 4
        Coatpeg: Thank you. This is not agreed yet: ... We will ring you on the number we hold ... 01632 960123.
    """)
    with on_both.session() as session:
        change = session.exec(select(DayChange)).one()
        assert (change.change, change.who, change.at_words) == (
            Change.SOMEBODY_ELSE,
            "Bilal Khan, her uncle",
            "today at 4",
        )
        assert change.agreed is None
        [task] = open_tasks(session)
        assert (task.kind, task.urgent, task.about) == ("check by phone who collects", True, f"day change {change.id}")
        assert not any(tie.may_collect for tie in session.exec(select(Guardianship)))


def test_a_voice_note_is_kept_with_it(on_both: Player) -> None:
    for said in ("COLLECT", "Bilal Khan"):
        on_both.say("Amina", said)
    on_both("""
        Amina: [voice]
        Coatpeg: Thank you. This is not agreed yet: ...
    """)
    with on_both.session() as session:
        assert session.exec(select(DayChange)).one().at_inbound_id is not None


def test_the_other_guardian_hears_nothing_of_it(on_both: Player) -> None:
    for said in ("COLLECT", "Bilal Khan", "at 4"):
        on_both.say("Amina", said)
    assert on_both.deliver() == []


def test_of_two_children_one_is_chosen(on_both: Player) -> None:
    assert on_both.say("Ioana", "LATE")[0].choices[:2] == ("Andrei", "Mara")
    for said in ("2", "2", "18:10"):
        assert on_both.say("Ioana", said)[0].language == "ro"
    with on_both.session() as session:
        assert [task.kind for task in open_tasks(session)] == ["late to collect"]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (("LATE", "3", "1", "9:40"), "late to bring"),
        (("LATE", "ambii", "2", "18:10"), "late to collect"),
        (("EARLY", "3", "14:30"), "early to collect"),
        (("COLLECT", "both", "Elena Pop, bunica", "16:00"), "check by phone who collects"),
    ],
)
def test_it_may_be_about_both(on_both: Player, words: tuple[str, ...], kind: str) -> None:
    heard = [told for said in words for told in on_both.say("Ioana", said)]
    assert "Andrei și Mara" in "".join(told.text for told in heard)
    with on_both.session() as session:
        told = session.exec(select(DayChange)).all()
        assert sorted((one.change, one.at_words) for one in told) == [(kind, words[-1])] * 2
        assert len({one.child_id for one in told}) == len(open_tasks(session)) == 2


@pytest.mark.parametrize(("who", "at"), [("Piotr", "15"), ("Farah", "16:00"), ("Samira", "٤")])
def test_in_other_languages(on_both: Player, who: str, at: str) -> None:
    for said in ("COLLECT", "Bilal Khan", at):
        heard = on_both.say(who, said)
    assert "01632 960123" in heard[0].text
    with on_both.session() as session:
        assert [task.kind for task in open_tasks(session)] == ["check by phone who collects"]


def test_medicine_is_for_a_person(on_both: Player) -> None:
    on_both("""
        Amina: medicine
        Coatpeg: We can't agree medicine by text. ... sign the form with staff. ... 01632 960123.
    """)
    with on_both.session() as session:
        assert [(task.kind, task.urgent) for task in open_tasks(session)] == [("medicine asked about", True)]


def test_while_the_key_person_is_away_it_is_the_managers(on_both: Player, people: People) -> None:
    with on_both.session() as session:
        grace = session.get_one(Staff, people.staff["Grace"].id)
        grace.away_until = date(2026, 12, 1)
        session.add(grace)
    on_both.say("Piotr", "MEDICINE")
    with on_both.session() as session:
        assert [task.staff_id for task in open_tasks(session)] == [people.staff["Helen"].id]


def test_medicine_inside_a_sentence_is_offered(on_both: Player) -> None:
    assert "Medicine" in on_both.say("Amina", "please give Noor her medicine at noon")[0].choices


@pytest.mark.parametrize("word", ["LATE", "EARLY", "COLLECT", "MEDICINE"])
def test_a_guardian_of_no_child_is_given_the_number(play: Player, people: People, word: str) -> None:
    with play.session() as session:
        amina = session.get_one(Guardian, people.guardians["Amina"].id)
        for tie in session.exec(select(Guardianship).where(Guardianship.guardian_id == amina.id)):
            tie.confirmed_at = None
            session.add(tie)
    assert play.say("Amina", word)[0].text.startswith("I have no child of yours on my list.")
