"""What the steps of the first weeks say, and what comes of the answers."""

import pytest
from sqlalchemy import update

from bot.database import transaction
from nursery.beginnings import DAYS, Beginning
from nursery.guardians import Guardian
from nursery.tasks import open_tasks
from tests.cast import MONDAY, People
from tests.joining import join
from tests.scheduler.conftest import RunJob
from tests.talking import Player


async def _step(play: Player, run_job: RunJob, step: str, who: str = "Amina") -> None:
    """Brings who has just joined to a step, passing over those before."""
    with transaction(play.engine) as session:
        names = list(DAYS)
        place = [one.value for one in names].index(step)
        values = {"step": names[place - 1].value if place else "", "next_on": MONDAY.date()}
        session.connection().execute(update(Beginning).values(**values))
    play.clock.pass_(days=DAYS[names[place]])
    assert await run_job("welcome_families", play.clock.now) == 1


async def test_settings_may_be_chosen_or_passed_over(on_both: Player, run_job: RunJob) -> None:
    join(on_both, "Amina", channel=on_both.channel)
    await _step(on_both, run_job, "settings")
    on_both("""
        Coatpeg to Amina: You can choose how we write to you: language, time of day, how often. Look at it now?
          1 Yes, now
          2 Skip
        Amina: [tap 2]
        Coatpeg: That is fine. To choose later, text SETTINGS.
    """)


async def test_settings_chosen_now(on_both: Player, run_job: RunJob) -> None:
    join(on_both, "Amina", channel=on_both.channel)
    await _step(on_both, run_job, "settings")
    on_both("""
        Coatpeg to Amina: You can choose ...
          ...
        Amina: ok
        Coatpeg: We write to you in English. ...
          ...
    """)


async def test_the_key_person_is_introduced(play: Player, people: People, run_job: RunJob) -> None:
    join(play, "Amina", "Ioana")
    with transaction(play.engine) as session:
        session.connection().execute(update(Beginning).values(step="settings", next_on=MONDAY.date()))
    play.clock.pass_(days=3)
    assert await run_job("welcome_families", play.clock.now) == 2
    heard = {one.who: one.text for one in play.deliver()}
    assert heard["Amina"] == (
        "The key person for Noor is Grace.\nA key person helps with settling in, gets to know your family and is there "
        "for you. To write to them, text ASK."
    )
    assert "Andrei, Mara" in heard["Ioana"]
    assert "Grace" in heard["Ioana"]


async def test_consents_are_asked_one_at_a_time(on_both: Player, run_job: RunJob) -> None:
    join(on_both, "Amina", channel=on_both.channel)
    await _step(on_both, run_job, "consent")
    on_both("""
        Coatpeg to Amina: Some things we do only if you agree, such as photos and outings. Shall we ask you now?
          1 Yes, now
          2 Skip
        Amina: [tap 1]
        Coatpeg: We may take photos of Noor, to show inside the nursery and to keep in the record for you.
          1 I agree
          2 I do not agree
          3 Later
        Amina: [tap 1]
        Coatpeg: We may show photos of Noor in our newsletter and on our website, with no name.
          ...
        Amina: [tap 2]
        Coatpeg: We may take Noor on short outings ...
          ...
        Amina: later
        Coatpeg: That is fine. Until you agree we do not do it. To answer later, text CONSENT.
        Amina: CONSENT
        Coatpeg: This is what you have told us for Noor. ...
          1 Photos inside: yes
          2 Photos for all to see: no
          3 Outings
          ...
    """)


async def test_all_about_me_is_asked_for(on_both: Player, run_job: RunJob) -> None:
    join(on_both, "Amina", channel=on_both.channel)
    await _step(on_both, run_job, "about")
    on_both("""
        Coatpeg to Amina: What should we know to care well for Noor? A few short questions, each can be skipped.
          ...
        Amina: [tap 1]
        Coatpeg: What does Noor like to do ...
          ...
    """)


@pytest.mark.parametrize(
    ("tap", "said", "learning"),
    [
        (1, "Thank you. To change something at any time, text SETTINGS.", None),
        (2, "Thank you. Ideas for home from now on: One a week. To change more, text SETTINGS.", "one"),
        (3, "Thank you. Ideas for home from now on: Every weekday. To change more, text SETTINGS.", "daily"),
        (4, "We will ring you. What is it about? You can skip this.", None),
    ],
)
async def test_how_the_messages_suit_is_acted_on(
    on_both: Player, people: People, run_job: RunJob, tap: int, said: str, learning: str | None
) -> None:
    join(on_both, "Amina", channel=on_both.channel)
    await _step(on_both, run_job, "finding")
    on_both(f"""
        Coatpeg to Amina: How do you find our messages so far?
          1 They are good
          2 Too many
          3 Too few
          4 Please call me
        Amina: [tap {tap}]
        Coatpeg: {said}
          ...
    """)
    with on_both.session() as session:
        assert session.get_one(Guardian, people.guardians["Amina"].id).learning == learning


async def test_too_few_and_too_many_at_the_ends_of_the_scale(play: Player, people: People, run_job: RunJob) -> None:
    with play.session() as session:
        session.connection().execute(update(Guardian).values(learning="none"))
    join(play, "Amina")
    await _step(play, run_job, "finding")
    play.deliver()
    play("""
        Amina: too many
        Coatpeg: Thank you. To stop one kind of message, text TOPICS. To pause all, text PAUSE.
    """)
    with play.session() as session:
        assert open_tasks(session) == []
