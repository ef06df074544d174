"""Talk to a person."""

import pytest

from nursery.inbox import waiting_for_staff
from nursery.tasks import open_tasks
from tests.cast import CAST, People
from tests.talking import Player


@pytest.mark.parametrize("answer", ["[tap 1]", "skip", "The new baby"])
def test_somebody_rings(on_both: Player, people: People, answer: str) -> None:
    on_both(f"""
        Amina: CALLME
        Coatpeg: We will ring you. What is it about? You can skip this.
          1 Skip
        Amina: {answer}
        Coatpeg: Grace rings you by Tue 24 Nov. If it can't wait, ring 01632 960123. In danger, ring 999.
    """)
    with on_both.session() as session:
        task = open_tasks(session)[0]
        assert (task.kind, task.staff_id, task.about) == ("call a parent", people.staff["Grace"].id, "")
        words = [message.text for message in waiting_for_staff(session)]
        assert words == (["The new baby"] if answer == "The new baby" else [])


def test_on_friday_it_is_monday(on_both: Player) -> None:
    on_both.clock.pass_(days=4)
    on_both.say("Amina", "talk to a person")
    assert "by Mon 30 Nov" in on_both.say("Amina", "skip")[0].text


@pytest.mark.parametrize("who", ["Piotr", "Farah", "Ioana", "Samira"])
def test_in_the_readers_language(on_both: Player, people: People, who: str) -> None:
    """SKIP is understood in any of them."""
    (asked,) = on_both.say(who, "CALLME")
    (told,) = on_both.say(who, "SKIP")
    assert asked.language == told.language == CAST[who].language
    assert all(words in told.text for words in ("01632 960123", "999"))
    with on_both.session() as session:
        assert [task.guardian_id for task in open_tasks(session)] == [people.guardians[who].id]
        assert waiting_for_staff(session) == []


def test_a_number_that_is_none_is_helped_with(on_both: Player) -> None:
    on_both("""
        Amina: CALLME
        Coatpeg: We will ring you. ...
          1 Skip
        Amina: 7
        Coatpeg: I did not understand. Please answer in a few words, or send 1 (Skip). BACK goes back, MENU leaves.
          We will ring you. ...
          1 Skip
    """)


def test_a_stranger_is_given_the_number(on_both: Player) -> None:
    on_both("""
        Stranger: CALLME
        Coatpeg: This is Little Acorns. ...01632 960123.
    """)
