"""One phone, two guardians who read different languages: each is spoken to in their own."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.commands.preview import preview
from locales import LANGUAGES
from nursery.complaints import Complaint
from nursery.contacts import contact_at
from nursery.guardians import Guardian
from nursery.notices import draft
from nursery.recipients import Audience
from nursery.replies import NoticeReply
from nursery.settings import today
from nursery.shared_phones import share
from tests.cast import CAST, MONDAY, People
from tests.handlers.sharing import ZOSIA_PHONE, id_in, language_of, on_telegram, reads, tell
from tests.talking import Player

READS = ["pl", "ro", "ur"]
"""What Babcia may read, where Piotr reads English."""


@pytest.mark.parametrize("language", READS)
def test_what_is_for_both_comes_once_in_each_language_they_read(phone: Player, people: People, language: str) -> None:
    reads(phone, Babcia=language)
    tell(phone, people)
    heard = {one.language: one.text for one in phone.deliver() if one.who == "Piotr"}
    assert heard.keys() == {"en_GB", language}
    assert heard["en_GB"] == "For Piotr: Little Acorns: Wellies, please"
    assert "Babcia" in heard[language]
    phone.clock.pass_(minutes=10)
    assert phone.deliver() == []


def test_what_asks_is_answered_by_each_in_their_own_language(phone: Player, people: People) -> None:
    reads(phone, Babcia="ur")
    tell(phone, people, checks=True)
    assert sorted(one.language for one in phone.deliver() if one.who == "Piotr") == ["en_GB", "ur"]
    said = [one.language for _ in range(2) for one in phone.say("Piotr", "1")]
    assert sorted(set(said)) == ["en_GB", "ur"]
    with phone.session() as session:
        answered = sorted(session.exec(select(NoticeReply.guardian_id)))
        assert answered == sorted([id_in(session, "Piotr"), id_in(session, "Babcia")])


def test_of_three_those_who_read_the_same_get_it_once_under_both_names(phone: Player, people: People) -> None:
    reads(phone, Piotr="ro")
    with phone.session() as session:
        farah = session.get_one(Guardian, people.guardians["Farah"].id)
        contact, chat = contact_at(session, "sms", ZOSIA_PHONE), contact_at(session, "telegram", CAST["Farah"].chat)
        assert contact is not None
        assert chat is not None
        chat.state, farah.language = "blocked", "en_GB"
        share(session, contact, farah, MONDAY, today(MONDAY))
        told = draft(session, Audience(people.setting.id or 0), publish_at=MONDAY, now=MONDAY, text="Wellies, please")
        shown = preview(session, told, today(MONDAY))
        session.delete(told)
    lanes = {(one.language, one.channel): (one.guardians, one.messages) for one in shown.lanes}
    assert lanes["en_GB", "sms"] == (2, 1)
    tell(phone, people)
    heard = [one for one in phone.deliver() if one.who == "Piotr"]
    assert sorted(one.language for one in heard) == ["en_GB", "ro"]
    assert "For Farah, Babcia: Little Acorns: Wellies, please" in [one.text for one in heard]


def test_the_price_is_of_what_goes_not_of_who_reads_it(phone: Player, people: People) -> None:
    with phone.session() as session:
        told = draft(session, Audience(people.setting.id or 0), publish_at=MONDAY, now=MONDAY, text="Wellies, please")
        same = preview(session, told, today(MONDAY))
        session.get_one(Guardian, id_in(session, "Babcia")).language = "ro"
        differ = preview(session, told, today(MONDAY))
    once = next(one for one in same.lanes if (one.language, one.channel) == ("en_GB", "sms"))
    assert (once.guardians, once.messages, once.charged) == (2, 1, once.parts)
    assert "some share a phone" in str(once.line())
    assert all(one.messages == one.guardians for one in differ.lanes)
    assert sum(one.charged for one in differ.lanes) > sum(one.charged for one in same.lanes)


@pytest.mark.parametrize("language", READS)
@pytest.mark.parametrize("words", [["LANGUAGE", "2", "{}"], ["{}", "2"]])
def test_a_language_chosen_there_is_for_who_writes(phone: Player, words: list[str], language: str) -> None:
    on_telegram(phone, "Piotr", CAST["Piotr"].chat)
    asked = phone.say("Piotr", words[0].format(LANGUAGES[language].autonym))[0]
    assert asked.choices == ("Piotr", "Babcia")
    for said in words[1:]:
        told = phone.say("Piotr", said.format(LANGUAGES[language].autonym))
    assert told[0].language == language
    assert (language_of(phone, "Piotr"), language_of(phone, "Babcia")) == ("en_GB", language)
    assert phone.say("Piotr", "MENU")[0].language == "en_GB"
    for said in ("SETTINGS", "2"):
        told = phone.say("Piotr", said)
    assert LANGUAGES[language].autonym in told[0].text
    assert told[0].language == language


@pytest.mark.parametrize("language", READS)
def test_a_talk_is_in_the_language_of_who_writes_to_its_end(phone: Player, language: str) -> None:
    reads(phone, Babcia=language)
    assert phone.say("Piotr", "ABSENT")[0].language == "en_GB"
    for words in ("2", "xyzzy", "1"):
        [told] = phone.say("Piotr", words)
        assert told.language == language
        assert "understand" not in told.text
    phone.clock.pass_(hours=2)
    assert phone.say("Piotr", "WHO")[0].language == "en_GB"


def test_whose_the_phone_is_changes_what_it_speaks(phone: Player) -> None:
    for said in ("ABSENT", "1", "polski", "1"):
        told = phone.say("Piotr", said)
    assert [one.language for one in told] == ["pl", "pl"], "and what was open is asked again"
    assert (language_of(phone, "Piotr"), language_of(phone, "Babcia")) == ("pl", "en_GB")
    assert phone.say("Piotr", "MENU")[0].language == "pl"


@pytest.mark.parametrize("language", ["pl", "ur", "ro"])
def test_in_the_language_of_the_phone(phone: Player, language: str) -> None:
    with phone.session() as session:
        session.get_one(Guardian, id_in(session, "Piotr")).language = language
    asked = phone.say("Piotr", "COMPLAIN")[0]
    assert (asked.choices, asked.language) == (("Piotr", "Babcia"), language)
    for words in ("1", "The gate was open", "3"):
        said = phone.say("Piotr", words)
    assert said[-1].language == language
    with phone.session() as session:
        assert session.exec(select(Complaint)).one().guardian_id == id_in(session, "Piotr")
