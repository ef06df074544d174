"""The people a newcomer may text as: the sample families, each there for a reason, and a stranger."""

from __future__ import annotations

from dataclasses import dataclass

from locales import N_
from nursery.sample import CHATS


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the sample: where they write from, who they are, and the conversations to try first."""

    key: str
    name: str
    channel: str
    address: str
    language: str
    line: str
    pegs: tuple[str, ...]
    """The peg pictures of their children."""
    tries: tuple[str, ...]


CAST: tuple[Person, ...] = (
    Person(
        "amina",
        "Amina",
        "telegram",
        CHATS["+447700900001"],
        "en_GB",
        N_("Noor's mother."),
        ("boat",),
        ("absent", "idea", "complaint"),
    ),
    Person(
        "piotr",
        "Piotr",
        "sms",
        "+447700900002",
        "pl",
        N_("Zosia's father. A plain phone, no internet."),
        ("sun",),
        ("absent", "menu", "idea"),
    ),
    Person(
        "farah",
        "Farah",
        "sms",
        "+447700900003",
        "ur",
        N_("Noor's other guardian. Lives apart."),
        ("boat",),
        ("menu", "absent", "query"),
    ),
    Person(
        "ioana",
        "Ioana",
        "sms",
        "+447700900004",
        "ro",
        N_("Mother of Andrei and Mara, who are in two rooms."),
        ("leaf", "moon"),
        ("absent", "event", "menu"),
    ),
    Person(
        "samira",
        "Samira",
        "telegram",
        CHATS["+447700900005"],
        "ar",
        N_("Yusuf's mother."),
        ("kite",),
        ("menu", "progress", "idea"),
    ),
    Person(
        "stranger",
        N_("A stranger"),
        "sms",
        "+447700900099",
        "en_GB",
        N_("A number nobody knows. Learns nothing."),
        (),
        ("menu", "absent", "language"),
    ),
)

GLOSSES = {
    "absent": N_("my child is away today"),
    "callme": N_("please ring me"),
    "complaint": N_("make a complaint"),
    "event": N_("what is on"),
    "idea": N_("something to do at home"),
    "language": N_("change the language"),
    "menu": N_("what can I ask?"),
    "progress": N_("how is my child doing?"),
    "query": N_("ask a question"),
}
"""What a conversation is for, in the newcomer's words."""


def person_called(key: str) -> Person | None:
    return next((person for person in CAST if person.key == key), None)
