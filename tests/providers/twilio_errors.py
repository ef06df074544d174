"""Twilio's refusals: its codes, the HTTP status each comes with, and the JSON they come as."""

from aiohttp import web

from tests.providers.failures import Failure
from tests.providers.server import as_json

STATUSES = {20003: 401, 20404: 404, 20429: 429, 20500: 500}
SENTENCES = {
    20003: "Authenticate",
    20429: "Too Many Requests",
    20500: "An internal server error has occurred",
    21211: "The 'To' number is not a valid phone number.",
    21408: "Permission to send an SMS has not been enabled for the region indicated by the 'To' number.",
    21610: "Attempt to send to unsubscribed recipient",
    21611: "This 'From' number has exceeded the maximum number of queued messages",
    21612: "The message cannot be sent with the current combination of 'To' and 'From' parameters.",
    21614: "'To' number is not a valid mobile number",
}


def error_answer(failure: Failure) -> web.Response:
    """A bad gateway answers as a proxy does, in HTML; everything else in Twilio's JSON."""
    if failure.status == 502:
        return web.Response(text="<html><h1>502 Bad Gateway</h1></html>", status=502, content_type="text/html")
    status = STATUSES.get(failure.code, failure.status)
    body = {
        "code": failure.code or 20001,
        "message": failure.text or SENTENCES.get(failure.code, "Bad Request"),
        "more_info": f"https://www.twilio.com/docs/errors/{failure.code or 20001}",
        "status": status,
    }
    return as_json(body, status, {"Retry-After": str(failure.retry_after)} if status == 429 else None)
