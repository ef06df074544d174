"""Staff decide at the command line, and the parent hears of it."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from bot.database import open_engine, transaction
from bot.outbox import OutboxMessage
from nursery import complaints, home_observations, queries, suggestions
from nursery.complaints import Complaint, Grievance
from nursery.contacts import Contact
from nursery.guardians import Guardian, Guardianship
from nursery.home_observations import Seen
from nursery.inbox import InboundMessage
from nursery.people import Child
from nursery.settings import Setting, today
from nursery.shared_phones import share
from nursery.suggestions import Said, Suggestion
from tests.command_line import Coatpeg

NOW = datetime.now(UTC)


@contextmanager
def _desk(folder: Path) -> Iterator[Session]:
    engine = open_engine(f"sqlite:///{folder}/coatpeg.db")
    with transaction(engine) as session:
        yield session
    engine.dispose()


def _family(session: Session) -> tuple[Setting, Guardian, Child]:
    tie = session.exec(select(Guardianship).order_by(Guardianship.id)).first()  # type: ignore[arg-type]
    assert tie is not None
    child = session.get_one(Child, tie.child_id)
    return session.get_one(Setting, child.setting_id), session.get_one(Guardian, tie.guardian_id), child


def _pushed(folder: Path) -> list[str]:
    with _desk(folder) as session:
        return [row.conversation for row in session.exec(select(OutboxMessage))]


def test_a_suggestion_is_decided_once(acorns: Coatpeg, tmp_path: Path) -> None:
    with _desk(tmp_path) as session:
        setting, guardian, _ = _family(session)
        suggestions.suggest(session, setting, guardian, Said("More bikes"), NOW)
    assert json.loads(acorns("inbox", "--json").out)["suggestions"][0]["words"] == "More bikes"
    assert acorns("decide", "s-1042", "yes", "Two come in spring.").code == 0
    assert json.loads(acorns("inbox", "--json").out)["suggestions"] == []
    again = acorns("decide", "S-1042", "no", "x").err
    assert again.startswith("S-1042 was decided already: yes, by Helen on ")
    assert again.endswith("The parent is told in the next minute. Nothing was sent now.\n")
    assert acorns("run-job", "tell_decisions").out != "tell_decisions: 0\n"


def test_a_question_becomes_the_complaint_it_is(acorns: Coatpeg, tmp_path: Path) -> None:
    with _desk(tmp_path) as session:
        setting, guardian, child = _family(session)
        queries.open_query(session, setting, guardian, child, "Why was the gate open AGAIN?", None, NOW)
    said = "Q-1042 is now C-1043. The parent is told in the next minute, or when the quiet hours end.\n"
    assert acorns("reclass", "Q-1042", "complaint").out == said
    assert "is C-1043 already" in acorns("reclass", "Q-1042", "complaint").err
    answered = acorns("answer", "Q-1042", "It is mended.", "--again").err
    assert answered.startswith("Q-1042 is C-1043 now. Nothing was sent.")
    assert _pushed(tmp_path) == ["complaint_opened"]
    with _desk(tmp_path) as session:
        case = session.exec(select(Complaint)).one()
        assert (case.words, case.about_manager) == ("Why was the gate open AGAIN?", False)
        assert queries.open_queries(session) == []


def test_a_question_is_answered_once_unless_there_is_more_to_say(acorns: Coatpeg, tmp_path: Path) -> None:
    with _desk(tmp_path) as session:
        setting, guardian, child = _family(session)
        queries.open_query(session, setting, guardian, child, "When is the trip?", None, NOW)
    assert "reply by 20" in acorns("inbox").out
    assert "Tell the safeguarding lead now" in acorns("answer", "Q-1042", "Her father hits her.").err
    assert acorns("answer", "Q-1042", "In May.", "--staff", "Helen").code == 0
    again = acorns("answer", "Q-1042", "In May.").err
    assert re.match(
        r"Q-1042 was answered already, by Helen on \w{3} \d\d .*\. Nothing was sent now\. To say more: ", again
    )
    assert acorns("run-job", "send_query_answers").out == "send_query_answers: 1\n"
    assert acorns("answer", "Q-1042", "On the 5th.", "--again").code == 0
    assert acorns("run-job", "send_query_answers").out == "send_query_answers: 1\n"


def test_a_message_that_is_a_question_is_told_with_its_answer(acorns: Coatpeg, tmp_path: Path) -> None:
    with _desk(tmp_path) as session:
        _, guardian, _ = _family(session)
        contact = session.exec(select(Contact).where(Contact.guardian_id == guardian.id)).first()
        assert contact is not None
        words: dict[str, Any] = {"kind": "text", "text": "When is the trip", "received_at": NOW, "for_staff": True}
        session.add(InboundMessage(channel="sms", provider_id="1", contact_id=contact.id, **words))
    said = acorns("reclass", "1", "query").out
    assert said.startswith("1 is now Q-1042. The parent hears of it with your answer, due by 20")
    assert _pushed(tmp_path) == []


def test_a_message_nothing_took_becomes_a_complaint(acorns: Coatpeg, tmp_path: Path) -> None:
    with _desk(tmp_path) as session:
        _, guardian, _ = _family(session)
        contact = session.exec(select(Contact).where(Contact.guardian_id == guardian.id)).first()
        assert contact is not None
        words: dict[str, Any] = {"kind": "text", "text": "Nikt mi nic nie mówi", "received_at": NOW, "for_staff": True}
        session.add(InboundMessage(channel="sms", provider_id="1", contact_id=contact.id, **words))
        session.add(InboundMessage(channel="sms", provider_id="2", **words))
        session.add(InboundMessage(channel="sms", provider_id="3", contact_id=contact.id, restricted=True, **words))
    assert acorns("read", "1").code == 0  # whoever has only read it may see later what it is
    assert acorns("reclass", "1", "complaint", "--information").out.startswith("1 is now C-1042.")
    assert acorns("reclass", "1", "query").err == "1 is C-1042 already.\n"
    assert "stranger" in acorns("reclass", "2", "complaint").err
    assert "safeguarding lead" in acorns("reclass", "3", "complaint").err
    with _desk(tmp_path) as session:
        assert session.exec(select(Complaint)).one().about == "information"


def test_a_message_from_a_shared_phone_is_whose_staff_say(acorns: Coatpeg, tmp_path: Path) -> None:
    with _desk(tmp_path) as session:
        _, guardian, _ = _family(session)
        contact = session.exec(
            select(Contact).where(Contact.guardian_id == guardian.id, Contact.channel == "sms")
        ).one()
        babcia = Guardian(name="Babcia")
        session.add(babcia)
        session.flush()
        share(session, contact, babcia, NOW, today(NOW))
        words: dict[str, Any] = {"kind": "text", "text": "The gate was open", "received_at": NOW, "for_staff": True}
        session.add(InboundMessage(channel="sms", provider_id="1", contact_id=contact.id, **words))
        number = babcia.id
    assert "Say whose it is with --guardian" in acorns("reclass", "1", "complaint").err
    assert acorns("reclass", "1", "complaint", "--guardian", "Babcia").out.startswith("1 is now C-1042.")
    with _desk(tmp_path) as session:
        assert session.exec(select(Complaint)).one().guardian_id == number


def test_an_outcome_in_writing_and_the_record_without_names(acorns: Coatpeg, tmp_path: Path) -> None:
    with _desk(tmp_path) as session:
        setting, guardian, child = _family(session)
        words = f"=HYPERLINK(1) Helen shouted at {child.first_name}"
        complaints.lodge(session, setting, guardian, Grievance(words, child), NOW)
    none = acorns("complaints", "--since", "2020-01-01", "--until", "2020-12-31").out
    assert none == "There was no complaint from 2020-01-01 to 2020-12-31.\n"
    helen = ("--staff", "Helen")
    assert "Words: =HYPERLINK" in acorns("complaint", "C-1042", *helen, "--requirement", "3.1").out
    assert acorns("outcome", "C-1042", "We talked to Helen.", *helen).code == 0
    acorns("run-job", "tell_outcomes")
    assert _pushed(tmp_path) == ["complaint_outcome"]
    assert "told already" in acorns("outcome", "C-1042", "Again", *helen).err
    file = tmp_path / "record.csv"
    assert acorns("complaints", str(file)).code == 0
    row = next(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))
    assert (row["reference"], row["requirement"]) == ("C-1042", "3.1")
    assert row["words"] == "'=HYPERLINK(1) a member of staff shouted at a child"
    assert row["outcome"] == "We talked to a member of staff."


def test_about_the_manager_the_manager_reads_nothing(acorns: Coatpeg, tmp_path: Path) -> None:
    acorns("staff", "add", "Olu", "--role", "owner")
    with _desk(tmp_path) as session:
        setting, guardian, _ = _family(session)
        complaints.lodge(session, setting, guardian, Grievance("She shouted", about_manager=True), NOW)
    assert "She shouted" not in acorns("inbox", "--json").out
    assert "about the manager" in acorns("complaint", "C-1042", "--staff", "Helen").err
    assert "She shouted" in acorns("complaint", "C-1042", "--staff", "Olu").out


def test_what_was_shared_from_home_is_taken_into_the_record(acorns: Coatpeg, tmp_path: Path) -> None:
    with _desk(tmp_path) as session:
        setting, guardian, child = _family(session)
        home_observations.share(session, setting, child, guardian, Seen("Counted to ten"), NOW)
    assert "say something back" in acorns("approve", "home", "1", "--staff", "Helen").err
    assert acorns("approve", "home", "1", "--staff", "Helen", "--line", "Lovely!").code == 0
    assert json.loads(acorns("inbox", "--json").out)["shared from home"] == []
    acorns("run-job", "thank_observations")
    assert _pushed(tmp_path) == ["observation_thanked"]
    again = acorns("approve", "home", "1", "--line", "Lovely!").err
    assert again.startswith("1 was approved already, by Helen on ")
    assert again.endswith(", with: Lovely! Nothing was sent now.\n")


def test_a_snippet_waits_for_the_key_person(acorns: Coatpeg, tmp_path: Path) -> None:
    acorns("staff", "add", "Ann", "--role", "office")
    assert "waits" in acorns("snippet", "Zosia", "Built a tower", "--staff", "Ann").out
    assert json.loads(acorns("inbox", "--json").out)["snippets to approve"][0]["child"] == "Zosia"
    assert "Only the child's key person" in acorns("approve", "snippet", "1", "--staff", "Ann").err
    assert acorns("approve", "snippet", "1", "--staff", "Helen").code == 0
    assert "It leaves by itself in the next minute. Nothing was sent now." in acorns("approve", "snippet", "1").err
    assert acorns("run-job", "send_progress").out != "send_progress: 0\n"
    assert "It went on " in acorns("approve", "snippet", "1").err


def test_tasks_and_messages_are_crossed_off(acorns: Coatpeg, tmp_path: Path) -> None:
    with _desk(tmp_path) as session:
        setting, guardian, _ = _family(session)
        suggestions.thank(session, setting, guardian, Said("Thank you Helen"), NOW)
        assert session.exec(select(Suggestion)).one().is_thanks
    number = str(json.loads(acorns("inbox", "--json").out)["tasks"][0]["id"])
    assert acorns("done", number).code == 0
    assert acorns("done", number).err == f"There is no open task {number}.\n"
    assert acorns("read", "9").err == "No message 9 waits.\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("decide", "S-9", "yes", "x"), "There is no suggestion S-9."),
        (("reclass", "Q-9", "complaint"), "There is no query Q-9."),
        (("reclass", "hello", "complaint"), "There is no message or reference HELLO."),
        (("reclass", "1", "praise"), "praise: write complaint or query."),
        (("approve", "photo", "1"), "photo: write snippet or home."),
        (("approve", "snippet", "9"), "There is no snippet 9."),
        (("outcome", "C-9", "x", "--staff", "Helen"), "There is no complaint C-9."),
        (("complaints", "--since", "soon"), "soon: write the day as 2026-09-01."),
    ],
)
def test_every_error_is_a_sentence(acorns: Coatpeg, words: tuple[str, ...], sentence: str) -> None:
    assert acorns(*words).err == sentence + "\n"
