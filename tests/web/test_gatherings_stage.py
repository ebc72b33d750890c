"""The stage follows the format file: every deed of the thread has its moment in the shipped format."""

from __future__ import annotations

import pytest

from web.cast import Cast
from weerklank.formats import shipped_format, shipped_formats
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


@pytest.mark.parametrize("deed", list(Deed))
def test_every_deed_has_its_moment(cast: Cast, deed: Deed) -> None:
    assert stage_of(cast.stand_at(deed)).may(deed)


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
