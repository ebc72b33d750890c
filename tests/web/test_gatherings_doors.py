"""The doors of a gathering: every page against Anna, Bram, Carla, Dirk and Esra."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from web.cast import NAMES, Cast, new_registration
from weerklank_web.gatherings.actions.gathering import make_gathering
from weerklank_web.gatherings.models import RegistrationState, Theme

ClientOf = Callable[[str], Client]

# Who may read each page of /b/<slug>/…; everybody else is refused or sent to sign in.
PUBLIC = ("", "affiche", "inschrijven", "inschrijven/mail", "link", "link/mail", "gewist")
OWN = ("ik/afmelden", "ik/gegevens", "ik/themas", "ik/gegevens.json", "ik/wissen")
MANAGE = (
    "beheer",
    "beheer/basis",
    "beheer/tijd-en-plaats",
    "beheer/organisaties",
    "beheer/belofte",
    "beheer/mandaat",
    "beheer/programma",
    "beheer/themas",
    "beheer/team",
    "beheer/stappen",
    "beheer/stappen/welcome",
    "beheer/inschrijvingen",
)
MANAGE_DEEDS = ("beheer/online", "beheer/stappen/welcome", "beheer/afsluiten", "beheer/basis")
OWN_DEEDS = ("ik/bevestigen", "ik/afmelden", "ik/brieven", "ik/een-link", "ik/wissen")


def _address(cast: Cast, page: str) -> str:
    return cast.path(page) if page and not page.endswith(".json") else f"/b/{cast.gathering.slug}/{page}"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("page", PUBLIC)
def test_anybody_reads_the_public_pages(cast: Cast, client_of: ClientOf, page: str, name: str) -> None:
    assert client_of(name).get(_address(cast, page)).status_code == 200


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("page", MANAGE)
def test_only_the_organiser_opens_the_set_up(cast: Cast, client_of: ClientOf, page: str, name: str) -> None:
    response = client_of(name).get(_address(cast, page))

    if name == "carla":
        assert response.status_code == 200
        assert cast.gathering.title in response.content.decode()
    elif name == "bram":
        assert response.status_code == 403
    else:
        assert response.status_code == 302
        assert response["Location"].startswith("/inloggen/")


@pytest.mark.parametrize("name", ["anna", "bram", "dirk", "esra"])
@pytest.mark.parametrize("page", MANAGE_DEEDS)
def test_only_the_organiser_does_deeds(cast: Cast, client_of: ClientOf, page: str, name: str) -> None:
    step = cast.gathering.step

    response = client_of(name).post(_address(cast, page), {"title": "Gekaapt", "slug": "gekaapt"})

    assert response.status_code == 403
    cast.gathering.refresh_from_db()
    assert (cast.gathering.title, cast.gathering.step) == ("Samen sterker", step)


@pytest.mark.parametrize("name", ["bram", "carla", "dirk", "esra"])
@pytest.mark.parametrize("page", OWN)
def test_nobody_opens_somebody_elses_own_page(cast: Cast, client_of: ClientOf, page: str, name: str) -> None:
    response = client_of(name).get(_address(cast, page))

    assert response.status_code == 403
    assert "Anna" not in response.content.decode()


@pytest.mark.parametrize("name", ["bram", "carla", "dirk", "esra"])
@pytest.mark.parametrize("page", OWN_DEEDS)
def test_nobody_acts_for_somebody_else(cast: Cast, client_of: ClientOf, page: str, name: str) -> None:
    assert client_of(name).post(_address(cast, page)).status_code == 403

    cast.anna.refresh_from_db()
    assert cast.anna.state == RegistrationState.CONFIRMED


def test_anna_opens_her_own_page_and_sees_nobody_else(cast: Cast, client_of: ClientOf) -> None:
    new_registration(cast.gathering, "Zeger")

    page = client_of("anna").get(cast.path("ik")).content.decode()

    assert "Dag Anna" in page
    assert cast.rooms[0].name in page
    assert "Dit thema was je eerste keuze" in page
    assert "Zeger" not in page


def test_a_page_for_participants_says_where_to_find_the_link(cast: Cast, client_of: ClientOf) -> None:
    page = client_of("esra").get(cast.path("ik", "themas")).content.decode()

    assert f'href="{cast.path("ik")}"' in page


def test_without_a_link_the_own_page_says_how_to_get_in(cast: Cast, client_of: ClientOf) -> None:
    response = client_of("esra").get(cast.path("ik"))

    assert response.status_code == 403
    assert "Open je eigen link" in response.content.decode()


def test_a_draft_does_not_exist_for_strangers(cast: Cast, client_of: ClientOf) -> None:
    cast.gathering.published_at = None
    cast.gathering.step = ""
    cast.gathering.save()

    assert client_of("esra").get(cast.path()).status_code == 404
    assert client_of("anna").get(cast.path("ik")).status_code == 404
    assert client_of("esra").get(cast.path("beheer")).status_code == 404
    page = client_of("carla").get(cast.path())
    assert "Dit is een concept" in page.content.decode()


def test_things_of_another_gathering_are_out_of_reach(cast: Cast, client_of: ClientOf) -> None:
    other = make_gathering(cast.gathering.format_version, title="Een andere", by=cast.carla)
    theme = Theme.objects.create(gathering=other, title="Van een ander")

    response = client_of("carla").post(f"/b/samen-sterker/beheer/themas/{theme.pk}/weg/")

    assert response.status_code == 404
    assert Theme.objects.filter(pk=theme.pk).exists()


@pytest.mark.parametrize("name", ["anna", "bram", "dirk", "esra"])
def test_only_who_may_organise_makes_a_gathering(cast: Cast, client_of: ClientOf, name: str) -> None:
    response = client_of(name).get("/nieuw/")

    assert response.status_code in (302, 403)


def test_a_mail_scanner_that_follows_the_link_confirms_nothing(cast: Cast) -> None:
    registration, secret = new_registration(cast.gathering, "Wim", state=RegistrationState.UNCONFIRMED)
    scanner = Client()

    landed = scanner.get(f"/l/{secret}/", follow=True)

    assert "Bevestig mijn inschrijving" in landed.content.decode()
    assert scanner.get(cast.path("ik", "bevestigen")).status_code == 405
    registration.refresh_from_db()
    assert registration.state == RegistrationState.UNCONFIRMED
