"""A policy that has changed: told, read, and signed by typing one's name."""

from __future__ import annotations

from bot.conversation import Choice, Dialogue, Goto, Say, Withheld, ask, choose, say
from bot.turn import Turn
from handlers.asking import being_sent
from handlers.copied import BY_TEXT, PAPER, link_to
from handlers.policy_shown import given, in_full, not_clear, note, otherwise, ref_of, standing_of, understood
from handlers.signing import name_on_record, name_reader
from locales import W_
from nursery import policies
from nursery.copies import CopyKind
from nursery.policies import PolicyEdition
from nursery.readings import Reading
from nursery.settings import Setting
from nursery.untranslated import in_english


def policy_changed(turn: Turn) -> Dialogue:
    """What we send when a setting has changed a policy: what is new, and whether to read it now."""
    edition = turn.session.get(PolicyEdition, turn.params["edition"])
    if edition is None or edition.policy not in policies.policies():
        raise Withheld("no such edition")
    shown = policies.standing(turn.session, turn.session.get_one(Setting, edition.setting_id), edition.policy)
    if being_sent(turn) and shown.version != edition.version:
        raise Withheld("changed again")
    text = turn.gettext("%(setting)s has changed what it says about this: %(name)s.")
    told = turn.say(text, setting=shown.setting.name, name=shown.name(turn.catalogue))
    later = Choice("later", turn.gettext("Later"))
    text = f"{told}\n{in_english((shown.edition or edition).changed_note, turn.catalogue)}"
    if (yield from choose("read", text, (Choice("now", turn.gettext("Read it now")), later))) == "later":
        return say(turn.gettext("That is fine. When you have time, text POLICY."))
    return Say(
        then=Goto("policy_sign", {"policy": edition.policy, "setting": edition.setting_id, "version": shown.version})
    )


def policy_sign(turn: Turn) -> Dialogue:
    """The short answer unless the full text has been read, and then the name that signs it.

    What has changed again meanwhile is read again: nobody signs what they were not shown.
    """
    shown = standing_of(turn)
    if turn.params.get("version") != shown.version:
        params = {**turn.params, "read": False, "linked": False, "version": shown.version}
        return Say(then=Goto("policy_sign", params))
    if not turn.params.get("read"):
        first = yield from choose("short", shown.text("short", turn.catalogue), _first(turn))
        if first == "full":
            return in_full(turn, shown, "policy_sign")
        if first == Reading.NOT_CLEAR:
            return (yield from understood(turn, shown, Reading.NOT_CLEAR))
    text = turn.gettext("If you have read it and it is clear, please sign: type your full name.")
    answer = yield from ask(
        "name", text, read=name_reader(turn), choices=(not_clear(turn), *otherwise(turn)), fits=name_on_record(turn)
    )
    if answer.get("key") in (BY_TEXT, PAPER):
        return given(turn, shown, "policy_sign", answer["key"])
    if answer.get("key"):
        return (yield from understood(turn, shown, Reading.NOT_CLEAR))
    note(turn, shown, Reading.SIGNED, answer["name"])
    text = turn.gettext("Thank you. You signed as %(name)s on %(day)s. Here is your copy.")
    signed = turn.say(text, name=answer["name"], day=turn.day(turn.now))
    return say(f"{signed} {link_to(turn, shown.setting.id or 0, CopyKind.POLICY, ref_of(shown))}")


def _first(turn: Turn) -> tuple[Choice, ...]:
    full = Choice("full", turn.gettext("Full text"), turn.catalogue.words(W_("FULL, ALL")))
    return Choice("sign", turn.gettext("I would like to sign")), full, not_clear(turn)
