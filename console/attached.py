"""What goes with messages, as the demo's phones show it: photos from either side, voice notes from ours."""

from __future__ import annotations

from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.database import reading
from bot.outbox import OutboxMessage
from console.pages import GUARD
from console.voice import part_of
from nursery.inbox import Media
from nursery.photos import Photo
from nursery.recordings import Recording

SHOWN_AS = ("image/jpeg", "image/png", "image/webp", "image/gif")


def attached_routes(engine: Engine) -> list[Route]:
    """A photo that was sent from here, the photo that went with a message of ours, the voice note that one is."""

    def media(request: Request) -> Response:
        with reading(engine) as session:
            found = session.get(Media, request.path_params["number"])
        if found is None or found.content is None or found.mime not in SHOWN_AS:
            return Response(status_code=404)
        return Response(found.content, media_type=found.mime, headers=GUARD)

    def photo(request: Request) -> Response:
        with reading(engine) as session:
            message = session.get(OutboxMessage, request.path_params["number"])
            found = session.get(Photo, message.photo_id) if message and message.photo_id is not None else None
        if found is None:
            return Response(status_code=404)
        return Response(found.content, media_type=found.mime, headers=GUARD)

    def voice(request: Request) -> Response:
        with reading(engine) as session:
            message = session.get(OutboxMessage, request.path_params["number"])
            found = session.get(Recording, message.recording_id) if message and message.recording_id else None
        if found is None:
            return Response(status_code=404)
        return part_of(found.content, found.mime, request.headers.get("range", ""), GUARD)

    return [
        Route("/phone/media/{number:int}", media),
        Route("/phone/photo/{number:int}", photo),
        Route("/phone/voice/{number:int}", voice),
    ]
