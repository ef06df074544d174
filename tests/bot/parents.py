"""Little Acorns in the middle of everything, for parents who may do anything; every reply is looked at."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from bot.channels.wording import bodies
from bot.claiming import release_held
from bot.house import House
from bot.messages import Attachment, Incoming, Kind
from bot.segments import parts
from bot.writer import Writer
from locales import SOURCE
from nursery import (
    agreements,
    beginnings,
    complaints,
    home_observations,
    notices,
    offers,
    outcomes,
    policies,
    polls,
    queries,
    settling,
    suggestions,
    targets,
    two_year,
)
from nursery.contacts import Contact, ContactState
from nursery.inbox import InboundMessage
from nursery.observations import add_snippet
from nursery.people import Staff
from nursery.recipients import Audience
from nursery.sample import lay_out_sample
from nursery.settings import today
from nursery.tasks import open_tasks
from scheduler import JOBS
from tests.cast import CAST, MONDAY, populate
from tests.providers.updates import GROUP
from tests.story.nursery import hurry
from tests.story.rules import NAMES, sentences_in
from tests.talking import CHANNELS, Clock, Heard, Player

FAMILIES = tuple(name for name, member in CAST.items() if member.children)
MOST_PARTS = 30
"""By SMS, of the longest there is: the copy of a signed agreement, in an alphabet of its own."""
MOST_CHOICES = 12
QUIET_OUTCOMES = ("second tap", "unknown tap", "help")


def lay_out(session: Session) -> None:
    """The cast, and at the nursery a week in which everything happens."""
    people, now = populate(session), MONDAY
    lay_out_sample(session, now)
    whole, grace = Audience(people.setting.id or 0), people.staff["Grace"]
    noor, mara, yusuf = (people.children[name] for name in ("Noor", "Mara", "Yusuf"))
    notices.draft(
        session, whole, publish_at=now, now=now, text="The gate is painted.", plainer="New gate.", checks=True
    )
    policies.publish(session, people.setting, "late-collection", "Ten minutes now.", now, short="Ring us, please.")
    slots = [now + timedelta(days=days) for days in (8, 9)]
    polls.open_poll(session, whole, "Summer fair", slots, now + timedelta(days=4), now=now)
    targets.set_target(session, noor, "putting on shoes", grace, now)
    add_snippet(session, yusuf, "Built a bridge.", staff=grace, now=now, next_step="Build one.")
    settling.begin(session, yusuf, today(now))
    settling.write(session, yusuf, "A calm morning.", grace, now)
    two_year.ask(session, mara, now)
    for contact in session.exec(select(Contact).order_by(col(Contact.id))):
        beginnings.begin(session, contact, people.setting, today(now))


def staff_work(session: Session, clock: Clock) -> None:
    """Staff see to all that waits for them."""
    now, grace, helen = clock.now, session.get_one(Staff, 1), session.get_one(Staff, 2)
    for query in queries.open_queries(session):
        queries.answer(session, query, "We look forward to it.", grace, now)
    for case in complaints.open_complaints(session):
        with suppress(outcomes.OutcomeRefused):
            outcomes.conclude(session, case, "We have mended it.", helen, now)
    for idea in suggestions.undecided(session):
        suggestions.decide(session, idea, suggestions.Decision.YES, "It is good.", helen, now)
    for kept in home_observations.to_approve(session):
        home_observations.approve(session, kept, helen, now, line="How lovely!")
    for signature in agreements.to_countersign(session, 1):
        agreements.countersign(session, signature, helen, now)
    for offer in session.exec(select(offers.Offer)):
        with suppress(offers.OfferRefused):
            offers.ask_for(session, offer, "On Friday at ten?", now)


@dataclass
class Parents:
    """The families of the cast with a player of their own; every reply is looked at as it comes."""

    player: Player
    writer: Writer

    @classmethod
    def on(cls, engine: Engine, house: House) -> Parents:
        hurry(engine)
        return cls(Player(engine, house, Clock()), Writer(engine))

    def close(self) -> None:
        asyncio.run(self.writer.close())
        self.player.engine.dispose()

    def say(self, who: str, channel: str, text: str = "", **fields: object) -> list[Heard]:
        """A message of words or with something attached: always answered, unless it was an opt-out word's business."""
        self.player.channel = channel
        replies = self.player.say(who, text, **fields)
        self._check(replies, text)
        assert replies or self._silence_is_right(), (who, text)
        return replies

    def tap(self, who: str, channel: str, back: int, choice: int) -> None:
        """A button of a message of theirs: of the last with any, or one `back` of it. By SMS it is the number."""
        shown = [one for one in self.player.heard if one.who == who and one.choices]
        if channel == "sms" or not shown:
            self.say(who, channel, str(choice + 1))
            return
        one = shown[-1 - back % len(shown)]
        self.say(who, channel, kind=Kind.TAP, tapped=f"{one.id}:{choice}", tap_ref=f"t{self.player.count}")

    def do(self, who: str, channel: str, kind: Kind) -> None:
        """What is no message: an edit, a block, a group's."""
        self.player.count += 1
        number = self.player.count
        address = str(GROUP) if kind is Kind.GROUP else CAST[who].address(channel)
        incoming = Incoming(channel, f"k{number}", address, kind=kind, text="no, sorry", message_ref=f"m{number}")
        replies = self.player.receive(who, incoming)
        if kind is Kind.GROUP:
            assert not replies, "other families read there"
        else:
            self._check(replies, "")

    def attach(self, who: str, channel: str, kind: str, words: str) -> None:
        mime = {"photo": "image/jpeg", "voice": "audio/ogg", "document": "application/pdf"}.get(kind, "image/webp")
        self.say(who, channel, words, attachments=(Attachment(kind, f"f{self.player.count}", mime),))

    def pass_time(self, hours: float) -> None:
        """Time goes by, staff see to what waits, every job runs, and what is due is rendered as delivery does it."""
        self.player.clock.pass_(hours=hours)
        with self.player.session() as session:
            staff_work(session, self.player.clock)
        asyncio.run(self._jobs())
        with self.player.session() as session:
            for sender in CHANNELS:
                release_held(session, sender, self.player.clock.now, at_most=100)
        for heard in self.player.deliver():
            check(heard, "")
        with self.player.session() as session:
            assert not [task.key for task in open_tasks(session) if task.kind == "broken message"]

    async def _jobs(self) -> None:
        for job in JOBS:
            await job.run(self.writer, self.player.clock.now)

    def _silence_is_right(self) -> bool:
        with self.player.session() as session:
            last = session.exec(select(InboundMessage).order_by(col(InboundMessage.id).desc())).first()
            assert last is not None
            contact = session.get(Contact, last.contact_id) if last.contact_id else None
            return last.outcome in QUIET_OUTCOMES or (contact is not None and contact.state == ContactState.STOPPED)

    def _check(self, replies: list[Heard], said: str) -> None:
        """Each reply is fit to be sent, and what came is kept."""
        for one in replies:
            check(one, said)
        with self.player.session() as session:
            kept = set(session.exec(select(InboundMessage.provider_id)))
        assert {f"p{self.player.count}", f"k{self.player.count}"} & kept


def check(one: Heard, said: str) -> None:
    """A message that anybody may be sent: whole, of a bearable length, in one language, and about nobody else."""
    whole = "\n".join([one.text, *one.choices])
    ours = whole.replace(said, "") if said else whole
    assert one.text.strip()
    assert "%(" not in ours, whole
    assert len(one.choices) <= MOST_CHOICES, whole
    assert len(set(one.choices)) == len(one.choices), whole
    assert all(label.strip() and len(label) <= 64 for label in one.choices), whole
    assert all(len(body) <= 1600 for body in bodies(one.text, one.choices))
    assert len(said) > 100 or sum(parts(body).count for body in bodies(one.text, one.choices)) <= MOST_PARTS, whole
    others = [name for name in FAMILIES if name != one.who]
    for secret in (word for name in others for word in (name, *NAMES[name], CAST[name].phone, *CAST[name].children)):
        assert secret in CAST[one.who].children or secret not in ours or secret == "Pop", whole
    if one.language != SOURCE:
        assert not sentences_in(ours, SOURCE, translated_to=one.language), whole


Fresh = Callable[[House], Parents]
