"""The stage follows the format file: every deed of the thread has its moment in the shipped format."""

from __future__ import annotations

import pytest

from web.cast import Cast
from weerklank.formats import Audience, shipped_format, shipped_formats
from weerklank_web.gatherings.stage import (
    CONTRIBUTION,
    INSIGHT,
    MESSAGE,
    ROOM_REPORT,
    THEME_CHOICE,
    Deed,
    Stage,
    stage_of,
)


def test_the_shipped_format_names_the_objects_that_the_web_holds() -> None:
    names = {thing.id for thing in shipped_format("workinar").objects}

    assert {THEME_CHOICE, CONTRIBUTION, ROOM_REPORT, INSIGHT, MESSAGE} <= names


@pytest.mark.parametrize("deed", [deed for deed in Deed if deed is not Deed.VOTE])
def test_every_deed_has_its_moment(cast: Cast, deed: Deed) -> None:
    assert stage_of(cast.stand_at(deed)).may(deed)


def test_reading_back_is_no_vote_and_a_round_of_propositions_has_two() -> None:
    assert Stage(format=shipped_format("workinar"), step=None).vote_steps == ()
    round_ = Stage(format=shipped_format("propositions-round"), step=None)
    assert [step.id for step in round_.vote_steps] == ["before", "after"]


@pytest.mark.parametrize(
    ("here", "seen"), [("before", set()), ("talk", set()), ("after", set()), ("look", {"before", "after"})]
)
def test_votes_are_seen_when_the_format_says_so_and_not_before(here: str, seen: set[str]) -> None:
    format_ = shipped_format("propositions-round")
    stage = Stage(format=format_, step=format_.step(here))

    open_now = {step.id for step in stage.vote_steps if stage.votes_are_open_to(Audience.PLENARY, step.id)}

    assert open_now == seen
    assert not any(stage.votes_are_open_to(Audience.PUBLIC, step.id) for step in stage.vote_steps)


def test_registering_ends_when_people_are_together(cast: Cast) -> None:
    together = stage_of(cast.stand_at(Deed.SPEAK))

    assert not together.may(Deed.REGISTER)
    assert together.past(Deed.REGISTER)
    assert together.ahead(Deed.ANSWER)


@pytest.mark.parametrize("key", shipped_formats())
def test_people_can_register_for_every_shipped_format(key: str) -> None:
    format_ = shipped_format(key)

    assert Stage(format=format_, step=format_.steps[0]).may(Deed.REGISTER)


def test_a_draft_stands_nowhere(cast: Cast) -> None:
    cast.gathering.step = ""

    assert stage_of(cast.gathering).allowed() == frozenset()
    assert stage_of(cast.gathering).ahead(Deed.REGISTER)
