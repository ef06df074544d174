"""Sharing with others: only under a consent that stands and covers it, ended with it, told to who agreed alone."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from nursery import consents, sharing
from nursery.consents import Purpose
from nursery.guardians import Guardianship
from nursery.scopes import Scope, SharingRefused
from nursery.settings import today
from nursery.sharing import Sharing
from nursery.tasks import open_tasks
from tests.cast import MONDAY, People
from tests.talking import Player

OTHER, VISITOR = Purpose.SECOND_SETTING, Purpose.HEALTH_VISITOR


def _agree(session: Session, people: People, who: str, purpose: Purpose, *, given: bool = True) -> None:
    guardian = people.guardians[who].id or 0
    child = people.children["Noor"]
    consents.answer(session, child, guardian, purpose, given=given, text="x", language="en_GB", now=MONDAY)


def _give(
    session: Session, people: People, purpose: Purpose = OTHER, *scopes: Scope, name: str = "Sunny Days"
) -> Sharing:
    child, grace = people.children["Noor"], people.staff["Grace"]
    return sharing.give(session, child, purpose, scopes or (Scope.PROGRESS,), name, staff=grace, now=MONDAY)


def test_only_while_consent_stands(play: Player, people: People) -> None:
    with play.session() as session, pytest.raises(SharingRefused, match="no consent for second setting stands"):
        _give(session, people)
    with play.session() as session:
        _agree(session, people, "Amina", OTHER)
        shared = _give(session, people)
        assert (shared.shared_with, shared.scopes, shared.staff_id) == (
            "Sunny Days",
            ["progress"],
            people.staff["Grace"].id,
        )
        _agree(session, people, "Farah", OTHER, given=False)
        with pytest.raises(SharingRefused, match="one no is enough"):
            _give(session, people)


@pytest.mark.parametrize(
    ("purpose", "scopes", "refused"),
    [
        (OTHER, (Scope.PROGRESS, Scope.ABOUT_ME), ""),
        (VISITOR, (Scope.PROGRESS, Scope.TWO_YEAR_CHECK), ""),
        (OTHER, (Scope.TWO_YEAR_CHECK,), "does not cover: two-year check"),
        (VISITOR, (Scope.ABOUT_ME, Scope.PROGRESS), "does not cover: about me"),
        (Purpose.OUTINGS, (Scope.PROGRESS,), "is not about sharing"),
    ],
)
def test_what_each_consent_covers(
    play: Player, people: People, purpose: Purpose, scopes: tuple[Scope, ...], refused: str
) -> None:
    with play.session() as session:
        _agree(session, people, "Amina", purpose)
        if not refused:
            assert len(_give(session, people, purpose, *scopes).scopes) == len(scopes)
            return
        with pytest.raises(SharingRefused, match=refused):
            _give(session, people, purpose, *scopes)


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_with_whom_must_be_said(play: Player, people: People, name: str) -> None:
    with play.session() as session:
        _agree(session, people, "Amina", OTHER)
        with pytest.raises(SharingRefused, match="with whom"):
            _give(session, people, name=name)


def test_taking_consent_back_by_text_ends_it_and_tells_staff(on_both: Player, people: People) -> None:
    with on_both.session() as session:
        _agree(session, people, "Amina", OTHER)
        _agree(session, people, "Amina", VISITOR)
        _give(session, people)
        _give(session, people, VISITOR, name="Health visitor Ann")
    for words in ("CONSENT", "other nursery", "2"):
        on_both.say("Amina", words)
    with on_both.session() as session:
        first, second = sharing.every_sharing(session)
        assert (first.ended_because, second.ended_at) == ("consent", None)
        task = open_tasks(session)[0]
        assert (task.kind, task.about, task.urgent) == ("tell them that sharing has ended", "Sunny Days", True)
        assert task.guardian_id is None
        assert sharing.end_unfounded(session, MONDAY) == 0


@pytest.mark.parametrize("change", [{"parental_responsibility": False}, {"restricted_from": today(MONDAY)}])
def test_a_right_that_is_lost_ends_it_too(play: Player, people: People, change: dict[str, object]) -> None:
    with play.session() as session:
        _agree(session, people, "Amina", OTHER)
        _give(session, people)
    with play.session() as session:
        tie = session.get_one(Guardianship, 1)
        for name, value in change.items():
            setattr(tie, name, value)
        session.add(tie)
        session.flush()
        assert [sharing.end_unfounded(session, MONDAY) for _ in range(2)] == [1, 0]
        assert sharing.open_sharings(session) == []


def test_a_consent_that_runs_out_ends_it(play: Player, people: People) -> None:
    with play.session() as session:
        _agree(session, people, "Amina", OTHER)
        _give(session, people)
        assert sharing.end_unfounded(session, MONDAY + timedelta(days=365)) == 0
        assert sharing.end_unfounded(session, MONDAY + timedelta(days=366)) == 1


def test_who_agreed_sees_it_in_data_and_the_other_does_not(on_both: Player, people: People) -> None:
    before = [one.text for one in on_both.say("Farah", "DATA")]
    on_both.say("Farah", "1")
    with on_both.session() as session:
        _agree(session, people, "Amina", OTHER)
        _give(session, people, OTHER, Scope.PROGRESS, Scope.ABOUT_ME)
    told = "\n".join(one.text for one in on_both.say("Amina", "DATA"))
    assert "As you agreed we shared about Noor (All About Me, progress) with Sunny Days on Mon 23 Nov." in told
    assert "To take it back, text CONSENT." in told
    after = [one.text for one in on_both.say("Farah", "DATA")]
    assert len(after) == len(before)
    assert "Sunny Days" not in "".join(after)


@pytest.mark.parametrize("who", ["Piotr", "Samira"])
def test_in_other_languages(on_both: Player, people: People, who: str) -> None:
    child = people.children["Zosia" if who == "Piotr" else "Yusuf"]
    with on_both.session() as session:
        guardian = people.guardians[who].id or 0
        consents.answer(session, child, guardian, VISITOR, given=True, text="x", language="pl", now=MONDAY)
        sharing.give(session, child, VISITOR, [Scope.PROGRESS], "Ann", staff=people.staff["Grace"], now=MONDAY)
    told = on_both.say(who, "DATA")
    assert len(told) == 6
    assert any("Ann" in one.text for one in told)
