"""Who is who, and Ofsted."""

from datetime import date

import pytest

from nursery.people import Staff
from nursery.settings import Setting
from tests.cast import People
from tests.talking import Player


def test_who_is_who(on_both: Player) -> None:
    on_both("""
        Amina: WHO
        Coatpeg: Noor: the key person is Grace.
          The manager: Helen.
        Coatpeg: In an emergency with us, ring 01632 960123. In danger, ring 999.
    """)


def test_each_child_once_and_who_leads_on_safety(on_both: Player, people: People) -> None:
    with on_both.session() as session:
        setting, grace = session.get_one(Setting, people.setting.id), session.get_one(Staff, people.staff["Grace"].id)
        setting.lead, setting.lead_phone, grace.away_until = "Dee", "01632 960124", date(2026, 12, 1)
        session.add_all([setting, grace])
    on_both.say("Ioana", "LANGUAGE")
    on_both.say("Ioana", "1")
    on_both("""
        Ioana: who
        Coatpeg: Andrei: the key person is Grace, who is away until Tue 1 Dec.
          Mara: the key person is Grace, who is away until Tue 1 Dec.
          The manager: Helen.
        Coatpeg: Worried about a child? Ring Dee, who leads on keeping children safe: 01632 960124.
          In an emergency with us, ring 01632 960123. In danger, ring 999.
    """)


def test_ofsted(on_both: Player, people: People) -> None:
    on_both("""
        Amina: Ofsted
        Coatpeg: Ofsted checks nurseries in England. You can ring Ofsted at any time: 0300 123 1231.
          To complain to us, text COMPLAIN.
    """)
    with on_both.session() as session:
        setting = session.get_one(Setting, people.setting.id)
        setting.ofsted_number, setting.ofsted_report = "EY123456", "https://reports.ofsted.gov.uk/EY123456"
        session.add(setting)
    on_both("""
        Amina: OFSTED
        Coatpeg: Ofsted checks ...
          Our number at Ofsted is EY123456.
          Read the report about us: https://reports.ofsted.gov.uk/EY123456
          To complain to us, text COMPLAIN.
    """)


def test_special_needs(on_both: Player) -> None:
    on_both("""
        Amina: SEND
        Coatpeg: Every child is welcome. ...
          1 Full text
          ...
    """)


def test_send_in_a_sentence_is_not_the_word(on_both: Player) -> None:
    assert on_both.say("Amina", "can I send a cake on friday")[0].choices[0] != "Full text"


def test_a_stranger_learns_nothing(on_both: Player) -> None:
    for word in ("WHO", "OFSTED", "SEND", "POLICY late", "DATA", "CONSENT", "SIGN"):
        assert on_both.say("Stranger", word)[0].text.startswith("This is Little Acorns.")


@pytest.mark.parametrize("who", ["Piotr", "Ioana", "Samira", "Farah"])
def test_in_other_languages(on_both: Player, who: str) -> None:
    told = on_both.say(who, "WHO")
    assert "Grace" in told[0].text
    assert "999" in told[-1].text
    assert "0300 123 1231" in on_both.say(who, "OFSTED")[0].text
