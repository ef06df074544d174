"""The outcome of a complaint in writing, and what comes after it."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlmodel import select

from bot.writer import Writer
from nursery import complaints, outcomes, ties
from nursery.complaints import Complaint, Grievance
from nursery.guardians import Guardian
from nursery.inbox import waiting_for_staff
from nursery.outcomes import OutcomeRefused
from nursery.people import Staff
from nursery.preferences import use_channel
from nursery.settings import today
from nursery.tasks import open_tasks
from scheduler import tell_outcomes
from tests.cast import CAST, PHONE, People, contact_of
from tests.talking import Player

GIVE = "complaint outcome to give on paper"


def _concluded(play: Player, people: People, who: str, *, about_manager: bool = False, by: str = "Helen") -> None:
    """A complaint whose outcome stands, told by the job."""
    with play.session() as session:
        grievance = Grievance("The gate was open", about_manager=about_manager)
        case = complaints.lodge(session, people.setting, people.guardians[who], grievance, play.clock.now)
        staff = session.exec(select(Staff).where(Staff.name == by)).one()
        outcomes.conclude(session, case, "The gate has a new lock.", staff, play.clock.now)
    play.clock.pass_(days=1)
    assert _tell(play) == 1
    assert _tell(play) == 0


def _tell(play: Player) -> int:
    async def run() -> int:
        writer = Writer(play.engine)
        try:
            return await tell_outcomes.run(writer, play.clock.now)
        finally:
            await writer.close()

    return asyncio.run(run())


OUTCOME = """
    Coatpeg to Amina: The outcome of your complaint C-1042, from Helen: The gate has a new lock.
      1 Thank you, that is clear
      2 Please look at it again
      3 Please call me
