"""Translation servers by HTTP: one short class a kind, all of that provider in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import urlencode

import orjson

from bot.channels import Misconfigured, Rejected, Throttled, Unknown, Unreachable
from bot.channels.http import Http
from bot.config import Config
from locales import SOURCE
from locales.sentences import D_

SECONDS = 10.0
"""A translation that takes longer helps nobody: the message has gone in English."""

MOST_BYTES = 256 * 1024

RETRY_SECONDS = 30.0


class Server(Protocol):
    """One kind of server. What goes wrong is told in the channels' vocabulary (`bot.channels`)."""

    kind: str

    async def translate(self, words: str, source: str, language: str) -> str:
        """The words in another of our languages. Raises SendError: Rejected where it does not know the language."""

    async def languages(self) -> frozenset[str]:
        """The languages it translates English into, as it writes them, in lower case. Raises SendError."""

    def code(self, language: str) -> str:
        """What it calls one of our languages, in lower case."""


class LibreTranslate:
    """LibreTranslate, or what speaks as it does (docs.libretranslate.com): POST /translate, GET /languages."""

    kind = "libretranslate"

    def __init__(self, url: str, key: str, http: Http) -> None:
        self.url, self.key, self.http = url, key, http

    async def translate(self, words: str, source: str, language: str) -> str:
        asked = {"q": words, "source": self.code(source), "target": self.code(language), "format": "text"}
        body = await _post(self.http, f"{self.url}/translate", asked | ({"api_key": self.key} if self.key else {}))
        return _text(body, "translatedText")

    async def languages(self) -> frozenset[str]:
        known = await _get(self.http, f"{self.url}/languages")
        for one in known if isinstance(known, list) else ():
            if isinstance(one, dict) and one.get("code") == self.code(SOURCE):
                return frozenset(str(code).lower() for code in one.get("targets", ()))
        raise Unknown("no languages")

    def code(self, language: str) -> str:
        return language.split("_")[0]


class DeepL:
    """DeepL (developers.deepl.com): POST /v2/translate, GET /v2/languages; the free plan has an address of its own."""

    kind = "deepl"

    def __init__(self, url: str, key: str, http: Http) -> None:
        self.url, self.http = url, http
        self.headers = {"Authorization": f"DeepL-Auth-Key {key}"}

    async def translate(self, words: str, source: str, language: str) -> str:
        from_code = self.code(source).split("-")[0]  # as a source DeepL knows English of no country
        asked = {"text": [words], "source_lang": from_code.upper(), "target_lang": self.code(language).upper()}
        body = await _post(self.http, f"{self.url}/v2/translate", asked, self.headers)
        return _text(body, "translations", 0, "text")

    async def languages(self) -> frozenset[str]:
        known = await _get(self.http, f"{self.url}/v2/languages?type=target", self.headers)
        if not isinstance(known, list):
            raise Unknown("no languages")
        return frozenset(_text(one, "language").lower() for one in known)

    def code(self, language: str) -> str:
        return language.replace("_", "-").lower()


class Azure:
    """Azure Translator 3.0 (learn.microsoft.com/azure/ai-services/translator): POST /translate, GET /languages. A key
    of one region is written REGION:KEY. An address of one's own has the path /translator/text/v3.0."""

    kind = "azure"

    def __init__(self, url: str, key: str, http: Http) -> None:
        region, _, secret = key.rpartition(":")
        self.url, self.http = url, http
        self.headers = {"Ocp-Apim-Subscription-Key": secret}
        if region:
            self.headers["Ocp-Apim-Subscription-Region"] = region

    async def translate(self, words: str, source: str, language: str) -> str:
        asked = {"api-version": "3.0", "from": self.code(source), "to": self.code(language), "textType": "plain"}
        body = await _post(self.http, f"{self.url}/translate?{urlencode(asked)}", [{"Text": words}], self.headers)
        return _text(body, 0, "translations", 0, "text")

    async def languages(self) -> frozenset[str]:
        known = await _get(self.http, f"{self.url}/languages?api-version=3.0&scope=translation", self.headers)
        if not isinstance(known, dict) or not isinstance(known.get("translation"), dict):
            raise Unknown("no languages")
        return frozenset(str(code).lower() for code in known["translation"])

    def code(self, language: str) -> str:
        return language.split("_")[0]


KINDS: Mapping[str, type[LibreTranslate] | type[DeepL] | type[Azure]] = {
    kind.kind: kind for kind in (LibreTranslate, DeepL, Azure)
}


def server_of(config: Config, http: Http) -> Server | None:
    """The server that is configured, or None."""
    if not config.translates:
        return None
    return KINDS[config.translate_kind](config.translate_url, config.translate_key.get_secret_value(), http)


async def _post(http: Http, url: str, asked: object, headers: Mapping[str, str] | None = None) -> Any:
    sent = {"Content-Type": "application/json", **(headers or {})}
    return _answer(*await http.request("POST", url, orjson.dumps(asked), sent, seconds=SECONDS))


async def _get(http: Http, url: str, headers: Mapping[str, str] | None = None) -> Any:
    return _answer(*await http.request("GET", url, headers=headers, seconds=SECONDS))


def _answer(status: int, body: bytes) -> Any:
    """The JSON answered. 456 is DeepL's word for a quota that is used up; a redirect, for an address
    that is not quite right."""
    code = str(status)
    if status in (401, 403, 404, 456) or 300 <= status < 400:
        raise Misconfigured(
            D_("TRANSLATE_URL, TRANSLATE_KEY: the translation server refuses us (%(status)s)."), code, status=code
        )
    if status == 429:
        raise Throttled("too fast", RETRY_SECONDS, code)
    if status >= 500:
        raise Unreachable("out of order", code)
    if status != 200:
        raise Rejected("not taken", code)
    if len(body) > MOST_BYTES:
        raise Unknown("too much", code)
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        raise Unknown("no JSON", code) from None


def _text(body: Any, *path: str | int) -> str:
    """The words at a place in an answer. Raises Unknown where there are none."""
    for step in path:
        try:
            body = body[step]
        except (KeyError, IndexError, TypeError):
            raise Unknown("another shape") from None
    if not isinstance(body, str):
        raise Unknown("another shape")
    return body
