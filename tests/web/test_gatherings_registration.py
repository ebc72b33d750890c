"""Registering without an account: the private link, the waiting list, cancelling, a new link (W3, W7)."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from web.cast import Cast, cookie_name
from web.registering import TYPED, register_on_page, secret_in
from weerklank_web.gatherings.actions.registration import (
    Details,
    cancel_registration,
    change_wishes,
    confirm_registration,
    register,
    renew_link,
)
from weerklank_web.gatherings.gates import Participant
from weerklank_web.gatherings.models import EarlierLink, Registration, RegistrationState, Seat, Wish
from weerklank_web.gatherings.queries.registration import registration_of_link
from weerklank_web.gatherings.stage import Deed
from weerklank_web.groundwork import links
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.groundwork.journal import journal_of
from weerklank_web.notifications.models import Letter

ClientOf = Callable[[str], Client]


def _read(response: HttpResponse) -> str:
    """The page without what differs for every visit."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode())


def test_from_the_form_to_a_confirmed_place(cast: Cast) -> None:
    phone = Client()
    secret = register_on_page(cast, phone, wishes_1=str(cast.themes[1].pk), wishes_2=str(cast.themes[0].pk))

    letter = mail.outbox[-1]
    assert letter.to == ["noor@voorbeeld.example"]
    assert [name for name, *_rest in letter.attachments] == ["samen-sterker.ics"]
    registration = Registration.objects.get(email="noor@voorbeeld.example")
    assert registration.state == RegistrationState.UNCONFIRMED
    assert [wish.theme_id for wish in registration.wishes.all()] == [cast.themes[1].pk, cast.themes[0].pk]
    assert (registration.layer, registration.needs) == ("federal", ["captions"])

    landed = phone.get(f"/l/{secret}/", follow=True)
    assert "Bevestig mijn inschrijving" in landed.content.decode()
    confirmed = phone.post(cast.path("ik", "bevestigen"), follow=True)

    assert "Je inschrijving is bevestigd" in confirmed.content.decode()
    registration.refresh_from_db()
    assert registration.state == RegistrationState.CONFIRMED


def test_the_secret_is_nowhere_in_the_store(cast: Cast) -> None:
    secret = register_on_page(cast, Client())

    registration = Registration.objects.get(email="noor@voorbeeld.example")
    assert registration.link_fingerprint == links.fingerprint(secret)
    kept = [str(value) for value in Registration.objects.filter(pk=registration.pk).values_list()[0]]
    assert not any(secret in value for value in kept)
    assert not Letter.objects.exists(), "a letter with a private link is never stored"
    lines = journal_of(cast.gathering.id)
    assert {line.by for line in lines} == {""}
    assert not any("noor" in f"{line.subject}{line.note}".lower() for line in lines)


def test_the_link_works_on_any_device(cast: Cast) -> None:
    secret = register_on_page(cast, Client())
    other = Client()

    other.get(f"/l/{secret}/")

    assert other.cookies[cookie_name("participant", cast.gathering.id)].value == secret
    assert "Dag Noor" in other.get(cast.path("ik")).content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Je naam of een schuilnaam"),
        ({"email": "geen-adres"}, "Je mailadres"),
        ({"consent": ""}, "Ik weet wat jullie van me bewaren"),
        ({"letters": ""}, "Wil je bericht"),
        ({"wishes_1": "999999"}, "bestaat niet meer"),
        ({"layer": "koninklijk"}, "Bij welke overheid"),
    ],
)
def test_wrong_input_keeps_what_was_typed(cast: Cast, wrong: dict[str, str], said: str) -> None:
    response = Client().post(cast.path("inschrijven"), {**TYPED, "organisation": "Stad Rietmonde", **wrong})

    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert "Stad Rietmonde" in page
    assert not Registration.objects.filter(email__contains="noor").exists()
    assert not mail.outbox


def test_the_same_theme_twice_is_refused(cast: Cast) -> None:
    one = str(cast.themes[0].pk)

    response = Client().post(cast.path("inschrijven"), {**TYPED, "wishes_1": one, "wishes_2": one})

    assert "Je koos hetzelfde twee keer" in response.content.decode()


def test_registering_is_over_when_people_are_together(cast: Cast) -> None:
    cast.stand_at(Deed.SPEAK)

    assert "De inschrijving is gesloten" in Client().get(cast.path("inschrijven")).content.decode()
    with pytest.raises(NotNow):
        register(cast.gathering, email="laat@voorbeeld.example", details=Details(name="Laat"))


