"""Policies: asked for, made plainer, told when changed, and signed."""

import re

import pytest
from sqlmodel import select

from bot.channels.wording import bodies, count
from bot.database import transaction
from locales import catalogue
from nursery import copies, policies, prints
from nursery.policies import PolicyEdition
from nursery.readings import PolicyReading
from nursery.settings import Setting
from nursery.tasks import open_tasks
from tests.cast import MONDAY, People
from tests.talking import Player

TOKEN = re.compile(r"https://acorns\.example/r/(\w{24})$")
LATE = "Coatpeg: Ring us as soon as you know: 01632 960123. ..."


def _readings(play: Player) -> list[tuple[str, int, str, str, str]]:
    with play.session() as session:
        rows = session.exec(select(PolicyReading).order_by(PolicyReading.id))  # type: ignore[arg-type]
        return [(row.policy, row.version, row.answer, row.language, row.name) for row in rows]


def test_a_policy_from_the_list(on_both: Player) -> None:
    on_both(f"""
        Amina: POLICY
        Coatpeg: What would you like to read about?
          1 If you are late
          2 Extra help, special needs
          3 Getting a place
          4 Fees and paying
          5 If you are not happy
          6 If nobody collects your child
          7 If a child goes missing
          8 More
        Amina: [tap 1]
        {LATE}
          1 Full text
          2 It is clear
          3 It is not clear
        Amina: [tap 2]
        Coatpeg: Thank you for telling us.
    """)
    assert _readings(on_both) == [("late-collection", 1, "clear", "en_GB", "")]


@pytest.mark.parametrize("words", ["POLICY late", "policy fees.", "Illness policy", "policy SEND"])
def test_a_policy_named_at_once(on_both: Player, words: str) -> None:
    assert on_both.say("Amina", words)[0].choices[0] == "Full text"


def test_the_second_page(on_both: Player) -> None:
    on_both("""
        Amina: policies
        Coatpeg: What would you like to read about?
          ...
        Amina: more
        Coatpeg: What would you like to read about?
          1 Keeping children safe
          2 If your child is ill
          3 Feelings and behaviour
          4 Your information and privacy
        Amina: medicine
        Coatpeg: Too ill to come? Text ABSENT or ring 01632 960123. ...
          ...
    """)


def test_a_complaint_is_made_not_read_about(on_both: Player) -> None:
    on_both("""
        Amina: POLICY
        Coatpeg: What would you like to read about?
          ...
        Amina: complaint
        Coatpeg: I am sorry. Please tell us in your own words ...
    """)


def test_the_full_text_is_free_by_telegram_and_asked_about(play: Player) -> None:
    play.channel = "telegram"
    play.say("Amina", "POLICY complaints")
    told, asked = play.say("Amina", "1")
    assert "within 28 days" in told.text.lower()
    assert asked.text == "Is this clear?"
    assert asked.choices == ("It is clear", "It is not clear", "Please call me")


@pytest.mark.parametrize("who", ["Amina", "Piotr", "Ioana", "Samira", "Farah"])
def test_by_sms_the_full_text_is_a_link_and_by_text_for_a_phone_without_internet(play: Player, who: str) -> None:
    play.channel = "sms"
    play.say(who, "POLICY complaints")
    link, asked = play.say(who, "1")
    assert TOKEN.search(link.text)
    assert [count(bodies(one.text, one.choices)) <= 3 for one in (link, asked)] == [True, True]
    *told, asked = play.say(who, "4")
    assert len(asked.choices) == 3, "by text once is enough"
    assert max(count(bodies(one.text)) for one in told) <= 4
    words = catalogue(told[0].language)
    full = words.say(words.content(policies.policies()["complaints"].full), manager="Helen")
    assert " ".join(" ".join(one.text for one in told).split()) == " ".join(full.split())


def test_the_full_text_on_paper(play: Player) -> None:
    play.channel = "sms"
    for words in ("POLICY fees", "1"):
        play.say("Piotr", words)
    play.say("Piotr", "5")
    play.say("Piotr", "POLICY fees")
    with play.session() as session:
        [job] = prints.waiting(session, 1)
        assert (job.kind, job.ref, job.format) == ("policy", "fees 1", "text")
        text, language = prints.words_of(session, job)
    assert (language, text.startswith(catalogue("pl").content(policies.policies()["fees"].full).strip()[:40])) == (
        "pl",
        True,
    )


