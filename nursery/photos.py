"""Photos from the setting: which children each shows, and to whom it may be shown at this moment."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field, Session, SQLModel, col, select

from locales.sentences import D_, Refusal
from nursery.consents import Purpose, stands
from nursery.forgetting import remove
from nursery.guardians import ANY_TOPIC, Guardian, Guardianship, Topic, allows
from nursery.images import Image, ImageRefused, read_image
from nursery.people import Child
from nursery.recipients import Audience, recipients

MOST_BYTES = 5_000_000
"""Of a file. Telegram takes 10 MB; a parent's phone credit takes less."""

MOST_WORDS = 800
"""Characters of the words a photo goes with, in any language. Telegram takes 1,024 under a photo
(core.telegram.org/bots/api#sendphoto); the rest is for what we put before them."""


class PhotoRefused(Refusal):
    """A photo that can't be taken as it is; the message is the sentence for staff."""


class Unshown(StrEnum):
    """Why a photo does not go to somebody, as staff read it; it names no family."""

    TAKEN_BACK = D_("the photo was taken back")
    INCOMPLETE = D_("a child in it is not known any more")
    NOT_TOLD = D_("may not be told of a child in it")
    OWN = D_("no consent to photos of their own child stands")
    OTHERS = D_("no consent to show other families a child in it stands")


class Photo(SQLModel, table=True):
    """A photo staff took, for a notice or a snippet."""

    id: int | None = Field(default=None, primary_key=True)
    setting_id: int = Field(foreign_key="setting.id", index=True)
    content: bytes = Field(repr=False)
    mime: str
    children: int
    """How many children it shows. Where fewer are known, one's record has gone, and the photo goes to nobody."""
    made_at: datetime
    made_by: str = ""
    taken_back_at: datetime | None = None


class PhotoChild(SQLModel, table=True):
    """A child that a photo shows."""

    __tablename__ = "photo_child"

    photo_id: int = Field(foreign_key="photo.id", primary_key=True)
    child_id: int = Field(foreign_key="child.id", primary_key=True, index=True)


def add_photo(
    session: Session, setting_id: int, content: bytes, children: Collection[Child], *, now: datetime, made_by: str = ""
) -> Photo:
    """Keeps a photo, without what the file tells besides the picture. Raises PhotoRefused."""
    image = _checked(content)
    shown = {child.id or 0 for child in children}
    if any(child.setting_id != setting_id for child in children):
        raise PhotoRefused(D_("The photo shows a child of another setting."))
    photo = Photo(
        setting_id=setting_id, content=image.content, mime=image.mime, children=len(shown), made_at=now, made_by=made_by
    )
    session.add(photo)
    session.flush()
    session.add_all([PhotoChild(photo_id=photo.id or 0, child_id=child_id) for child_id in sorted(shown)])
    session.flush()
    return photo


def check_words(texts: Collection[str]) -> None:
    """Raises PhotoRefused when the words a photo goes with are too long in any of the languages they come in."""
    longest = max((len(text.encode("utf-16-le")) // 2 for text in texts), default=0)
    if longest > MOST_WORDS:
        raise PhotoRefused(
            D_("With a photo the words may have %(most)s characters in each language; the longest has %(longest)s."),
            most=MOST_WORDS,
            longest=longest,
        )


def children_in(session: Session, photo: Photo) -> list[Child]:
    """The children a photo shows, as far as they are still known."""
    chosen = select(Child).join(PhotoChild, col(PhotoChild.child_id) == col(Child.id))
    return list(session.exec(chosen.where(PhotoChild.photo_id == photo.id).order_by(col(Child.id))))


def take_back(session: Session, photo_id: int | None, now: datetime) -> None:
    """From now on a photo goes to nobody, and no link to it opens."""
    photo = session.get(Photo, photo_id) if photo_id is not None else None
    if photo is not None:
        photo.taken_back_at = photo.taken_back_at or now
        session.add(photo)


def drop(session: Session, photo: Photo | None) -> None:
    """Forgets a photo that was only looked at."""
    if photo is not None:
        remove(session, SQLModel.metadata.tables["photo"], [photo.id])


class Showing:
    """To whom a photo may be shown that day, looked up once for any number of people.

    The recipient's own child needs consent to photos inside, each other child it shows consent to photos outside; a
    photo of a place or a thing needs none. A tie that is not confirmed, has ended or is under a court's limit makes a
    child neither: who has one is not shown that child at all, whatever other families may see.
    """

    def __init__(self, session: Session, photo: Photo, day: date) -> None:
        shown = children_in(session, photo)
        self.photo = photo
        self.inside = {child.id for child in shown if stands(session, child, Purpose.PHOTOS_INSIDE, day)}
        self.outside = {child.id for child in shown if stands(session, child, Purpose.PHOTOS_OUTSIDE, day)}
        self.shown = {child.id for child in shown}
        self.ties = _ties(session, [child.id or 0 for child in shown], day)

    def refusal(self, guardian_id: int) -> Unshown | None:
        """Why the photo may not go to this guardian; None when it may."""
        if self.photo.taken_back_at is not None:
            return Unshown.TAKEN_BACK
        if len(self.shown) < self.photo.children:
            return Unshown.INCOMPLETE
        tied = self.ties.get(guardian_id, {})
        if not all(tied.values()):
            return Unshown.NOT_TOLD
        if not tied.keys() <= self.inside:
            return Unshown.OWN
        return None if self.shown - tied.keys() <= self.outside else Unshown.OTHERS


def may_go(session: Session, photo: Photo, guardian_id: int, day: date) -> bool:
    """Whether the photo may be shown to this guardian that day."""
    return Showing(session, photo, day).refusal(guardian_id) is None


def kept_from(
    session: Session, photo: Photo, audience: Audience, topic: Topic, day: date
) -> list[tuple[Guardian, Unshown]]:
    """The recipients of an audience who would get the words alone that day, by name, each with the reason."""
    showing = Showing(session, photo, day)
    to = recipients(audience, topic, day).subquery("recipient")
    chosen = select(Guardian).join(to, to.c.guardian_id == col(Guardian.id))
    found = session.exec(chosen.order_by(col(Guardian.name), col(Guardian.id)))
    looked = [(guardian, showing.refusal(guardian.id or 0)) for guardian in found]
    return [(guardian, reason) for guardian, reason in looked if reason is not None]


def _ties(session: Session, children: Sequence[int], day: date) -> dict[int, dict[int | None, bool]]:
    """By guardian, then child: whether they may be told of that child."""
    found: dict[int, dict[int | None, bool]] = {}
    chosen = select(Guardianship.guardian_id, Guardianship.child_id, allows(ANY_TOPIC, day))
    for guardian_id, child_id, allowed in session.exec(chosen.where(col(Guardianship.child_id).in_(children))):
        found.setdefault(guardian_id, {})[child_id] = bool(allowed)
    return found


def _checked(content: bytes) -> Image:
    if len(content) > MOST_BYTES:
        raise PhotoRefused(
            D_("The photo has %(size)s MB. Please make it smaller than 5 MB."), size=f"{len(content) / 1e6:.1f}"
        )
    try:
        return read_image(content)
    except ImageRefused as refusal:
        raise PhotoRefused(refusal) from None
