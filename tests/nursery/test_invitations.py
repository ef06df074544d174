"""Invitation codes."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import select

from bot.answers import normalise
from bot.database import transaction
from nursery.contacts import Contact
from nursery.invitations import ALPHABET, LENGTH, Invitation, find, invite, note_wrong, read_code, redeem, waits_until
from tests.cast import MONDAY, People
from tests.conftest import KEY


def test_a_code_holds_forty_bits_without_look_alikes() -> None:
    assert len(set(ALPHABET)) ** LENGTH >= 2**40
    assert not set("0O1I") & set(ALPHABET)


def test_a_code_is_printed_again_while_it_is_open_and_never_kept(engine: Engine, people: People) -> None:
    amina = people.guardians["Amina"].id or 0
    with transaction(engine) as session:
        code = invite(session, amina, KEY, MONDAY)
        assert invite(session, amina, KEY, MONDAY + timedelta(days=29)) == code
        kept = session.exec(select(Invitation)).one()
        assert code.replace("-", "") not in repr(kept)
        assert invite(session, amina, KEY, MONDAY + timedelta(days=30)) != code


def test_each_guardian_has_a_code_of_their_own(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        codes = {invite(session, guardian.id or 0, KEY, MONDAY) for guardian in people.guardians.values()}
        assert len(codes) == len(people.guardians)


def test_another_key_opens_nothing(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        code = read_code(normalise(invite(session, people.guardians["Amina"].id or 0, KEY, MONDAY))) or ""
        assert find(session, code, b"another key") is None
        assert find(session, code, KEY) is not None


def test_a_code_is_redeemed_once(engine: Engine, people: People) -> None:
    amina = people.guardians["Amina"]
    with transaction(engine) as session:
        first, second = (Contact(channel="sms", address=f"+44770090009{number}") for number in (7, 8))
        session.add_all([first, second])
        session.flush()
        code = read_code(normalise(invite(session, amina.id or 0, KEY, MONDAY))) or ""
        joined = redeem(session, code, first.id or 0, KEY, MONDAY)
        assert joined is not None
        assert joined.id == amina.id
        assert redeem(session, code, second.id or 0, KEY, MONDAY) is None
        assert (first.guardian_id, second.guardian_id) == (amina.id, None)
        assert session.exec(select(Invitation)).one().used_by_contact_id == first.id


def test_the_guardians_language_is_the_settings_record_unless_there_is_none(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        for name, expected in (("Piotr", "pl"), ("Farah", "ro")):
            guardian = people.guardians[name]
            if name == "Farah":
                guardian.language = ""
            contact = Contact(channel="sms", address=f"sms of {name}", language="ro")
            session.add_all([session.merge(guardian), contact])
            session.flush()
            code = read_code(normalise(invite(session, guardian.id or 0, KEY, MONDAY))) or ""
            joined = redeem(session, code, contact.id or 0, KEY, MONDAY)
            assert joined is not None
            assert joined.language == expected


def test_five_wrong_codes_in_an_hour(engine: Engine) -> None:
    with transaction(engine) as session:
        contact = Contact(channel="sms", address="+447700900097")
        for minute in (0, 10, 20, 30, 40):
            assert waits_until(contact, MONDAY + timedelta(minutes=minute)) is None
            note_wrong(session, contact, MONDAY + timedelta(minutes=minute))
        assert waits_until(contact, MONDAY + timedelta(minutes=41)) == MONDAY + timedelta(hours=1)
        assert waits_until(contact, MONDAY + timedelta(hours=1)) is None
        note_wrong(session, contact, MONDAY + timedelta(hours=1))
        assert waits_until(contact, MONDAY + timedelta(hours=1, minutes=1)) is None


@pytest.mark.parametrize(
    "text", ["", "KX4M", "KX4M-7Q2", "KX4M-7Q2P9", "KX4M-7Q20", "hello you", "KX4M+7Q2P", "كلمة طويلة"]
)
def test_what_is_no_code(text: str) -> None:
    assert read_code(normalise(text)) is None


@given(st.text(alphabet=ALPHABET, min_size=LENGTH, max_size=LENGTH))
def test_every_code_reads_back_however_it_is_typed(code: str) -> None:
    for typed in (
        code,
        code.lower(),
        f"{code[:4]}-{code[4:]}",
        f"/start {code}",
        " ".join(code),
        code.replace("L", "1"),
    ):
        assert read_code(normalise(typed)) == code
