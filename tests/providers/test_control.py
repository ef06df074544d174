"""Both servers as processes of their own, watched and made to fail from outside."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.providers import telegram, twilio

ROOT = Path(__file__).parents[2]
TELEGRAM = (f"/bot{telegram.TOKEN}/sendMessage", {"chat_id": "700000123", "text": "Hi"}, "chat_id")
TWILIO = (
    f"/2010-04-01/Accounts/{twilio.ACCOUNT_SID}/Messages.json",
    {"To": "+447700900101", "From": "+447700900000", "Body": "Hi"},
    "To",
)


@contextmanager
def process(name: str, *options: str) -> Iterator[httpx.Client]:
    command = [sys.executable, "-m", f"tests.providers.{name}", *options]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        base = running.stdout.readline().strip()
        try:
            with httpx.Client(base_url=base, auth=(twilio.ACCOUNT_SID, twilio.AUTH_TOKEN)) as client:
                yield client
        finally:
            running.terminate()


@pytest.mark.parametrize(("name", "request_"), [("telegram", TELEGRAM), ("twilio", TWILIO)])
def test_watched_and_failed_from_outside(name: str, request_: tuple[str, dict[str, str], str]) -> None:
    path, form, whom = request_
    with process(name) as client:
        refusal: dict[str, Any] = {"kind": "TOO_MANY", "retry_after": 3, whom.lower(): form[whom], "times": None}
        assert client.post("/_/fail", json=refusal).is_success
        reply = client.post(path, data=form)
        assert (reply.status_code, reply.headers["Retry-After"]) == (429, "3")
        client.post("/_/reset")
        assert client.post(path, data=form).is_success
        client.post(path, data={**form, "colour": "red"})
        assert client.get("/_/stats").json() == {"sent": 1, "refused": 0, "violations": 1}
        assert len(client.get("/_/violations").json()) == 1
        sent = client.get("/_/sent").json()
        assert sent[0]["params"][whom] in (form[whom], 700000123)
        assert client.post("/_/fail", json={"kind": "RESET_AFTER"}).is_success
        with pytest.raises(httpx.TransportError):
            client.post(path, data=form)
        assert client.get("/_/stats").json()["sent"] == 2


@pytest.mark.parametrize("asked", [{"kind": "SULK"}, {"kind": "SLOW", "minutes": 1}, {}, [], {"kind": "named"}])
def test_a_failure_nobody_knows_is_refused(asked: object) -> None:
    with process("telegram", "--enforce", "--no-validate") as client:
        assert client.post("/_/fail", json=asked).status_code == 400
        assert client.get("/_/nothing").status_code == 404
