"""A child's target: what to work on for a fortnight, told when it is set, and how it went."""

from __future__ import annotations

from bot.conversation import Choice, Dialogue, Goto, Say, Withheld, choose, say
from bot.turn import Turn
from handlers.asking import being_sent
from nursery import targets
from nursery.guardians import Topic
from nursery.matters import Matter
from nursery.people import Child, Staff
from nursery.queries import owner_for
from nursery.settings import Setting
from nursery.targets import Target, Went
from nursery.tasks import raise_task


def target_set(turn: Turn) -> Dialogue:
    """Tells a new target."""
    yield from ()  # it asks nothing
    target, child = _target(turn)
    if being_sent(turn) and target.due_on < turn.today:
        raise Withheld("too late")
    staff = turn.session.get_one(Staff, target.staff_id)
    read = turn.read(Matter.TARGET, target.words, setting_id=child.setting_id)
    text = turn.gettext("%(child)s, until %(day)s, here and at home: %(words)s")
    told = turn.say(text, child=child.first_name, day=turn.day(target.due_on), words=read.parts[0])
    signed = turn.say(turn.gettext("From %(staff)s"), staff=staff.name)
    return say(read.noted(f"{told}\n{signed}"))


def target_asked(turn: Turn) -> Dialogue:
    """Its day has come: how did it go?"""
    target, child = _target(turn)
    if being_sent(turn) and target.due_on + targets.STALE < turn.today:
        raise Withheld("too late")
    asked = turn.say(turn.gettext("How did it go with %(child)s?"), child=child.first_name)
    if being_sent(turn):
        read = turn.read(Matter.TARGET, target.words, setting_id=child.setting_id)
        text = turn.say(turn.gettext("We said we would work on this: %(words)s"), words=read.parts[0])
        asked = read.noted(f"{text}\n{asked}")
    choices = (
        Choice(Went.WELL, turn.gettext("Going well")),
        Choice(Went.IDEA, turn.gettext("I need an idea")),
        Choice(Went.CALL, turn.gettext("Please call me")),
    )
    went = Went((yield from choose("went", asked, choices)))
    targets.reply(turn.session, target, turn.guardian.id or 0, went, turn.now)
    if went == Went.WELL:
        return say(turn.say(turn.gettext("Lovely. Thank you for doing it with %(child)s."), child=child.first_name))
    return _helped(turn, target, child, went)


def _target(turn: Turn) -> tuple[Target, Child]:
    target = turn.session.get(Target, turn.params["target"])
    if target is None or (being_sent(turn) and target.ended_at is not None):
        raise Withheld("ended")
    child = next((child for child in turn.children(Topic.PROGRESS) if child.id == target.child_id), None)
    if child is None:
        raise Withheld("not allowed")
    return target, child


def _helped(turn: Turn, target: Target, child: Child, went: Went) -> Say:
    """A person rings, or gives an idea that fits this target; one of ours comes at once."""
    setting = turn.session.get_one(Setting, child.setting_id)
    owner = owner_for(turn.session, setting, child, turn.today)
    raise_task(
        turn.session,
        f"target {went.value}:{target.id}:{turn.guardian.id}",
        "call about a target" if went == Went.CALL else "an idea for a target",
        now=turn.now,
        setting_id=child.setting_id,
        staff_id=owner.id if owner else None,
        guardian_id=turn.guardian.id,
        child_id=child.id,
        about=f"target {target.id}",
    )
    name = owner.name if owner else setting.name
    if went == Went.IDEA and child.id in {one.id for one in turn.children(Topic.LEARNING)}:
        text = turn.gettext("That is fine. %(staff)s will think of one with you. Here is one to begin with.")
        return Say((turn.say(text, staff=name),), then=Goto("idea", {"child": child.id}))
    if went == Went.IDEA:
        text = turn.gettext("That is fine. %(staff)s will think of one with you. If it can't wait, ring %(phone)s.")
        return say(turn.say(text, staff=name, phone=setting.phone))
    text = turn.gettext("%(staff)s will ring you about it. If it can't wait, ring %(phone)s.")
    return say(turn.say(text, staff=name, phone=setting.phone))
