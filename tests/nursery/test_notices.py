"""Notices: what staff may send, and what becomes of the slots."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from bot.database import transaction
from locales import LANGUAGES, catalogue
from nursery import notices
from nursery.library import illnesses, templates
from nursery.notices import Notice, NoticeRefused
from nursery.preflight import preflight
from nursery.recipients import Audience, Unreached
from nursery.tone import ConcernRefused
from tests.cast import MONDAY, People

EXAMPLES = {
    "day": "2026-11-27",
    "time": "14:30",
    "name": "Grace",
    "place": "Hall",
    "phone": "01632 960123",
    "amount": "£12.50",
    "illness": "head-lice",
    "text": "rice",
}


def _draft(engine: Engine, people: People, **fields: Any) -> Notice:
    with transaction(engine) as session:
        given = {"publish_at": MONDAY, "now": MONDAY} | fields
        return notices.draft(session, Audience(people.setting.id or 0), **given)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "either a template or a text"),
        ({"text": "   "}, "either a template or a text"),
        ({"text": "x", "template": "thank-you"}, "either a template or a text"),
        ({"text": "x" * 1001}, "1001 characters"),
        ({"text": "x", "slots": {"day": "2026-11-27"}}, "no slots"),
        ({"template": "nothing"}, "no template 'nothing'"),
        ({"template": "closing-early", "slots": {"day": "2026-11-27"}}, "still needs: time"),
        ({"template": "closing-early", "slots": {"day": "2026-11-27", "time": " "}}, "still needs: time"),
        ({"template": "bring-coat", "slots": {"day": "2026-11-27", "colour": "red"}}, "has no colour"),
        ({"template": "bring-coat", "slots": {"day": "Friday"}}, "day must be written like 2027-01-29, not 'Friday'"),
        ({"template": "closing-early", "slots": {"day": "2026-11-27", "time": "half 2"}}, "time must be written like"),
        ({"template": "bring-coat", "slots": {"day": "2026-11-22"}}, "day: 2026-11-22 is over when this leaves"),
        ({"template": "illness-about", "slots": {"illness": "plague"}}, "illness must be one of: chickenpox"),
        ({"template": "no-parking", "slots": {"place": "x" * 81}}, "place is too long"),
    ],
)
def test_what_can_not_be_sent_is_refused_with_a_sentence(
    engine: Engine, people: People, fields: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(NoticeRefused, match=sentence):
        _draft(engine, people, **fields)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", templates())
def test_every_template_is_filled_in_every_language(engine: Engine, people: People, name: str, language: str) -> None:
    kinds = templates()[name].slots
    notice = _draft(engine, people, template=name, slots={slot: EXAMPLES[kind] for slot, kind in kinds.items()})
    text = notices.text_for(notice, catalogue(language))
    assert "%(" not in text
    for kind in kinds.values():
        if kind not in ("day", "illness"):
            assert EXAMPLES[kind] in text
    assert "head-lice" not in text
    assert (text == notices.text_for(notice, catalogue("en_GB"))) == (language == "en_GB")


def test_a_value_with_a_percent_sign_is_just_a_value(engine: Engine, people: People) -> None:
    notice = _draft(engine, people, template="thank-you", slots={"reason": "100%(day)s of it"})
    assert "100%(day)s of it" in notices.text_for(notice, catalogue("pl"))


def test_an_illness_has_its_name_in_each_language() -> None:
    assert all(catalogue(tag).has("content", None, name) for tag in LANGUAGES for name in illnesses().values())


def test_due_and_when_not(engine: Engine, people: People) -> None:
    later = _draft(engine, people, text="Later", publish_at=MONDAY + timedelta(hours=1))
    _draft(engine, people, text="Now")
    urgent = _draft(engine, people, text="Urgent", urgent=True)
    with transaction(engine) as session:
        assert [notice.text for notice in notices.due(session, MONDAY)] == ["Urgent", "Now"]
        notices.withdraw(session, session.get_one(Notice, urgent.id), MONDAY)
        session.get_one(Notice, later.id).published_at = MONDAY
        session.flush()
        assert [notice.text for notice in notices.due(session, MONDAY + timedelta(hours=2))] == ["Now"]


@pytest.mark.parametrize(
    ("day", "until"),
    [
        ("2026-11-27", datetime(2026, 11, 28, tzinfo=UTC)),
        ("2027-06-11", datetime(2027, 6, 11, 23, tzinfo=UTC)),  # summer time
        ("2026-11-20", None),  # it holds from then on
    ],
)
def test_it_is_of_use_until_the_end_of_its_day(
    engine: Engine, people: People, day: str, until: datetime | None
) -> None:
    slots = {"day": day, "name": "Grace"}
    notice = _draft(engine, people, template="staff-change-key-person", slots=slots)
    assert notices.useful_until(notice) == until
    assert notices.useful_until(_draft(engine, people, text="Thank you")) is None


def test_a_notice_to_one_family_is_held_to_the_tone_of_a_snippet(engine: Engine, people: People) -> None:
    worry, harm = "Noor bit another child today.", "Noor said daddy hits her."
    whom = Audience(people.setting.id or 0, child_id=people.children["Noor"].id)
    with transaction(engine) as session:
        for fields in ({"text": worry}, {"text": "Hello", "plainer": worry}, {"text": harm, "sure": True}):
            with pytest.raises(ConcernRefused):
                notices.draft(session, whom, publish_at=MONDAY, now=MONDAY, **fields)
        notices.draft(session, whom, publish_at=MONDAY, now=MONDAY, text=worry, sure=True)
        everybody = Audience(people.setting.id or 0)
        notices.draft(session, everybody, publish_at=MONDAY, now=MONDAY, text="Head lice are about. Please look.")


def test_preflight_counts_nobody_who_was_told_the_same_within_the_day(engine: Engine, people: People) -> None:
    with transaction(engine) as session:
        room = Audience(people.setting.id or 0, people.rooms["Butterflies"].id)
        notices.draft(session, room, publish_at=MONDAY, now=MONDAY, text="Hello")
    notice, other = _draft(engine, people, text="Hello"), _draft(engine, people, text="Goodbye")
    with transaction(engine) as session:
        again = preflight(session, notice, date(2026, 11, 23))
        assert (again.reached, again.told, again.unreached) == ({("pl", "sms"): 1}, 4, [])
        first = preflight(session, other, date(2026, 11, 23))
        assert (first.total, first.told) == (5, 0)


def test_preflight_says_who_and_who_not(engine: Engine, people: People) -> None:
    notice = _draft(engine, people, text="Hello")
    with transaction(engine) as session:
        people.guardians["Farah"].paused_until = date(2026, 12, 1)
        session.add(session.merge(people.guardians["Farah"]))
        session.flush()
        told = preflight(session, notice, date(2026, 11, 23))
    assert told.total == 4
    assert told.reached == {("en_GB", "telegram"): 1, ("pl", "sms"): 1, ("ro", "sms"): 1, ("ar", "telegram"): 1}
    assert [(guardian.name, why) for guardian, why in told.unreached] == [("Farah", Unreached.PAUSED)]
