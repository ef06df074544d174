"""What Twilio tells: a parent's text, or what became of one of ours."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, parse_qsl

from bot.channels import Broken
from bot.messages import Attachment, Incoming, Past, Reading, Receipt
from bot.outbox import State

NAME = "sms"
MOST_FIELDS = 500
MOST_MEDIA = 10
E164 = re.compile(r"\+[1-9][0-9]{6,14}")

STATES = {
    **dict.fromkeys(("accepted", "scheduled", "queued", "sending"), State.SENDING),
    **dict.fromkeys(("sent", "partially_delivered"), State.SENT),
    **dict.fromkeys(("delivered", "read"), State.DELIVERED),
    **dict.fromkeys(("undelivered", "failed"), State.FAILED),
    "canceled": State.CANCELLED,
}

MEDIA_KINDS = {"image": "photo", "audio": "voice"}

Form = dict[str, str]


def read_form(body: bytes) -> Form:
    """The fields, blank ones too: they are signed. Raises Broken for more of them than any message has."""
    try:
        return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        raise Broken("too many fields") from None


def read_text(form: Form) -> Reading:
    sender, sid = form.get("From", ""), form["MessageSid"]
    if ":" in sender:
        return Reading(ignored=f"{sender.partition(':')[0]} sender"[:40])
    message = Incoming(
        NAME,
        sid,
        sender,
        text=form.get("Body", ""),
        message_ref=sid,
        attachments=_attachments(form),
        handled=form.get("OptOutType", ""),
        answerable=E164.fullmatch(sender) is not None,
    )
    return Reading((message,))


def _attachments(form: Form) -> tuple[Attachment, ...]:
    told = form.get("NumMedia", "")
    count = min(int(told), MOST_MEDIA) if re.fullmatch("[0-9]{1,3}", told) else 0
    media = [(form.get(f"MediaUrl{place}", ""), form.get(f"MediaContentType{place}", "")) for place in range(count)]
    return tuple(
        Attachment(MEDIA_KINDS.get(mime.partition("/")[0], "document"), url, mime) for url, mime in media if url
    )


def read_receipt(form: Form, query: str) -> Reading:
    state = STATES.get(form.get("MessageStatus", ""))
    if state is None:
        return Reading(ignored=f"status {form.get('MessageStatus', '')}"[:40])
    ours = parse_qs(query).get("m", [""])[0]
    outbox_id = int(ours) if re.fullmatch("[0-9]{1,18}", ours) else None
    return Reading(receipts=(Receipt(NAME, outbox_id, form["MessageSid"], state, form.get("ErrorCode", "")),))


def read_past(one: Any) -> Past:
    """A message of ours from Twilio's list, as the library hands it over."""
    state = STATES.get(one.status or "", State.SENDING)
    return Past(str(one.sid), one.body or "", state, one.date_sent or one.date_created)
