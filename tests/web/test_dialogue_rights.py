"""A participant takes their words along, or has everything erased (DOMAIN 7.3, 7.5)."""

from __future__ import annotations

import json

import pytest

from web.cast import Cast, new_registration
from weerklank_web.dialogue.actions.contribution import Words, add_contribution
from weerklank_web.dialogue.actions.harvest import offer_harvest, read_harvest, write_harvest
from weerklank_web.dialogue.models import Contribution, ContributionState, HarvestReading
from weerklank_web.gatherings.models import Room
from weerklank_web.groundwork import links

pytestmark = pytest.mark.django_db

PRIVATE, SHARED, OF_SOMEBODY_ELSE = "Alleen voor mezelf.", "Geef teams één budget.", "Ik zie het anders."


@pytest.fixture
def spoken(cast: Cast) -> Cast:
    """Anna wrote one thing for herself, said one thing, and read the harvest; Zeger said one thing."""
    room = _room_at(cast, "alone")
    add_contribution(room, Words(PRIVATE), author_key=cast.author_key)
    room = _room_at(cast, "room")
    add_contribution(room, Words(SHARED), author_key=cast.author_key)
    _zeger, secret = new_registration(cast.gathering, "Zeger")
    key = links.author_key(secret, cast.gathering.id)
    add_contribution(room, Words(OF_SOMEBODY_ELSE), author_key=key)
    write_harvest(room, why="", essence="Eén budget.", by="Bram")
    offer_harvest(room, by="Bram")
    read_harvest(room, author_key=cast.author_key, agrees=False, remark="Er mist iets.")
    read_harvest(room, author_key=key, agrees=True)
    return cast


def _room_at(cast: Cast, step: str) -> Room:
    cast.gathering.step = step
    cast.gathering.save(update_fields=["step"])
    return Room.objects.select_related("gathering__format_version", "theme").get(pk=cast.rooms[0].pk)


def _erase(cast: Cast, words: str) -> None:
    answer = cast.client_of("anna").post(cast.path("ik", "wissen"), {"words": words, "sure": "on"})
    assert answer.status_code == 303


def test_the_export_holds_my_own_words_and_nobody_elses(spoken: Cast) -> None:
    answer = spoken.client_of("anna").get(f"/b/{spoken.gathering.slug}/ik/gegevens.json")
    mine = json.loads(answer.content)["woorden"]
    assert [each["tekst"] for each in mine["inbreng"]] == [PRIVATE, SHARED]
    assert [each["opmerking"] for each in mine["oogst_nagelezen"]] == ["Er mist iets."]


def test_words_that_stay_lead_to_nobody_and_what_was_private_goes(spoken: Cast) -> None:
    _erase(spoken, "keep")
    assert set(Contribution.objects.values_list("text", flat=True)) == {SHARED, OF_SOMEBODY_ELSE}
    assert not Contribution.objects.filter(author_key=spoken.author_key).exists()
    assert not HarvestReading.objects.filter(author_key=spoken.author_key).exists()
    assert HarvestReading.objects.count() == 2


def test_words_that_are_taken_back_leave_only_that_something_stood_there(spoken: Cast) -> None:
    _erase(spoken, "withdraw")
    kept = Contribution.objects.exclude(text=OF_SOMEBODY_ELSE).get()
    assert (kept.text, kept.state, kept.author_key) == ("", ContributionState.WITHDRAWN, "")
    assert HarvestReading.objects.get().agrees
