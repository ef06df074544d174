"""Policies: what the setting promises in plain words, and its own editions of them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from sqlmodel import Field, Session, SQLModel, col, select

from locales import N_, Catalogue
from locales.sentences import D_, Joined, Refusal
from nursery.library import CONTENT
from nursery.settings import Setting
from nursery.untranslated import in_english

FRESH = timedelta(days=14)
"""An edition that could not be told within this is not news any more."""

NAMELESS = N_("Our policies")
"""Over an edition of the setting's own whose policy is not in the library any more."""

CHASED_AFTER = timedelta(days=7)
"""Who has said nothing of a new edition by then is asked once more."""


class PolicyRefused(Refusal):
    """A policy that can't be published so; the message is the sentence for staff."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy of the shipped library, in English: a short answer, the full text, and plainer words."""

    id: str
    version: int
    name: str
    words: str
    short: str
    full: str
    plainer: str


class PolicyEdition(SQLModel, table=True):
    """A setting's own edition of a policy. A text left empty is the shipped one."""

    __tablename__ = "policy_edition"

    id: int | None = Field(default=None, primary_key=True)
    setting_id: int = Field(foreign_key="setting.id", index=True)
    policy: str
    version: int
    short: str = ""
    full: str = ""
    plainer: str = ""
    changed_note: str = ""
    """What has changed, in a sentence for parents, in English."""
    published_at: datetime
    told_at: datetime | None = None
    """When its guardians' messages were in the outbox."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A policy as it stands at a setting now: the shipped one, or the setting's own edition of it."""

    setting: Setting
    shipped: Policy
    edition: PolicyEdition | None = None

    @property
    def version(self) -> int:
        return self.edition.version if self.edition else self.shipped.version

    def name(self, catalogue: Catalogue) -> str:
        return catalogue.content(self.shipped.name) if self.shipped.name else catalogue.gettext(NAMELESS)

    def text(self, part: str, catalogue: Catalogue) -> str:
        """Its `short`, `full` or `plainer` text, as a guardian of this language reads it."""
        own = getattr(self.edition, part) if self.edition else ""
        if own:
            return in_english(own, catalogue)
        return catalogue.say(catalogue.content(getattr(self.shipped, part)), **values_of(self.setting))


@cache
def policies() -> Mapping[str, Policy]:
    """Every policy by its id, in the order of the file."""
    rows = tomllib.loads((CONTENT / "policies.toml").read_text("utf-8"))["policy"]
    return {row["id"]: Policy(**row) for row in rows}


def values_of(setting: Setting) -> dict[str, str]:
    """What a shipped text says of the setting. Until it has named who leads on safety, that is the manager."""
    return {
        "setting": setting.name,
        "phone": setting.phone,
        "manager": setting.manager or setting.name,
        "lead": setting.lead or setting.manager or setting.name,
        "lead_phone": setting.lead_phone or setting.phone,
    }


def standing(session: Session, setting: Setting, policy: str) -> Standing:
    """Raises KeyError for a policy that there is not."""
    chosen = select(PolicyEdition).where(PolicyEdition.setting_id == setting.id, PolicyEdition.policy == policy)
    latest = session.exec(chosen.order_by(col(PolicyEdition.version).desc())).first()
    return Standing(setting, policies()[policy], latest)


def before(session: Session, edition: PolicyEdition) -> list[int]:
    """The numbers of the editions of the same policy that this one takes the place of."""
    chosen = select(PolicyEdition.id).where(
        PolicyEdition.setting_id == edition.setting_id,
        PolicyEdition.policy == edition.policy,
        PolicyEdition.version < edition.version,
    )
    return [number for number in session.exec(chosen.order_by(col(PolicyEdition.id))) if number is not None]


def standing_at(session: Session, setting: Setting, policy: str, version: int) -> Standing | None:
    """As it stood in that version: the shipped text where the setting had no edition of that number. None where those
    words are not kept any more, since the library has others now or has dropped the policy."""
    chosen = select(PolicyEdition).where(PolicyEdition.setting_id == setting.id, PolicyEdition.policy == policy)
    edition = session.exec(chosen.where(PolicyEdition.version == version)).first()
    shipped = policies().get(policy)
    if edition is None:
        return Standing(setting, shipped) if shipped is not None and shipped.version == version else None
    if shipped is None and edition.full:
        shipped = Policy(policy, version, "", "", "", edition.full, "")
    return Standing(setting, shipped, edition) if shipped is not None else None


def publish(
    session: Session,
    setting: Setting,
    policy: str,
    note: str,
    now: datetime,
    *,
    short: str = "",
    full: str = "",
    plainer: str = "",
) -> PolicyEdition:
    """Makes the setting's next edition, of which its guardians are told. Raises PolicyRefused.

    What is not given stays as it stands.
    """
    if policy not in policies():
        raise PolicyRefused(
            D_("There is no policy %(policy)s. There are: %(known)s."), policy=repr(policy), known=Joined(policies())
        )
    if not note.strip():
        raise PolicyRefused(D_("Say in a sentence for parents what has changed."))
    now_standing = standing(session, setting, policy)
    before = now_standing.edition
    edition = PolicyEdition(
        setting_id=setting.id or 0,
        policy=policy,
        version=now_standing.version + 1,
        short=short.strip() or (before.short if before else ""),
        full=full.strip() or (before.full if before else ""),
        plainer=plainer.strip() or (before.plainer if before else ""),
        changed_note=note.strip(),
        published_at=now,
    )
    session.add(edition)
    session.flush()
    return edition


def untold(session: Session, now: datetime) -> list[PolicyEdition]:
    """New editions that guardians are to be told of. One that has lain for a fortnight is not."""
    chosen = select(PolicyEdition).where(
        col(PolicyEdition.told_at).is_(None),
        col(PolicyEdition.published_at) <= now,
        col(PolicyEdition.published_at) > now - FRESH,
    )
    return list(session.exec(chosen.order_by(col(PolicyEdition.id))))
