"""The configuration: every mistake is a sentence that names its variable, and no secret is ever shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.config import Config, Misconfigured, load_config

ROOT = Path(__file__).parents[2]
NAMES = {name.upper() for name in Config.model_fields} - {"DEMO"}

KEY = "k" * 32
GOOD = {
    "SECRET_KEY": KEY,
    "DATABASE_URL": "postgresql://coatpeg:a-password@db/coatpeg",
    "TELEGRAM_BOT_TOKEN": "123:AAE-token",
    "TELEGRAM_WEBHOOK_SECRET": "webhook-secret",
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "TWILIO_AUTH_TOKEN": "auth-token",
    "TWILIO_FROM": "+447700900000",
    "TRANSLATE_KEY": "translate-key",
}


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [*NAMES, "DEMO"]:
        monkeypatch.delenv(name, raising=False)


def configured(monkeypatch: pytest.MonkeyPatch, **variables: str) -> Config:
    for name, value in (GOOD | variables).items():
        monkeypatch.setenv(name, value)
    return load_config()


MISTAKES = [
    ("SECRET_KEY", {"SECRET_KEY": ""}),
    ("SECRET_KEY", {"SECRET_KEY": "too-short-a-key"}),
    ("PUBLIC_URL", {"PUBLIC_URL": "nursery.example"}),
    ("DATABASE_URL", {"DATABASE_URL": "mysql://nursery"}),
    ("DATABASE_URL", {"DATABASE_URL": "coatpeg.db"}),
    ("TELEGRAM_BOT_TOKEN", {"TELEGRAM_BOT_TOKEN": "no-colon-here"}),
    ("TELEGRAM_WEBHOOK_SECRET", {"TELEGRAM_WEBHOOK_SECRET": ""}),
    ("TELEGRAM_WEBHOOK_SECRET", {"TELEGRAM_WEBHOOK_SECRET": "no spaces"}),
    ("TELEGRAM_WEBHOOK_SECRET", {"TELEGRAM_WEBHOOK_SECRET": "x" * 257}),
    ("TELEGRAM_MODE", {"TELEGRAM_MODE": "carrier-pigeon"}),
    ("TELEGRAM_API_BASE", {"TELEGRAM_API_BASE": "localhost:8081"}),
    ("TWILIO_ACCOUNT_SID", {"TWILIO_ACCOUNT_SID": ""}),
    ("TWILIO_AUTH_TOKEN", {"TWILIO_AUTH_TOKEN": ""}),
    ("TWILIO_FROM", {"TWILIO_FROM": ""}),
    ("TWILIO_FROM", {"TWILIO_FROM": "07700900000"}),
    ("TWILIO_API_BASE", {"TWILIO_API_BASE": "localhost"}),
    ("TRANSLATE_URL", {"TRANSLATE_URL": "localhost:5000", "TRANSLATE_KIND": "libretranslate"}),
    ("TRANSLATE_URL", {"TRANSLATE_KIND": "libretranslate"}),
    ("TRANSLATE_KIND", {"TRANSLATE_URL": "https://translate.example"}),
    ("TRANSLATE_KIND", {"TRANSLATE_URL": "https://translate.example", "TRANSLATE_KIND": "oracle"}),
    ("TRANSLATE_KEY", {"TRANSLATE_URL": "https://deepl.example", "TRANSLATE_KIND": "deepl", "TRANSLATE_KEY": ""}),
    ("TRANSLATE_KEY", {"TRANSLATE_URL": "https://azure.example", "TRANSLATE_KIND": "azure", "TRANSLATE_KEY": ""}),
    ("TEST_NUMBERS", {"TEST_NUMBERS": "perhaps"}),
]


@pytest.mark.parametrize(("name", "variables"), MISTAKES)
def test_a_mistake_is_a_sentence_that_names_its_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, variables: dict[str, str]
) -> None:
    with pytest.raises(Misconfigured) as refused:
        configured(monkeypatch, **variables)
    sentence = str(refused.value)
    assert sentence.startswith(f"{name}: ")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert not any(value in sentence for value in variables.values() if value), "the value may be a secret"
    assert refused.value.__cause__ is None


def test_several_mistakes_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Misconfigured, match=r"DATABASE_URL: .*PUBLIC_URL: "):
        configured(monkeypatch, DATABASE_URL="x", PUBLIC_URL="x")


def test_no_channel_is_a_configuration_too(monkeypatch: pytest.MonkeyPatch) -> None:
    none = {name: "" for name in GOOD if name.startswith(("TELEGRAM", "TWILIO"))}
    config = configured(monkeypatch, **none)
    assert (config.has_telegram, config.has_sms) == (False, False)


def test_polling_needs_no_webhook_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    assert configured(monkeypatch, TELEGRAM_WEBHOOK_SECRET="", TELEGRAM_MODE="poll").has_telegram


def test_a_messaging_service_may_send(monkeypatch: pytest.MonkeyPatch) -> None:
    assert configured(monkeypatch, TWILIO_FROM="MG" + "0" * 32).has_sms


@pytest.mark.parametrize(
    "written", ["postgres://db/coatpeg", "postgresql://db/coatpeg", "postgresql+psycopg://db/coatpeg"]
)
def test_postgresql_may_be_written_in_its_usual_ways(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    assert configured(monkeypatch, DATABASE_URL=written).database_url == "postgresql+psycopg://db/coatpeg"


def test_an_address_ends_without_a_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    assert configured(monkeypatch, PUBLIC_URL="https://nursery.example/").public_url == "https://nursery.example"


def test_an_env_file_is_read_and_the_environment_goes_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text(f"SECRET_KEY={'f' * 32}\nPUBLIC_URL=https://file.example\n")
    monkeypatch.setenv("PUBLIC_URL", "https://environment.example")
    config = load_config()
    assert (config.key, config.public_url) == (b"f" * 32, "https://environment.example")


def test_no_secret_is_in_what_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    config = configured(monkeypatch)
    secrets = ("a-password", "AAE-token", "webhook-secret", "auth-token", "translate-key", KEY)
    assert not [secret for secret in secrets if secret in f"{config!r} {config}"]


def test_what_holds_a_secret_is_one() -> None:
    secret = {name.upper() for name, field in Config.model_fields.items() if field.annotation is SecretStr}
    assert secret == {name for name in NAMES if name.endswith(("_KEY", "_TOKEN", "_SECRET"))}


def test_the_example_has_every_variable_and_no_other() -> None:
    written = re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert sorted(written) == sorted(NAMES)


def test_the_example_tells_what_each_is_and_its_default() -> None:
    lines = (ROOT / ".env.example").read_text()
    for name, field in Config.model_fields.items():
        if name != "demo":
            assert field.description
            assert field.description in lines
            default = "" if isinstance(field.default, SecretStr) else str(field.default).replace("False", "false")
            assert f"{name.upper()}={default}\n" in lines
