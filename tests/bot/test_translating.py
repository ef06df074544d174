"""Staff's own words in a parent's language, by way of a real server: never in the way of a message, and always said."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from bot import translated as store
from bot.house import House, build_house
from bot.outbox import State
from bot.pushes import cancel
from bot.translators import KINDS
from handlers import CONVERSATIONS
from nursery import complaints, erasing, notices, observations, outcomes, policies, queries
from nursery.complaints import Grievance
from nursery.guardians import Guardian
from nursery.notices import Notice
from nursery.people import Child, Staff
from nursery.queries import Query
from nursery.settings import Setting
from nursery.shielding import TOKEN
from nursery.translations import State as Made
from scheduler import publish_notices, send_progress, send_query_answers, tell_outcomes, tell_policies
from tests.bot.office import KEY, Office, open_office
from tests.bot.translation_desk import WORDS, Desk, desk_of
from tests.cast import MONDAY, People
from tests.providers.failures import Failure
from tests.providers.translators import SPOILT, Fail, turned
from tests.talking import Clock, says_word

SECRETS = ("noor", "khan", "amina", "grace", "acorns", "9:30", "18 december", "01632", "960123")
"""What of WORDS, and of the cast, the server must never see."""


@pytest.fixture(scope="session")
def house() -> House:
    return build_house(CONVERSATIONS, key=KEY.encode(), site="https://acorns.example", translates=True)


@pytest.fixture
async def office(engine: Engine, people: People, clock: Clock, house: House) -> AsyncIterator[Office]:
    async with open_office(engine, house, clock) as office:
        yield office


@pytest.fixture
async def desk(office: Office) -> AsyncIterator[Desk]:
    async for desk in desk_of(office, "azure"):
        yield desk


@pytest.fixture(params=KINDS)
async def any_desk(request: pytest.FixtureRequest, office: Office) -> AsyncIterator[Desk]:
    async for desk in desk_of(office, request.param):
        yield desk


def in_polish(words: str = "friends made a den") -> str:
    return turned(words, "pl")


async def test_each_reads_a_notice_in_their_own_language(any_desk: Desk) -> None:
    await any_desk.tell()
    await any_desk.deliver()
    assert any_desk.had("Amina") == [f"Little Acorns: {WORDS}"]
    (piotr,), (samira,) = any_desk.had("Piotr"), any_desk.had("Samira")
    assert in_polish() in piotr
    assert "Noor" in piotr
    assert "9:30" in piotr
    assert "18 December" in piotr
    assert "01632 960123" in piotr
    assert turned("friends made a den", "ar") in samira
    assert "Noor" in samira
    assert "9:30" in samira
    assert any_desk.server.violations == []
    assert len([one for one in any_desk.server.asked if one.target.lower() == "pl"]) == 1
    assert {row.state for row in any_desk.office.rows()} == {State.SENT}


async def test_by_telegram_the_english_stands_below_and_by_sms_a_word_brings_it(desk: Desk) -> None:
    """Both languages in one text would double its price."""
    await desk.tell()
    await desk.deliver()
    (piotr,), (samira,) = desk.had("Piotr"), desk.had("Samira")
    assert samira.endswith(f"\N{FIRST STRONG ISOLATE}{WORDS}\N{POP DIRECTIONAL ISOLATE}")
    assert "made a den" not in piotr
    assert says_word(piotr, "original", "pl")
    await desk.office.hear("Piotr", "ORIGINAL")
    await desk.office.drain()
    assert desk.had("Piotr")[-1].endswith(WORDS)


async def test_nothing_that_is_known_reaches_the_server(any_desk: Desk) -> None:
    await any_desk.tell()
    await any_desk.deliver()
    assert any_desk.server.asked
    for asked in any_desk.server.asked:
        left = TOKEN.sub(" ", asked.words).lower()
        assert not [secret for secret in SECRETS if secret in left]


async def test_there_is_one_translation_a_language_however_many_read_it(desk: Desk) -> None:
    with desk.office.session() as session:
        for one in session.exec(select(Guardian)):
            one.language = "pl"
            session.add(one)
    await desk.tell()
    await desk.deliver()
    assert len(desk.server.asked) == 1
    assert all(in_polish() in desk.had(who)[0] for who in ("Amina", "Piotr", "Farah", "Ioana", "Samira"))


FAILURES: list[Failure] = [
    Fail.SERVER_ERROR,
    Fail.TOO_MANY,
    Fail.REFUSED(status=403),
    Fail.REFUSED,
    Fail.RESET_BEFORE,
    Fail.RESET_AFTER,
]


@pytest.mark.parametrize("failure", FAILURES, ids=lambda one: f"{one.kind} {one.status}")
async def test_a_server_that_fails_delays_nobody(any_desk: Desk, failure: Failure) -> None:
    any_desk.server.fail(failure)
    await any_desk.tell()
    await any_desk.deliver()
    assert [WORDS in any_desk.had(who)[0] for who in ("Amina", "Piotr", "Samira")] == [True] * 3
    assert says_word(any_desk.had("Piotr")[0], "callme", "pl")
    assert {row.state for row in any_desk.office.rows()} == {State.SENT}


@pytest.mark.parametrize("spoils", SPOILT)
async def test_what_is_no_translation_is_not_sent(desk: Desk, spoils: str) -> None:
    desk.server.spoils = spoils
    await desk.tell()
    await desk.deliver()
    assert WORDS in desk.had("Piotr")[0]
    assert "16:45" not in desk.had("Piotr")[0]
    assert {one.state for one in desk.made()} == {Made.REFUSED}


async def test_one_language_that_it_lacks_is_english_and_the_others_are_not(office: Office) -> None:
    async for desk in desk_of(office, "deepl"):
        await desk.tell()
        await desk.deliver()
        assert WORDS in desk.had("Farah")[0]
        assert turned("friends", "ur") not in desk.had("Farah")[0]
        assert in_polish() in desk.had("Piotr")[0]


@pytest.mark.parametrize(("urgent", "patience"), [(False, 60), (True, 5)])
async def test_a_message_waits_so_long_and_then_goes_in_english(desk: Desk, urgent: bool, patience: int) -> None:
    await desk.tell(urgent=urgent)
    await desk.office.drain()
    assert desk.had("Amina")
    assert not desk.had("Piotr")
    desk.office.clock.now += timedelta(seconds=patience - 1)
    await desk.office.drain()
    assert not desk.had("Piotr")
    desk.office.clock.now += timedelta(seconds=1)
    await desk.office.drain()
    assert WORDS in desk.had("Piotr")[0]


async def test_a_server_that_is_back_serves_the_next(desk: Desk) -> None:
    desk.server.fail(Fail.SERVER_ERROR, times=4)
    await desk.tell()
    await desk.deliver()
    desk.office.clock.now += timedelta(minutes=2)
    await desk.translate()
    assert {one.state for one in desk.made()} == {Made.DONE}
    desk.office.clock.now += timedelta(days=2)  # the same words sooner would go to nobody twice
    with desk.office.session() as session:
        told = session.exec(select(Notice)).one().model_dump(exclude={"id", "published_at", "fanned_upto"})
        session.add(Notice(**{**told, "publish_at": desk.office.clock.now}))
    await publish_notices.run(desk.office.writer, desk.office.clock.now)
    await desk.office.drain()
    assert in_polish() in desk.had("Piotr")[-1]


async def test_after_some_tries_there_will_be_none(desk: Desk) -> None:
    desk.server.fail(Fail.SERVER_ERROR)
    await desk.tell()
    await desk.deliver()
    for _ in range(10):
        desk.office.clock.now += timedelta(hours=3)
        await desk.translate()
    assert {(one.state, one.tries) for one in desk.made()} == {(Made.REFUSED, len(store.WAITS))}


async def test_a_key_that_is_refused_is_told_to_staff_once_a_day(desk: Desk) -> None:
    desk.server.fail(Fail.REFUSED(status=401))
    await desk.tell()
    await desk.deliver()
    assert [task.kind for task in desk.office.tasks()] == ["translation stopped"]


async def test_what_is_taken_back_while_it_waits_does_not_go(desk: Desk) -> None:
    number = await desk.tell()
    await desk.office.drain()
    with desk.office.session() as session:
        notices.withdraw(session, session.get_one(Notice, number), desk.office.clock.now)
        cancel(session, f"notice:{number}", desk.office.clock.now)
    await desk.translate()
    await desk.office.drain()
    assert not desk.had("Piotr")


async def test_the_language_is_that_of_the_moment_of_sending(desk: Desk) -> None:
    await desk.tell()
    await desk.office.drain()
    with desk.office.session() as session:
        piotr = session.exec(select(Guardian).where(Guardian.name == "Piotr")).one()
        piotr.language = "en_GB"
        session.add(piotr)
    await desk.translate()
    await desk.office.drain()
    assert desk.had("Piotr") == [f"Little Acorns: {WORDS}"]


async def test_the_plainer_words_are_there_when_they_are_asked_for(desk: Desk) -> None:
    await desk.tell("Kindly furnish suitable footwear.", plainer="Please bring boots.", checks=True)
    await desk.deliver()
    await desk.office.hear("Piotr", "2")
    await desk.office.drain()
    assert turned("Please bring boots", "pl") in "".join(desk.had("Piotr")[1:])


async def test_two_processes_never_ask_for_the_same(desk: Desk) -> None:
    await desk.tell()
    await desk.office.drain()
    now = desk.office.clock.now
    with desk.office.session() as session:
        first, _ = store.take(session, now, 3)
    with desk.office.session() as session:
        second, _ = store.take(session, now, 3)
    assert (len(first), len(second)) == (3, 1)
    assert not {one.key for one in first} & {one.key for one in second}
    with desk.office.session() as session:
        assert len(store.take(session, now + store.LEASE, 9)[0]) == 4


def _case(session: Session, who: str, words: str) -> Query:
    guardian = session.exec(select(Guardian).where(Guardian.name == who)).one()
    return queries.open_query(session, session.get_one(Setting, 1), guardian, None, words, None, MONDAY)


def _grace(session: Session) -> Staff:
    return session.exec(select(Staff).where(Staff.name == "Grace")).one()


async def test_an_answer_is_translated_and_goes_when_its_guardian_is_erased(desk: Desk, people: People) -> None:
    with desk.office.session() as session:
        queries.answer(session, _case(session, "Piotr", "?"), "She slept for a while.", _grace(session), MONDAY)
    await send_query_answers.run(desk.office.writer, desk.office.clock.now)
    await desk.deliver()
    assert turned("slept for a while", "pl") in desk.had("Piotr")[0]
    assert [one.guardian_id for one in desk.made()] == [people.guardians["Piotr"].id]
    with desk.office.session() as session:
        erasing.erase(session, people.guardians["Piotr"].id or 0, MONDAY, by="Helen")
    assert desk.made() == []


async def test_what_a_parent_asks_for_does_not_wait_and_the_next_time_it_is_there(desk: Desk) -> None:
    with desk.office.session() as session:
        zosia = session.exec(select(Child).where(col(Child.name).startswith("Zosia"))).one()
        made = observations.add_snippet(session, zosia, "She built a tower.", staff=_grace(session), now=MONDAY)
        made.approved_at = made.sent_at = MONDAY
        session.add(made)
    for _ in range(2):
        await desk.office.hear("Piotr", "PROGRESS")
        await desk.office.drain()
        await desk.translate()
    first, second = desk.had("Piotr")
    assert "She built a tower." in first
    assert turned("built a tower", "pl") in second
    assert "She built a tower." not in second


async def test_a_snippet_with_its_next_step_is_translated_whole_or_not_at_all(desk: Desk) -> None:
    with desk.office.session() as session:
        zosia = session.exec(select(Child).where(col(Child.name).startswith("Zosia"))).one()
        observations.add_snippet(
            session,
            zosia,
            "She built a tower.",
            staff=_grace(session),
            now=MONDAY,
            next_step="Count the consent forms.",
        ).approved_at = MONDAY
    await send_progress.run(desk.office.writer, desk.office.clock.now)
    await desk.deliver()
    assert "She built a tower." in desk.had("Piotr")[0]
    assert "Count the consent forms." in desk.had("Piotr")[0]
    assert desk.server.asked == []


@pytest.mark.parametrize("text", ["Bring the medicine back, please.", "Sign the consent form.", "12:30"])
async def test_what_can_do_harm_goes_in_english_at_once(desk: Desk, text: str) -> None:
    await desk.tell(text)
    await desk.deliver()
    assert text in desk.had("Piotr")[0]
    assert desk.server.asked == []


async def test_the_outcome_of_a_complaint_and_a_policy_are_never_translated(desk: Desk) -> None:
    now = desk.office.clock.now
    with desk.office.session() as session:
        piotr = session.exec(select(Guardian).where(Guardian.name == "Piotr")).one()
        place = session.get_one(Setting, 1)
        case = complaints.lodge(session, place, piotr, Grievance("Nikt nie dzwonił"), now)
        outcomes.conclude(session, case, "We are sorry. We ring within the hour now.", _helen(session), now)
        policies.publish(
            session, place, next(iter(policies.policies())), "We changed the day.", now, short="The first."
        )
    await tell_outcomes.run(desk.office.writer, now)
    await tell_policies.run(desk.office.writer, now)
    await desk.deliver()
    assert "We ring within the hour now." in "".join(desk.had("Piotr"))
    assert desk.server.asked == []


def _helen(session: Session) -> Staff:
    return session.exec(select(Staff).where(Staff.name == "Helen")).one()


async def test_without_a_server_everything_is_as_it_was(engine: Engine, people: People, clock: Clock) -> None:
    house = build_house(CONVERSATIONS, key=KEY.encode(), site="https://acorns.example")
    async with open_office(engine, house, clock) as office:
        async for desk in desk_of(office, "libretranslate"):
            await desk.tell()
            await desk.office.drain()
            assert all(WORDS in desk.had(who)[0] for who in ("Amina", "Piotr", "Farah", "Ioana", "Samira"))
            assert desk.made() == []


async def test_two_guardians_of_one_child_read_their_own_answers_alone(desk: Desk) -> None:
    """What is said to one is theirs; the same words to another are asked for again."""
    with desk.office.session() as session:
        for who in ("Piotr", "Ioana"):
            queries.answer(session, _case(session, who, "?"), "She slept for a while.", _grace(session), MONDAY)
        session.exec(select(Guardian).where(Guardian.name == "Ioana")).one().language = "pl"
    await send_query_answers.run(desk.office.writer, desk.office.clock.now)
    await desk.deliver()
    assert len({one.guardian_id for one in desk.made()}) == len(desk.server.asked) == 2
