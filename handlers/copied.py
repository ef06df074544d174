"""A long text in the form a phone can take: whole where that is free, else behind a link, by text, or on paper."""

from __future__ import annotations

from bot.channels.splitting import split
from bot.conversation import Choice, Say, say
from bot.segments import GSM, economical, parts
from bot.turn import Turn
from nursery import copies, prints
from nursery.copies import CopyKind

BY_TEXT, PAPER = "text", "paper"

MOST_PARTS = 4
LONGEST, LONGEST_GSM = MOST_PARTS * 67, MOST_PARTS * 153
"""Signs of one SMS of a long text, in either alphabet."""


def link_to(turn: Turn, setting_id: int, kind: CopyKind, ref: str) -> str:
    """A new link to a copy, as `link_told` says it. It writes, so it is for a conversation's end."""
    token, _ = copies.make_link(turn.session, turn.guardian.id or 0, setting_id, kind, ref, turn.now)
    return link_told(turn, token)


def link_told(turn: Turn, token: str) -> str:
    """How long a link works, and the link: alone at the end, so that every phone takes all of it and no more."""
    link = copies.known(turn.session, token)
    if link is None:
        return ""
    text = turn.gettext("The link works until %(day)s.")
    return f"{turn.say(text, day=turn.day(link.expires_at))}\n{turn.site}/r/{token}"


def other_ways(turn: Turn) -> tuple[Choice, Choice]:
    """For a phone without internet."""
    return Choice(BY_TEXT, turn.gettext("Send it by text")), Choice(PAPER, turn.gettext("On paper, please"))


def on_paper(turn: Turn, setting_id: int, kind: CopyKind, ref: str) -> Say:
    """Staff print it."""
    prints.on_paper(turn.session, turn.guardian.id or 0, setting_id, kind, ref, turn.now)
    return say(turn.gettext("Thank you. We print it, and you get it at the nursery."))


def fits(turn: Turn, text: str) -> bool:
    """Whether a text may be sent as it is: by SMS it has four parts at most."""
    return turn.buttons or parts(economical(text)).count <= MOST_PARTS


def messages_of(turn: Turn, *paragraphs: str) -> tuple[str, ...]:
    """A long text in as few messages as can be: one where a message is free, else as many as may be sent together."""
    text = "\n\n".join(paragraphs)
    if turn.buttons:
        return (text,)
    return tuple(split(text, LONGEST_GSM if GSM.issuperset(economical(text)) else LONGEST))
