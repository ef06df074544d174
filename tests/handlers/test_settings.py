"""What works for a parent: settings, kinds of message."""

import pytest
from sqlalchemy import select

from bot.claiming import release_held
from bot.outbox import TABLE, Priority
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
        Coatpeg: When do you like to get what can wait, such as ideas?
          1 Morning
          2 Midday
          3 After pick-up
          4 Evening
          5 Any time
          6 Leave it as it is
        Amina: [tap 6]
        Coatpeg: In which form would you like our notices and policies as well?
          1 Text is fine
          2 Large print
          3 Short and easy
          4 Braille
          5 A voice note
          6 Leave it as it is
        Amina: skip
        Coatpeg: Would you like to stop or start one kind of message, such as ideas or events?
          1 Yes
          2 Leave it as it is
        Amina: [tap 2]
        Coatpeg: Thank you. That is all set. To change it at any time, text SETTINGS.
    """)  # fmt: skip
    amina = _guardian(on_both, people, "Amina")
    assert (amina.language, amina.channel, amina.learning) == ("en_GB", "telegram", None)


@pytest.mark.parametrize(("who", "back"), [("Amina", "BACK"), ("Piotr", "wstecz"), ("Samira", "رجوع")])
def test_back_leads_to_the_step_before(on_both: Player, who: str, back: str) -> None:
    first = on_both.say(who, "SETTINGS")[0].text
    on_both.say(who, "6")
    assert on_both.say(who, back)[0].text == first


def test_the_other_steps_are_asked_in_the_language_chosen(on_both: Player, people: People) -> None:
    on_both.say("Piotr", "SETTINGS")
    assert on_both.say("Piotr", "English")[-1].language == "en_GB"
    assert _guardian(on_both, people, "Piotr").language == "en_GB"


def test_ideas_as_often_as_wanted(play: Player, people: People) -> None:
    play.say("Amina", "settings")
    play.say("Amina", "english")
    play("""
        Amina: [tap 3]
        Coatpeg: When do you like ...
          ...
        Amina: evening
        Coatpeg: In which form ...
          ...
        Amina: Large print
        Coatpeg: Would you like to stop or start one kind of message, ...
          ...
        Amina: [tap 1]
        Coatpeg: This is what we send you. Which would you like to change?
          ...
    """)
    amina = _guardian(play, people, "Amina")
    assert amina.learning == "one"
    with play.session() as session:
        kept = preferences.preference_of(session, amina.id or 0)
        assert (kept.hour, kept.format) == ("evening", "large print")


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
        Coatpeg: When do you like ...
          ...
        Amina: skip
        Coatpeg: In which form ...
          ...
        Amina: skip
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
    assert play.say("Amina", "4")[0].text.startswith("When do you like to get what can wait")


@pytest.mark.parametrize(
    ("who", "said", "topic"),
    [
        ("Amina", "STOP NOTICES", Topic.NOTICES),
        ("Amina", "stop progress please", Topic.PROGRESS),
        ("Piotr", "STOP POMYSŁY", Topic.LEARNING),
        ("Piotr", "stop ogloszenia", Topic.NOTICES),
        ("Piotr", "STOP EVENTS", Topic.EVENTS),
        ("Ioana", "fara idei", Topic.LEARNING),
        ("Ioana", "STOP ANUNȚURI", Topic.NOTICES),
        ("Farah", "اعلان بند کریں", Topic.NOTICES),
        ("Farah", "idea band karo", Topic.LEARNING),
        ("Samira", "إيقاف الأفكار", Topic.LEARNING),
        ("Samira", "ايقاف الاشعارات", Topic.NOTICES),
        ("Samira", "STOP SURVEYS", Topic.SURVEYS),
    ],
)
def test_what_is_named_is_stopped_at_once(on_both: Player, people: People, who: str, said: str, topic: Topic) -> None:
    for _ in range(2):
        (told,) = on_both.say(who, said)
        assert (told.choices, _guardian(on_both, people, who).stopped_topics) == ((), int(topic))


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
        Coatpeg: Ideas for home: off. ...
        Amina: TOPICS
        Coatpeg: This is what we send you. ...
          1 News and notices: on
          2 Ideas for home: off
          ...
    """)
    assert _guardian(on_both, people, "Amina").stopped_topics == int(Topic.LEARNING)
    on_both("""
        Amina: ideas
        Coatpeg: Ideas for home: on. You will get these again.
    """)
    assert _guardian(on_both, people, "Amina").stopped_topics == 0


def test_in_every_language_on_both_channels(on_both: Player) -> None:
    for who in ("Piotr", "Ioana", "Samira", "Farah"):
        for word in ("SETTINGS", "TOPICS", "PAUSE"):
            assert on_both.say(who, word)[-1].choices


@pytest.mark.parametrize(("hour", "waits"), [("morning", False), ("evening", True)])
def test_what_can_wait_waits_for_the_hour_they_like(play: Player, people: People, hour: str, waits: bool) -> None:
    with play.session() as session:
        preferences.prefer(session, people.guardians["Amina"].id or 0, hour=hour)
    play.push("Amina", "who", topic=Topic.LEARNING, priority=Priority.BULK)
    assert [one.who for one in play.deliver()] == ([] if waits else ["Amina"])
    play.clock.pass_(hours=9)
    with play.session() as session:
        rows = session.connection().execute(select(TABLE.c.state, TABLE.c.reason)).all()
        release_held(session, "telegram", play.clock.now)
    assert [tuple(row) for row in rows] == ([("held", "hour")] if waits else [("sent", "")])
    assert [one.who for one in play.deliver()] == (["Amina"] if waits else [])


def test_what_cannot_wait_does_not(play: Player, people: People) -> None:
    with play.session() as session:
        preferences.prefer(session, people.guardians["Amina"].id or 0, hour="evening")
    play.push("Amina", "who", topic=Topic.NOTICES, priority=Priority.NOTICE)
    assert [one.who for one in play.deliver()] == ["Amina"]
