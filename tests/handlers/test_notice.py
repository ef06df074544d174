"""A notice as it is read, and what comes of "is it clear?"."""

import pytest
from sqlmodel import select

from bot.channels.wording import wording
from nursery import notices
from nursery.guardians import Topic
from nursery.inbox import InboundMessage
from nursery.notices import Notice
from nursery.recipients import Audience
from nursery.replies import NoticeReply
from nursery.tasks import Task
from tests.cast import MONDAY, People
from tests.talking import Player, says_word


def _notice(play: Player, people: People, **fields: object) -> Notice:
    with play.session() as session:
        fields = {"text": "The gate sticks. Please push.", "publish_at": MONDAY, "now": MONDAY} | fields
        return notices.draft(session, Audience(people.setting.id or 0), **fields)  # type: ignore[arg-type]


def _push(play: Player, who: str, notice: Notice) -> None:
    play.push(who, "notice", {"notice": notice.id}, topic=Topic.NOTICES)


def test_a_notice_says_who_writes(play: Player, people: People) -> None:
    _push(play, "Amina", _notice(play, people))
    play("""
        Coatpeg to Amina: Little Acorns: The gate sticks. Please push.
    """)


def test_a_template_is_told_in_the_language_of_the_reader(play: Player, people: People) -> None:
    notice = _notice(play, people, text="", template="closing-early", slots={"day": "2026-11-27", "time": "14:30"})
    for who in ("Amina", "Piotr", "Samira"):
        _push(play, who, notice)
    heard = {one.who: one.text for one in play.deliver()}
    assert heard["Amina"].startswith("Little Acorns: We are closing early on Fri 27 Nov, at 14:30. Please collect")
    assert "pt., 27 lis" in heard["Piotr"]
    assert "14:30" in heard["Piotr"]
    assert "English" not in heard["Piotr"]
    assert "\N{FIRST STRONG ISOLATE}14:30\N{POP DIRECTIONAL ISOLATE}" in heard["Samira"]


def test_free_words_stay_english_and_say_so(play: Player, people: People) -> None:
    _push(play, "Piotr", _notice(play, people))
    text = play.deliver()[0].text
    assert text.splitlines()[0] == "Little Acorns: The gate sticks. Please push."
    assert says_word(text.splitlines()[1], "callme", "pl")


@pytest.mark.parametrize("who", ["Farah", "Samira"])
def test_a_full_stop_of_staffs_english_stays_at_its_end_where_the_text_runs_right_to_left(
    play: Player, people: People, who: str
) -> None:
    """By SMS the marks about it are such as every phone knows."""
    _push(play, who, _notice(play, people, text="The gate sticks.\nPlease push."))
    (told,) = play.deliver()
    first, second, *_ = told.text.splitlines()
    assert first.endswith(": \N{FIRST STRONG ISOLATE}The gate sticks.\N{POP DIRECTIONAL ISOLATE}")
    assert second == "\N{FIRST STRONG ISOLATE}Please push.\N{POP DIRECTIONAL ISOLATE}"
    first, second, *_ = wording(told.text).splitlines()
    assert first.endswith(": \N{LEFT-TO-RIGHT MARK}The gate sticks.\N{LEFT-TO-RIGHT MARK}")
    assert second == "\N{LEFT-TO-RIGHT MARK}Please push.\N{LEFT-TO-RIGHT MARK}"


THANKS = {
    "Amina": [
        "ok 👍",
        "👍",
        "👍🏽",
        "thank you",
        "Ok thanks xx",
        "clear, thanks",
        "1 thanks",
        "Okay great thank you 😊",
    ],
    "Piotr": ["jasne, dziękuję", "ok dzięki", "👍", "1, dziękuję"],
    "Ioana": ["ok mulțumesc", "clar, mulțumesc", "1 vă rog"],
    "Farah": ["شکریہ", "ٹھیک ہے شکریہ", "👍"],
    "Samira": ["شكرا جزيلا", "تمام شكرا", "واضح، شكرا"],
}


@pytest.mark.parametrize(("who", "said"), [(who, one) for who, many in THANKS.items() for one in many])
def test_thanks_below_a_notice_say_that_it_is_clear(on_both: Player, people: People, who: str, said: str) -> None:
    """Or else whoever thanks is chased the next day, and rung up the day after."""
    notice = _notice(on_both, people, checks=True)
    _push(on_both, who, notice)
    on_both.deliver()
    on_both.say(who, said)
    with on_both.session() as session:
        assert [reply.answer for reply in session.exec(select(NoticeReply))] == ["clear"]