def test_a_known_address_hears_so_by_mail_and_the_page_says_nothing(cast: Cast) -> None:
    fresh = Client().post(cast.path("inschrijven"), TYPED, follow=True)
    known = Client().post(
        cast.path("inschrijven"), {**TYPED, "name": "Iemand", "email": "ANNA@voorbeeld.example"}, follow=True
    )

    assert _read(known) == _read(fresh)
    assert Registration.objects.filter(email="anna@voorbeeld.example").count() == 1
    letter = mail.outbox[-1]
    assert letter.to == ["anna@voorbeeld.example"]
    assert "al ingeschreven" in letter.subject
    assert "/l/" not in str(letter.body)
    assert "/link/" in str(letter.body)
    cast.anna.refresh_from_db()
    assert (cast.anna.name, cast.anna.link_fingerprint) == ("Anna", links.fingerprint(cast.secret))


def test_an_unconfirmed_registration_may_be_written_down_again(cast: Cast) -> None:
    first = register_on_page(cast, Client(), name="Noro")
    second = register_on_page(cast, Client(), name="Noor")

    assert Registration.objects.get(email="noor@voorbeeld.example").name == "Noor"
    assert registration_of_link(first) is None
    assert registration_of_link(second) is not None


def test_who_cancelled_may_come_back(cast: Cast) -> None:
    cancel_registration(cast.anna)

    register_on_page(cast, Client(), email="anna@voorbeeld.example")

    states = Registration.objects.filter(email="anna@voorbeeld.example").values_list("state", flat=True)
    assert sorted(states) == ["cancelled", "unconfirmed"]


