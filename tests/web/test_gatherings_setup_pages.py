"""The pages on which a gathering is set up: forms that lose nothing, lists that can be ordered (W1, W2)."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from web.cast import Cast
from weerklank_web.accounts.models import Person
from weerklank_web.gatherings.actions.gathering import (
    make_gathering,
)
from weerklank_web.gatherings.models import Membership, Promise, Role
from weerklank_web.notifications.models import Letter

ClientOf = Callable[[str], Client]


# --- forms -----------------------------------------------------------------------------------------


def test_each_part_of_a_draft_is_kept_by_itself_however_unfinished(cast: Cast, client_of: ClientOf) -> None:
    draft = make_gathering(cast.gathering.format_version, title="Concept", by=cast.carla)
    carla = client_of("carla")

    saved = carla.post(f"/b/{draft.slug}/beheer/mandaat/", {"pledge": "Alles wordt gelezen."})

    assert saved.status_code == 303
    page = carla.get(f"/b/{draft.slug}/beheer/mandaat/").content.decode()
    assert "Alles wordt gelezen." in page
    assert "Kies hoe ver meedoen gaat." in page


def test_wrong_input_keeps_what_was_typed_and_saves_nothing(cast: Cast, client_of: ClientOf) -> None:
    typed = {
        "starts_at": "2027-03-02T14:00",
        "ends_at": "2027-03-02T13:00",
        "zone": "Europe/Brussels",
        "country": "BE",
        "place": "Een heel nieuwe zaal",
        "capacity": "99",
    }

    response = client_of("carla").post(cast.path("beheer", "tijd-en-plaats"), typed)

    page = response.content.decode()
    assert response.status_code == 422
    assert "Het einde ligt voor het begin" in page
    assert "Een heel nieuwe zaal" in page
    cast.gathering.refresh_from_db()
    assert cast.gathering.place != "Een heel nieuwe zaal"


def test_times_are_on_the_clock_of_the_place(cast: Cast, client_of: ClientOf) -> None:
    carla = client_of("carla")
    typed = {
        "starts_at": "2027-07-01T14:00",
        "ends_at": "2027-07-01T16:00",
        "zone": "Europe/Amsterdam",
        "country": "NL",
        "place": "Zaal",
        "capacity": "99",
    }

    carla.post(cast.path("beheer", "tijd-en-plaats"), typed)

    cast.gathering.refresh_from_db()
    assert cast.gathering.starts_at is not None
    assert cast.gathering.starts_at.isoformat() == "2027-07-01T12:00:00+00:00"
    assert "2027-07-01T14:00" in carla.get(cast.path("beheer", "tijd-en-plaats")).content.decode()


def test_the_address_is_nobody_elses_and_stands_once_online(cast: Cast, client_of: ClientOf) -> None:
    draft = make_gathering(cast.gathering.format_version, title="Concept", by=cast.carla)
    basics = {"title": "Concept", "language": "nl", "retention_days": "365"}
    carla = client_of("carla")

    taken = carla.post(f"/b/{draft.slug}/beheer/basis/", {**basics, "slug": cast.gathering.slug})
    assert "Dit adres is al in gebruik" in taken.content.decode()
    assert carla.post(f"/b/{draft.slug}/beheer/basis/", {**basics, "slug": "beter"}).status_code == 303
    draft.refresh_from_db()
    assert draft.slug == "beter"

    carla.post(cast.path("beheer", "basis"), {**basics, "slug": "weg-ermee", "purposes": "x"})
    cast.gathering.refresh_from_db()
    assert cast.gathering.slug == "samen-sterker"


def test_the_promise_asks_for_a_day_and_none_asks_for_nothing(cast: Cast, client_of: ClientOf) -> None:
    draft = make_gathering(cast.gathering.format_version, title="Concept", by=cast.carla)
    carla = client_of("carla")
    address = f"/b/{draft.slug}/beheer/belofte/"

    carla.post(address, {"recipient_office": "het college", "promise": "letter"})
    assert "Geef de dag waarop het antwoord er uiterlijk is." in carla.get(address).content.decode()
    carla.post(address, {"recipient_office": "het college", "promise": "none", "promised_on": "2027-05-01"})

    draft.refresh_from_db()
    assert (draft.promise, draft.promised_on) == (Promise.NONE, None)


# --- lists -----------------------------------------------------------------------------------------


def test_two_organisations_stand_in_the_order_that_was_chosen(cast: Cast, client_of: ClientOf) -> None:
    carla = client_of("carla")
    carla.post(cast.path("beheer", "organisaties"), {"name": "Tafelgenoten", "website": "tafel.example"})
    second = cast.gathering.organisations.get(name="Tafelgenoten")
    assert second.website == "https://tafel.example"

    carla.post(cast.path("beheer", "organisaties", second.pk, "plek"), {"way": "up"})

    assert [one.name for one in cast.gathering.organisations.all()] == ["Tafelgenoten", "Vakhuis"]
    page = client_of("esra").get(cast.path()).content.decode()
    assert page.index("Tafelgenoten") < page.index("Vakhuis")


def test_the_last_organisation_of_something_online_stays(cast: Cast, client_of: ClientOf) -> None:
    only = cast.gathering.organisations.get()

    client_of("carla").post(cast.path("beheer", "organisaties", only.pk, "weg"))

    assert cast.gathering.organisations.count() == 1


def test_a_programme_line_moves_changes_and_goes(cast: Cast, client_of: ClientOf) -> None:
    carla = client_of("carla")
    for title in ("Welkom", "Gesprek"):
        carla.post(cast.path("beheer", "programma"), {"title": title, "minutes": "30"})
    first, second = cast.gathering.programme.all()

    carla.post(cast.path("beheer", "programma", first.pk, "plek"), {"way": "down"})
    carla.post(cast.path("beheer", "programma", second.pk), {"title": "Groot gesprek", "minutes": "45"})
    page = client_of("esra").get(cast.path()).content.decode()
    assert page.index("Groot gesprek") < page.index("Welkom")
    carla.post(cast.path("beheer", "programma", first.pk, "weg"))

    assert [item.title for item in cast.gathering.programme.all()] == ["Groot gesprek"]


def test_helpers_are_made_known_once_and_hear_it_quietly(cast: Cast, client_of: ClientOf) -> None:
    typed = {"email": "Joke@Voorbeeld.example", "name": "Joke", "role": "note-taker"}

    for _twice in range(2):
        client_of("carla").post(cast.path("beheer", "team"), typed)

    joke = Person.objects.get(email="joke@voorbeeld.example")
    assert Membership.objects.filter(gathering=cast.gathering, person=joke).count() == 1
    letter = Letter.objects.get(to=joke.email)
    assert "verslaglegger" in letter.body
    assert "/inloggen/" in letter.body
    assert not joke.may_organise


def test_the_last_organiser_cannot_leave(cast: Cast, client_of: ClientOf) -> None:
    own = Membership.objects.get(gathering=cast.gathering, person=cast.carla)

    client_of("carla").post(cast.path("beheer", "team", own.pk, "weg"))

    assert Membership.objects.filter(gathering=cast.gathering, role=Role.ORGANISER).count() == 1
