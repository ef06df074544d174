"""The configuration: the only reader of the environment, refused in one sentence that names the variable."""

from __future__ import annotations

import os
import re
from typing import Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from locales import SOURCE, shipped
from locales.sentences import D_, Joined, Mark, Refusal, Sentence, Spoken

TOKEN_ALPHABET = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


class Misconfigured(Refusal):
    """A variable is missing or wrong; the message is the sentence to show."""


class Mistake(Refusal, ValueError):
    """What is wrong with one variable, as a validator raises it."""


class Config(BaseSettings):
    """Every variable Coatpeg reads. An empty value counts as not set."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")

    database_url: str = Field(
        "sqlite:///coatpeg.db", repr=False, description="SQLAlchemy URL; SQLite or PostgreSQL."
    )  # may hold a password
    public_url: str = Field(
        "http://127.0.0.1:8080",
        description="The address providers see. Signatures are checked against it, never against the Host header.",
    )
    secret_key: SecretStr = Field(
        SecretStr(""), description="Signs links and invitation codes. At least 32 characters; no start without it."
    )

    telegram_bot_token: SecretStr = Field(SecretStr(""), description="From BotFather. Empty: no Telegram.")
    telegram_webhook_secret: SecretStr = Field(
        SecretStr(""), description="1 to 256 of A-Z a-z 0-9 _ -, sent back by Telegram with every update."
    )
    telegram_mode: Literal["webhook", "poll"] = Field(
        "webhook", description="webhook, or poll where no address is public."
    )
    telegram_api_base: str = Field(
        "https://api.telegram.org", description="Bot API root; a local server or a test double."
    )

    twilio_account_sid: str = Field("", description="AC and 32 hex digits. Empty: no SMS.")
    twilio_auth_token: SecretStr = Field(SecretStr(""), description="The primary auth token; it also signs webhooks.")
    twilio_from: str = Field("", description="A number in E.164, or a messaging service MG and 32 hex digits.")
    twilio_api_base: str = Field("https://api.twilio.com", description="REST root; a test double.")

    translate_url: str = Field(
        "", description="A translation server for staff's and parents' own words. Empty: none, English is sent."
    )
    translate_kind: Literal["", "libretranslate", "deepl", "azure"] = Field(
        "", description="What it speaks: libretranslate, deepl or azure."
    )
    translate_key: SecretStr = Field(
        SecretStr(""), description="Its key, where it wants one; for azure REGION:KEY where the key is a region's."
    )

    test_numbers: bool = Field(False, description="Allow Ofcom's drama numbers, +447700900000 to 900999.")
    demo: bool = Field(False, exclude=True, description="Set by `coatpeg demo` alone.")

    @field_validator("public_url", "telegram_api_base", "twilio_api_base", "translate_url")
    @classmethod
    def _address(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise Mistake(D_("it must begin with http:// or https://"))
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        if value.startswith("postgres://") or value.startswith("postgresql://"):
            return "postgresql+psycopg://" + value.split("://", 1)[1]
        if not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise Mistake(D_("it must be a sqlite:/// or postgresql:// address"))
        return value

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _webhook_secret(cls, value: SecretStr) -> SecretStr:
        secret = value.get_secret_value()
        if secret and (len(secret) > 256 or not set(secret) <= TOKEN_ALPHABET):
            raise Mistake(D_("it may hold 1 to 256 of A-Z a-z 0-9 _ -"))
        return value

    @model_validator(mode="after")
    def _together(self) -> Self:
        if not self.demo and len(self.secret_key.get_secret_value()) < 32:
            raise Mistake(D_("SECRET_KEY: set it to at least 32 random characters."))
        if (
            self.has_telegram
            and self.telegram_mode == "webhook"
            and not self.telegram_webhook_secret.get_secret_value()
        ):
            raise Mistake(
                D_("TELEGRAM_WEBHOOK_SECRET: set it, or anyone could post as Telegram; or TELEGRAM_MODE=poll.")
            )
        if self.has_telegram and ":" not in self.telegram_bot_token.get_secret_value():
            raise Mistake(
                D_("TELEGRAM_BOT_TOKEN: this does not look like a token from BotFather (digits, a colon, letters).")
            )
        twilio = {
            "TWILIO_ACCOUNT_SID": self.twilio_account_sid,
            "TWILIO_AUTH_TOKEN": self.twilio_auth_token.get_secret_value(),
            "TWILIO_FROM": self.twilio_from,
        }
        missing = [name for name, value in twilio.items() if not value]
        if missing and len(missing) < len(twilio):
            raise Mistake(
                D_("%(name)s: SMS needs it beside the other TWILIO_ variables; set it or remove them all."),
                name=missing[0],
            )
        if self.twilio_from and not self.twilio_from.startswith(("+", "MG")):
            raise Mistake(D_("TWILIO_FROM: write a number as +44..., or a messaging service as MG..."))
        return self

    @model_validator(mode="after")
    def _translation(self) -> Self:
        if self.translate_url and not self.translate_kind:
            raise Mistake(D_("TRANSLATE_KIND: say what the server at TRANSLATE_URL speaks."))
        if self.translate_kind and not self.translate_url:
            raise Mistake(D_("TRANSLATE_URL: say where the server of TRANSLATE_KIND is, or remove both."))
        if self.translate_kind in ("deepl", "azure") and not self.translate_key.get_secret_value():
            raise Mistake(D_("TRANSLATE_KEY: this kind of server wants a key."))
        return self

    @property
    def has_telegram(self) -> bool:
        return bool(self.telegram_bot_token.get_secret_value())

    @property
    def has_sms(self) -> bool:
        return bool(self.twilio_account_sid)

    @property
    def translates(self) -> bool:
        """Whether there is a translation server. Of the demo nothing leaves the computer."""
        return bool(self.translate_url) and not self.demo

    @property
    def key(self) -> bytes:
        """The secret that signs links and codes."""
        return self.secret_key.get_secret_value().encode()


def load_config(**overrides: object) -> Config:
    """The configuration of this process.

    Raises Misconfigured with one sentence per mistake, naming the variable; the values themselves are never quoted.
    """
    try:
        return Config(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        raise Misconfigured(Joined((_sentence(problem) for problem in error.errors()), " ")) from None


def _sentence(problem: ErrorDetails) -> Spoken:
    where, context = problem["loc"], problem.get("ctx", {})
    said = context.get("error")
    if not isinstance(said, Mistake):
        said = Sentence(UNREADABLE.get(problem["type"], Mark("%(msg)s")), **{"msg": problem["msg"]} | context)
    return Sentence(D_("%(name)s: %(what)s."), name=str(where[0]).upper(), what=said) if where else said


UNREADABLE = {
    "literal_error": D_("Input should be %(expected)s"),
    "bool_parsing": D_("Input should be a valid boolean, unable to interpret input"),
}
"""What pydantic finds wrong by itself with the types of Config, by its name for it."""


def desk_language() -> str:
    """The language of whoever sits at the command line: the first shipped one that the environment names.

    LANGUAGE (several, with colons), LC_ALL, LC_MESSAGES and LANG, in that order, as POSIX and gettext have them; C and
    POSIX are English, and so is anything else.
    """
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        for named in os.environ.get(variable, "").split(":"):
            tag = re.split("[.@]", named)[0]
            if found := SOURCE if tag in ("C", "POSIX") else shipped(tag):
                return found
    return SOURCE
