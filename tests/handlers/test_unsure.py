"""What nothing else takes: never acted on, never lost."""

import pytest
from sqlmodel import select

from bot.messages import Attachment
from bot.needs import tells_a_need
from handlers import CONVERSATIONS
from locales import catalogue
from nursery.inbox import waiting_for_staff
from nursery.queries import Query, words_of
from tests.cast import CAST
from tests.talking import Player


def test_passed_to_the_key_person(on_both: Player) -> None:
    on_both("""
        Amina: The blue gate is sticking
        Coatpeg: I am not sure what you mean. What shall I do?
          1 Pass this to Grace
          2 Menu
        Amina: [tap 1]
        Coatpeg: Thank you. Your question is Q-1042. Grace answers by Wed 25 Nov. If it can't wait, ring 01632 960123.
    """)
    with on_both.session() as session:
        query = session.exec(select(Query)).one()
        assert [said.words for said in words_of(session, query)] == ["The blue gate is sticking"]


def test_the_words_are_staffs_to_read_whatever_is_chosen(on_both: Player) -> None:
    on_both("""
        Amina: The blue gate is sticking
        Coatpeg: I am not sure what you mean. ...
          ...
        Amina: [tap 2]
        Coatpeg: What can I do for you?
          ...
    """)
    with on_both.session() as session:
        assert [message.text for message in waiting_for_staff(session)] == ["The blue gate is sticking"]


def test_more_words_are_new_words(on_both: Player) -> None:
    on_both("""
        Amina: The blue gate is sticking
        Coatpeg: I am not sure what you mean. ...
          ...
        Amina: The yellow gate is sticking
        Coatpeg: ...
          ...
        Amina: ABSENT
        Coatpeg: Why is Noor away?
          ...
    """)
    with on_both.session() as session:
        assert len(waiting_for_staff(session)) == 2


def test_a_slip_is_offered_not_acted_on(on_both: Player) -> None:
    on_both("""
        Amina: absnt
        Coatpeg: Did you mean one of these?
          1 Child away
          ...
        Amina: [tap 1]
        Coatpeg: Why is Noor away?
          ...
    """)


def test_stop_inside_a_sentence_is_offered(on_both: Player) -> None:
    replies = on_both.say("Amina", "stop texting")
    assert "Stop all messages" in replies[0].choices
    number = replies[0].choices.index("Stop all messages") + 1
    assert "no more messages" in on_both.say("Amina", str(number))[0].text


@pytest.mark.parametrize(
    ("who", "text"),
    [
        ("Amina", "I want to stop her nappies"),
        ("Amina", "can you stop giving him milk"),
        ("Amina", "the bus didn't stop, so no nursery today"),
        ("Piotr", "możecie przestać dawać jej smoczek"),
        ("Ioana", "opriți-i suzeta ziua vă rog"),
        ("Farah", "us ko chusni dena band kar dein"),
        ("Samira", "وقفوا الببرونة لو سمحتوا"),
    ],
)
def test_a_stop_is_never_invented(on_both: Player, who: str, text: str) -> None:
    offers = on_both.say(who, text)[-1]
    assert offers.choices
    assert catalogue(offers.language).gettext("Stop all messages") not in offers.choices
    with on_both.session() as session:
        assert [message.text for message in waiting_for_staff(session)] == [text]


@pytest.mark.parametrize("text", ["ok", "Thanks!", "Thank you.", "👍", "👍🏽", "❤️", "OK thank you"])
def test_courtesy_has_a_short_answer(on_both: Player, text: str) -> None:
    on_both(f"""
        Amina: {text}
        Coatpeg: Thank you. Text MENU at any time.
    """)
    with on_both.session() as session:
        assert waiting_for_staff(session) == []


@pytest.mark.parametrize("text", ["haha 😂", "😂😂", "ok great, thanks 👍", "Hi 😊", "xx", "LOL"])
def test_laughter_and_smileys_are_a_courtesy(on_both: Player, text: str) -> None:
    replies = on_both.say("Amina", text)
    assert [(one.choices, "MENU" in one.text) for one in replies] == [((), True)]
    with on_both.session() as session:
        assert waiting_for_staff(session) == []


