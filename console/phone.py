"""/phone: a page that is the telephone of any of the sample parents. Demo only."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any

import orjson
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from bot.channels.phone import KEY_HEADER, PhoneChannel
from bot.database import reading
from console.attached import attached_routes
from console.cast import CAST, GLOSSES, Person, person_called
from console.pages import GUARD, page, words
from console.thread import language_of, pulse, thread, version
from handlers import CONVERSATIONS
from locales import LANGUAGES, N_, catalogue
from nursery.contacts import contact_at
from nursery.pegs import pictures
from nursery.settings import first_setting

LOOK_SECONDS = 0.2
"""How often the database is looked at for a page that listens."""

LISTEN_SECONDS = 5.0
"""A page's listening ends after this and begins again by itself, so that a server that stops is not held up."""

MOST_BYTES = 150_000
"""Of a photo: as text in a hook it grows by a third, and a hook is at most 256 KiB."""

CHANNEL_NAMES = {"sms": "SMS", "telegram": "Telegram"}
WRITE_HERE = N_("Write a message")


def phone_routes(engine: Engine, phones: Mapping[str, PhoneChannel]) -> list[Route]:
    """The page, its thread, its events and its switches."""
    desk = _Phones(engine, phones)
    return [
        Route("/phone", desk.show),
        Route("/phone/thread", desk.thread),
        Route("/phone/events", desk.events),
        Route("/phone/switch", desk.switch, methods=["POST"]),
        *attached_routes(engine),
    ]


class _Phones:
    """The telephones that the page may be: those of the people whose channel is a demo phone."""

    def __init__(self, engine: Engine, phones: Mapping[str, PhoneChannel]) -> None:
        self.engine, self.phones = engine, phones
        self.people = [person for person in CAST if person.channel in phones]

    def show(self, request: Request) -> Response:
        with reading(self.engine) as session:
            setting = first_setting(session)
        people = [self._introduce(person) for person in self.people]
        shown = request.query_params.get("who", "")
        keys = [person["key"] for person in people]
        return page(
            "phone.html",
            people=people,
            shown=shown if shown in keys else ("piotr" if "piotr" in keys else keys[0]),
            setting=setting.name if setting else "Coatpeg",
            pegs={name: pictures()[name] for person in self.people for name in person.pegs},
            most_kilobytes=MOST_BYTES // 1000,
        )

    def thread(self, request: Request) -> Response:
        """A person's thread as JSON; where it is still at version `after`, only who else has news."""
        person = person_called(request.query_params.get("who", ""))
        if person is None or person not in self.people:
            return Response(status_code=404)
        told = self._told(person)
        if told["version"] == request.query_params.get("after"):
            told = {"version": told["version"], "pulse": told["pulse"]}
        return _json(told)

    async def events(self, _: Request) -> Response:
        """Says which threads have changed, as it happens."""
        return StreamingResponse(self._listen(), media_type="text/event-stream", headers=GUARD)

    async def switch(self, request: Request) -> Response:
        """Turns a phone off or on, or has somebody block the bot: JSON of who, off, blocked, with the page's key."""
        try:
            asked = orjson.loads(await request.body())
            person = person_called(asked["who"])
            off, blocked = bool(asked["off"]), bool(asked["blocked"])
        except (orjson.JSONDecodeError, KeyError, TypeError):
            return Response(status_code=400)
        if person is None or person not in self.people:
            return Response(status_code=404)
        phone = self.phones[person.channel]
        if request.headers.get(KEY_HEADER) != phone.key:
            return Response(status_code=403)
        await phone.switch(person.address, off=off, blocked=blocked)
        return _json({"off": phone.is_off(person.address), "blocked": phone.is_blocked(person.address)})

    async def _listen(self) -> AsyncIterator[bytes]:
        yield b"retry: 300\n\n"
        before: dict[str, list[Any]] = {}
        for _ in range(int(LISTEN_SECONDS / LOOK_SECONDS)):
            now = await run_in_threadpool(self._pulse)
            if now != before:
                yield b"data: " + orjson.dumps(now) + b"\n\n"
            before = now
            await asyncio.sleep(LOOK_SECONDS)

    def _pulse(self) -> dict[str, list[Any]]:
        with reading(self.engine) as session:
            return pulse(session, self.people)

    def _told(self, person: Person) -> dict[str, Any]:
        phone = self.phones[person.channel]
        with reading(self.engine) as session:
            contact = contact_at(session, person.channel, person.address)
            language = language_of(session, contact, person)
            items = thread(session, contact, phone, language)
            beats = pulse(session, self.people)
        switches = {"off": phone.is_off(person.address), "blocked": phone.is_blocked(person.address)}
        for item in items:
            if "language" in item:
                item["language"], item["dir"] = _tag(item["language"])
        tag, direction = _tag(language)
        return {
            "version": version(items, switches, language),
            "pulse": beats,
            "items": items,
            "language": tag,
            "dir": direction,
            "placeholder": catalogue(language).gettext(WRITE_HERE),
            "tries": _tries(person, language),
            **switches,
        }

    def _introduce(self, person: Person) -> dict[str, Any]:
        said = words()
        tag, direction = _tag(person.language)
        return {
            "key": person.key,
            "name": said.gettext(person.name),
            "line": said.gettext(person.line),
            "pegs": person.pegs,
            "channel": person.channel,
            "channel_name": CHANNEL_NAMES[person.channel],
            "address": person.address,
            "phone_key": self.phones[person.channel].key,
            "autonym": LANGUAGES[person.language].autonym,
            "tag": tag,
            "dir": direction,
        }


def _tries(person: Person, language: str) -> list[dict[str, str]]:
    """What to try first: the word of each conversation in that language, and what it is for."""
    by_name = {one.name: one for one in CONVERSATIONS}
    return [
        {"words": catalogue(language).words(by_name[name].words)[0], "gloss": words().gettext(GLOSSES[name])}
        for name in person.tries
        if name in by_name
    ]


def _tag(language: str) -> tuple[str, str]:
    known = LANGUAGES[catalogue(language).language]
    return known.html, known.direction


def _json(value: object) -> Response:
    return Response(orjson.dumps(value), media_type="application/json", headers=GUARD)
