"""Translation servers on a local port, one for each kind: strict about each request's shape, failing on demand.

What they "translate" is plain to see: each word is turned round, and for Urdu and Arabic written in Arabic letters.
Locked tokens stay as they are, unless the test has said that this server loses, doubles or makes something up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

import orjson
from aiohttp import web

from tests.providers.failures import Fail, Failure
from tests.providers.server import ProviderServer, as_json

TOKEN = re.compile(r"XQ\d+Z")
WORD = re.compile(r"XQ\d+Z|[^\W\d_]+")
ARABIC = str.maketrans({chr(97 + place): chr(0x0628 + place % 18) for place in range(26)})
KEY = "the-key-of-the-test"
REGION = "uksouth"
KNOWN = {"libretranslate": ("pl", "ro", "ur", "ar"), "deepl": ("PL", "RO", "AR"), "azure": ("pl", "ro", "ur", "ar")}


@dataclass(frozen=True, slots=True)
class Asked:
    """One request for a translation, as the server understood it."""

    words: str
    source: str
    target: str


def turned(words: str, target: str) -> str:
    """The "translation" of these words."""

    def one(found: re.Match[str]) -> str:
        if TOKEN.fullmatch(found[0]):
            return found[0]
        back = found[0].lower()[::-1]
        return back.translate(ARABIC) if target.lower() in ("ur", "ar") else back

    return WORD.sub(one, words)


SPOILT: Mapping[str, Callable[[str], str]] = {
    "loses a token": lambda text: TOKEN.sub("", text, count=1),
    "doubles a token": lambda text: f"{text} {(TOKEN.search(text) or [''])[0]}",
    "makes a token up": lambda text: f"{text} XQ77Z",
    "changes a token": lambda text: text.replace("XQ", "xq"),
    "invents a time": lambda text: f"{text} 16:45",
    "invents a link": lambda text: f"{text} www.elsewhere.example",
    "goes on and on": lambda text: " ".join([text.replace("XQ", "yq"), *["blah"] * 2000]),
    "says nothing": lambda text: " ",
    "speaks another language": lambda text: " ".join([*TOKEN.findall(text), "ничего не понятно совсем"]),
}


@dataclass
class Wrong(Exception):
    """The real server would not take this request."""

    status: int
    why: str


class Unknown(Wrong):
    """A language it does not have: no mistake of ours."""


class TranslationServer(ProviderServer):
    """`asked` has what it was asked to translate; `spoils` says what it does to each answer."""

    kind = ""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Asked] = []
        self.spoils = ""
        self.raw: bytes | None = None
        """Answered in place of everything, where it is set."""

    def fail(self, failure: Failure, times: int | None = None) -> None:
        """The next `times` requests for a translation meet this failure; none for all of them."""
        self.plan(failure, "translate", None, times)

    def refusal(self, failure: Failure) -> web.Response:
        return as_json({"error": failure.text or "no"}, failure.status)

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        body, query = await request.read(), {name: one[0] for name, one in parse_qs(request.query_string).items()}
        try:
            if request.method == "GET":
                return as_json(self.languages(request, query))
            asked = self.read(request, query, orjson.loads(body))
        except Wrong as wrong:
            if not isinstance(wrong, Unknown):
                self.violations.append(wrong.why)
            return as_json({"error": wrong.why}, wrong.status)
        self.asked.append(asked)

        async def accept() -> web.Response:
            if self.raw is not None:
                return web.Response(body=self.raw)
            text = turned(asked.words, asked.target)
            return as_json(self.written(SPOILT[self.spoils](text) if self.spoils else text))

        return await self.meet(self._plans.take("translate", asked.target), request, accept)

    def read(self, request: web.BaseRequest, query: dict[str, str], body: Any) -> Asked:
        """The request, understood. Raises Wrong."""
        raise NotImplementedError

    def written(self, text: str) -> object:
        raise NotImplementedError

    def languages(self, request: web.BaseRequest, query: dict[str, str]) -> object:
        raise NotImplementedError


def _must(so: object, why: str, status: int = 400) -> None:
    if not so:
        raise Wrong(status, why)


def _has(language: str, *known: str) -> None:
    if language not in known:
        raise Unknown(400, f"{language} is not supported")


def _is_json(request: web.BaseRequest) -> None:
    _must(request.method == "POST" and request.content_type == "application/json", "POST JSON")


class LibreTranslateServer(TranslationServer):
    kind = "libretranslate"

    def read(self, request: web.BaseRequest, query: dict[str, str], body: Any) -> Asked:
        _is_json(request)
        _must(request.path == "/translate", "no such path", 404)
        _must(body.get("api_key") == KEY, "Invalid API key", 403)
        _must(set(body) == {"q", "source", "target", "format", "api_key"}, f"fields {sorted(body)}")
        _must(body["format"] == "text", "format")
        _has(body["source"], "en", *KNOWN[self.kind])
        _has(body["target"], "en", *KNOWN[self.kind])
        return Asked(body["q"], body["source"], body["target"])

    def written(self, text: str) -> object:
        return {"translatedText": text}

    def languages(self, request: web.BaseRequest, query: dict[str, str]) -> object:
        _must(request.path == "/languages", "no such path", 404)
        known = [{"code": "pl", "name": "Polish", "targets": ["en"]}]
        return [*known, {"code": "en", "name": "English", "targets": ["en", *KNOWN[self.kind]]}]


class DeepLServer(TranslationServer):
    kind = "deepl"

    def read(self, request: web.BaseRequest, query: dict[str, str], body: Any) -> Asked:
        _is_json(request)
        self._authorised(request)
        _must(request.path == "/v2/translate", "no such path", 404)
        _must(set(body) == {"text", "source_lang", "target_lang"}, f"fields {sorted(body)}")
        _must(isinstance(body["text"], list) and len(body["text"]) == 1, "text")
        _has(body["source_lang"], "EN", *KNOWN[self.kind])
        _has(body["target_lang"], "EN-GB", *KNOWN[self.kind])
        return Asked(body["text"][0], body["source_lang"], body["target_lang"])

    def written(self, text: str) -> object:
        return {"translations": [{"detected_source_language": "EN", "text": text}]}

    def languages(self, request: web.BaseRequest, query: dict[str, str]) -> object:
        self._authorised(request)
        _must(request.path == "/v2/languages" and query == {"type": "target"}, "no such path", 404)
        return [{"language": one, "name": one, "supports_formality": False} for one in ("EN-GB", *KNOWN[self.kind])]

    def _authorised(self, request: web.BaseRequest) -> None:
        _must(request.headers.get("Authorization") == f"DeepL-Auth-Key {KEY}", "Forbidden", 403)


class AzureServer(TranslationServer):
    kind = "azure"

    def read(self, request: web.BaseRequest, query: dict[str, str], body: Any) -> Asked:
        _is_json(request)
        _must(request.headers.get("Ocp-Apim-Subscription-Key") == KEY, "401000", 401)
        _must(request.headers.get("Ocp-Apim-Subscription-Region") == REGION, "401000", 401)
        _must(request.path == "/translate" and query.get("api-version") == "3.0", "no such path", 404)
        _must(set(query) == {"api-version", "from", "to", "textType"}, f"query {sorted(query)}")
        _must(isinstance(body, list) and [set(one) for one in body] == [{"Text"}], "400000")
        _has(query["from"], "en", *KNOWN[self.kind])
        _has(query["to"], "en", *KNOWN[self.kind])
        return Asked(body[0]["Text"], query["from"], query["to"])

    def written(self, text: str) -> object:
        return [{"translations": [{"text": text, "to": "pl"}]}]

    def languages(self, request: web.BaseRequest, query: dict[str, str]) -> object:
        _must(request.path == "/languages" and query["scope"] == "translation", "no such path", 404)
        return {"translation": {code: {"name": code, "dir": "ltr"} for code in ("en", *KNOWN[self.kind])}}


SERVERS: Mapping[str, type[TranslationServer]] = {
    one.kind: one for one in (LibreTranslateServer, DeepLServer, AzureServer)
}


def key_of(kind: str) -> str:
    """What TRANSLATE_KEY is set to for it."""
    return f"{REGION}:{KEY}" if kind == "azure" else KEY


__all__ = ["SERVERS", "SPOILT", "Fail", "TranslationServer", "key_of", "turned"]