@pytest.mark.parametrize(
    ("who", "text"),
    [
        ("Amina", "ok see you tomorrow then"),
        ("Amina", "have a lovely evening everyone"),
        ("Piotr", "no to do zobaczenia jutro"),
        ("Ioana", "o zi frumoasa sa aveti"),
        ("Farah", "اچھا پھر کل ملتے ہیں"),
        ("Farah", "acha ji phir milte hain"),
        ("Samira", "يلا بشوفكم بكرا"),
        ("Samira", "yalla bshoufkon bukra"),
    ],
)
def test_idle_talk_has_a_short_answer_no_offer_and_may_be_read(on_both: Player, who: str, text: str) -> None:
    """What is only guessed to be idle is staff's to read all the same."""
    replies = on_both.say(who, text)
    assert [(one.choices, one.text.count("\n")) for one in replies] == [((), 0)]
    with on_both.session() as session:
        assert [message.text for message in waiting_for_staff(session)] == [text]


@pytest.mark.parametrize(
    ("who", "text"),
    [
        ("Amina", "I am deaf"),
        ("Amina", "I'm worried"),
        ("Amina", "cant read this"),
        ("Piotr", "mam problem z synem"),
        ("Piotr", "nie widzę dobrze"),
        ("Piotr", "jest mi ciezko"),
        ("Farah", "مجھے مدد چاہیے"),
        ("Farah", "پریشان ہوں"),
        ("Farah", "main behri hoon"),
        ("Ioana", "nu aud bine"),
        ("Ioana", "am o problema"),
        ("Samira", "انا صماء"),
        ("Samira", "عندي مشكلة"),
        ("Samira", "ana tarsha"),
    ],
)
def test_what_a_person_needs_or_how_they_are_is_never_idle_talk(on_both: Player, who: str, text: str) -> None:
    asked = on_both.say(who, text)[-1]
    assert catalogue(asked.language).gettext("Menu") in asked.choices
    with on_both.session() as session:
        assert [message.text for message in waiting_for_staff(session)] == [text]


@pytest.mark.parametrize(
    "text", ["no problem see you", "nie ma problemu", "ما في مشكلة", "koi masla nahi", "don't worry"]
)
def test_no_problem_is_no_need(text: str) -> None:
    assert not tells_a_need(text)


@pytest.mark.parametrize("text", ["😭", "🤒", "what?", "??", "Parking?"])
def test_what_may_ask_or_tell_something_is_no_idle_talk(on_both: Player, text: str) -> None:
    assert on_both.say("Amina", text)[-1].choices
    with on_both.session() as session:
        assert [message.text for message in waiting_for_staff(session)] == [text]


def test_no_courtesy_follows_words_of_harm(on_both: Player) -> None:
    replies = on_both.say("Amina", "he hits me")
    assert "999" in replies[0].text
    assert [one for one in replies if one.text.startswith("Thank you")] == []


@pytest.mark.parametrize("who", ["Amina", "Piotr", "Ioana", "Farah", "Samira"])
def test_the_everyday_doubles_in_every_language(on_both: Player, who: str) -> None:
    """A photo out of the blue, a bare number, "ok": each is answered, in the parent's language, with a way on."""
    language, photo = CAST[who].language, Attachment("photo", "file", "image/jpeg")
    assert [len(one.choices) for one in on_both.say(who, "", attachments=(photo,))] == [3]
    assert [len(one.choices) for one in on_both.say(who, "ok")] == [0]
    assert [len(one.choices) for one in on_both.say(who, "7")] == [0, 9]
    assert {one.language for one in on_both.heard} == {language}


def test_a_courtesy_while_a_question_is_open_is_no_failed_answer(on_both: Player) -> None:
    on_both("""
        Amina: ABSENT
        Coatpeg: Why is Noor away?
          ...
        Amina: ok thanks
        Coatpeg: Thank you.
          Why is Noor away?
          ...
        Amina: [tap 1]
        Coatpeg: Until when is Noor away?
          ...
    """)


def test_a_photo_where_a_choice_is_asked_is_for_a_person_to_see(on_both: Player) -> None:
    on_both("""
        Amina: ABSENT
        Coatpeg: Why is Noor away?
          ...
        Amina: [photo] her rash
        Coatpeg: Thank you. A person will look at what you have sent. ...
          Why is Noor away?
          ...
    """)
    with on_both.session() as session:
        assert [message.text for message in waiting_for_staff(session)] == ["her rash"]