@pytest.mark.parametrize("said", ["sorry", "what?", "😢", "4", "hm"])
def test_what_is_neither_is_asked_again(on_both: Player, people: People, said: str) -> None:
    _push(on_both, "Amina", _notice(on_both, people, checks=True))
    on_both.deliver()
    assert on_both.say("Amina", said)[-1].choices == ("It is clear", "It is not clear", "Please call me")
    with on_both.session() as session:
        assert session.exec(select(NoticeReply)).all() == []


CHECKED = """
    Coatpeg to Amina: Little Acorns: The gate sticks. Please push.
      1 It is clear
      2 It is not clear
      3 Please call me
"""


def _answers(play: Player) -> list[str]:
    with play.session() as session:
        return [reply.answer for reply in session.exec(select(NoticeReply))]


@pytest.mark.parametrize("word", ["[tap 1]", "ok", "Thank you", "It is clear"])
def test_clear(play: Player, people: People, word: str) -> None:
    _push(play, "Amina", _notice(play, people, checks=True))
    play(f"{CHECKED}\n    Amina: {word}\n    Coatpeg: Thank you for telling us.")
    assert _answers(play) == ["clear"]


def test_by_sms_with_numbers(play: Player, people: People) -> None:
    play.channel = "sms"
    _push(play, "Amina", _notice(play, people, checks=True))
    play(f"{CHECKED}\n    Amina: 1\n    Coatpeg: Thank you for telling us.")


def test_not_clear_and_no_plainer_words_a_person_rings(play: Player, people: People) -> None:
    _push(play, "Amina", _notice(play, people, checks=True))
    play(CHECKED)
    play("""
        Amina: [tap 2]
        Coatpeg: Thank you. A person from Little Acorns will ring you about it. If it can't wait, ring 01632 960123.
    """)
    with play.session() as session:
        assert [task.kind for task in session.exec(select(Task))] == ["notice not clear"]


def test_not_clear_brings_plainer_words(play: Player, people: People) -> None:
    _push(play, "Amina", _notice(play, people, checks=True, plainer="Push the gate hard to open it."))
    play(CHECKED)
    play("""
        Amina: [tap 2]
        Coatpeg: Push the gate hard to open it.
        Coatpeg: If you would like to talk to us about it, text CALLME.
    """)


def test_words_of_their_own_reach_a_person_at_once(play: Player, people: People) -> None:
    _push(play, "Amina", _notice(play, people, checks=True))
    play(CHECKED)
    play("""
        Amina: I can't push it with the pram
        Coatpeg: Thank you. I have passed your words to the team.
    """)
    with play.session() as session:
        assert session.exec(select(InboundMessage)).one().for_staff


def test_a_word_of_another_conversation_is_that_word(play: Player, people: People) -> None:
    _push(play, "Amina", _notice(play, people, checks=True))
    play(CHECKED)
    said = play.say("Amina", "ABSENT")
    assert said[0].text.startswith("Why is Noor away?")


def test_asked_again_it_does_not_repeat_itself(play: Player, people: People) -> None:
    _push(play, "Amina", _notice(play, people, checks=True))
    play(CHECKED)
    said = play.say("Amina", "IDEA")
    assert said[-1].text == "Little Acorns: Was our message clear?"


def test_an_answer_may_be_changed_and_counts_once(play: Player, people: People) -> None:
    notice = _notice(play, people, checks=True)
    for tap in (1, 3):
        _push(play, "Amina", notice)
        play(CHECKED)
        play.say("Amina", str(tap))
    assert _answers(play) == ["call"]


def test_withdrawn_it_is_not_sent_but_may_still_be_answered(play: Player, people: People) -> None:
    notice = _notice(play, people, checks=True)
    _push(play, "Amina", notice)
    play(CHECKED)
    _push(play, "Farah", notice)
    with play.session() as session:
        notices.withdraw(session, session.get_one(Notice, notice.id), MONDAY)
    assert play.deliver() == []
    play("Amina: [tap 1]\nCoatpeg: Thank you for telling us.")
