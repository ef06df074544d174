"""All About Me."""

import pytest
from sqlmodel import col, select

from bot.messages import Attachment
from nursery import about_me
from nursery.about_me import AboutMe
from nursery.inbox import waiting_for_staff
from nursery.people import Child
from nursery.tasks import open_tasks
from tests.cast import CAST, People
from tests.talking import Heard, Player


def test_a_question_a_message_each_kept_at_once(on_both: Player) -> None:
    on_both("""
        Amina: About
        Coatpeg: What does Noor like to do and to play with? Small things count too.
          1 Skip
          2 Later
        Amina: Ducks and puddles
        Coatpeg: What helps when Noor is sad or tired? ...
          ...
        Amina: [tap 1]
        Coatpeg: Which words do you use with Noor ...
          ...
        Amina: [tap 2]
        Coatpeg: Thank you. I have kept your answers. To go on, text ABOUT.
        Amina: ABOUT
        Coatpeg: What helps when Noor is sad or tired? ...
          ...
    """)
    with on_both.session() as session:
        assert session.exec(select(AboutMe)).one().words == "Ducks and puddles"


def test_to_the_end_and_again(on_both: Player) -> None:
    [heard] = on_both.say("Amina", "ABOUT")
    for number in range(len(about_me.questions())):
        [heard] = on_both.say("Amina", f"answer {number}")
    assert heard.text == "Thank you. That is all about Noor for now. To add or change something, text ABOUT."
    on_both("""
        Amina: ABOUT
        Coatpeg: You have told us about Noor already. Shall we go through it again?
          1 Yes
          2 No
        Amina: [tap 1]
        Coatpeg: What does Noor like to do and to play with? ...
          ...
        Amina: Trains now
        Coatpeg: What helps when Noor is sad or tired? ...
          ...
    """)
    with on_both.session() as session:
        kept = {one.question: one.words for one in session.exec(select(AboutMe))}
    assert (len(kept), kept["likes"], kept["comfort"]) == (len(about_me.questions()), "Trains now", "answer 1")


def test_food_is_checked_by_a_person(on_both: Player, people: People) -> None:
    on_both.say("Amina", "ABOUT")
    for said in ("1", "1", "1", "1", "No nuts, an allergy"):
        on_both.say("Amina", said)
    with on_both.session() as session:
        [task] = open_tasks(session)
        assert (task.kind, task.urgent, task.child_id) == ("check diet and allergies", True, people.children["Noor"].id)
        assert session.exec(select(AboutMe)).one().words == "No nuts, an allergy"


def test_every_guardian_tells_their_own(on_both: Player) -> None:
    for who in ("Amina", "Farah"):
        on_both.say(who, "ABOUT")
        on_both.say(who, f"words of {who}")
    with on_both.session() as session:
        assert {one.words for one in session.exec(select(AboutMe))} == {"words of Amina", "words of Farah"}


def test_of_two_children_one_is_chosen_once(on_both: Player, people: People) -> None:
    assert on_both.say("Ioana", "ABOUT")[0].choices == ("Andrei", "Mara")
    assert "Mara" in on_both.say("Ioana", "2")[0].text
    assert "Mara" in on_both.say("Ioana", "Papusi")[0].text
    with on_both.session() as session:
        assert session.exec(select(AboutMe)).one().child_id == people.children["Mara"].id


@pytest.mark.parametrize("who", ["Piotr", "Farah", "Samira"])
def test_in_the_readers_language(on_both: Player, who: str) -> None:
    child = CAST[who].children[0]
    heard = [one for said in ("ABOUT", "🦆 x", "SKIP", "[photo]") for one in _said(on_both, who, said)]
    assert all((one.language, child in one.text) == (CAST[who].language, True) for one in heard)
    assert all(len(one.choices) == 2 for one in heard)
    later = on_both.say(who, "2")
    assert later[0].language == CAST[who].language
    with on_both.session() as session:
        assert {one.words for one in session.exec(select(AboutMe))} == {"🦆 x", ""}