def test_the_link_before_signing_and_the_copy_after(play: Player, people: People) -> None:
    play.channel = "sms"
    play.push("Amina", "policy_changed", {"edition": _changed(play, people, full="Ring. It is 5 pounds.")})
    play.deliver()
    for words in ("1", "2"):
        told = play.say("Amina", words)
    assert TOKEN.search(told[0].text)
    assert told[1].choices == ("It is not clear", "Send it by text", "On paper, please")
    assert [one.text for one in play.say("Amina", "2")] == [
        "Ring. It is 5 pounds.",
        "If you have read it and it is clear, please sign: type your full name.",
    ]
    signed = play.say("Amina", "Amina Khan")[0]
    found = TOKEN.search(signed.text)
    assert found is not None
    with play.session() as session:
        link = copies.known(session, found[1])
        assert link is not None
        copy = copies.copy_of(session, link.guardian_id, link.setting_id, link.kind, link.ref)
    assert copy.paragraphs == ("Ring. It is 5 pounds.",)
    assert copy.signed == ("Signed by Amina Khan on 23 Nov 2026 (version 2).",)


def test_not_clear_brings_plainer_words_and_then_a_person(on_both: Player) -> None:
    on_both(f"""
        Amina: policy late
        {LATE}
          ...
        Amina: [tap 3]
        Coatpeg: Late? Ring us: 01632 960123. Staff stay with your child. ...
          1 It is clear
          2 Please call me
        Amina: [tap 2]
        Coatpeg: Thank you. A person from Little Acorns will ring you about it. If it can't wait, ring 01632 960123.
    """)
    with on_both.session() as session:
        assert [(task.kind, task.about) for task in open_tasks(session)] == [
            ("policy not clear", "policy late-collection")
        ]


def test_plainer_words_may_be_enough(on_both: Player) -> None:
    for words in ("policy fees", "3", "1"):
        on_both.say("Amina", words)
    assert [row[2] for row in _readings(on_both)] == ["not clear", "clear"]


def test_who_leads_on_safety_is_named_once_set(on_both: Player, people: People) -> None:
    assert (
        "Ring Helen, who leads on keeping children safe: 01632 960123."
        in on_both.say("Amina", "policy safeguarding")[0].text
    )
    with on_both.session() as session:
        setting = session.get_one(Setting, people.setting.id)
        setting.lead, setting.lead_phone = "Dee", "01632 960124"
        session.add(setting)
    assert (
        "Ring Dee, who leads on keeping children safe: 01632 960124."
        in on_both.say("Amina", "policy safeguarding")[0].text
    )


def _changed(play: Player, people: People, **texts: str) -> int:
    with transaction(play.engine) as session:
        note = "There is now a charge of 5 pounds after ten minutes."
        return policies.publish(session, people.setting, "late-collection", note, MONDAY, **texts).id or 0


def test_a_change_is_told_read_and_signed(on_both: Player, people: People) -> None:
    edition = _changed(on_both, people, short="Ring us. After ten minutes it costs 5 pounds.")
    on_both.push("Amina", "policy_changed", {"edition": edition})
    on_both("""
        Coatpeg to Amina: Little Acorns has changed what it says about this: If you are late.
          There is now a charge of 5 pounds after ten minutes.
          1 Read it now
          2 Later
        Amina: [tap 1]
        Coatpeg: Ring us. After ten minutes it costs 5 pounds.
          1 I would like to sign
          2 Full text
          3 It is not clear
        Amina: [tap 1]
        Coatpeg: If you have read it and it is clear, please sign: type your full name.
          1 It is not clear
        Amina: 12
        Coatpeg: To sign, please type your full name as you write it. ...
          ...
        Amina: Amina Khan
        Coatpeg: Thank you. You signed as Amina Khan on Mon 23 Nov. Here is your copy. The link works until Mon 7 Dec.
          https://acorns.example/r/...
    """)
    assert _readings(on_both) == [("late-collection", 2, "signed", "en_GB", "Amina Khan")]


