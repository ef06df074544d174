"""Who is who, and Ofsted."""

from datetime import date

import pytest
from sqlmodel import col, select

from nursery import leavers
from nursery.concerns import Concern
from nursery.people import Staff
from nursery.queries import Query
from nursery.settings import Setting
from nursery.suggestions import Suggestion
from nursery.tasks import Task
from tests.cast import MONDAY, People
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


def test_who_has_left_is_named_no_more_and_gets_nothing_new(on_both: Player, people: People) -> None:
    for text in ("ASK", "When is the trip?", "1"):
        on_both.say("Amina", text)
    with on_both.session() as session:
        setting, grace = session.get_one(Setting, people.setting.id), session.get_one(Staff, people.staff["Grace"].id)
        session.add(Staff(setting_id=setting.id or 0, name="Olu", role="manager"))
        assert leavers.leave(session, setting, grace, MONDAY).passed_on == 1
        assert leavers.leave(session, setting, session.get_one(Staff, people.staff["Helen"].id), MONDAY).passed_on == 1
    on_both("""
        Amina: WHO
        Coatpeg: The manager: Olu.
        Coatpeg: In an emergency with us, ring 01632 960123. In danger, ring 999.
        Amina: SAY THANKS
        Coatpeg: ...
        Amina: Thank you, Grace
        Coatpeg: ... Olu ...
    """)
    with on_both.session() as session:
        names = {one.id: one.name for one in session.exec(select(Staff))}
        owners = [*session.exec(select(Query.owner_id)), *session.exec(select(Suggestion.owner_id))]
        assert [names[one] for one in owners if one] == ["Olu", "Olu"]


def test_what_the_lead_had_passes_to_the_next_and_never_to_whom_it_is_about(play: Player, people: People) -> None:
    with play.session() as session:
        setting, grace = session.get_one(Setting, people.setting.id), session.get_one(Staff, people.staff["Grace"].id)
        setting.lead = "Grace"
        session.add_all([setting, Staff(setting_id=setting.id or 0, name="Nadia", role="deputy")])
    play.say("Amina", "Her father hits her")
    play.say("Amina", "Helen hits her")
    with play.session() as session:
        setting.lead = "Helen"
        leavers.leave(session, session.merge(setting), session.merge(grace), MONDAY)
        names = {one.id: one.name for one in session.exec(select(Staff))}
        owners = [names[one or 0] for one in session.exec(select(Concern.owner_id).order_by(col(Concern.id)))]
        theirs = select(Task.staff_id).where(Task.kind == "safeguarding").order_by(col(Task.id))
        tasks = [names[one or 0] for one in session.exec(theirs)]
        assert (owners, tasks) == (["Helen", "Nadia"], ["Helen", "Nadia"])


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


def test_while_no_number_to_ring_is_set_none_is_left_out(on_both: Player, people: People) -> None:
    with on_both.session() as session:
        place = session.get_one(Setting, people.setting.id)
        place.phone = ""
        session.add(place)
    said = [one.text for word in ("WHO", "CALLME", "SKIP", "COLLECT", "MEDICINE") for one in on_both.say("Amina", word)]
    assert not any("  " in text or " ." in text or " ," in text for text in said)
    assert "the nursery's number" in "".join(said)
