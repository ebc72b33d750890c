"""One's own next steps (T9, W18): four at most, and nobody else's."""

from __future__ import annotations

from uuid import uuid4

import pytest

from web.answers_scene import client_with, people
from web.cast import NAMES, Cast
from weerklank_web.gatherings.actions.rights import erase_own_data, export_own_data
from weerklank_web.gatherings.gates import Participant
from weerklank_web.groundwork.errors import NotFound, NotNow
from weerklank_web.groundwork.models import JournalLine
from weerklank_web.practices.actions import add_step, drop_step, tick_step
from weerklank_web.practices.models import NextStep
from weerklank_web.practices.queries import steps_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(cast: Cast) -> Participant:
    return Participant(registration=cast.anna, secret=cast.secret)


def test_the_fifth_step_is_refused_kindly_and_its_words_are_kept(cast: Cast, anna: Participant) -> None:
    for number in range(4):
        add_step(anna, when="de week begint", then=f"doe ik ding {number}")
    with pytest.raises(NotNow, match="Vier stappen is genoeg"):
        add_step(anna, then="en nog een")
    answer = cast.client_of("anna").post(cast.path("ik", "stappen"), {"when": "", "then": "en nog een"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Vier stappen is genoeg" in page
    assert "en nog een" in page
    assert NextStep.objects.count() == 4


def test_there_is_room_again_after_throwing_one_away(anna: Participant) -> None:
    made = [add_step(anna, then=f"ding {number}") for number in range(4)]
    drop_step(anna, made[1].id)
    drop_step(anna, made[1].id)
    assert add_step(anna, then="iets beters").position == 2
    assert [step.then for step in steps_of(anna)] == ["ding 0", "iets beters", "ding 2", "ding 3"]


def test_nothing_is_no_step(anna: Participant) -> None:
    with pytest.raises(NotNow, match="Klein is goed"):
        add_step(anna, then="   ")


def test_only_the_link_that_made_them_opens_them(cast: Cast, anna: Participant) -> None:
    step = add_step(anna, when="ik vastloop", then="bel ik Mo")
    (other,) = people(cast, 1)
    with pytest.raises(NotFound):
        tick_step(other, step.id, done=True)
    drop_step(other, step.id)
    assert steps_of(other) == []
    assert len(steps_of(anna)) == 1
    for name in NAMES:
        answer = cast.client_of(name).get(cast.path("ik", "stappen"))
        assert (answer.status_code == 200) == (name == "anna"), name
        assert ("bel ik Mo" in answer.content.decode()) == (name == "anna")
    theirs = client_with(cast, other.secret)
    assert "bel ik Mo" not in theirs.get(cast.path("ik", "stappen")).content.decode()
    assert (
        theirs.post(cast.path("ik", "stappen", str(step.id), "gedaan"), {"gedaan": "ja"}).status_code == 404
    )


def test_done_and_not_after_all(cast: Cast, anna: Participant) -> None:
    step = add_step(anna, then="bel ik Mo")
    client = cast.client_of("anna")
    address = cast.path("ik", "stappen", str(step.id), "gedaan")
    for said, done in (("ja", True), ("nee", False)):
        assert client.post(address, {"gedaan": said}).status_code == 303
        step.refresh_from_db()
        assert step.done is done
    assert client.post(cast.path("ik", "stappen", str(uuid4()), "gedaan")).status_code == 404


def test_no_trace_but_the_sheet_itself(cast: Cast, anna: Participant) -> None:
    before = JournalLine.objects.count()
    step = add_step(anna, then="bel ik Mo")
    assert JournalLine.objects.count() == before
    assert {field.name for field in NextStep._meta.fields} & {"on", "at", "made_at", "registration"} == set()
    assert export_own_data(anna)["volgende_stappen"] == [{"als": "", "dan": "bel ik Mo", "gedaan": False}]
    assert step.author_key == cast.author_key
    erase_own_data(anna, withdraw=False)
    assert not NextStep.objects.exists()
