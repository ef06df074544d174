"""Voice notes on their way: sent once to who asked in their language, and opened by link while they may be."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlmodel import select

from bot.outbox import State
from bot.rendering import prepare
from nursery import erasing, exporting, listeners, policies, preferences, prints, recordings
from nursery.contacts import ContactState
from nursery.guardians import Guardian, Topic
from nursery.recordings import Recording
from nursery.tasks import Task
from scheduler import queue_prints, send_recordings
from tests.bot.conftest import HOUSE
from tests.bot.office import Office
from tests.bot.speaking import SAYS, asked, heard, limit, open_for, record, withdraw
from tests.cast import CAST, MONDAY, People
from tests.providers.failures import Fail
from tests.recordings import m4a, ogg


async def test_each_recording_goes_to_who_asked_in_its_language_and_the_task_is_done(
    office: Office, people: People
) -> None:
    await asked(office, people, "Amina", "Piotr", "Farah")
    assert open_for(office) == ["Amina", "Farah", "Piotr"]
    await record(office, "pl")
    await office.drain()
    assert (heard(office), open_for(office)) == ({"Piotr"}, ["Amina", "Farah"])
    for language in ("ur", "en_GB"):
        await record(office, language)
    await office.drain()
    assert (heard(office), open_for(office)) == ({"Amina", "Piotr", "Farah"}, [])
    told = {one.chat_id: one.text.splitlines()[-1] for one in office.telegram.sent}
    assert told == {int(CAST["Amina"].chat): SAYS["en_GB"], int(CAST["Farah"].chat): SAYS["ur"]}
    (text,) = (one.body for one in office.twilio.sent)
    assert SAYS["pl"] not in text
    assert office.states() == [State.SENT] * 3
    assert office.telegram.violations == office.twilio.violations == []


async def test_it_is_sent_once_and_also_to_who_asks_later(office: Office, people: People) -> None:
    await asked(office, people, "Amina")
    await record(office, "en_GB")
    with office.session() as session:
        farah = session.get_one(Guardian, people.guardians["Farah"].id)
        farah.language = "en_GB"
        session.add(farah)
        preferences.prefer(session, farah.id or 0, form="voice note")
    await queue_prints.run(office.writer, MONDAY)
    assert open_for(office) == ["Farah"]
    assert [await send_recordings.run(office.writer, MONDAY) for _ in range(2)] == [1, 0]
    await office.drain()
    assert heard(office) == {"Amina", "Farah"}
    assert len(office.telegram.sent) == 2
    assert open_for(office) == []


@pytest.mark.parametrize("urgent", [False, True])
async def test_at_night_it_waits_unless_the_notice_is_urgent(office: Office, people: People, urgent: bool) -> None:
    await asked(office, people, "Amina", urgent=urgent)
    office.clock.pass_(hours=13)
    await record(office, "en_GB")
    await office.drain()
    assert office.states() == [State.SENT if urgent else State.HELD]
    office.clock.pass_(hours=12)
    await office.tidy()
    assert heard(office) == {"Amina"}
    assert len(office.telegram.sent) == 1


def held(office: Office, people: People) -> None:
    with office.session() as session:
        one = session.get_one(Guardian, people.guardians["Amina"].id)
        one.sends_held = True
        session.add(one)


def limited(office: Office, people: People) -> None:
    limit(office, people, "Amina")


def stopped(office: Office, people: People) -> None:
    office.shut("Amina", ContactState.STOPPED)


def no_notices(office: Office, people: People) -> None:
    with office.session() as session:
        preferences.toggle(session, session.get_one(Guardian, people.guardians["Amina"].id), Topic.NOTICES)


def withdrawn(office: Office, _: People) -> None:
    withdraw(office)


@pytest.mark.parametrize("what", [held, limited, stopped, no_notices, withdrawn])
async def test_what_has_changed_since_it_was_queued_keeps_it_back(
    office: Office, people: People, what: Callable[[Office, People], None]
) -> None:
    await asked(office, people, "Amina")
    await record(office, "en_GB")
    what(office, people)
    await office.drain()
    assert heard(office) == set()
    assert office.states() == [State.HELD if what is held else State.SUPPRESSED]
    assert office.tasks() == [], "that a family is held is told to nobody"


async def test_who_reads_another_language_now_is_to_be_recorded_for_again(office: Office, people: People) -> None:
    await asked(office, people, "Amina")
    await record(office, "en_GB")
    with office.session() as session:
        amina = session.get_one(Guardian, people.guardians["Amina"].id)
        amina.language = "ur"
        session.add(amina)
    await office.drain()
    assert (heard(office), open_for(office)) == (set(), [])
    await send_recordings.run(office.writer, office.clock.now)
    assert open_for(office) == ["Amina"]
    office.clock.pass_(minutes=5)
    await record(office, "ur")
    await office.drain()
    assert (heard(office), open_for(office)) == ({"Amina"}, [])
    assert await send_recordings.run(office.writer, office.clock.now) == 0
    assert open_for(office) == []


async def test_of_an_upload_without_an_answer_nobody_knows_and_it_is_not_sent_twice(
    office: Office, people: People
) -> None:
    await asked(office, people, "Amina")
    await record(office, "en_GB")
    office.telegram.fail(Fail.RESET_AFTER, "sendVoice")
    await office.drain()
    assert office.states() == [State.UNKNOWN]
    office.clock.pass_(minutes=10)
    await office.tidy()
    assert len(office.telegram.sent) == 1
    assert [task.kind for task in office.tasks()] == ["perhaps not sent"]


async def test_of_one_claimed_by_who_died_nobody_knows_either(office: Office, people: People) -> None:
    await asked(office, people, "Amina")
    await record(office, "en_GB")
    with office.session() as session:
        (ready,) = prepare(session, "telegram", 5, "a dead one", HOUSE, office.clock.now)
    assert ready.message.voice is not None
    office.clock.pass_(minutes=10)
    await office.tidy()
    assert (office.states(), office.telegram.sent) == ([State.UNKNOWN], [])
    await send_recordings.run(office.writer, office.clock.now)
    await office.drain()
    assert office.telegram.sent == []


async def test_who_takes_no_voice_notes_has_the_file(office: Office, people: People) -> None:
    await asked(office, people, "Amina")
    await record(office, "en_GB", m4a())
    office.telegram.fail(Fail.REFUSED(text="Bad Request: VOICE_MESSAGES_FORBIDDEN"), "sendVoice", times=None)
    await office.drain()
    office.clock.pass_(minutes=1)
    await office.drain()
    assert [one.method for one in office.telegram.sent] == ["sendAudio"]
    assert office.states() == [State.SENT]


async def test_a_blocked_bot_hands_it_to_the_phone_with_a_link(office: Office, people: People) -> None:
    office.contact("Amina", "sms")
    await asked(office, people, "Amina")
    await record(office, "en_GB")
    office.telegram.fail(Fail.BLOCKED, "sendVoice")
    await office.drain()
    await office.drain()
    assert heard(office) == {"Amina"}
    assert SAYS["en_GB"] not in office.twilio.sent[0].body


async def test_a_copy_has_what_they_were_sent_and_erasing_leaves_no_tie_to_it(office: Office, people: People) -> None:
    await asked(office, people, "Amina", "Farah")
    await record(office, "en_GB")
    await office.drain()
    amina, farah = (people.guardians[one].id or 0 for one in ("Amina", "Farah"))
    with office.session() as session:
        (copied,) = exporting.copy_of(session, amina)["recording"]
        assert (copied["language"], copied["mime"], "made_by" in copied) == ("en_GB", "audio/ogg", False)
        assert "recording" not in exporting.copy_of(session, farah)
        erasing.erase(session, amina, MONDAY, by="test")
    assert office.rows() == []
    with office.session() as session:
        assert len(session.exec(select(Recording)).all()) == 1, "it is nobody's, and goes after a year"


async def test_what_is_over_or_has_changed_is_not_sent(office: Office, people: People) -> None:
    with office.session() as session:
        preferences.prefer(session, people.guardians["Amina"].id or 0, form="voice note")
        policies.publish(session, people.setting, "fees", "Fees go up.", MONDAY, short="Ten pounds.")
        ref = prints.reference("fees", policies.standing(session, people.setting, "fees").version)
        assert prints.want(session, people.guardians["Amina"].id or 0, people.setting.id or 0, "policy", ref, MONDAY)
    await record(office, "en_GB")
    with office.session() as session:
        session.exec(select(Task)).one().done_at = None
        policies.publish(session, people.setting, "fees", "And up.", MONDAY, short="Eleven pounds.")
    assert await send_recordings.run(office.writer, MONDAY) == 0
    with (
        office.session() as session,
        pytest.raises(recordings.RecordingRefused, match=r"It has changed since \(policy"),
    ):
        recordings.add(session, listeners.waiting(session)[0], ogg(), language="en_GB", words="", now=MONDAY)
