"""Whether this process lives, is ready, and how it fares: /live, /ready and /metrics."""

from __future__ import annotations

import asyncio
from datetime import datetime

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import Engine, func
from sqlalchemy import select as core_select
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.database import reading
from bot.delivery import Delivery
from bot.outbox import TABLE, State
from bot.sender import Clock

LATE_SECONDS = 900
"""A message due for longer than this means that nothing is delivered."""


def health_routes(engine: Engine, delivery: Delivery, clock: Clock) -> list[Route]:
    """The three routes. None tells anything about anybody."""
    registry = CollectorRegistry()
    registry.register(_Outbox(engine, clock))

    async def live(_: Request) -> Response:
        return PlainTextResponse("live")

    async def ready(_: Request) -> Response:
        try:
            age = await asyncio.to_thread(_oldest_due_seconds, engine, clock())
        except Exception as error:  # the door: whatever the database says, this page answers
            return JSONResponse({"ready": False, "why": f"database: {type(error).__name__}"}, 503)
        if age > LATE_SECONDS:
            return JSONResponse({"ready": False, "why": "messages wait too long", "oldest_due_seconds": age}, 503)
        return JSONResponse({"ready": True, "oldest_due_seconds": age, "stopped_senders": sorted(delivery.stopped)})

    async def metrics(_: Request) -> Response:
        text = await asyncio.to_thread(generate_latest, registry)
        return Response(text, media_type="text/plain; version=0.0.4")

    return [Route("/live", live), Route("/ready", ready), Route("/metrics", metrics)]


def _oldest_due_seconds(engine: Engine, now: datetime) -> float:
    """How long the message that has waited longest has been due, in seconds; 0 when none waits."""
    with reading(engine) as session:
        oldest = session.connection().execute(
            core_select(func.min(TABLE.c.due_at)).where(TABLE.c.state == State.DUE.value)
        )
        first = oldest.scalar()
    return max(0.0, (now - first).total_seconds()) if first is not None else 0.0


class _Outbox(Collector):
    """What the database holds, counted when asked."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self.engine, self.clock = engine, clock

    def collect(self) -> list[Metric]:
        messages = GaugeMetricFamily(
            "coatpeg_outbox_messages", "Messages by sender and state", labels=["sender", "state"]
        )
        with reading(self.engine) as session:
            counted = core_select(TABLE.c.sender, TABLE.c.state, func.count()).group_by(TABLE.c.sender, TABLE.c.state)
            for sender, state, count in session.connection().execute(counted):
                messages.add_metric([sender, state], count)
        oldest = GaugeMetricFamily("coatpeg_outbox_oldest_due_seconds", "Age of the message that has been due longest")
        oldest.add_metric([], _oldest_due_seconds(self.engine, self.clock()))
        return [messages, oldest]
