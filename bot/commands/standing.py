"""How a guardian stands to a child, in words for staff."""

from __future__ import annotations

from locales.sentences import D_, Joined, Sentence, Spoken
from nursery.guardians import ANY_TOPIC, Guardian, Guardianship, Topic


def standing_of(tie: Guardianship, guardian: Guardian) -> Spoken:
    """A tie in words, for staff."""
    words = [_told(Topic(tie.may_receive)) if tie.confirmed_at else Sentence(D_("not confirmed, told nothing"))]
    if tie.ends_on:
        words.append(Sentence(D_("until %(day)s"), day=tie.ends_on))
    if tie.restricted_from and tie.restricted_until:
        order = D_("limited by an order from %(first)s to %(last)s")
        words.append(Sentence(order, first=tie.restricted_from, last=tie.restricted_until))
    elif tie.restricted_from:
        order = D_("limited by an order from %(first)s to further notice")
        words.append(Sentence(order, first=tie.restricted_from))
    if guardian.left_on:
        words.append(Sentence(D_("leaves on %(day)s"), day=guardian.left_on))
    return Joined(words, "; ")


def _told(may: Topic) -> Sentence:
    if may == ANY_TOPIC:
        return Sentence(D_("told of all"))
    if not may:
        return Sentence(D_("told of nothing"))
    return Sentence(D_("told of %(topics)s"), topics=Joined(str(one.name).lower() for one in may))
