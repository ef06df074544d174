"""A question that went to one address, answered from the other of the same guardian."""

from datetime import timedelta

import pytest

from bot.consequences import Fate, follow
from bot.conversation import Choice, Conversation, Dialogue, choose, say
from bot.house import build_house
from bot.outbox import State as Sending
from bot.turn import Turn
from handlers import CONVERSATIONS
from nursery.contacts import ContactState, contact_at
from nursery.tasks import open_tasks, raise_task
from tests.cast import CAST, MONDAY, People, contact_of
from tests.talking import Heard, Player

OTHER = {"sms": "telegram", "telegram": "sms"}
COLOURS = (Choice("red", "Red"), Choice("blue", "Blue"))


def coat(turn: Turn) -> Dialogue:
    colour = yield from choose("colour", f"Which colour{turn.params.get('of', '')}?", COLOURS)
    return say((yield from choose("hood", f"A {colour} one. With a hood?", COLOURS)))


@pytest.fixture
def pushed(on_both: Player) -> Player:
    on_both.house = build_house(
        [*CONVERSATIONS, Conversation("coat", coat, "COAT"), Conversation("own", coat, private=True)]
    )
    return on_both


def ask(play: Player, who: str = "Amina", conversation: str = "coat", **params: str) -> None:
    play.push(who, conversation, params)
    assert play.deliver()[0].text.startswith("Which colour")


def say_elsewhere(play: Player, who: str, text: str) -> list[Heard]:
    before, play.channel = play.channel, OTHER[play.channel or ""]
    try:
        return play.say(who, text)
    finally:
        play.channel = before


@pytest.mark.parametrize("who", ["Amina", "Piotr", "Farah"])
@pytest.mark.parametrize("text", ["2", "Blue", "2, please"])
def test_it_is_answered_and_goes_on_there(pushed: Player, who: str, text: str) -> None:
    ask(pushed, who)
    assert [one.text for one in say_elsewhere(pushed, who, text)] == ["A blue one. With a hood?"]
    assert say_elsewhere(pushed, who, "1")[0].text == "red"


def test_of_several_the_last_is_asked_there_first(pushed: Player) -> None:
    ask(pushed, of=" of hat")
    pushed.clock.pass_(minutes=6)
    ask(pushed, of=" of boot")
    assert [one.text for one in say_elsewhere(pushed, "Amina", "1")] == ["Which colour of boot?"]
    assert say_elsewhere(pushed, "Amina", "1")[0].text == "A red one. With a hood?"


@pytest.mark.parametrize("text", ["3", "Green", "the blue gate is sticking"])
def test_what_answers_nothing_is_taken_as_ever(pushed: Player, text: str) -> None:
    ask(pushed)
    assert "hood" not in say_elsewhere(pushed, "Amina", text)[0].text
    assert pushed.say("Amina", "1")[0].text == "A red one. With a hood?"


def test_a_word_of_a_conversation_begins_it(pushed: Player) -> None:
    ask(pushed)
    assert say_elsewhere(pushed, "Amina", "ABSENT")[0].text == "Why is Noor away?"


def ending(turn: Turn) -> Dialogue:
    """It asks for an hour, then it is at its end and says so to staff."""
    if turn.now < MONDAY + timedelta(hours=1):
        yield from choose("colour", "Which colour?", COLOURS)
    raise_task(turn.session, "ended", "call a parent", now=turn.now)
    return say("Ended.")


@pytest.mark.parametrize("text", ["2", "Blue"])
def test_what_has_come_to_its_end_meanwhile_is_only_looked_at(pushed: Player, text: str) -> None:
    pushed.house = build_house([*CONVERSATIONS, Conversation("coat", ending)])
    ask(pushed)
    pushed.clock.pass_(hours=2)
    assert "Ended" not in say_elsewhere(pushed, "Amina", text)[0].text
    with pushed.session() as session:
        assert open_tasks(session) == []


def test_where_something_is_open_it_is_the_answer_to_that(pushed: Player) -> None:
    ask(pushed)
    say_elsewhere(pushed, "Amina", "ABSENT")
    assert say_elsewhere(pushed, "Amina", "1")[0].text.startswith("Until when")


def test_an_old_question_is_not_meant(pushed: Player) -> None:
    pushed.house = build_house([*CONVERSATIONS, LONG])
    ask(pushed)
    pushed.clock.pass_(hours=25)
    assert "not sure" in say_elsewhere(pushed, "Amina", "1")[0].text


def test_what_is_private_stays_where_it_was_asked(pushed: Player) -> None:
    ask(pushed, conversation="own")
    assert "not sure" in say_elsewhere(pushed, "Amina", "1")[0].text


def test_what_the_parent_began_stays_where_they_began_it(pushed: Player) -> None:
    pushed.say("Amina", "COAT")
    assert "not sure" in say_elsewhere(pushed, "Amina", "1")[0].text


@pytest.mark.parametrize("shared", ["here", "there"])
def test_never_on_a_phone_that_others_use(pushed: Player, shared: str) -> None:
    say_elsewhere(pushed, "Amina", "ok")
    ask(pushed)
    channel = pushed.channel if shared == "there" else OTHER[pushed.channel or ""]
    with pushed.session() as session:
        contact = contact_at(session, channel or "", CAST["Amina"].address(channel or ""))
        assert contact is not None
        contact.shared = True
        session.add(contact)
    assert [one.text for one in say_elsewhere(pushed, "Amina", "1") if "hood" in one.text] == []


def test_nobody_answers_for_another(pushed: Player, people: People) -> None:
    """Farah is Noor's other parent."""
    ask(pushed)
    assert "hood" not in say_elsewhere(pushed, "Farah", "1")[0].text


@pytest.mark.parametrize("state", [ContactState.BLOCKED, None])
def test_what_did_not_arrive_and_went_to_the_other_address_is_answered_once(
    pushed: Player, state: ContactState | None
) -> None:
    with pushed.session() as session:
        contact_of(session, "Amina", OTHER[pushed.channel or ""])
    ask(pushed)
    with pushed.session() as session:
        fate = Fate(Sending.FAILED, "off", contact=state, later=state is None)
        follow(session, pushed.heard[-1].id, fate, pushed.channel or "", pushed.clock.now)
    assert [one.text for one in pushed.deliver()] == ["Which colour?"]
    assert say_elsewhere(pushed, "Amina", "1")[0].text == "A red one. With a hood?"
    assert say_elsewhere(pushed, "Amina", "1")[0].text == "red"
    assert "not sure" in say_elsewhere(pushed, "Amina", "2")[0].text


LONG = Conversation("coat", coat, "COAT", lasts=CONVERSATIONS[0].lasts * 3)
