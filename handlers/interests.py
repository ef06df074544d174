"""The names of interests, as parents read them."""

from __future__ import annotations

from bot.turn import Turn
from nursery.interests import Tag


def interest_names(turn: Turn) -> dict[Tag, str]:
    """Every tag and its name, in the order in which they are offered."""
    return {
        Tag.ENGLISH: turn.gettext("Learning English"),
        Tag.COOKING: turn.gettext("Cooking"),
        Tag.MONEY: turn.gettext("Money"),
        Tag.FIRST_AID: turn.gettext("First aid"),
        Tag.MATHS: turn.gettext("Maths with children"),
        Tag.READING: turn.gettext("Reading"),
        Tag.MUSIC: turn.gettext("Music"),
        Tag.GARDENING: turn.gettext("Gardening"),
        Tag.REPAIRS: turn.gettext("Repairs"),
        Tag.WORK: turn.gettext("Work"),
        Tag.COMMITTEE: turn.gettext("The committee"),
    }
