"""The form bodies Twilio posts to us, and the Message resource it answers with."""

from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from secrets import token_hex
from typing import Any

from tests.providers.segments import segments

API_VERSION = "2010-04-01"
Resource = dict[str, Any]
Form = dict[str, str]


def new_sid(prefix: str) -> str:
    return prefix + token_hex(16)


def now_stamped() -> str:
    return format_datetime(datetime.now(UTC))


def resource(account_sid: str, params: dict[str, Any]) -> Resource:
    """The Message just created: with a Messaging Service no sender is chosen yet, so no segments are counted."""
    service = params.get("MessagingServiceSid")
    media = params.get("MediaUrl", [])
    sid, stamp = new_sid("MM" if media else "SM"), now_stamped()
    uri = f"/{API_VERSION}/Accounts/{account_sid}/Messages/{sid}"
    status = "scheduled" if "ScheduleType" in params else "accepted" if service else "queued"
    return {
        "account_sid": account_sid,
        "api_version": API_VERSION,
        "body": params.get("Body", ""),
        "date_created": stamp,
        "date_sent": None,
        "date_updated": stamp,
        "direction": "outbound-api",
        "error_code": None,
        "error_message": None,
        "from": params.get("From"),
        "messaging_service_sid": service,
        "num_media": str(len(media)),
        "num_segments": "0" if service else str(segments(params.get("Body", ""))),
        "price": None,
        "price_unit": None,
        "sid": sid,
        "status": status,
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "to": params["To"],
        "uri": f"{uri}.json",
    }


def status_form(message: Resource, number: str) -> Form:
    """A status callback for the message as it now stands; `number` is the sender a Messaging Service chose."""
    form = {
        "SmsSid": message["sid"],
        "SmsStatus": message["status"],
        "MessageStatus": message["status"],
        "To": message["to"],
        "MessageSid": message["sid"],
        "AccountSid": message["account_sid"],
        "From": message["from"] or number,
        "ApiVersion": API_VERSION,
    }
    if message["messaging_service_sid"]:
        form["MessagingServiceSid"] = message["messaging_service_sid"]
    if message["error_code"]:
        form["ErrorCode"] = str(message["error_code"])
    if message["status"] in ("delivered", "undelivered"):
        form["RawDlrDoneDate"] = datetime.now(UTC).strftime("%y%m%d%H%M")
    return form


def inbound_form(account_sid: str, sid: str, from_: str, to: str, body: str, media: Sequence[tuple[str, str]]) -> Form:
    """A message from a person: geography where Twilio has it, blank where it hasn't; media as (type, URL)."""
    form = {
        "ToCountry": "GB",
        "ToState": "",
        "SmsMessageSid": sid,
        "NumMedia": str(len(media)),
        "ToCity": "",
        "FromZip": "",
        "SmsSid": sid,
        "FromState": "",
        "SmsStatus": "received",
        "FromCity": "",
        "Body": body,
        "FromCountry": "GB",
        "To": to,
        "ToZip": "",
        "NumSegments": str(segments(body)),
        "MessageSid": sid,
        "AccountSid": account_sid,
        "From": from_,
        "ApiVersion": API_VERSION,
    }
    for place, (kind, url) in enumerate(media):
        form |= {f"MediaContentType{place}": kind, f"MediaUrl{place}": url}
    return form
