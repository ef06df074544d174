"""Recordings: a notice or a policy as staff have read it aloud in one language, for those who asked for a voice note
(policy S3)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import defer
from sqlmodel import Field, Session, SQLModel, col, select

from locales import Catalogue
from locales.sentences import D_, Mark, Refusal
from nursery import notices, policies
from nursery.notices import Notice
from nursery.recipients import Audience
from nursery.settings import Setting
from nursery.sounds import SoundRefused, read_sound
from nursery.tasks import Task

MOST_WORDS = 800
"""Characters of what it says, typed. Telegram takes 1,024 under a voice note (core.telegram.org/bots/api#sendvoice);
the rest is for what we put before them."""


class RecordingRefused(Refusal):
    """A recording that can't be sent as it is; the message is the sentence for staff."""


class Recording(SQLModel, table=True):
    """A voice note staff recorded."""

    id: int | None = Field(default=None, primary_key=True)
    setting_id: int = Field(foreign_key="setting.id", index=True)
    kind: str
    """`notice` or `policy`."""
    ref: str
    """A notice's number, or a policy and its version as `fees 3`."""
    language: str
    """It is for guardians of this language alone."""
    content: bytes = Field(repr=False)
    mime: str
    seconds: int
    words: str = ""
    """What it says, in its language, where somebody typed it; else the message's own words stand beside it."""
    made_at: datetime
    made_by: str = ""
    taken_back_at: datetime | None = None

    @property
    def about(self) -> str:
        """What its tasks are about."""
        return f"{self.kind} {self.ref}"


def standing(session: Session, setting_id: int, about: str, language: str) -> Recording | None:
    """The recording of a message in a language that stands now."""
    kind, _, ref = about.partition(" ")
    mine = (Recording.setting_id == setting_id, Recording.kind == kind, Recording.ref == ref)
    chosen = select(Recording).where(*mine, Recording.language == language, col(Recording.taken_back_at).is_(None))
    unheard = chosen.options(defer(Recording.content))  # type: ignore[arg-type]
    return session.exec(unheard.order_by(col(Recording.id).desc())).first()


def add(
    session: Session, task: Task, content: bytes, *, language: str, words: str, now: datetime, made_by: str = ""
) -> Recording:
    """Keeps a recording of what a task is about, without what the file tells besides the voice. Raises
    RecordingRefused."""
    kind, _, ref = task.about.partition(" ")
    words = words.strip()
    if len(words.encode("utf-16-le")) // 2 > MOST_WORDS:
        raise RecordingRefused(
            D_("The words may have %(most)s characters; they have %(longest)s."), most=MOST_WORDS, longest=len(words)
        )
    try:
        sound = read_sound(content)
    except SoundRefused as refusal:
        raise RecordingRefused(refusal) from None
    made = Recording(
        setting_id=task.setting_id or 0,
        kind=kind,
        ref=ref,
        language=language,
        content=sound.content,
        mime=sound.mime,
        seconds=sound.seconds,
        words=words,
        made_at=now,
        made_by=made_by,
    )
    if (past := gone(session, made, now)) is not None:
        raise RecordingRefused(past, about=task.about)
    session.add(made)
    session.flush()
    return made


def take_back(session: Session, recording: Recording, now: datetime) -> None:
    """From now on it goes to nobody, and no link to it opens."""
    recording.taken_back_at = recording.taken_back_at or now
    session.add(recording)
    session.flush()


def stands(session: Session, recording: Recording) -> bool:
    """Whether it may be heard: neither it nor the notice has been taken back."""
    notice = _notice(session, recording)
    return recording.taken_back_at is None and (notice is None or notice.cancelled_at is None)


def audience(session: Session, recording: Recording) -> Audience:
    """Whom what it says is for."""
    notice = _notice(session, recording)
    return notice.audience if notice is not None else Audience(recording.setting_id)


def announced(session: Session, recording: Recording, said: Catalogue) -> str:
    """What comes before it, or before a link to it."""
    place = session.get_one(Setting, recording.setting_id)
    if recording.kind == "policy":
        name = policies.standing(session, place, recording.ref.split()[0]).name(said)
        text = said.gettext("%(setting)s: this is for you to listen to: %(name)s.")
        return said.say(text, setting=place.name, name=name)
    return said.say(said.gettext("%(setting)s: our message, for you to listen to."), setting=place.name)


def useful_until(session: Session, recording: Recording) -> datetime | None:
    """After when it must not arrive; none when what it says names no day ahead."""
    notice = _notice(session, recording)
    return notices.useful_until(notice) if notice is not None else None


def is_urgent(session: Session, recording: Recording) -> bool:
    notice = _notice(session, recording)
    return notice is not None and notice.urgent


def gone(session: Session, recording: Recording, now: datetime) -> Mark | None:
    """Why there is no use in sending it any more."""
    until = useful_until(session, recording)
    if not stands(session, recording):
        return D_("It was taken back (%(about)s): nobody needs the recording any more. coatpeg done crosses it off.")
    if until is not None and until <= now:
        return D_("It is over (%(about)s): nobody needs the recording any more. coatpeg done crosses it off.")
    if recording.kind == "policy":
        policy, version = recording.ref.split()
        place = session.get_one(Setting, recording.setting_id)
        if policies.standing(session, place, policy).version != int(version):
            return D_("It has changed since (%(about)s): record what it says now, and cross this off.")
    return None


def _notice(session: Session, recording: Recording) -> Notice | None:
    return session.get_one(Notice, int(recording.ref)) if recording.kind == "notice" else None
