"""The outcome of a complaint in writing, and what comes after it."""

import asyncio

import pytest
from sqlmodel import select

from bot.writer import Writer
from nursery import complaints, outcomes
from nursery.complaints import Complaint, Grievance
from nursery.outcomes import OutcomeRefused
from nursery.people import Staff
from nursery.tasks import open_tasks
from scheduler import tell_outcomes
from tests.cast import People
from tests.talking import Player


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


@pytest.mark.parametrize("who", ["Piotr", "Samira", "Ioana"])
def test_in_the_parents_language_with_the_words_as_written(play: Player, people: People, who: str) -> None:
    _concluded(play, people, who)
    told = play.deliver()[0]
    assert (told.who, told.language != "en_GB", "The gate has a new lock." in told.text) == (who, True, True)
    assert play.say(who, "2")[0].language == told.language
    with play.session() as session:
        assert session.exec(select(Complaint)).one().looks == 2