def test_a_number_out_of_context(on_both: Player) -> None:
    on_both("""
        Amina: 2
        Coatpeg: I am not sure what 2 means here.
        Coatpeg: What can I do for you?
          ...
    """)


@pytest.mark.parametrize("line", ["[photo]", "[voice]"])
def test_a_photo_may_be_passed_on(on_both: Player, line: str) -> None:
    on_both(f"""
        Amina: {line}
        Coatpeg: Thank you. What shall I do with this?
          1 Share this with Grace
          2 Pass this to Grace
          3 Menu
        Amina: 2
        Coatpeg: Thank you. Your question is Q-1042. ...
    """)


@pytest.mark.parametrize("words", ["look at this", "Thanks!", "he is ill today"])
def test_a_photo_with_words_may_be_shared_first(on_both: Player, words: str) -> None:
    on_both(f"""
        Amina: [photo] {words}
        Coatpeg: Thank you. What shall I do with this?
          1 Share this with Grace
          ...
    """)
    with on_both.session() as session:
        assert [message.text for message in waiting_for_staff(session)] == [words]


@pytest.mark.parametrize(
    ("who", "words", "conversation"),
    [
        ("Amina", "nobody told me about the trip, not happy", "complaint"),
        ("Piotr", "moje dziecko dziś nie przyjdzie, ma gorączkę", "absent"),
        ("Piotr", "nikt mi nie powiedział o wycieczce, jestem zły", "complaint"),
        ("Ioana", "mâine nu vin copiii, sunt bolnavi", "absent"),
        ("Farah", "kal chutti hai Noor ki", "absent"),
        ("Samira", "لم يخبرني أحد عن الرحلة وأنا منزعجة", "complaint"),
    ],
)
def test_a_sentence_is_offered_what_it_means_and_a_person(
    on_both: Player, who: str, words: str, conversation: str
) -> None:
    offers = on_both.say(who, words)[-1]
    known = on_both.house.conversations[conversation]
    label = catalogue(offers.language).gettext(known.label or known.more)
    assert label in offers.choices[:3]
    assert len(offers.choices) <= 5
    with on_both.session() as session:
        assert [message.text for message in waiting_for_staff(session)] == [words], (
            "nothing is lost, whatever is chosen"
        )


def test_a_sticker_is_refused_with_a_sentence(on_both: Player) -> None:
    on_both("""
        Amina: [sticker]
        Coatpeg: I can't keep this kind of message. You can send words, a photo, a voice note or a PDF.
    """)


def test_a_parent_of_two_is_asked_which_child(on_both: Player) -> None:
    on_both.say("Ioana", "the blue gate is sticking")
    assert len(on_both.say("Ioana", "1")[0].choices) == 3
    assert "Q-1042" in on_both.say("Ioana", "3")[0].text


@pytest.mark.parametrize(("words", "waits"), [("2", False), ("٢", False), ("999", True)])
def test_a_stray_number_is_no_work_for_staff(on_both: Player, words: str, *, waits: bool) -> None:
    on_both.say("Amina", words)
    with on_both.session() as session:
        assert bool(waiting_for_staff(session)) is waits


CAUTIONS = {
    "medicine": {
        "Amina": "give him calpol at 12", "Piotr": "proszę podać Zosi syrop o 12",
        "Ioana": "dati-i Marei nurofen la 12", "Samira": "اعطوا يوسف الدواء الساعة ١",
    },
    "collect": {
        "Amina": "my sister picks her up", "Piotr": "dziś odbierze ją babcia",
        "Ioana": "azi vine bunica dupa Andrei", "Samira": "خالته ستأخذ يوسف اليوم",
    },
}  # fmt: skip


@pytest.mark.parametrize("who", CAUTIONS["medicine"])
@pytest.mark.parametrize("name", CAUTIONS)
@pytest.mark.parametrize("before", ["", "POLICY"])
def test_medicine_or_who_collects_is_never_agreed_by_a_sentence(
    on_both: Player, who: str, name: str, before: str
) -> None:
    if before:
        on_both.say(who, before)
    offered = on_both.say(who, CAUTIONS[name][who])[0]
    known = next(one for one in CONVERSATIONS if one.name == name)
    words = catalogue(CAST[who].language)
    assert offered.text.startswith(words.gettext(known.caution))
    assert any(words.gettext(known.more) in choice for choice in offered.choices)
