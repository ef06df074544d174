"""The partnership agreement: read, signed, countersigned, copied, and signed again when it changes."""

import re
from dataclasses import replace

import pytest
from sqlmodel import select

from bot.channels.wording import bodies, count
from nursery import agreements, copies, prints
from nursery.agreements import Signature, agreement
from nursery.copies import CopyKind
from nursery.guardians import Guardianship
from nursery.people import Staff
from nursery.tasks import open_tasks
from tests.cast import People
from tests.talking import Heard, Player

TOKEN = re.compile(r"https://acorns\.example/r/(\w{24})$")
OFFER = """
    Coatpeg: This is our agreement with you: 5 short parts on what we promise and what we ask. How would ...
      1 One part at a time
      2 All at once
      3 Later
"""
ASKED = """
    Coatpeg: I have read this agreement, or someone has read it to me. ...
      To sign this, type your full name.
      1 Later
      2 Please call me
"""


def _signature(play: Player) -> Signature:
    with play.session() as session:
        return session.exec(select(Signature)).one()


def test_part_by_part(on_both: Player, people: People) -> None:
    on_both(f"""
        Amina: SIGN
        {OFFER}
        Amina: [tap 1]
        Coatpeg: 1/5 What we promise: ...
          1 Next part
          2 Please call me
        Amina: next
        Coatpeg: 2/5 What we ask of you: ...
          ...
        Amina: [tap 1]
        Coatpeg: 3/5 How we talk: ... ring 01632 960123. ...
          ...
        Amina: ok
        Coatpeg: 4/5 Records and privacy: ...
          ...
        Amina: [tap 1]
        Coatpeg: 5/5 If you are not happy: tell the manager, Helen, ...
          ...
        Amina: [tap 1]
        {ASKED}
        Amina: Amina  Khan
        Coatpeg: Thank you. You signed as Amina Khan on Mon 23 Nov. Staff sign too, and then you get your copy here.
    """)
    signature = _signature(on_both)
    assert (signature.name, signature.version, signature.language) == ("Amina Khan", agreement().version, "en_GB")
    with on_both.session() as session:
        task = open_tasks(session)[0]
        assert (task.kind, task.staff_id) == ("agreement to countersign", people.staff["Grace"].id)


def test_all_at_once(on_both: Player) -> None:
    on_both.say("Amina", "SIGN")
    assert len(on_both.say("Amina", "all at once")) == 6
    on_both.say("Amina", "Amina Khan")
    assert _signature(on_both).name == "Amina Khan"


@pytest.mark.parametrize("said", ["7", "A", "Amina 2", "x" * 90, "OK thanks", "yes", "I agree", "who is he?"])
def test_what_is_no_name_signs_nothing(on_both: Player, said: str) -> None:
    on_both.say("Amina", "SIGN")
    on_both.say("Amina", "2")
    assert on_both.say("Amina", said)[0].choices == ("Later", "Please call me")


@pytest.mark.parametrize("said", ["Amina Khan 😊", "❤️ Amina  Khan"])
def test_a_smiley_is_no_part_of_a_name(on_both: Player, said: str) -> None:
    for words in ("SIGN", "1", *["1"] * 5, said):
        on_both.say("Amina", words)
    assert _signature(on_both).name == "Amina Khan"


def test_a_word_of_another_conversation_is_no_name(on_both: Player) -> None:
    on_both.say("Amina", "SIGN")
    on_both.say("Amina", "2")
    on_both("""
        Amina: COMPLAIN
        Coatpeg: I am sorry. Please tell us in your own words ...
    """)


def test_a_person_may_be_asked_at_any_part(on_both: Player) -> None:
    on_both.say("Amina", "SIGN")
    on_both.say("Amina", "1")
    on_both("""
        Amina: [tap 2]
        Coatpeg: Thank you. A person from Little Acorns will ring you about it. ...
    """)
    with on_both.session() as session:
        assert open_tasks(session)[0].kind == "agreement not clear"


def test_later(on_both: Player) -> None:
    on_both.say("Amina", "SIGN")
    on_both("Amina: later\nCoatpeg: That is fine. When you have time, text SIGN.")


def _signed(play: Player, people: People, who: str, name: str) -> Signature:
    """Signed by a guardian and by Grace."""
    for words in ("SIGN", "2", name):
        play.say(who, words)
    with play.session() as session:
        grace = session.get_one(Staff, people.staff["Grace"].id)
        agreements.countersign(session, session.exec(select(Signature)).one(), grace, play.clock.now)
    return _signature(play)


def _sent(play: Player, who: str, signature: Signature) -> Heard:
    """The copy, as the job of it is sent."""
    with play.session() as session:
        token, _ = copies.make_link(
            session, signature.guardian_id, 1, CopyKind.AGREEMENT, str(signature.id), play.clock.now
        )
    play.push(who, "agreement_copy", {"signature": signature.id, "token": token})
    return play.deliver()[0]


