"""A voice note as each parent has it: on Telegram with its words, by SMS as a short text with a link."""

from __future__ import annotations

import pytest
from sqlmodel import col, select

from bot.outbox import OutboxMessage
from locales import catalogue
from nursery import notices, policies, preferences
from nursery.guardians import Guardianship, Topic
from nursery.recipients import Audience
from nursery.recordings import Recording
from tests.cast import CAST, MONDAY, People
from tests.recordings import ogg
from tests.talking import Heard, Player

WELLIES = "Bring wellies."


def _recording(
    play: Player, people: People, language: str, kind: str = "notice", words: str = "", room: str = ""
) -> int:
    with play.session() as session:
        ref = "fees 2"
        if kind == "notice":
            room_id = people.rooms[room].id if room else None
            whom = Audience(people.setting.id or 0, room_id=room_id)
            ref = str(notices.draft(session, whom, publish_at=MONDAY, now=MONDAY, text=WELLIES).id)
        else:
            policies.publish(session, people.setting, "fees", "Fees go up.", MONDAY, short="Ten pounds a day.")
        made = Recording(
            setting_id=people.setting.id or 0,
            kind=kind,
            ref=ref,
            language=language,
            content=ogg(),
            mime="audio/ogg",
            seconds=2,
            words=words,
            made_at=MONDAY,
        )
        session.add(made)
        session.flush()
        return made.id or 0


def _heard(play: Player, who: str, recording: int) -> list[Heard]:
    play.push(who, "voice_note", {"recording": recording}, topic=Topic.NOTICES)
    return play.deliver()


def test_in_english_on_both(on_both: Player, people: People) -> None:
    number = _recording(on_both, people, "en_GB")
    on_both.push("Amina", "voice_note", {"recording": number}, topic=Topic.NOTICES)
    if on_both.channel == "telegram":
        on_both("""
            Coatpeg to Amina: Little Acorns: our message, for you to listen to.
              Bring wellies.
        """)
    else:
        on_both("""
            Coatpeg to Amina: Little Acorns: our message, for you to listen to.
              https://acorns.example/v/...
        """)
    with on_both.session() as session:
        assert session.exec(select(OutboxMessage)).one().recording_id == number
    on_both("""
        Amina: thank you
        Coatpeg: ...
    """)


@pytest.mark.parametrize("channel", ["telegram", "sms"])
@pytest.mark.parametrize(("who", "words"), [("Piotr", "Weźcie kalosze."), ("Farah", "ربڑ کے جوتے لائیں۔")])
def test_in_their_own_language_with_the_words_it_says(
    play: Player, people: People, who: str, words: str, channel: str
) -> None:
    play.channel = channel
    (heard,) = _heard(play, who, _recording(play, people, CAST[who].language, words=words))
    said = catalogue(CAST[who].language)
    announced = said.say(said.gettext("%(setting)s: our message, for you to listen to."), setting="Little Acorns")
    first, *_, last = heard.text.splitlines()
    assert (heard.language, first) == (CAST[who].language, announced)
    if channel == "telegram":
        assert (last, WELLIES in heard.text) == (words, False)
    else:
        assert last.startswith("https://acorns.example/v/")
        assert len(last) < 50
        assert words not in heard.text, "the words are on the page"


def test_a_policy_is_named_and_said_in_short(play: Player, people: People) -> None:
    (heard,) = _heard(play, "Amina", _recording(play, people, "en_GB", kind="policy"))
    first, _, last = heard.text.splitlines()
    assert first.startswith("Little Acorns: this is for you to listen to: ")
    assert last == "Ten pounds a day."


def test_another_language_another_room_and_what_was_taken_back_go_to_nobody(play: Player, people: People) -> None:
    assert _heard(play, "Amina", _recording(play, people, "pl")) == []
    assert _heard(play, "Amina", _recording(play, people, "en_GB", room="Caterpillars")) == []
    number = _recording(play, people, "en_GB")
    with play.session() as session:
        newest = select(notices.Notice).order_by(col(notices.Notice.id).desc())
        notices.withdraw(session, session.exec(newest.limit(1)).one(), MONDAY)
    assert _heard(play, "Amina", number) == []
    number = _recording(play, people, "en_GB")
    with play.session() as session:
        session.get_one(Recording, number).taken_back_at = MONDAY
    assert _heard(play, "Amina", number) == []
    with play.session() as session:
        reasons = session.exec(select(OutboxMessage.reason).order_by(OutboxMessage.id)).all()  # type: ignore[arg-type]
    assert reasons == ["another language", "not allowed", "taken back", "taken back"]


def test_a_courts_limit_and_a_stopped_topic_are_looked_at_as_it_leaves(play: Player, people: People) -> None:
    number = _recording(play, people, "en_GB")
    with play.session() as session:
        amina = people.guardians["Amina"].id
        tie = session.exec(select(Guardianship).where(Guardianship.guardian_id == amina)).one()
        tie.restricted_from = MONDAY.date()
        session.add(tie)
    assert _heard(play, "Amina", number) == []
    number = _recording(play, people, "ur")
    with play.session() as session:
        farah = people.guardians["Farah"]
        preferences.toggle(session, farah, Topic.NOTICES)
    assert _heard(play, "Farah", number) == []
