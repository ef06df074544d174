"""Prints: what is to be made on paper, or spoken, for who has asked for it, or for another form (policy S3)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from locales import FSI, PDI, SOURCE, Catalogue, catalogue
from nursery import copies, notices, policies
from nursery.copies import CopyKind
from nursery.guardians import Guardian, Topic, wants
from nursery.matters import Matter
from nursery.notices import Notice
from nursery.policies import PolicyEdition
from nursery.preferences import Format, Preference
from nursery.recipients import Audience, is_recipient
from nursery.settings import Setting, today
from nursery.tasks import raise_task
from nursery.translations import OwnWords

FRESH = timedelta(days=7)
"""What was told longer ago is not made any more by itself."""

SENTENCES = re.compile(r"(?<=[.!?؟۔])\s+")


class PrintJob(SQLModel, table=True):
    """Something to make for one guardian: a notice or a signed agreement by its number, or a policy by its name."""

    __tablename__ = "print_job"
    __table_args__ = (UniqueConstraint("guardian_id", "kind", "ref"),)

    id: int | None = Field(default=None, primary_key=True)
    setting_id: int = Field(foreign_key="setting.id", index=True)
    guardian_id: int = Field(foreign_key="guardian.id", index=True)
    kind: str
    """`notice`, `policy` or `agreement`."""
    ref: str
    """A notice's number, a signature's, or a policy and its version as `fees 3`."""
    format: str
    asked_at: datetime
    made_at: datetime | None = None
    """When its file was written."""


def want(session: Session, guardian_id: int, setting_id: int, kind: str, ref: str, now: datetime) -> bool:
    """Puts a text in the queue in the form the guardian has chosen; a voice note is a task. Says whether it is new."""
    chosen = session.exec(select(Preference).where(Preference.guardian_id == guardian_id)).first()
    if chosen is None or chosen.format == Format.TEXT:
        return False
    if chosen.format == Format.AUDIO:
        return _to_record(session, guardian_id, setting_id, kind, ref, now)
    known = select(PrintJob.id).where(PrintJob.guardian_id == guardian_id, PrintJob.kind == kind, PrintJob.ref == ref)
    if session.exec(known).first() is not None:
        return False
    job = PrintJob(setting_id=setting_id, guardian_id=guardian_id, kind=kind, ref=ref, format="", asked_at=now)
    job.format = chosen.format
    session.add(job)
    session.flush()
    return True


def on_paper(session: Session, guardian_id: int, setting_id: int, kind: str, ref: str, now: datetime) -> None:
    """Puts in the queue what a guardian asked to have on paper, and tells staff; asked again, it is made again."""
    chosen = session.exec(select(Preference).where(Preference.guardian_id == guardian_id)).first()
    mine = select(PrintJob).where(PrintJob.guardian_id == guardian_id, PrintJob.kind == kind, PrintJob.ref == ref)
    job = session.exec(mine).first()
    if job is None:
        job = PrintJob(setting_id=setting_id, guardian_id=guardian_id, kind=kind, ref=ref, format="", asked_at=now)
    job.format, job.made_at = Format.LARGE if chosen and chosen.format == Format.LARGE else Format.TEXT, None
    session.add(job)
    raise_task(
        session,
        f"print:{kind}:{ref}:{guardian_id}:{today(now).isoformat()}",
        "a text to print",
        now=now,
        setting_id=setting_id,
        guardian_id=guardian_id,
        about=f"{kind} {ref}",
    )


def queue_all(session: Session, now: datetime) -> int:
    """Queues what was told lately for everyone who has asked for another form; returns how much is new."""
    asked = select(Preference.guardian_id).join(Guardian, col(Guardian.id) == col(Preference.guardian_id))
    others = list(session.exec(asked.where(Preference.format != Format.TEXT, wants(Topic.NOTICES, today(now)))))
    if not others:
        return 0
    told = [(one.audience, "notice", str(one.id)) for one in _told_notices(session, now)]
    told += [(Audience(one.setting_id), "policy", reference(one.policy, one.version)) for one in _told(session, now)]
    return sum(
        want(session, guardian_id, audience.setting_id, kind, ref, now)
        for audience, kind, ref in told
        for guardian_id in others
        if is_recipient(session, audience, Topic.NOTICES, today(now), guardian_id)
    )


def waiting(session: Session, setting_id: int, *, again: bool = False) -> list[PrintJob]:
    """What is to be made, oldest first, and can be: a policy may have left the library; `again`: what has been made as
    well."""
    chosen = select(PrintJob).where(PrintJob.setting_id == setting_id).order_by(col(PrintJob.id))
    jobs = session.exec(chosen if again else chosen.where(col(PrintJob.made_at).is_(None)))
    return [job for job in jobs if job.kind != CopyKind.POLICY or job.ref.split()[0] in policies.policies()]


def words_of(session: Session, job: PrintJob) -> tuple[str, str]:
    """What to print, one sentence a paragraph for easy reading, and its language.

    Braille is made of the English text: the code of another language is another one, and not ours to guess.
    """
    language = session.get_one(Guardian, job.guardian_id).language or SOURCE
    words = catalogue(SOURCE if job.format == Format.BRAILLE else language)
    if job.kind == CopyKind.AGREEMENT:
        copy = copies.copy_of(session, job.guardian_id, job.setting_id, job.kind, job.ref)
        return "\n".join((*copy.paragraphs, *copy.signed)), copy.language
    easy = job.format == Format.EASY
    text = text_of(session, job.setting_id, job.kind, job.ref, words, job.asked_at, easy=easy)
    return _easy(text, words) if easy else text, words.language


def _easy(text: str, words: Catalogue) -> str:
    """One sentence a line; of English within a text that runs right to left, each isolated by itself."""
    lines: list[str] = []
    for line in text.split("\n"):
        told = line.removeprefix(FSI).removesuffix(PDI)
        alone = line == f"{FSI}{told}{PDI}" and FSI not in told
        lines += map(words.isolated, SENTENCES.split(told)) if alone else SENTENCES.split(line)
    return "\n".join(lines)


def text_of(
    session: Session, setting_id: int, kind: str, ref: str, words: Catalogue, now: datetime, *, easy: bool = False
) -> str:
    """All that a notice or a policy says in a language, or the plainer words of it."""
    if kind == "notice":
        notice = session.get_one(Notice, int(ref))
        own = (easy and notice.plainer) or notice.text
        read = OwnWords(session, words, None, translates=True, briefly=False, now=now)
        text = read.read(Matter.NOTICE, own, setting_id=notice.setting_id).told if own else ""
        return text or notices.text_for(notice, words)
    place = session.get_one(Setting, setting_id)
    return policies.standing(session, place, ref.split()[0]).text("plainer" if easy else "full", words)


def reference(policy: str, version: int) -> str:
    return f"{policy} {version}"


def _told_notices(session: Session, now: datetime) -> list[Notice]:
    fresh = col(Notice.published_at) > now - FRESH
    return list(session.exec(select(Notice).where(fresh, col(Notice.cancelled_at).is_(None)).order_by(col(Notice.id))))


def _told(session: Session, now: datetime) -> list[PolicyEdition]:
    fresh = col(PolicyEdition.told_at) > now - FRESH
    return list(session.exec(select(PolicyEdition).where(fresh).order_by(col(PolicyEdition.id))))


def _to_record(session: Session, guardian_id: int, setting_id: int, kind: str, ref: str, now: datetime) -> bool:
    """We do not speak with a made voice: a person who speaks the language records it."""
    return raise_task(
        session,
        f"voice:{kind}:{ref}:{guardian_id}",
        "record a voice note",
        now=now,
        setting_id=setting_id,
        guardian_id=guardian_id,
        about=f"{kind} {ref}",
    )