def test_when_the_mail_does_not_leave_the_page_says_so(cast: Cast, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there

    response = Client().post(cast.path("inschrijven"), TYPED)

    assert response.status_code == 422
    assert "wilde niet weg" in response.content.decode()


def test_nobody_can_fill_a_mailbox_by_typing_its_address(cast: Cast) -> None:
    pages = {
        Client().post(cast.path("inschrijven"), {**TYPED, "email": "anna@voorbeeld.example"}).status_code
        for _time in range(8)
    }

    assert pages == {303}
    assert len(mail.outbox) == 5


# --- waiting list and cancelling -------------------------------------------------------------------


def test_full_means_the_waiting_list_and_a_free_place_goes_to_the_first(cast: Cast) -> None:
    cast.gathering.capacity = 1
    cast.gathering.save()
    phones = {}
    for name in ("eerst", "dan"):
        phones[name] = Client()
        secret = register_on_page(cast, phones[name], email=f"{name}@voorbeeld.example", name=name)
        phones[name].get(f"/l/{secret}/")
        answer = phones[name].post(cast.path("ik", "bevestigen"), follow=True)
        assert "wachtlijst" in answer.content.decode()
    assert "plek 2 van de wachtlijst" in phones["dan"].get(cast.path("ik")).content.decode()
    assert "wachtlijst" in Client().get(cast.path("inschrijven")).content.decode()

    told = cast.client_of("anna").post(cast.path("ik", "afmelden"), follow=True)

    assert "Je bent afgemeld" in told.content.decode()
    states = dict(Registration.objects.values_list("name", "state"))
    assert states == {"Anna": "cancelled", "eerst": "confirmed", "dan": "waiting"}
    letter = Letter.objects.get()
    assert (letter.to, letter.kind, letter.urgency) == (
        "eerst@voorbeeld.example",
        "registration-place",
        "quiet",
    )
    assert "/l/" not in letter.body
    assert "plek 1 van de wachtlijst" in phones["dan"].get(cast.path("ik")).content.decode()


def test_cancelling_wipes_what_is_no_longer_needed(cast: Cast) -> None:
    cast.anna.needs, cast.anna.organisation = ["captions"], "Stad"
    cast.anna.save()

    cancelled = cancel_registration(cast.anna)

    assert (cancelled.layer, cancelled.organisation, cancelled.needs) == ("", "", [])
    assert not Wish.objects.filter(registration=cancelled).exists()
    assert not Seat.objects.filter(registration=cancelled).exists()
    assert cancel_registration(cancelled).state == RegistrationState.CANCELLED, "twice is once"


def test_who_was_there_cannot_cancel_any_more(cast: Cast) -> None:
    cast.anna.present = True
    cast.anna.save()

    with pytest.raises(NotNow):
        cancel_registration(cast.anna)


def test_a_link_of_somebody_who_cancelled_confirms_nothing(cast: Cast) -> None:
    cancel_registration(cast.anna)

    assert confirm_registration(cast.anna).state == RegistrationState.CANCELLED


# --- own page --------------------------------------------------------------------------------------


def test_wishes_may_change_until_there_is_a_seat(cast: Cast) -> None:
    with pytest.raises(NotNow):
        change_wishes(cast.anna, [cast.themes[1].pk])
    Seat.objects.all().delete()

    page = cast.client_of("anna").post(
        cast.path("ik", "themas"), {"wishes_1": str(cast.themes[1].pk)}, follow=True
    )

    assert "Je wensen zijn bewaard" in page.content.decode()
    assert list(cast.anna.wishes.values_list("theme_id", "rank")) == [(cast.themes[1].pk, 1)]


def test_what_was_told_can_be_corrected(cast: Cast) -> None:
    typed = {"name": "Anna B.", "layer": "", "organisation": "Provincie", "needs_text": "een stoel"}

    cast.client_of("anna").post(cast.path("ik", "gegevens"), typed)

    cast.anna.refresh_from_db()
    assert (cast.anna.name, cast.anna.layer, cast.anna.needs_text) == ("Anna B.", "", "een stoel")
    assert cast.anna.email == "anna@voorbeeld.example"


def test_on_the_day_the_own_page_leads_to_the_door(cast: Cast) -> None:
    anna = cast.client_of("anna")
    assert cast.path("deur") not in anna.get(cast.path("ik")).content.decode()

    cast.stand_at(Deed.CHECK_IN)

    assert cast.path("deur") in anna.get(cast.path("ik")).content.decode()


def test_letters_on_and_off(cast: Cast) -> None:
    cast.client_of("anna").post(cast.path("ik", "brieven"), {"letters": "no"})

    cast.anna.refresh_from_db()
    assert not cast.anna.letters_wanted


# --- a new link ------------------------------------------------------------------------------------


def test_a_new_link_opens_and_the_earlier_one_keeps_its_own_words(cast: Cast) -> None:
    laptop = Client()
    laptop.post(cast.path("link"), {"email": "anna@voorbeeld.example"})
    new = secret_in(mail.outbox[-1])

    laptop.get(f"/l/{new}/")

    assert "Dag Anna" in laptop.get(cast.path("ik")).content.decode()
    assert "Dag Anna" in cast.client_of("anna").get(cast.path("ik")).content.decode()
    found_back = Client()
    assert "Dag Anna" in found_back.get(f"/l/{cast.secret}/", follow=True).content.decode()
    registration = registration_of_link(new)
    assert registration == registration_of_link(cast.secret) == cast.anna
    assert registration is not None
    assert Participant(registration, new).author_key != Participant(registration, cast.secret).author_key
    assert EarlierLink.objects.get().fingerprint == links.fingerprint(cast.secret)


def test_asking_for_a_link_tells_nobody_who_is_registered(cast: Cast) -> None:
    pages = [
        _read(Client().post(cast.path("link"), {"email": email}, follow=True))
        for email in ("anna@voorbeeld.example", "niemand@voorbeeld.example")
    ]

    assert pages[0] == pages[1]
    assert [letter.to for letter in mail.outbox] == [["anna@voorbeeld.example"]]


def test_somebody_who_types_your_address_again_and_again_takes_nothing_from_you(cast: Cast) -> None:
    for _time in range(5):
        renew_link(cast.gathering, email="anna@voorbeeld.example")
    assert len(mail.outbox) == 1, "one letter in ten minutes"

    cache.clear()
    renew_link(cast.gathering, email="anna@voorbeeld.example")

    assert registration_of_link(cast.secret) == cast.anna


def test_a_lost_link_can_be_made_to_lapse(cast: Cast) -> None:
    renew_link(cast.gathering, email="anna@voorbeeld.example")
    new = secret_in(mail.outbox[-1])
    laptop = Client()
    laptop.get(f"/l/{new}/")

    laptop.post(cast.path("ik", "een-link"))

    assert registration_of_link(cast.secret) is None
    assert registration_of_link(new) == cast.anna


def test_the_earlier_link_too_may_let_the_others_lapse(cast: Cast) -> None:
    renew_link(cast.gathering, email="anna@voorbeeld.example")
    stolen = secret_in(mail.outbox[-1])

    cast.client_of("anna").post(cast.path("ik", "een-link"))

    assert registration_of_link(stolen) is None
    assert registration_of_link(cast.secret) == cast.anna


def test_guessing_is_slowed_down(cast: Cast) -> None:
    answers = [
        Client().post(cast.path("link"), {"email": f"{number}@voorbeeld.example"}).status_code
        for number in range(11)
    ]

    assert answers == [303] * 10 + [429]
