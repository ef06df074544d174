"""The page of a questionnaire's results: charts, in any language, and nothing of who answered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from console.results import results_page
from locales import LANGUAGES
from nursery.forms import read_form
from nursery.questionnaires import Questionnaire
from nursery.results import Counted
from nursery.sample import FORM as FILE
from tests.cast import MONDAY
from tests.command_line import Coatpeg

FORM = read_form(FILE.read_text(encoding="utf-8"))
COUNTED: Counted = {
    "told": {"1": 0, "2": 0, "3": None, "4": 6, "5": 12},
    "heard": {"1": 15, "2": 0, "3": 0},
    "change": ["<b>more</b> bikes", "مزيد من الدراجات"],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_every_language_with_few_hidden(language: str) -> None:
    asked = Questionnaire(form=FORM.kept(), setting_id=1, opens_at=MONDAY, closes_at=MONDAY)
    page = results_page(asked, COUNTED, 18, language)
    assert f'lang="{LANGUAGES[language].html}" dir="{LANGUAGES[language].direction}"' in page
    assert FORM.title[language] in page
    assert '<rect width="100" height="10"/>' in page
    assert "&lt;b&gt;more&lt;/b&gt; bikes" in page


def test_written_by_the_command(acorns: Coatpeg, tmp_path: Path) -> None:
    acorns("questionnaire", str(FILE), "--at", "2026-01-05T09:00", "--closes", "2026-01-29T18:00")
    sheet, page = tmp_path / "numbers.csv", tmp_path / "page.html"
    assert acorns("results", "1", "--csv", str(sheet), "--page", str(page), "--language", "ar").code == 0
    assert sheet.read_text(encoding="utf-8-sig").splitlines()[:2] == [
        "question,answer,number",
        '"I know what my child does at nursery. 1 is not at all, 5 is very well.",1,0',
    ]
    assert 'dir="rtl"' in page.read_text(encoding="utf-8")
    assert json.loads(acorns("results", "1", "--json").out)["responses"] == 0
    assert acorns("results", "1", "--page", str(page), "--language", "xx").err.startswith("--language: xx is not")
    assert acorns("tell-results", "1", "We do it.").code == 0


def test_while_it_is_open_nobody_can_be_singled_out(acorns: Coatpeg, tmp_path: Path) -> None:
    acorns("questionnaire", str(FILE), "--closes", "2099-01-29T18:00")
    assert json.loads(acorns("results", "1", "--json").out) == {"responses": 0, "questions": None}
    assert "still open" in acorns("results", "1").out
    assert "still open" in acorns("results", "1", "--csv", str(tmp_path / "numbers.csv")).err
    assert not (tmp_path / "numbers.csv").exists()
    assert "still open" in acorns("tell-results", "1", "We do it.").err
