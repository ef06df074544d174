"""What Twilio takes: its published form fields, and the rules its documentation adds, refused with its own codes."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.providers.failures import Fail, Violation

Check = Callable[[str], bool]
Params = dict[str, Any]

SPEC = Path(__file__).with_name("specs") / "twilio.json"
MESSAGES = "/2010-04-01/Accounts/{AccountSid}/Messages.json"
MESSAGE = "/2010-04-01/Accounts/{AccountSid}/Messages/{Sid}.json"
E164 = re.compile(r"\+[1-9]\d{6,14}")
SENDER = re.compile(r"\+[1-9]\d{6,14}|\d{3,6}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}")


def wrong(code: int, sentence: str) -> Violation:
    return Violation(Fail.REFUSED(code=code, text=sentence))


class Fields:
    """The fields one request may have; values come as lists, as forms and queries may repeat a name."""

    def __init__(self, properties: dict[str, Any], schemas: dict[str, Any]) -> None:
        self._resolved = {name: _resolved(schema, schemas) for name, schema in properties.items()}
        self._checks = {name: _check(schema) for name, schema in self._resolved.items()}

    def read(self, given: dict[str, list[str]]) -> Params:
        """The values, arrays as lists. Raises Violation."""
        return {name: self._value(name, values) for name, values in given.items()}

    def _value(self, name: str, values: list[str]) -> Any:
        check = self._checks.get(name)
        if check is None:
            raise wrong(20001, f"Unknown parameter {name}")
        if not all(check(value) for value in values):
            raise wrong(20422, f"Invalid Parameter {name}: {values[0][:40]!r}")
        if self._resolved[name].get("type") == "array":
            return values
        if len(values) > 1:
            raise wrong(20422, f"Invalid Parameter {name}: given more than once")
        return values[0]


def load_fields(path: Path = SPEC) -> dict[str, Fields]:
    """The fields of each operation on messages."""
    spec = json.loads(path.read_text(encoding="utf-8"))
    schemas = spec["components"]["schemas"]
    listing = {item["name"]: item["schema"] for item in spec["paths"][MESSAGES]["get"]["parameters"]}
    del listing["AccountSid"]
    operations = {
        "create": _form(spec["paths"][MESSAGES]["post"]),
        "update": _form(spec["paths"][MESSAGE]["post"]),
        "list": listing,
        "fetch": {},
    }
    return {name: Fields(properties, schemas) for name, properties in operations.items()}


def check_message(params: Params) -> None:
    """The rules between the fields of a new message. Raises Violation with Twilio's code."""
    _addresses(params)
    if not any(params.get(name) for name in ("Body", "MediaUrl", "ContentSid")):
        raise wrong(21619, "A text message body or media urls must be specified.")
    if len(params.get("Body", "")) > 1600:
        raise wrong(21617, "The concatenated message body exceeds the 1600 character limit")
    if not 1 <= int(params.get("ValidityPeriod", 36000)) <= 36000:
        raise wrong(30045, "Validity period must be between 1 and 36000 seconds")
    if "StatusCallback" in params and not _callable(params["StatusCallback"]):
        raise wrong(21609, f"The 'StatusCallback' URL {params['StatusCallback']} is not a valid URL.")
    if "ScheduleType" in params and not ("MessagingServiceSid" in params and "SendAt" in params):
        raise wrong(35118, "MessagingServiceSid and SendAt are required to schedule a message")


def _addresses(params: Params) -> None:
    if not params.get("To"):
        raise wrong(21604, "A 'To' phone number is required.")
    if not E164.fullmatch(params["To"]):
        raise wrong(21211, f"The 'To' number {params['To']} is not a valid phone number.")
    if not params.get("From") and not params.get("MessagingServiceSid"):
        raise wrong(21603, "A 'From' phone number is required.")
    if params.get("From") and not SENDER.fullmatch(params["From"]):
        raise wrong(21212, f"The 'From' number {params['From']} is not a valid phone number or sender.")


def _callable(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "_" not in (parts.hostname or "")


def _form(operation: dict[str, Any]) -> dict[str, Any]:
    content = operation["requestBody"]["content"]["application/x-www-form-urlencoded"]
    found: dict[str, Any] = content["schema"]["properties"]
    return found


def _resolved(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in schema:
        return schema
    found: dict[str, Any] = schemas[schema["$ref"].rpartition("/")[2]]
    return found


def _check(schema: dict[str, Any]) -> Check:
    match schema:
        case {"type": "array", "items": items}:
            return _check(items)
        case {"enum": allowed}:
            return lambda text: text in allowed
        case {"pattern": pattern}:
            return lambda text: re.fullmatch(pattern, text) is not None
        case {"type": "integer"}:
            low, high = schema.get("minimum", 0), schema.get("maximum", 2**31)
            return lambda text: text.isascii() and text.isdigit() and low <= int(text) <= high
        case {"type": "boolean"}:
            return lambda text: text in ("true", "false")
        case {"type": "number"}:
            return lambda text: re.fullmatch(r"-?\d+(\.\d+)?", text) is not None
        case {"format": "date-time"}:
            return _is_time
    return lambda text: True


def _is_time(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
