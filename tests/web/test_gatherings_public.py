"""What anybody may see: the process card (T21), the calendar file, the QR code, the poster."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import icalendar
import pytest
from django.test import Client

from web.cast import Cast, new_registration
from weerklank_web.gatherings.actions.gathering import Moment, describe
from weerklank_web.gatherings.models import Promise
from weerklank_web.gatherings.stage import Deed

ClientOf = Callable[[str], Client]


def _calendar(cast: Cast) -> icalendar.Calendar:
    response = Client().get(f"/b/{cast.gathering.slug}/agenda.ics")
    assert response["Content-Type"].startswith("text/calendar")
    return icalendar.Calendar.from_ical(response.content)


def _event(cast: Cast) -> icalendar.Event:
    return _calendar(cast).events[0]


def test_the_process_card_answers_the_five_questions(cast: Cast) -> None:
    page = Client().get(cast.path()).content.decode()

    for words in (
        "Dirk Korenaar, minister van Publieke Dienst",  # who receives it
        "Vakhuis",  # who organises
        "De minister, uiterlijk tien weken na de bijeenkomst.",  # who decides, when
        "een antwoord per boodschap",  # what is promised
        "Wie leest wat ik schrijf",
        "iedereen die meedoet en de ontvanger",  # who reads it in the end, from the format
        "adviseren",  # how far it goes
        "Afwijken kan alleen met motivering.",
        "Ronald Tjon",  # whom to turn to
    ):
        assert words in page


def test_no_promise_is_said_before_anybody_registers(cast: Cast) -> None:
    cast.gathering.promise = Promise.NONE
    cast.gathering.save()

    for page in (cast.path(), cast.path("affiche")):
        assert "geen antwoord beloofd" in Client().get(page).content.decode()
    assert "Er is geen antwoord beloofd" in Client().get(cast.path("inschrijven")).content.decode()


def test_nobody_who_registered_is_on_a_public_page(cast: Cast) -> None:
    new_registration(cast.gathering, "Zeger", organisation="Stad Rietmonde")

    for address in ("", "affiche", "inschrijven", "link"):
        page = Client().get(cast.path(*filter(None, [address]))).content.decode()
        for name in ("Anna", "Zeger", "Stad Rietmonde", "anna@", "Bram", "Carla"):
            assert name not in page


def test_the_page_offers_what_may_happen_now(cast: Cast, client_of: ClientOf) -> None:
    assert "Schrijf je in" in client_of("esra").get(cast.path()).content.decode()
    assert "Naar mijn pagina" in client_of("anna").get(cast.path()).content.decode()
    assert "Beheer" in client_of("carla").get(cast.path()).content.decode()

    cast.stand_at(Deed.ANSWER)

    page = client_of("esra").get(cast.path()).content.decode()
    assert "Schrijf je in" not in page
    assert cast.path("antwoorden") in page
    assert "hier zijn we nu" in page


def test_the_calendar_file_is_on_the_clock_of_the_place(cast: Cast) -> None:
    calendar, event = _calendar(cast), _event(cast)

    assert event["SUMMARY"] == "Samen sterker"
    assert event["DTSTART"].params["TZID"] == "Europe/Brussels"
    assert event["DTSTART"].dt == cast.gathering.starts_at
    assert event["DTEND"].dt == cast.gathering.ends_at
    assert [zone["TZID"] for zone in calendar.timezones] == ["Europe/Brussels"]
    assert f"/b/{cast.gathering.slug}/" in event["DESCRIPTION"]
    assert "/l/" not in event["DESCRIPTION"], "calendars are shared with colleagues"


def test_the_same_appointment_moves_instead_of_doubling(cast: Cast) -> None:
    before = _event(cast)
    moment = Moment(**{name: getattr(cast.gathering, name) for name in Moment.__dataclass_fields__})
    assert moment.starts_at is not None
    assert moment.ends_at is not None
    later = replace(
        moment, starts_at=moment.starts_at + timedelta(days=7), ends_at=moment.ends_at + timedelta(days=7)
    )

    describe(cast.gathering, later, by=cast.carla)

    after = _event(cast)
    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)


def test_without_a_moment_there_is_no_calendar_file(cast: Cast) -> None:
    cast.gathering.starts_at = cast.gathering.ends_at = None
    cast.gathering.save()

    assert Client().get(f"/b/{cast.gathering.slug}/agenda.ics").status_code == 404


@pytest.mark.parametrize("title", ["Samen sterker", "Zorg & welzijn <samen>"])
def test_the_qr_code_is_a_drawing_with_a_name(cast: Cast, title: str) -> None:
    cast.gathering.title = title
    cast.gathering.save()

    response = Client().get(f"/b/{cast.gathering.slug}/qr.svg")

    assert response["Content-Type"] == "image/svg+xml"
    drawing = ET.fromstring(response.content)
    assert drawing.tag.endswith("svg")
    assert title in "".join(drawing.itertext())