"""


def test_told_in_writing_and_that_is_that(play: Player, people: People) -> None:
    _concluded(play, people, "Amina")
    play(f"""
        {OUTCOME}
        Amina: [tap 1]
        Coatpeg: Thank you for telling us. It helps us to do better.
    """)
    with play.session() as session:
        assert complaints.open_complaints(session) == []
        assert open_tasks(session) == []


def test_not_content_somebody_else_looks_again(play: Player, people: People) -> None:
    with play.session() as session:
        session.add(Staff(setting_id=people.setting.id or 0, name="Olu", role="owner"))
    _concluded(play, people, "Amina")
    play(f"""
        {OUTCOME}
        Amina: [tap 2]
        Coatpeg: Somebody else looks at C-1042 again. You will have the outcome in writing by Tue 22 Dec.
    """)
    with play.session() as session:
        case = complaints.open_complaints(session)[0]
        assert session.get_one(Staff, case.handler_id).name == "Olu"
        assert "complaint, to look at again" in [task.kind for task in open_tasks(session)]
        outcomes.conclude(session, case, "We fenced it too.", session.get_one(Staff, case.handler_id), play.clock.now)
    assert _tell(play) == 1
    play("""
        Coatpeg to Amina: The outcome of your complaint C-1042, from Olu: We fenced it too.
          ...
    """)


def test_asked_to_call_whoever_looks_into_it_rings(play: Player, people: People) -> None:
    _concluded(play, people, "Amina")
    play(f"""
        {OUTCOME}
        Amina: [tap 3]
        Coatpeg: Helen rings you by ...
    """)


def test_the_manager_does_not_decide_about_the_manager(play: Player, people: People) -> None:
    with play.session() as session:
        grievance = Grievance("She shouted", about_manager=True)
        case = complaints.lodge(session, people.setting, people.guardians["Amina"], grievance, play.clock.now)
        with pytest.raises(OutcomeRefused, match="about the manager"):
            outcomes.conclude(session, case, "No.", people.staff["Helen"], play.clock.now)
        outcomes.look_again(session, case, play.clock.now)
        assert case.handler_id is None


def test_nobody_else_is_told(play: Player, people: People) -> None:
    _concluded(play, people, "Farah")
    assert [heard.who for heard in play.deliver()] == ["Farah"]


@pytest.mark.parametrize("who", ["Piotr", "Samira", "Ioana", "Farah"])
def test_in_the_parents_language_with_the_words_as_written(on_both: Player, people: People, who: str) -> None:
    with on_both.session() as session:
        contact = contact_of(session, who, on_both.channel or "")
        assert contact is not None
        use_channel(session, session.get_one(Guardian, contact.guardian_id), contact.channel)
    _concluded(on_both, people, who)
    told = on_both.deliver()[0]
    assert (told.who, told.language, "The gate has a new lock." in told.text) == (who, CAST[who].language, True)
    assert on_both.say(who, "2")[0].language == told.language
    with on_both.session() as session:
        assert session.exec(select(Complaint)).one().looks == 2


def _limit(play: Player, people: People, who: str, first: date | None, until: date | None = None) -> None:
    with play.session() as session:
        for tie, _ in ties.ties_of(session, people.guardians[who].id or 0):
            tie.restricted_from, tie.restricted_until = first, until
            session.add(tie)


@pytest.mark.parametrize("who", ["Amina", "Piotr", "Farah"])
@pytest.mark.parametrize("about_manager", [False, True])
def test_under_a_limit_its_words_go_on_paper(play: Player, people: People, who: str, about_manager: bool) -> None:
    """The limit stands at the moment of sending: it was not there when the outcome was put in the outbox."""
    _concluded(play, people, who, about_manager=about_manager, by="Grace")
    _limit(play, people, who, today(play.clock.now))
    assert play.deliver() == []
    assert [_tell(play), _tell(play)] == [1, 0]
    told = play.deliver()
    assert [one.who for one in told] == [who]
    assert ("lock" in told[0].text, "C-1042" in told[0].text, PHONE in told[0].text) == (False, True, True)
    kind = "complaint about the manager: outcome to give on paper" if about_manager else GIVE
    with play.session() as session:
        [task] = [one for one in open_tasks(session) if "paper" in one.kind]
        assert (task.kind, task.about, task.urgent) == (kind, "C-1042", True)
        assert task.guardian_id == people.guardians[who].id
    assert play.deliver() == []


@pytest.mark.parametrize(("first", "until"), [(-9, -1), (5, None)])
def test_a_limit_of_another_day_keeps_nothing_back(play: Player, people: People, first: int, until: int | None) -> None:
    _concluded(play, people, "Amina")
    day = today(play.clock.now)
    _limit(play, people, "Amina", day + timedelta(first), day + timedelta(until) if until is not None else None)
    play(OUTCOME)
    assert _tell(play) == 0


def test_once_a_limit_stands_its_words_are_not_said_again(play: Player, people: People) -> None:
    _concluded(play, people, "Amina")
    play(OUTCOME)
    _limit(play, people, "Amina", today(play.clock.now))
    for words in ("MENU", "what did you say", "BACK", "LANGUAGE", "1"):
        assert "lock" not in "".join(one.text for one in play.say("Amina", words)), words


def test_under_a_limit_it_can_still_be_looked_at_again(play: Player, people: People) -> None:
    _concluded(play, people, "Amina")
    play(OUTCOME)
    _limit(play, people, "Amina", today(play.clock.now))
    play("""
        Amina: [tap 2]
        Coatpeg: Somebody else looks at C-1042 again. ...
    """)


def test_who_stops_before_it_leaves_is_given_it_by_a_person(play: Player, people: People) -> None:
    _concluded(play, people, "Amina")
    play.say("Amina", "STOP")
    assert play.deliver() == []
    assert [_tell(play), _tell(play)] == [1, 0]
    with play.session() as session:
        assert [one.kind for one in open_tasks(session)].count("complaint outcome not sent") == 1


NOT_CONTENT = {"Amina": "I am not content", "Ioana": "nu sunt mulțumită", "Samira": "لست راضية"}


@pytest.mark.parametrize("who", NOT_CONTENT)
@pytest.mark.parametrize("about_manager", [False, True])
def test_words_said_to_it_reach_who_handles_it_and_the_next_stage_is_offered(
    play: Player, people: People, who: str, about_manager: bool
) -> None:
    _concluded(play, people, who, about_manager=about_manager, by="Grace")
    (told,) = play.deliver()
    (offered,) = play.say(who, NOT_CONTENT[who])
    assert offered.choices == told.choices
    assert "0300 123 1231" in offered.text
    with play.session() as session:
        case = session.exec(select(Complaint)).one()
        assert case.words == f"The gate was open\n\n{NOT_CONTENT[who]}"
        assert [task.staff_id for task in open_tasks(session) if task.kind == "complaint answered"] == [case.handler_id]
        assert waiting_for_staff(session) == []
    play.say(who, "2")
    with play.session() as session:
        assert session.exec(select(Complaint)).one().looks == 2
