"""Themes that people propose, wish for and bring together (W3, W5); and pages that ask no more as lists grow."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from web.cast import Cast, new_registration
from web.registering import register_on_page
from weerklank_web.gatherings.actions.registration import (
    change_wishes,
)
from weerklank_web.gatherings.actions.themes import accept_theme, decline_theme, merge_theme
from weerklank_web.gatherings.models import Registration, RegistrationState, Seat, Theme, Wish
from weerklank_web.gatherings.queries.registration import theme_rows
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.notifications.models import Letter

ClientOf = Callable[[str], Client]


# --- themes ----------------------------------------------------------------------------------------


def test_a_proposed_theme_is_read_by_the_organiser_first(cast: Cast) -> None:
    register_on_page(cast, Client(), proposes="  Rust  in de agenda ", wishes_1=str(cast.themes[0].pk))

    theme = Theme.objects.get(proposed=True)
    assert (theme.title, theme.accepted) == ("Rust in de agenda", False)
    for stranger in (Client().get(cast.path()), Client().get(cast.path("inschrijven"))):
        assert "Rust in de agenda" not in stranger.content.decode()
    wishes = Registration.objects.get(name="Noor").wishes
    assert list(wishes.values_list("theme__title", flat=True)) == [
        cast.themes[0].title,
        "Rust in de agenda",
    ]

    accept_theme(theme, by=cast.carla)

    assert "Rust in de agenda" in Client().get(cast.path("inschrijven")).content.decode()


def test_proposing_what_is_on_the_list_is_wishing_for_it(cast: Cast) -> None:
    register_on_page(cast, Client(), proposes="brieven die je BEGRIJPT")

    assert Theme.objects.filter(gathering=cast.gathering).count() == 2
    assert Registration.objects.get(name="Noor").wishes.get().theme == cast.themes[1]


def test_nobody_wishes_for_more_than_the_format_allows(cast: Cast) -> None:
    Seat.objects.all().delete()
    more = [Theme.objects.create(gathering=cast.gathering, title=f"Thema {number}") for number in range(4)]

    change_wishes(cast.anna, [theme.pk for theme in more], proposes="Nog een")

    titles = list(cast.anna.wishes.values_list("theme__title", flat=True))
    assert titles == ["Thema 0", "Thema 1", "Nog een"]


def test_declining_says_why_and_closes_the_ranks(cast: Cast) -> None:
    theme = Theme.objects.create(gathering=cast.gathering, title="Parkeren", proposed=True, accepted=False)
    Wish.objects.filter(registration=cast.anna).update(rank=2)
    Wish.objects.create(registration=cast.anna, theme=theme, rank=1)
    with pytest.raises(NotNow):
        decline_theme(theme, reason=" ", by=cast.carla)

    decline_theme(theme, reason="Dat ligt al vast.", by=cast.carla)

    letter = Letter.objects.get()
    assert letter.to == "anna@voorbeeld.example"
    assert "Dat ligt al vast." in letter.body
    assert list(cast.anna.wishes.values_list("theme_id", "rank")) == [(cast.themes[0].pk, 1)]


def test_two_themes_that_say_the_same_become_one(cast: Cast) -> None:
    twin = Theme.objects.create(gathering=cast.gathering, title="Durven", proposed=True, accepted=False)
    Wish.objects.create(registration=cast.anna, theme=twin, rank=2)
    wim, _secret = new_registration(cast.gathering, "Wim")
    Wish.objects.create(registration=wim, theme=twin, rank=1)

    merge_theme(twin, into=cast.themes[0], by=cast.carla)

    assert list(cast.anna.wishes.values_list("theme_id", "rank")) == [(cast.themes[0].pk, 1)]
    assert list(wim.wishes.values_list("theme_id", "rank")) == [(cast.themes[0].pk, 1)]
    assert not Theme.objects.filter(pk=twin.pk).exists()


def test_from_k_wishes_a_proposed_theme_is_enough_for_a_room(cast: Cast) -> None:
    theme = Theme.objects.create(gathering=cast.gathering, title="Rust", proposed=True, accepted=True)
    page = cast.client_of("carla").get(cast.path("beheer", "themas")).content.decode()
    assert "vanaf 5 een kamer" in page

    for number in range(5):
        person, _secret = new_registration(cast.gathering, f"Mens{number}")
        Wish.objects.create(registration=person, theme=theme, rank=1)
    gone, _secret = new_registration(cast.gathering, "Weg", state=RegistrationState.CANCELLED)
    Wish.objects.create(registration=gone, theme=theme, rank=1)

    assert (
        "genoeg voor een kamer" in cast.client_of("carla").get(cast.path("beheer", "themas")).content.decode()
    )
    assert {row.theme.title: row.wished for row in theme_rows(cast.gathering)}["Rust"] == 5


# --- lists do not grow with their rows -------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("page", "name", "queries"),
    [
        (("beheer", "inschrijvingen"), "carla", 9),
        (("beheer", "themas"), "carla", 5),
        (("beheer", "programma"), "carla", 5),
        (("beheer", "team"), "carla", 5),
        ((), "esra", 7),
        (("inschrijven",), "esra", 5),
        (("ik",), "anna", 4),
    ],
)
def test_the_number_of_queries_is_the_same_for_one_row_and_for_three(
    cast: Cast,
    django_assert_num_queries: DjangoAssertNumQueries,
    rows: int,
    page: tuple[str, ...],
    name: str,
    queries: int,
) -> None:
    for number in range(rows):
        person, _secret = new_registration(cast.gathering, f"Mens{number}", needs=["captions"])
        theme = Theme.objects.create(gathering=cast.gathering, title=f"Thema {number}")
        Wish.objects.create(registration=person, theme=theme, rank=1)
        Seat.objects.create(registration=person, room=cast.rooms[number])
        Wish.objects.create(registration=cast.anna, theme=theme, rank=number + 2)
        cast.gathering.programme.create(title=f"Deel {number}", position=number)
        cast.gathering.memberships.create(person=cast.bram, role="note-taker", room=cast.rooms[number])
    client = cast.client_of(name)
    client.get(cast.path())  # the session and the format are read once

    with django_assert_num_queries(queries):
        assert client.get(cast.path(*page)).status_code == 200
