"""Webhook requests to our side: made as the provider makes them, and what we answered."""

from dataclasses import dataclass

from aiohttp import ClientSession, ClientTimeout
from yarl import URL


@dataclass(frozen=True, slots=True)
class Answer:
    """What our side answered to one delivery."""

    status: int
    text: str
    headers: dict[str, str]


class Deliveries:
    """Posts to public addresses, over the wire to another host where one is given; waits `patience` seconds."""

    def __init__(self, patience: float) -> None:
        self.answers: list[Answer] = []
        self._patience = ClientTimeout(total=patience)
        self._session: ClientSession | None = None

    async def post(
        self, url: str, body: bytes, headers: dict[str, str], to: str | None, session: ClientSession | None
    ) -> int:
        """The status answered; the Host header stays the public one. Raises aiohttp.ClientError, TimeoutError."""
        public = URL(url, encoded=True)
        target = public if to is None else URL(to.rstrip("/") + public.raw_path_qs, encoded=True)
        headers = {**headers, "Host": public.host_port_subcomponent or ""}
        chosen = session or self._own_session()
        async with chosen.post(target, data=body, headers=headers, allow_redirects=False) as reply:
            answer = Answer(reply.status, await reply.text(), dict(reply.headers))
        self.answers.append(answer)
        return answer.status

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _own_session(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession(timeout=self._patience)
        return self._session
