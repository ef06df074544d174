"""What works for a parent: settings, kinds of message, a pause."""

from datetime import date, timedelta

from bot.outbox import Priority
from nursery import preferences
from nursery.contacts import best_contact
from nursery.guardians import Guardian, Topic
from tests.cast import People, contact_of
from tests.talking import Player


def _guardian(play: Player, people: People, name: str) -> Guardian:
    with play.session() as session:
        return session.get_one(Guardian, people.guardians[name].id)


def test_each_step_may_be_skipped(on_both: Player, people: People) -> None:
    on_both("""
        Amina: SETTINGS
        Coatpeg: We write to you in English. Which language is best for you?
          1 English
          ...
          6 Leave it as it is
        Amina: skip
    """ + ("" if on_both.channel == "telegram" else """
        Coatpeg: Where shall we write to you?
          1 Text message (SMS)
          2 Telegram
          3 Leave it as it is
        Amina: [tap 3]
    """) + """
        Coatpeg: How often would you like an idea for home?
          1 Every weekday
          2 Three a week
          3 One a week
          4 Only when I ask
          5 Leave it as it is
        Amina: [tap 5]
        Coatpeg: Would you like to stop or start one kind of message, such as ideas or events?
          1 Yes
          2 Leave it as it is
        Amina: [tap 2]
        Coatpeg: Thank you. That is all set. To change it at any time, text SETTINGS.
    """)  # fmt: skip
    amina = _guardian(on_both, people, "Amina")
    assert (amina.language, amina.channel, amina.learning) == ("en_GB", "telegram", None)


def test_the_other_steps_are_asked_in_the_language_chosen(on_both: Player, people: People) -> None:
    on_both.say("Piotr", "SETTINGS")
    assert on_both.say("Piotr", "English")[-1].language == "en_GB"
    assert _guardian(on_both, people, "Piotr").language == "en_GB"


def test_ideas_as_often_as_wanted(play: Player, people: People) -> None:
    play.say("Amina", "settings")
    play.say("Amina", "english")
    play("""
        Amina: [tap 3]
        Coatpeg: Would you like to stop or start one kind of message, ...
          ...
        Amina: [tap 1]
        Coatpeg: This is what we send you. Which would you like to change?
          ...
    """)
    assert _guardian(play, people, "Amina").learning == "one"


def test_of_two_contacts_the_chosen_one_is_used(play: Player, people: People) -> None:
    amina = people.guardians["Amina"].id or 0
    with play.session() as session:
        contact_of(session, "Amina", "sms")
    play.say("Amina", "SETTINGS")
    play("""
        Amina: [tap 6]
        Coatpeg: Where shall we write to you?
          ...
        Amina: [tap 1]
        Coatpeg: How often ...
          ...
        Amina: [tap 5]
        Coatpeg: Would you like ...
          ...
        Amina: [tap 2]
        Coatpeg: Thank you. That is all set. ...
    """)
    with play.session() as session:
        best = best_contact(session, amina)
        assert best is not None
        assert best.channel == "sms"
    assert _guardian(play, people, "Amina").channel == "sms"


def test_half_way_it_waits(play: Player) -> None:
    play.say("Amina", "SETTINGS")
    play.say("Amina", "skip")
    play.clock.pass_(days=3)
    assert play.say("Amina", "4")[0].text.startswith("Would you like to stop or start one kind")


def test_one_kind_is_stopped_and_started_again(on_both: Player, people: People) -> None:
    on_both("""
        Amina: TOPICS
        Coatpeg: This is what we send you. Which would you like to change?
          1 News and notices: on
          2 Ideas for home: on
          3 How my child is doing: on
          4 What is on: on
          5 Questionnaires: on
        Amina: [tap 2]
        Coatpeg: Ideas for home: off. You will get no more of these. If it is urgent, ... text TOPICS.
        Amina: stop ideas
        Coatpeg: This is what we send you. ...
          1 News and notices: on
          2 Ideas for home: off
          ...
    """)
    assert _guardian(on_both, people, "Amina").stopped_topics == int(Topic.LEARNING)
    on_both("""
        Amina: ideas for home
        Coatpeg: Ideas for home: on. You will get these again.
    """)
    assert _guardian(on_both, people, "Amina").stopped_topics == 0


def test_a_pause_until_a_day(on_both: Player, people: People) -> None:
    on_both("""
        Amina: PAUSE
        Coatpeg: Until which day shall we send you nothing, that day included? Send a day or a date.
          1 For one week
          2 For two weeks
        Amina: when it is over
        Coatpeg: I need a day from today on, such as 14/12. BACK goes back, MENU leaves.
          ...
        Amina: 4 December
        Coatpeg: We send you nothing until Fri 4 Dec. You can still ask us anything, ... text PAUSE.
    """)
    assert _guardian(on_both, people, "Amina").paused_until == date(2026, 12, 4)


def test_during_a_pause_nothing_is_pushed_and_after_it_all_is(play: Player) -> None:
    play.say("Amina", "PAUSE")
    play.say("Amina", "1")
    play.push("Amina", "daily_idea", topic=Topic.LEARNING, priority=Priority.BULK)
    assert play.deliver() == []
    play("""
        Amina: pause
        Coatpeg: The pause is over. You will get messages from us again.
    """)


def test_start_ends_a_pause(on_both: Player, people: People) -> None:
    on_both.say("Amina", "PAUSE")
    on_both.say("Amina", "2")
    on_both("""
        Amina: START
        Coatpeg: Welcome back. You will get messages from us again. Text MENU to see what you can do.
        Amina: START
        Coatpeg: Messages are on. Text MENU to see what you can do.
    """)
    assert _guardian(on_both, people, "Amina").paused_until is None


def test_a_pause_is_over_when_its_day_is(play: Player, people: People) -> None:
    amina = _guardian(play, people, "Amina")
    amina.paused_until = date(2026, 12, 4)
    days = (date(2026, 12, 4) + timedelta(days=ahead) for ahead in (0, 1))
    assert [preferences.is_paused(amina, day) for day in days] == [True, False]


def test_in_every_language_on_both_channels(on_both: Player) -> None:
    for who in ("Piotr", "Ioana", "Samira", "Farah"):
        for word in ("SETTINGS", "TOPICS", "PAUSE"):
            assert on_both.say(who, word)[-1].choices
