"""Policies: a short plain answer, the full text on request, and whether it is clear."""

from __future__ import annotations

from bot.answers import normalise
from bot.conversation import Choice, Dialogue, Goto, Say, choose
from bot.turn import Turn
from handlers.asking import which_setting
from handlers.copied import BY_TEXT, PAPER
from handlers.pages import choose_of
from handlers.policy_shown import clear, given, in_full, not_clear, otherwise, ref_of, standing_of, understood
from handlers.policy_words import offered, phrases
from locales import SOURCE, W_
from nursery import prints
from nursery.copies import CopyKind
from nursery.policies import Standing
from nursery.readings import Reading


def policy(turn: Turn) -> Dialogue:
    """Asks which, unless the message named one, as in "policy late"."""
    said = normalise(turn.said.text)
    named = phrases(turn.language).subject(said) or phrases(SOURCE).subject(said)
    if named is not None:
        return Say(then=Goto("policy_told", {"policy": named}))
    text = turn.gettext("What would you like to read about?")
    chosen = yield from choose_of(turn, "policy", text, offered(turn))
    return Say(then=Goto("policy_told", {"policy": chosen, "before": ("policy",)}))


def policy_told(turn: Turn) -> Dialogue:
    """The short answer, and whether it is clear; of a guardian with children in several settings, whose it is first."""
    if "setting" not in turn.params:
        yield from which_setting(turn)
    shown = standing_of(turn)
    full = Choice("full", turn.gettext("Full text"), turn.catalogue.words(W_("FULL, ALL")))
    choices = (full, clear(turn), not_clear(turn))
    answer = yield from choose("short", shown.text("short", turn.catalogue), choices)
    if answer == "full":
        return in_full(turn, shown, "policy_check", _made_too(turn, shown))
    return (yield from understood(turn, shown, Reading(answer)))


def policy_check(turn: Turn) -> Dialogue:
    """After the full text: is it clear? After a link to it, it may be had by text or on paper as well."""
    shown = standing_of(turn)
    choices = (clear(turn), not_clear(turn), Choice(Reading.CALL, turn.gettext("Please call me")), *otherwise(turn))
    answer = yield from choose("check", turn.gettext("Is this clear?"), choices)
    if answer in (BY_TEXT, PAPER):
        return given(turn, shown, "policy_check", answer)
    return (yield from understood(turn, shown, Reading(answer)))


def _made_too(turn: Turn, shown: Standing) -> tuple[str, ...]:
    """For who has asked for large print, braille or another form, it is made in that form as well."""
    guardian_id, setting_id = turn.guardian.id or 0, shown.setting.id or 0
    if not prints.want(turn.session, guardian_id, setting_id, CopyKind.POLICY, ref_of(shown), turn.now):
        return ()
    return (turn.gettext("We make it in the form you asked for as well. You will get it at the nursery."),)