def _said(play: Player, who: str, said: str) -> list[Heard]:
    if said == "[photo]":
        return play.say(who, attachments=(Attachment("photo", "file", "image/jpeg"),))
    return play.say(who, said)


@pytest.mark.parametrize(
    ("who", "back"), [("Amina", "BACK"), ("Piotr", "wstecz"), ("Farah", "واپس"), ("Samira", "رجوع")]
)
def test_back_asks_the_question_before(on_both: Player, who: str, back: str) -> None:
    first = on_both.say(who, "ABOUT")[0].text
    second = on_both.say(who, "abc def")[0].text
    assert on_both.say(who, back)[0].text == first
    assert on_both.say(who, "xyz uvw")[0].text == second
    with on_both.session() as session:
        assert [one.words for one in session.exec(select(AboutMe))] == ["xyz uvw"]


ALWAYS = [
    ("Amina", "family", "Grandma picks him up most days"),
    ("Amina", "family", "mum, dad and uncle Bob. Auntie collects"),
    ("Amina", "family", "my mum, she collects on Fridays at 3"),
    ("Amina", "skills", "started talking late, now says 20 words"),
    ("Amina", "food", "nuts, she has an epipen"),
    ("Piotr", "family", "ciocia Ania, często go odbiera"),
    ("Piotr", "anything-else", "pracuję na zmiany, czasem się spóźnię"),
    ("Ioana", "family", "bunica, ea îl ia de la grădiniță"),
    ("Ioana", "anything-else", "lucrez în schimburi, uneori întârzii"),
    ("Farah", "family", "دادی اکثر اسے لینے آتی ہیں"),
    ("Farah", "family", "dadi usay aksar lene aati hain"),
    ("Samira", "family", "جدتها وهي التي تأخذها من الحضانة"),
    ("Samira", "anything-else", "أحيانا أتأخر بسبب العمل"),
]
TODAY = [
    ("Amina", "family", "grandma is picking him up today"),
    ("Amina", "family", "grandma will pick him up tomorrow"),
    ("Amina", "family", "Grandma is picking him up at 3"),
    ("Amina", "family", "usually me, today grandma picks her up"),
    ("Amina", "comfort", "Noor has a temperature"),
    ("Amina", "home-words", "grandma picks him up most days"),
    ("Amina", "anything-else", "he has asthma, blue inhaler in his bag"),
    ("Piotr", "family", "dzisiaj babcia go odbierze"),
    ("Ioana", "family", "bunica îl ia azi"),
    ("Farah", "family", "آج دادی اسے لینے آئیں گی"),
    ("Samira", "family", "جدته تأخذه غدا"),
]


@pytest.mark.parametrize(("who", "question", "words"), ALWAYS)
def test_what_is_always_so_is_an_answer_where_it_belongs(play: Player, who: str, question: str, words: str) -> None:
    _to(play, who, question)
    play.say(who, words)
    with play.session() as session:
        assert session.exec(select(AboutMe)).one().words == words


@pytest.mark.parametrize(("who", "question", "words"), TODAY)
def test_what_is_so_today_or_belongs_elsewhere_is_asked_about(
    play: Player, who: str, question: str, words: str
) -> None:
    _to(play, who, question)
    assert len(play.say(who, words)[-1].choices) == 3
    with play.session() as session:
        assert session.exec(select(AboutMe)).all() == []


def test_who_collects_most_days_is_staffs_to_read_as_well(on_both: Player) -> None:
    _to(on_both, "Amina", "family")
    on_both("""
        Amina: Grandma picks him up most days
        Coatpeg: What does Noor like to do ...
          ...
    """)
    with on_both.session() as session:
        assert [one.text for one in waiting_for_staff(session)] == ["Grandma picks him up most days"]


def _to(play: Player, who: str, question: str) -> None:
    """One of the questions alone, of their first child."""
    with play.session() as session:
        child = session.exec(select(Child.id).where(col(Child.name).startswith(CAST[who].children[0]))).one()
    play.push(who, "about", {"child": child, "ask": question})
    play.deliver()
