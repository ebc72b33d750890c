"""Rooms, who helps there, and how many the wishes ask for (W6, W7; issue §2.4)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.cast import Cast, new_registration
from weerklank_web.dialogue.models import Contribution, ContributionSource
from weerklank_web.gatherings.actions import rooms as deeds
from weerklank_web.gatherings.actions.presence import check_in, walk_in
from weerklank_web.gatherings.actions.registration import Details
from weerklank_web.gatherings.actions.themes import propose_theme
from weerklank_web.gatherings.models import Membership, Registration, Role, Room, Seat, Theme, Wish
from weerklank_web.gatherings.queries.rooms import helpers_of, proposal_for, rooms_view
from weerklank_web.gatherings.room_shares import ThemeWishes, room_count, shared_out
from weerklank_web.gatherings.stage import Deed
from weerklank_web.groundwork import clock
from weerklank_web.groundwork.errors import NotNow


def words(theme: Theme, name: str = "Zolder", **more: object) -> deeds.RoomWords:
    return deeds.RoomWords(**{"name": name, "theme": theme, "places_min": 5, "places_max": 8, **more})


def said_in(cast: Cast, room: Room) -> None:
    Contribution.objects.create(
        gathering=cast.gathering,
        room=room,
        theme=room.theme,
        step="room",
        text="Geef teams één budget.",
        source=ContributionSource.NOTES,
        position=1,
        on=clock.today(),
    )


@pytest.mark.django_db
def test_a_room_keeps_only_features_that_a_room_can_have(cast: Cast) -> None:
    room = deeds.add_room(
        cast.gathering,
        words(cast.themes[0], features=["step-free", "large-type", "write-only"], languages=["nl"]),
        by=cast.carla,
    )
    room.refresh_from_db()
    assert (room.features, room.languages) == (["step-free"], ["nl"])
    with pytest.raises(NotNow, match="deze naam"):
        deeds.add_room(cast.gathering, words(cast.themes[0], name="zolder "), by=cast.carla)


@pytest.mark.django_db
def test_a_room_where_something_was_said_stays_and_keeps_its_theme(cast: Cast) -> None:
    room = cast.rooms[0]
    said_in(cast, room)
    with pytest.raises(NotNow, match="al iets gezegd"):
        deeds.remove_room(room, by=cast.carla)
    with pytest.raises(NotNow, match="al gesproken"):
        deeds.change_room(room, words(cast.themes[1], name="Kamer 1"), by=cast.carla)
    assert deeds.change_room(room, words(cast.themes[0], name="Kamer 1"), by=cast.carla).places_max == 8


@pytest.mark.django_db
def test_a_room_goes_with_its_planned_seats_but_not_with_people_in_it(cast: Cast) -> None:
    cast.stand_at(Deed.CHECK_IN)
    check_in(cast.anna)
    with pytest.raises(NotNow, match="Verplaats hen eerst"):
        deeds.remove_room(cast.rooms[0], by=cast.carla)
    Registration.objects.update(present=False)
    assert deeds.remove_room(cast.rooms[0], by=cast.carla) == 1
    assert Registration.objects.filter(pk=cast.anna.pk).exists()


@pytest.mark.django_db
def test_another_theme_is_another_wish_for_who_sits_there(cast: Cast) -> None:
    deeds.change_room(cast.rooms[0], words(cast.themes[1], name="Kamer 1"), by=cast.carla)
    assert Seat.objects.get(registration=cast.anna).rank is None


@pytest.mark.django_db
def test_a_new_room_takes_in_who_stands_at_the_door(cast: Cast) -> None:
    cast.stand_at(Deed.CHECK_IN)
    Room.objects.update(places_max=1)
    for number in range(4):
        walk_in(cast.gathering, details=Details(name=f"Inloper {number}"))
    assert Registration.objects.filter(present=True, seat__isnull=True).count() == 2
    deeds.add_room(cast.gathering, words(cast.themes[1]), by=cast.carla)
    assert not Registration.objects.filter(present=True, seat__isnull=True).exists()


@pytest.mark.django_db
def test_one_helper_may_have_two_rooms_and_keeps_the_role_without_any(cast: Cast) -> None:
    for room in cast.rooms[:2]:
        deeds.assign_crew(room, role=Role.FACILITATOR, person=cast.bram, by=cast.carla)
    assert set(cast.bram.memberships.values_list("room", flat=True)) == {room.pk for room in cast.rooms[:2]}
    ((who, label),) = helpers_of(cast.gathering, Role.FACILITATOR)
    assert who == str(cast.bram.pk)
    assert "Kamer 1" in label
    assert "Kamer 2" in label
    for room in cast.rooms[:2]:
        deeds.assign_crew(room, role=Role.FACILITATOR, person=None, by=cast.carla)
    assert Membership.objects.get(person=cast.bram).room is None
    with pytest.raises(NotNow, match="Nodig deze persoon"):
        deeds.assign_crew(cast.rooms[0], role=Role.NOTE_TAKER, person=cast.bram, by=cast.carla)


@pytest.mark.django_db
def test_the_list_says_which_rooms_lack_somebody(cast: Cast) -> None:
    view = rooms_view(cast.gathering)
    assert (view.without_facilitator, view.without_note_taker, view.short_of_facilitators) == (2, 3, 2)
    assert view.short_of_places == 0


@pytest.mark.django_db
def test_a_proposed_theme_gets_a_room_when_five_people_pick_it(cast: Cast) -> None:
    """W7: at the fifth wish, wherever on somebody's list; and then it is a theme like any other."""
    own = propose_theme(cast.gathering, title="Het recht om niet bereikbaar te zijn")
    for number in range(5):
        person, _secret = new_registration(cast.gathering, f"P{number}")
        Wish.objects.create(registration=person, theme=cast.themes[0], rank=1)
        if number < 4:
            Wish.objects.create(registration=person, theme=own, rank=2)
    shares = {share.theme.pk: share.proposed for share in proposal_for(cast.gathering).shares}
    assert shares[own.pk] == 0
    Wish.objects.create(registration=person, theme=own, rank=2)
    proposal = proposal_for(cast.gathering)
    shares = {share.theme.pk: share.proposed for share in proposal.shares}
    assert shares[own.pk] == 1
    made = deeds.make_rooms(cast.gathering, shares, by=cast.carla)
    assert [room.theme_id for room in made] == [own.pk]
    assert made[0].name == "Kamer 4"
    own.refresh_from_db()
    assert own.accepted
    assert deeds.make_rooms(cast.gathering, shares, by=cast.carla) == [], "what is there already stays"


