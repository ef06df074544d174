"""The command line as staff use it: what it prints, what it does, and one sentence for whatever goes wrong."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot.database import open_engine, reading, transaction
from bot.outbox import OutboxMessage, State
from nursery import bookings, queries
from nursery.guardians import Guardian
from nursery.people import Child
from nursery.sample import FAMILIES, FORM
from nursery.settings import Setting
from tests.command_line import Coatpeg

WAITING = ("messages", "queries", "complaints", "suggestions", "snippets to approve", "shared from home", "tasks")


def _states(folder: Path) -> list[str]:
    engine = open_engine(f"sqlite:///{folder}/coatpeg.db")
    with reading(engine) as session:
        states = [message.state for message in session.exec(select(OutboxMessage))]
    engine.dispose()
    return states


def test_a_list_is_taken_once_and_bad_rows_are_named(acorns: Coatpeg, tmp_path: Path) -> None:
    assert "0 of them new or changed" in acorns("import-families", str(FAMILIES)).out
    rows = FAMILIES.read_text(encoding="utf-8").splitlines()
    columns = rows[1].split(",")
    columns[6] = "01632 960999"
    bad = tmp_path / "bad.csv"
    bad.write_text("\n".join([rows[0], ",".join(columns)]) + "\n", encoding="utf-8")
    ran = acorns("import-families", str(bad))
    assert ran.out.startswith("line 2: phone: ")
    assert (ran.code, ran.err) == (1, "No row could be taken.\n")


def test_invitations_are_the_same_until_used(acorns: Coatpeg) -> None:
    first, second = (json.loads(acorns("invite", "--json").out) for _ in range(2))
    assert first == second
    assert set(first[0]) == {"guardian", "child", "phone", "code", "telegram_link", "sms_text"}
    assert len({letter["code"] for letter in first}) == len(first)


def test_a_dry_run_says_whom_in_which_languages_and_for_how_much(acorns: Coatpeg, tmp_path: Path) -> None:
    template = ("--template", "closing-early", "day=2099-01-29", "time=15:00")
    shown = json.loads(acorns("notice", "--to", "setting:Little Acorns", *template, "--dry-run", "--json").out)
    assert shown["notice"] is None
    assert shown["recipients"] == sum(lane["guardians"] for lane in shown["by"]) > 5
    assert {lane["language"] for lane in shown["by"]} == {"en_GB", "pl", "ro", "ur", "ar"}
    assert shown["parts"] > shown["recipients"]
    assert _states(tmp_path) == []


def test_a_notice_leaves_at_once_and_is_taken_back(acorns: Coatpeg, tmp_path: Path) -> None:
    sent = json.loads(acorns("notice", "--to", "room:Caterpillars", "--text", "Hello", "--now", "--json").out)
    assert _states(tmp_path) == [State.DUE] * sent["recipients"]
    assert "is withdrawn" in acorns("withdraw", str(sent["notice"])).out
    assert set(_states(tmp_path)) == {State.CANCELLED}


def test_the_undo_window(acorns: Coatpeg, tmp_path: Path) -> None:
    acorns("notice", "--to", "child:Zosia", "--text", "Hello")
    acorns("run-job", "publish_notices")
    assert _states(tmp_path) == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("notice", "--to", "room:Nowhere", "--text", "x"), "--to: there is no room called Nowhere."),
        (("notice", "--to", "Zosia", "--text", "x"), "--to: write setting:NAME, room:NAME or child:NAME."),
        (("notice", "--to", "child:Zosia"), "Give either a template or a text."),
        (("notice", "--to", "child:Zosia", "--template", "nope"), "There is no template 'nope'."),
        (("notice", "--to", "child:Zosia", "--template", "closing-early", "day=soon", "time=15:00"), "day must be"),
        (("notice", "--to", "child:Zosia", "--text", "x", "--at", "soon"), "--at: write the moment as"),
        (("run-job", "nope"), "There is no job called nope."),
        (("answer", "Q-9", "Yes."), "There is no query Q-9."),
        (("snippet", "Nobody", "Ran."), "There is no child called Nobody."),
        (("snippet", "Zosia", "Bites.", "--concern"), "A concern never goes by text."),
        (("snippet", "Zosja", "Ran."), "There is no child called Zosja. Did you mean Zosia Nowak?"),
        (("event", "Picnic", "--starts", "29/1/2027"), "--starts: write the moment as 2026-12-18T15:30"),
        (("event", "Picnic", "--starts", "2027-01-29"), "--starts: give the time as well, as in 2027-01-29T15:30."),
        (("event", "Picnic", "--starts", "2027-03-28T01:30"), "--starts: there is no 2027-03-28T01:30: that night the"),
        (("notice", "--to", "child:Zosia", "--text", "x", "--at", "2027-03-28T01:00"), "--at: there is no 2027-03-28T"),
        (("staff", "add", "Ann", "--role", "boss"), "--role: boss is not one of"),
        (("staff", "leave", "Nobody"), "There is no member of staff called Nobody."),
        (("staff", "leave", "Helen"), "Helen is the only manager. Name another first:"),
        (("notice", "--to", "child:Zosia", "--text", "x", "--at", "2020-01-06T09:00"), "--at: Mon 06 Jan 2020 09:00 "),
        (
            ("templates", "closing-erly"),
            "There is no template closing-erly. To see them: coatpeg templates. Did you mean closing-early?",
        ),
        (("import-families", "nowhere.csv"), "There is no file nowhere.csv."),
        (("questionnaire", "nowhere.toml", "--closes", "2027-01-29T18:00"), "There is no file nowhere.toml."),
        (("results", "9"), "There is no questionnaire 9."),
        (("withdraw", "9"), "There is no notice 9."),
    ],
)
def test_every_error_is_a_sentence(acorns: Coatpeg, words: tuple[str, ...], sentence: str) -> None:
    ran = acorns(*words)
    assert ran.code != 0
    assert ran.err.startswith(sentence)
    assert "Traceback" not in ran.err


def test_a_missing_key_is_a_sentence(coatpeg: Coatpeg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "short")
    assert coatpeg("inbox").err == "SECRET_KEY: set it to at least 32 random characters.\n"


def test_jobs_run_twice_add_nothing(acorns: Coatpeg) -> None:
    acorns("event", "Stay and play", "--starts", "2027-01-29T10:00", "--place", "Main hall")
    first, second = (acorns("run-job", "remind_events", "--at", "2027-01-22T10:30").out for _ in range(2))
    assert first != "remind_events: 0\n"
    assert second == "remind_events: 0\n"


def test_check_says_what_is_missing(coatpeg: Coatpeg, acorns: Coatpeg) -> None:
    assert acorns("check").out.endswith("until Telegram or SMS is set up.\n")
    assert "not a telephone number" in acorns("setting", "--phone", "...").err
    assert "No native reader has reviewed Polski (pl) yet." in acorns("check").out


def test_a_copy_is_put_back(acorns: Coatpeg, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert acorns("backup", str(copy)).code == 0
    acorns("notice", "--to", "child:Zosia", "--text", "Hello", "--now")
    assert _states(tmp_path)
    assert acorns("restore", str(copy)).code == 0
    assert _states(tmp_path) == []
    assert acorns("restore", str(copy)).out.endswith("coatpeg.db.before-restore-2.\n")
    assert acorns("restore", str(tmp_path / "none.db")).err.startswith("There is no file ")
    assert not (tmp_path / "none.db").exists()
    assert acorns("backup", str(tmp_path / "none" / "copy.db")).err.startswith("There is no folder ")
    assert acorns("backup", str(copy)).err.endswith("is there already.\n")
    (tmp_path / "junk").write_text("not a database at all")
    assert acorns("restore", str(tmp_path / "junk")).err.endswith("is not a copy made by coatpeg backup.\n")


def test_who_is_on_the_staff_and_who_is_away(acorns: Coatpeg) -> None:
    acorns("staff", "away", "Grace", "--until", "2999-12-18")
    listed = acorns("staff", "list").out.splitlines()
    assert any("Helen" in line and "manager" in line for line in listed)
    assert next(line for line in listed if "Grace" in line).endswith("away until 2999-12-18")
    acorns("staff", "away", "Grace", "--until", "-")
    assert "away" not in acorns("staff", "list").out
    assert acorns("staff", "away", "Grace", "--until", "friday").err.startswith("--until: write the day as ")


def test_somebody_leaves_and_comes_back(acorns: Coatpeg, tmp_path: Path) -> None:
    acorns("slots", "add", "--kind", "talk", "--staff", "Grace", "--from", "2999-01-07T14:00", "--count", "3")
    engine = open_engine(f"sqlite:///{tmp_path}/coatpeg.db")
    with transaction(engine) as session:
        noor = session.exec(select(Child).where(Child.name == "Noor Khan")).one()
        amina = session.exec(select(Guardian).where(Guardian.name == "Amina Khan")).one()
        assert bookings.take(session, 2, amina.id or 0, noor.id or 0, datetime.now(UTC))
        setting = session.exec(select(Setting)).one()
        queries.open_query(session, setting, amina, noor, "When is the trip?", None, datetime.now(UTC))
    engine.dispose()
    said = acorns("staff", "leave", "Grace").out
    assert said.startswith("Grace has left.")
    assert "1 open matter of theirs has passed to " in said
    assert "2 free times with them are offered no more." in said
    assert "\n  2  Mon 07 Jan 2999 14:20  talk  Amina Khan\n" in said
    assert re.search(r"Without a key person: .*Noor Khan.* Give each one: coatpeg staff key-person CHILD NAME\n$", said)
    assert json.loads(acorns("inbox", "--json").out)["queries"][0]["owner"] == "Helen"
    listed = acorns("staff", "list").out
    assert ("Grace" in listed, "Without a key person: " in listed) == (False, True)
    assert "Note: Without a key person: " in acorns("check").out
    gone = "Grace has left. If they are back: coatpeg staff add NAME\n"
    for again in (
        ("staff", "leave", "Grace"),
        ("snippet", "Noor", "Sang.", "--staff", "Grace"),
        ("setting", "--lead", "Grace"),
    ):
        assert acorns(*again).err == gone
    acorns("import-families", str(FAMILIES))
    assert "Without a key person: " in acorns("staff", "list").out
    acorns("staff", "add", "Grace")
    assert acorns("staff", "key-person", "Noor", "Grace").out == "Noor Khan's key person is Grace.\n"
    assert "Noor Khan" not in acorns("staff", "list").out.split("Without")[1]


def test_who_must_be_named_before_somebody_leaves(acorns: Coatpeg) -> None:
    acorns("staff", "add", "Nadia", "--role", "deputy")
    acorns("setting", "--lead", "Grace")
    assert acorns("staff", "leave", "Grace").err.startswith("Grace leads on keeping children safe.")
    assert acorns("staff", "leave", "Nadia").err.startswith("Without Nadia there is no deputy and no owner.")
    assert [one in acorns("staff", "list").out for one in ("Grace", "Nadia", "Without")] == [True, True, False]
    acorns("setting", "--lead", "Helen")
    acorns("staff", "add", "Olu", "--role", "owner")
    assert [acorns("staff", "leave", name).code for name in ("Grace", "Nadia", "Olu")] == [0, 0, 1]


def test_a_notice_just_past_its_moment_goes_now(acorns: Coatpeg, tmp_path: Path) -> None:
    just = (datetime.now(UTC) - timedelta(minutes=2)).isoformat()
    assert acorns("notice", "--to", "child:Zosia", "--text", "Hello", "--at", just).code == 0
    assert _states(tmp_path) == [State.DUE]


def test_what_there_is_is_listed_under_what_other_commands_take(acorns: Coatpeg) -> None:
    assert acorns("notices").out.startswith("No notice has been written yet.")
    assert acorns("questionnaires").out.startswith("There is no questionnaire yet.")
    template = next(line for line in acorns("templates").out.splitlines() if line.startswith("closing-early "))
    assert template.split()[1:] == ["day=", "time=", "urgent", "Closing", "early"]
    assert "We are closing early on [day], at [time]." in acorns("templates", "closing-early").out
    assert "illness=  chickenpox" in acorns("templates", "illness-about").out
    acorns("notice", "--to", "room:Caterpillars", "--text", "Hello " * 20, "--now")
    acorns("notice", "--to", "child:Zosia", "--template", "bring-coat", "day=2999-01-07", "--at", "2999-01-06T09:00")
    acorns("withdraw", "2")
    acorns("notice", "--to", "setting:Little Acorns", "--text", "Bye", "--at", "2999-01-08T09:00")
    rows = [" ".join(line.split()) for line in acorns("notices").out.splitlines()]
    assert re.fullmatch(r"1 \w{3} .* sent room:Caterpillars Hello .*…", rows[1])
    assert rows[2] == "2 Sun 06 Jan 2999 09:00 withdrawn child:Zosia Nowak bring-coat"
    assert rows[3] == "3 Tue 08 Jan 2999 09:00 to be sent everybody Bye"
    acorns("questionnaire", str(FORM), "--closes", "2999-01-29T18:00")
    assert re.search(r"\n1 .* Tue 29 Jan 2999 18:00 +open +everybody +0 ", acorns("questionnaires").out)


def test_an_invitation_says_what_is_missing(acorns: Coatpeg, monkeypatch: pytest.MonkeyPatch) -> None:
    bare = acorns("invite")
    assert bare.err.startswith("Nobody can use these codes yet: neither Telegram (TELEGRAM_BOT_TOKEN) nor SMS")
    assert "Telegram" not in bare.out
    monkeypatch.setenv("TWILIO_ACCOUNT_SID", f"AC{'0' * 32}")
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "1" * 32)
    monkeypatch.setenv("TWILIO_FROM", "+447700900999")
    by_text = acorns("invite")
    assert by_text.err.startswith("Without a Telegram link: TELEGRAM_BOT_TOKEN is not set.")
    assert "+447700900999" in by_text.out
    monkeypatch.setenv("TWILIO_FROM", f"MG{'0' * 32}")
    assert "TWILIO_FROM is a messaging service" in acorns("invite", "--json").err


def test_a_list_that_looks_odd_is_taken_and_said(acorns: Coatpeg, tmp_path: Path) -> None:
    header, first, *_ = FAMILIES.read_text(encoding="utf-8").splitlines()
    odd = tmp_path / "odd.csv"
    line = first.replace("Butterflies", "Butterflys").replace(",", ";")
    odd.write_bytes(f"\ufeff{header.replace(',', ';').upper()};Notes\r\n{line};x\r\n\r\n".encode())
    ran = acorns("import-families", str(odd))
    assert ran.out.splitlines() == [
        "Columns that are not ours are left out: Notes.",
        "line 2 is taken. Look at it: Butterflys is new here, and much like Butterflies: are they one?",
        "1 row taken, 1 of them new or changed, 0 refused.",
    ]


def test_the_inbox_shows_what_waits(acorns: Coatpeg) -> None:
    assert json.loads(acorns("inbox", "--json").out) == {key: [] for key in WAITING}
