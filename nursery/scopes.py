"""Scopes: what of a child may be shared, and which consent covers it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from sqlmodel import Session

from locales.sentences import D_, Joined, Refusal
from nursery import consents
from nursery.consents import Purpose
from nursery.people import Child


class Scope(StrEnum):
    """What may be shared."""

    PROGRESS = "progress"
    ABOUT_ME = "about me"
    TWO_YEAR_CHECK = "two-year check"


COVERED: Mapping[Purpose, frozenset[Scope]] = {
    Purpose.SECOND_SETTING: frozenset({Scope.PROGRESS, Scope.ABOUT_ME}),
    Purpose.HEALTH_VISITOR: frozenset({Scope.PROGRESS, Scope.TWO_YEAR_CHECK}),
}
"""What the sentence of each consent covers (handlers.consent); a wider sharing needs a wider consent. Of All About Me
it is the answers of those who agreed, and of no other guardian."""


class SharingRefused(Refusal):
    """A sharing that may not be; the message is the sentence for staff."""


def check(session: Session, child: Child, purpose: Purpose, scopes: Sequence[Scope], day: date) -> None:
    """Raises SharingRefused unless consent stands that day, and covers all of it."""
    if purpose not in COVERED:
        raise SharingRefused(
            D_("Consent for %(purpose)s is not about sharing. There are: %(known)s."),
            purpose=purpose,
            known=Joined(COVERED),
        )
    if not scopes:
        raise SharingRefused(D_("Say what is shared: progress, about me or two-year check."))
    beyond = sorted(scope for scope in scopes if scope not in COVERED[purpose])
    if beyond:
        raise SharingRefused(
            D_("The consent for %(purpose)s does not cover: %(beyond)s. Ask the parent first."),
            purpose=purpose,
            beyond=Joined(beyond),
        )
    if not consents.stands(session, child, purpose, day):
        raise SharingRefused(
            D_(
                "Nothing may be shared: no consent for %(purpose)s stands for %(child)s. Parents give it with the "
                "word CONSENT, and one no is enough against it."
            ),
            purpose=purpose,
            child=child.first_name,
        )