def test_rooms_are_small_enough_to_talk_and_no_more_than_can_be_led() -> None:
    """DOMAIN, end of section 6: 105 people in 10 rooms speak 4.3 minutes each, in 14 rooms 6."""
    assert room_count(105, bounds=(9, 21), facilitators=0) == 14
    assert room_count(105, bounds=(9, 21), facilitators=10) == 10
    assert room_count(105, bounds=(9, 21), facilitators=3) == 9, "never fewer than must be"
    assert room_count(105, bounds=(9, 21), facilitators=40) == 14


@given(
    firsts=st.lists(st.integers(0, 60), min_size=1, max_size=10),
    rooms=st.integers(0, 30),
)
def test_rooms_follow_the_wishes(firsts: list[int], rooms: int) -> None:
    """As many as asked; a theme with more first wishes never gets fewer; the same theme never loses by a wish more."""
    wishes = {place: ThemeWishes(first, first) for place, first in enumerate(firsts)}
    shares = shared_out(rooms, wishes, enough=5)
    assert sum(shares.values()) == rooms
    for one in wishes:
        for other in wishes:
            if firsts[one] > firsts[other]:
                assert shares[one] >= shares[other]
    more = shared_out(rooms, {**wishes, 0: ThemeWishes(firsts[0] + 1, firsts[0] + 1)}, enough=5)
    if any(firsts):
        assert more[0] >= shares[0]