def test_nobody_signs_what_they_were_not_shown(on_both: Player, people: People) -> None:
    on_both.push("Amina", "policy_changed", {"edition": _changed(on_both, people)})
    on_both.deliver()
    for words in ("1", "1"):
        on_both.say("Amina", words)
    _changed(on_both, people, short="Ring us. It costs 9 pounds.")
    assert on_both.say("Amina", "Amina Khan")[0].text.startswith("Ring us. It costs 9 pounds.")
    assert _readings(on_both) == []
    for words in ("1", "Amina Khan"):
        on_both.say("Amina", words)
    assert [row[:3] for row in _readings(on_both)] == [("late-collection", 3, "signed")]


def test_the_full_text_before_signing(on_both: Player, people: People) -> None:
    on_both.push("Amina", "policy_changed", {"edition": _changed(on_both, people)})
    on_both.deliver()
    for words in ("1", "2"):
        told = on_both.say("Amina", words)
    assert told[-1].text == "If you have read it and it is clear, please sign: type your full name."
    on_both.say("Amina", "Amina Khan")
    assert _readings(on_both)[0][2] == "signed"


def test_a_change_that_is_not_clear(on_both: Player, people: People) -> None:
    on_both.push("Amina", "policy_changed", {"edition": _changed(on_both, people)})
    on_both.deliver()
    on_both.say("Amina", "1")
    assert on_both.say("Amina", "3")[-1].text.startswith("Late? Ring us")
    on_both.say("Amina", "2")
    with on_both.session() as session:
        assert open_tasks(session)[0].kind == "policy not clear"


def test_later_and_a_change_that_was_changed_again(play: Player, people: People) -> None:
    first = _changed(play, people)
    play.push("Amina", "policy_changed", {"edition": first})
    play.deliver()
    play("Amina: [tap 2]\nCoatpeg: That is fine. When you have time, text POLICY.")
    play.push("Amina", "policy_changed", {"edition": first})
    second = _changed(play, people)
    play.push("Farah", "policy_changed", {"edition": second})
    assert [one.who for one in play.deliver()] == ["Farah"]


@pytest.mark.parametrize("who", ["Piotr", "Ioana", "Samira", "Farah"])
def test_in_the_readers_language(on_both: Player, who: str) -> None:
    told = on_both.say(who, "POLICY late")[0]
    short = policies.policies()["late-collection"].short
    assert told.text == catalogue(told.language).say(catalogue(told.language).content(short), phone="01632 960123")
    assert told.language != "en_GB"


@pytest.mark.parametrize(("who", "words"), [("Amina", "behaviour"), ("Piotr", "zachowanie")])
def test_a_policy_of_the_second_page_typed_on_the_first(on_both: Player, who: str, words: str) -> None:
    on_both.say(who, "POLICY")
    on_both.say(who, words)
    told = policies.policies()["behaviour"].short
    assert on_both.heard[-1].text.startswith(catalogue(on_both.heard[-1].language).content(told)[:40])


@pytest.mark.parametrize(
    ("who", "back"), [("Amina", "BACK"), ("Piotr", "wstecz"), ("Ioana", "înapoi"), ("Farah", "واپس")]
)
def test_back_leads_to_the_list(on_both: Player, who: str, back: str) -> None:
    listed = on_both.say(who, "POLICY")[0]
    on_both.say(who, "4")
    again = on_both.say(who, back)[0]
    assert (again.text, again.choices) == (listed.text, listed.choices)


def test_of_a_policy_that_the_library_has_dropped_nothing_is_told_or_printed(on_both: Player, people: People) -> None:
    with on_both.session() as session:
        edition = PolicyEdition(setting_id=1, policy="holidays", version=2, full="May.", published_at=MONDAY)
        session.add(edition)
        prints.on_paper(session, people.guardians["Amina"].id or 0, 1, "policy", "holidays 2", MONDAY)
        session.flush()
        number = edition.id
    on_both.push("Amina", "policy_changed", {"edition": number})
    assert on_both.deliver() == []
    with on_both.session() as session:
        assert [task.kind for task in open_tasks(session)] == ["a text to print"], "no broken message"
        assert prints.waiting(session, 1) == []
