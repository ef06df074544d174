"""What we hold about a parent, in plain words, and how to have a copy or a correction."""

from __future__ import annotations

from bot.conversation import Choice, Dialogue, Goto, Say, ask, choose, say
from bot.turn import Turn
from handlers.topics import topic_names
from locales import LANGUAGES, W_
from nursery.data_requests import Wanted, request
from nursery.guardians import ANY_TOPIC
from nursery.holdings import Holdings, holdings_of, told_of
from nursery.inbox import pass_to_staff
from nursery.scopes import Scope
from nursery.sharing import agreed_by


def data(turn: Turn) -> Dialogue:
    """Says what we hold of this guardian, and nothing of any other."""
    yield from ()  # it asks nothing
    held = holdings_of(turn.session, turn.guardian.id or 0)
    texts = (_yourself(turn, held), *_children(turn), _counts(turn, held), *_shared(turn), _kept(turn))
    return Say(texts, Goto("data_request"))


def data_request(turn: Turn) -> Dialogue:
    """A copy or a correction: a task for the manager, due in a month."""
    choices = (
        Choice("none", turn.gettext("That is all, thank you"), turn.catalogue.words(W_("OK, THANKS, THANK YOU, NO"))),
        Choice(Wanted.COPY, turn.gettext("Send me a copy"), turn.catalogue.words(W_("COPY"))),
        Choice(Wanted.CORRECTION, turn.gettext("Something is wrong"), turn.catalogue.words(W_("WRONG, CORRECTION"))),
    )
    wanted = yield from choose("what", turn.gettext("Would you like a copy, or is something wrong?"), choices)
    if wanted == "none":
        return say(turn.gettext("Thank you. You can ask again at any time: text DATA."))
    inbound = None
    if wanted == Wanted.CORRECTION:
        told = yield from ask("wrong", turn.gettext("What is wrong, and what should it say?"))
        inbound = told["inbound"]
        if inbound is not None:
            pass_to_staff(turn.session, inbound)
    asked = request(turn.session, turn.setting, turn.guardian, Wanted(wanted), turn.now, inbound)
    if wanted == Wanted.COPY:
        text = turn.gettext("You will have your copy by %(day)s. First we check that it is you: staff may ring you.")
        return say(turn.say(text, day=turn.day(asked.due_on)))
    text = turn.gettext("Thank you. We look at it and tell you what we did by %(day)s. Staff may ring you first.")
    return say(turn.say(text, day=turn.day(asked.due_on)))


def _yourself(turn: Turn, held: Holdings) -> str:
    text = turn.gettext("We hold your name (%(name)s) and your language (%(language)s).")
    lines = [turn.say(text, name=turn.guardian.name, language=LANGUAGES[turn.language].autonym)]
    for contact in held.contacts:
        if contact.channel == "sms":
            text = turn.gettext("A phone number that ends in %(digits)s.")
            lines.append(turn.say(text, digits=contact.address[-3:]))
        else:
            lines.append(turn.gettext("A Telegram chat with you."))
    return "\n".join(lines)


def _children(turn: Turn) -> tuple[str, ...]:
    """By first name, with what we may tell this guardian of each."""
    children, names = turn.children(ANY_TOPIC), topic_names(turn)
    allowed = told_of(turn.session, turn.guardian.id or 0, children)
    text = turn.gettext("About %(child)s we may tell you: %(topics)s.")
    lines = []
    for child in children:
        topics = turn.catalogue.comma.join(name for topic, name in names.items() if topic & allowed[child.id or 0])
        lines.append(turn.say(text, child=child.first_name, topics=topics or "-"))
    return ("\n".join(lines),) if lines else ()


def _counts(turn: Turn, held: Holdings) -> str:
    text = turn.gettext(
        "From you we have: messages %(messages)s, questions %(queries)s, complaints %(complaints)s. "
        "Questionnaires answered: %(questionnaires)s, and nobody can see which answers are yours."
    )
    known = {"messages": held.messages, "queries": held.queries, "complaints": held.complaints}
    said = turn.say(text, questionnaires=held.questionnaires, **known)
    if not held.others:
        return said
    also = turn.gettext("Also: %(things)s.")
    return f"{said}\n{turn.say(also, things=', '.join(f'{turn.gettext(name)} {count}' for name, count in held.others))}"


def _shared(turn: Turn) -> tuple[str, ...]:
    """What was shared on this guardian's own consent; another's consents are theirs."""
    text = turn.gettext("As you agreed we shared about %(child)s (%(what)s) with %(name)s on %(day)s.")
    lines = [
        turn.say(
            text,
            child=child.first_name,
            what=turn.catalogue.comma.join(_scope(turn, Scope(one)) for one in shared.scopes),
            name=shared.shared_with,
            day=turn.day(shared.given_at),
        )
        for child, shared in agreed_by(turn.session, turn.guardian.id or 0)
    ]
    return ("\n".join([*lines, turn.gettext("To take it back, text CONSENT.")]),) if lines else ()


def _scope(turn: Turn, scope: Scope) -> str:
    return {
        Scope.PROGRESS: turn.gettext("progress"),
        Scope.ABOUT_ME: turn.gettext("All About Me"),
        Scope.TWO_YEAR_CHECK: turn.gettext("the check at two"),
    }[scope]


def _kept(turn: Turn) -> str:
    text = turn.gettext(
        "We keep it while your child is with us and for a reasonable time after; complaints for 3 years at least. "
        "To see the records about your child, text RECORD. More about privacy: ring %(phone)s."
    )
    return turn.say(text, phone=turn.setting.phone)