def test_by_telegram_the_copy_is_whole_with_both_names_and_dates_and_a_link(play: Player, people: People) -> None:
    play.channel = "telegram"
    copy = _sent(play, "Amina", _signed(play, people, "Amina", "Amina Khan")).text
    assert copy.startswith("Here is your copy of our agreement.")
    assert all(text.split(":")[0] in copy for text in agreement().parts.values())
    assert "Signed by Amina Khan on 23 Nov 2026 (version 1)." in copy
    assert "Signed for Little Acorns by Grace on 23 Nov 2026." in copy
    assert TOKEN.search(copy)
    play("""
        Amina: SIGN
        Coatpeg: You signed our agreement on Mon 23 Nov. Would you like to see it again?
          1 Yes
          2 No
    """)
    assert "by Grace" in play.say("Amina", "1")[-1].text


@pytest.mark.parametrize("who", ["Piotr", "Ioana", "Samira", "Farah"])
def test_by_sms_the_copy_is_a_link_or_by_text_or_on_paper(play: Player, people: People, who: str) -> None:
    play.channel = "sms"
    signature = _signed(play, people, who, f"{who} Kowalski")
    copy = _sent(play, who, signature)
    assert TOKEN.search(copy.text)
    assert count(bodies(copy.text, copy.choices)) <= 3
    told = play.say(who, "1")
    assert max(count(bodies(one.text)) for one in told) <= 4
    assert f"{who} Kowalski" in told[-1].text
    assert " ".join(signature.text.split()) in " ".join(" ".join(one.text for one in told).split())
    for words in ("SIGN", "1"):
        again = play.say(who, words)
    assert TOKEN.search(again[0].text), "a new link at any time"
    play.say(who, "2")
    with play.session() as session:
        [job] = prints.waiting(session, 1)
        text, language = prints.words_of(session, job)
    assert (job.kind, language) == ("agreement", signature.language)
    assert all(name in text for name in (f"{who} Kowalski", "Grace"))


def test_a_copy_is_its_signers_alone(play: Player) -> None:
    for words in ("SIGN", "2", "Amina Khan"):
        play.say("Amina", words)
    play.push("Farah", "agreement_copy", {"signature": _signature(play).id})
    assert play.deliver() == []
    assert play.say("Farah", "SIGN")[0].choices[0] != play.say("Amina", "SIGN")[0].choices[0]


def test_a_new_version_is_signed_again(on_both: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    for words in ("SIGN", "2", "Amina Khan"):
        on_both.say("Amina", words)
    changed = replace(agreement(), version=agreement().version + 1)
    monkeypatch.setattr("handlers.agreement.agreement", lambda: changed)
    monkeypatch.setattr("nursery.agreements.agreement", lambda: changed)
    on_both("""
        Amina: SIGN
        Coatpeg: Our agreement with you has changed since you signed it. How would you like to read it?
          ...
    """)
    for words in ("2", "Amina Khan"):
        on_both.say("Amina", words)
    with on_both.session() as session:
        assert sorted(one.version for one in session.exec(select(Signature))) == [1, 2]


WAYS = {"part by part": ["SIGN", "1", "1", "1", "1", "1", "1"], "all at once": ["SIGN", "2"]}


@pytest.mark.parametrize("way", WAYS)
def test_who_has_read_the_version_before_is_offered_the_new_one_and_signs_that(
    on_both: Player, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    for words in WAYS[way]:
        asked = on_both.say("Amina", words)
    assert "type your full name" in asked[-1].text
    parts = {name: f"New: {text}" for name, text in agreement().parts.items()}
    changed = replace(agreement(), version=agreement().version + 1, parts=parts)
    monkeypatch.setattr("handlers.agreement.agreement", lambda: changed)
    monkeypatch.setattr("nursery.agreements.agreement", lambda: changed)
    assert on_both.say("Amina", "Amina Khan")[-1].choices == ("One part at a time", "All at once", "Later")
    with on_both.session() as session:
        assert session.exec(select(Signature)).all() == []
    for words in ("2", "Amina Khan"):
        on_both.say("Amina", words)
    signed = _signature(on_both)
    assert (signed.version, signed.text[:4]) == (2, "New:")


@pytest.mark.parametrize("way", WAYS)
def test_what_is_signed_was_read_in_that_language(on_both: Player, way: str) -> None:
    for words in (*WAYS[way], "LANGUAGE", "polski"):
        asked = on_both.say("Amina", words)
    assert (asked[-1].language, len(asked[-1].choices)) == ("pl", 3), "how to read it"
    for words in ("2", "Amina Khan"):
        on_both.say("Amina", words)
    assert _signature(on_both).language == "pl"


@pytest.mark.parametrize("who", ["Piotr", "Ioana", "Samira"])
def test_in_the_readers_language_which_is_kept(on_both: Player, who: str) -> None:
    for words in ("SIGN", "2", f"{who} Kowalski"):
        on_both.say(who, words)
    assert _signature(on_both).language == on_both.heard[-1].language != "en_GB"


def test_with_no_child_confirmed_there_is_nothing_to_sign(on_both: Player, people: People) -> None:
    with on_both.session() as session:
        tie = session.exec(select(Guardianship).where(Guardianship.guardian_id == people.guardians["Amina"].id)).one()
        tie.confirmed_at = None
        session.add(tie)
    on_both("""
        Amina: SIGN
        Coatpeg: I have no child of yours on my list. Please ring Little Acorns: 01632 960123.
        Amina: CONSENT
        Coatpeg: I have no child of yours on my list. ...
    """)
