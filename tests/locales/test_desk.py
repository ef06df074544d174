"""The desk speaks through the catalogues: nothing that staff read at the command line is bare in code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.commands.voice import Moment
from bot.config import desk_language
from locales import FSI, PDI, catalogue
from locales.sentences import D_, ND_, Joined, Refusal, Sentence
from locales.update import template
from nursery.notices import NoticeRefused
from nursery.phones import NotAMobile, mobile
from tests.command_line import Coatpeg
from tests.talking import Clock

ROOT = Path(__file__).parents[2]
FOLDERS = ("bot/commands", "nursery")
MARKS = {"D_", "ND_", "N_"}
SAYING = re.compile(
    r"say|show|ask|row|table|indented|unknown|Sentence|Joined|confirm|echo|\w*(Refused|Refusal|NotTaken|NotYours)|NotA\w+|NotTheLead"
)
WORDS = re.compile(r"[^\W\d_]{2}.* |[^\W\d_]{2}.*[.?!]$")
"""A sentence, or a piece of one; not a name, a key or a token."""


def _bare(call: ast.AST) -> Iterator[ast.Constant]:
    """The strings inside a call that are not inside a mark, nor inside another call, which is looked at by itself."""
    for part in ast.iter_child_nodes(call):
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and WORDS.search(part.value):
            yield part
        elif not (isinstance(part, ast.Call)):
            yield from _bare(part)


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def test_no_sentence_is_said_bare() -> None:
    """Types hold most of it (`Mark`); this holds the values, the words put together, and what is cast."""
    said = [
        f"{file.relative_to(ROOT)}:{string.lineno}: {string.value!r}"
        for file in [file for folder in FOLDERS for file in (ROOT / folder).glob("*.py")] + [ROOT / "bot/__main__.py"]
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and SAYING.fullmatch(_name(call))
        for string in _bare(call)
    ]
    assert said == []


def test_no_error_that_staff_see_is_without_a_language() -> None:
    """What a rule refuses with is a Refusal, or nobody could say it in another language."""
    plain = [
        f"{file.name}: {kind.name}"
        for file in (ROOT / "nursery").glob("*.py")
        for kind in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(kind, ast.ClassDef)
        and kind.name.endswith("Refused")
        and not any(isinstance(base, ast.Name) and base.id.startswith("Refus") for base in kind.bases)
    ]
    assert plain == []


def test_marks_are_written_out() -> None:
    """The extractor reads the code: a mark around anything but a string would never be translated."""
    unreadable = [
        f"{file.relative_to(ROOT)}:{call.lineno}"
        for folder in ("bot", "nursery", "console", "scheduler", "handlers")
        for file in (ROOT / folder).rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and _name(call) in ("D_", "ND_")
        if not all(isinstance(part, ast.Constant) and isinstance(part.value, str) for part in call.args)
    ]
    assert unreadable == []


def test_help_is_taken_out_for_translation() -> None:
    """A command's docstring and its options' help carry no mark: they are taken from the commands as they are built."""
    messages = {message.id for message in template("desk")}
    assert (
        "Tell a setting, a room or one child's guardians something: each in their own language, on their own "
        + ("channel.")
        in messages
    )
    assert {"The child's name.", "The members of staff.", "The port to listen on."} <= messages


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en_GB"),
        ({"LANG": "pl_PL.UTF-8"}, "pl"),
        ({"LANG": "C.UTF-8"}, "en_GB"),
        ({"LANG": "en_US.UTF-8"}, "en_GB"),
        ({"LANG": "fr_FR.UTF-8"}, "en_GB"),
        ({"LANG": "pl_PL.UTF-8", "LC_MESSAGES": "ro_RO.UTF-8"}, "ro"),
        ({"LANG": "pl_PL.UTF-8", "LC_ALL": "C"}, "en_GB"),
        ({"LANG": "pl_PL.UTF-8", "LC_ALL": "ar_EG@latin"}, "ar"),
        ({"LANG": "pl_PL.UTF-8", "LC_ALL": "de_DE.UTF-8"}, "pl"),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "fr:ur:pl"}, "ur"),
        ({"LANG": "pl", "LANGUAGE": "", "LC_ALL": ""}, "pl"),
    ],
)
def test_the_language_is_that_of_whoever_sits_there(
    environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert desk_language() == language


def test_a_refusal_is_said_in_any_language_and_is_english_as_a_string() -> None:
    polish = catalogue("pl")
    with pytest.raises(NotAMobile) as refused:
        mobile("020 7946 0018")
    assert str(refused.value) == "this is not a mobile number, so it can't be texted"
    around = Refusal(D_("%(number)s: %(why)s."), number="020 7946 0018", why=refused.value)
    assert str(around) == "020 7946 0018: this is not a mobile number, so it can't be texted."
    assert around.said(polish) == "020 7946 0018: to nie jest numer komórkowy, więc nie można wysłać na niego SMS-a."
    assert NoticeRefused(refused.value).said(polish) == refused.value.said(polish)


def test_numbers_bend_their_words() -> None:
    times = ND_("%(count)s time with %(staff)s.", "%(count)s times with %(staff)s.")
    said = {count: Sentence(times, count=count, staff="Grace") for count in (1, 2, 5)}
    assert [str(one) for one in said.values()] == ["1 time with Grace.", "2 times with Grace.", "5 times with Grace."]
    polish = [one.said(catalogue("pl")) for one in said.values()]
    assert polish == ["1 termin z: Grace.", "2 terminy z: Grace.", "5 terminów z: Grace."]


def test_lists_and_moments_are_the_languages_own() -> None:
    assert Joined(["a", "b"]).said(catalogue("ar")) == "a، b"
    assert str(Joined(["a", "b"])) == "a, b"
    assert re.match(r"\w{3} \d\d \w{3} \d{4} \d\d:\d\d$", str(Moment(Clock().now)))
    assert Moment(Clock().now).said(catalogue("pl")) != str(Moment(Clock().now))


def test_values_are_isolated_where_the_text_runs_right_to_left() -> None:
    said = Sentence(D_("nothing of ours %(name)s"), name="Noor").said(catalogue("ur"))
    assert said == f"nothing of ours {FSI}Noor{PDI}"


def test_a_command_answers_in_the_language_of_its_terminal(acorns: Coatpeg, monkeypatch: pytest.MonkeyPatch) -> None:
    english = acorns("inbox", "--json").out
    monkeypatch.setenv("LANGUAGE", "pl")
    assert acorns("slots", "cancel", "9").err == "Nie ma terminu 9.\n"
    assert acorns("slots", "add", "--kind", "talk", "--staff", "Nobody", "--from", "2027-01-29T10:00").err.startswith(
        "Nie ma pracownika o imieniu Nobody."
    )
    assert acorns("bookings").out == "Nie ma terminów: coatpeg slots add.\n"
    assert "Odwołaj termin." in acorns("slots", "--help").out
    assert "Numer terminu." in acorns("slots", "cancel", "--help").out
    assert acorns("inbox", "--json").out == english


def test_what_is_wrong_with_a_variable_is_said_in_the_language(
    acorns: Coatpeg, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "short")
    assert acorns("inbox").err == "SECRET_KEY: set it to at least 32 random characters.\n"
    monkeypatch.setenv("LANG", "pl_PL.UTF-8")
    monkeypatch.setenv("LANGUAGE", "")
    monkeypatch.setenv("LC_ALL", "")
    assert acorns("inbox").err == "SECRET_KEY: ustaw co najmniej 32 losowe znaki.\n"
