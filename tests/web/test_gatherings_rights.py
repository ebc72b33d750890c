"""A participant's own rights, and forgetting in time (DOMAIN 7.3, 7.5)."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from web.cast import Cast, cookie_name, new_registration
from weerklank_web.answers.models import Message, Stance
from weerklank_web.gatherings import rights
from weerklank_web.gatherings.actions.registration import renew_link
from weerklank_web.gatherings.actions.retention import purge_due
from weerklank_web.gatherings.gates import Participant
from weerklank_web.gatherings.models import (
    Gathering,
    Registration,
    RegistrationState,
    Seat,
    Wish,
)
from weerklank_web.groundwork import clock
from weerklank_web.groundwork.journal import journal_of
from weerklank_web.notifications.actions import post
from weerklank_web.notifications.models import Letter
from weerklank_web.practices.actions import add_step
from weerklank_web.practices.models import NextStep


@pytest.fixture(autouse=True)
def _own_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test registers is gone after it."""
    monkeypatch.setattr(rights, "_own_data", dict(rights._own_data))
    monkeypatch.setattr(rights, "_before_thinning", dict(rights._before_thinning))


@pytest.fixture
def erased() -> list[tuple[str, bool]]:
    """What another app was asked to erase: (author key, withdraw)."""
    asked: list[tuple[str, bool]] = []
    rights.register_own_data(
        "zz_proef",
        export=lambda participant: {"sleutel": participant.author_key},
        erase=lambda participant, withdraw: asked.append((participant.author_key, withdraw)),
    )
    return asked


def _letter_to(cast: Cast, address: str) -> Letter:
    return post(to=address, kind="proef", subject="Over je kamer", body="Dag", gathering=cast.gathering.id)


def test_the_export_holds_everything_of_mine_and_nothing_of_others(
    cast: Cast, erased: list[tuple[str, bool]]
) -> None:
    zeger, _secret = new_registration(cast.gathering, "Zeger")
    Seat.objects.create(registration=zeger, room=cast.rooms[0])
    _letter_to(cast, "anna@voorbeeld.example")
    _letter_to(cast, "zeger@voorbeeld.example")

    response = cast.client_of("anna").get(f"/b/{cast.gathering.slug}/ik/gegevens.json")

    assert "attachment" in response["Content-Disposition"]
    assert "Zeger" not in response.content.decode()
    mine = json.loads(response.content)
    assert mine["inschrijving"]["naam"] == "Anna"
    assert mine["inschrijving"]["mailadres"] == "anna@voorbeeld.example"
    assert mine["wensen"] == [{"keuze": 1, "thema": "Vertrouwen in het werk"}]
    assert mine["plaats"]["kamer"] == "Kamer 1"
    assert [letter["onderwerp"] for letter in mine["brieven"]] == ["Over je kamer"]
    assert mine["zz_proef"] == {"sleutel": cast.author_key}
    assert "fingerprint" not in response.content.decode()


@pytest.mark.parametrize(("choice", "withdraw"), [("keep", False), ("withdraw", True)])
def test_erasing_takes_the_person_out_and_asks_every_app(
    cast: Cast, erased: list[tuple[str, bool]], choice: str, withdraw: bool
) -> None:
    waiting, _secret = new_registration(cast.gathering, "Wim", state=RegistrationState.WAITING)
    cast.gathering.capacity = 1
    cast.gathering.save()
    _letter_to(cast, "anna@voorbeeld.example")
    client = cast.client_of("anna")

    response = client.post(cast.path("ik", "wissen"), {"words": choice, "sure": "on"}, follow=True)

    assert "Je gegevens zijn gewist" in response.content.decode()
    assert erased == [(cast.author_key, withdraw)]
    assert not Registration.objects.filter(pk=cast.anna.pk).exists()
    assert not Wish.objects.filter(registration=cast.anna.pk).exists()
    assert not Seat.objects.exists()
    assert not Letter.objects.filter(to="anna@voorbeeld.example").exists()
    assert client.cookies[cookie_name("participant", cast.gathering.id)].value == ""
    waiting.refresh_from_db()
    assert waiting.state == RegistrationState.CONFIRMED, "the place is free for who waits"
    line = journal_of(cast.gathering.id).get(verb="participant.erased")
    assert (line.by, line.subject, line.note, line.at.hour) == ("", "", "", 0)


def test_erasing_asks_what_to_do_with_the_words_and_whether_you_are_sure(cast: Cast) -> None:
    for typed in ({"words": "keep"}, {"sure": "on"}, {}):
        assert cast.client_of("anna").post(cast.path("ik", "wissen"), typed).status_code == 422

    assert Registration.objects.filter(pk=cast.anna.pk).exists()


def test_when_one_app_cannot_erase_nothing_is_half_gone(cast: Cast) -> None:
    def refuse(participant: Participant, withdraw: bool) -> None:
        raise RuntimeError

    rights.register_own_data("zz_proef", export=lambda participant: None, erase=refuse)
    with pytest.raises(RuntimeError):
        cast.client_of("anna").post(cast.path("ik", "wissen"), {"words": "keep", "sure": "on"})

    assert Registration.objects.filter(pk=cast.anna.pk).exists()


# --- forgetting in time ----------------------------------------------------------------------------


def _days_after(cast: Cast, days: float) -> int:
    assert cast.gathering.ends_at is not None
    return purge_due(cast.gathering.ends_at + timedelta(days=days))


def test_what_was_never_confirmed_goes_after_two_weeks(cast: Cast) -> None:
    new_registration(cast.gathering, "Nooit", state=RegistrationState.UNCONFIRMED)
    now = clock.now()

    assert purge_due(now + timedelta(days=14)) == 0
    assert purge_due(now + timedelta(days=16)) == 1
    assert set(Registration.objects.values_list("name", flat=True)) == {"Anna"}


def test_thirty_days_later_only_the_way_back_for_the_answer_is_left(cast: Cast) -> None:
    cast.anna.needs, cast.anna.organisation, cast.anna.present = ["captions"], "Stad", True
    cast.anna.save()
    Seat.objects.update(reason={"wens": 1})
    new_registration(cast.gathering, "Wim", state=RegistrationState.WAITING)
    new_registration(cast.gathering, "Af", state=RegistrationState.CANCELLED)
    new_registration(cast.gathering, "Stil", letters_wanted=False)

    assert _days_after(cast, 29) == 0
    assert _days_after(cast, 31) == 2

    anna = Registration.objects.get(pk=cast.anna.pk)
    assert (anna.name, anna.layer, anna.organisation, anna.needs) == ("", "", "", [])
    assert (anna.email, anna.present) == ("anna@voorbeeld.example", True)
    assert not Wish.objects.exists()
    assert Seat.objects.get().reason == {}
    assert sorted(Registration.objects.values_list("email", flat=True)) == ["", "anna@voorbeeld.example"]
    assert "Jouw pagina" in cast.client_of("anna").get(cast.path("ik")).content.decode()
    assert (
        "Namen en wensen zijn gewist"
        in cast.client_of("carla").get(cast.path("beheer", "inschrijvingen")).content.decode()
    )
    assert _days_after(cast, 32) == 0, "twice is once"


def test_what_must_stay_countable_is_released_just_before(cast: Cast) -> None:
    seen: list[tuple[str, str]] = []

    def count(gathering: Gathering) -> None:
        seen.extend(gathering.registrations.values_list("name", "layer"))

    rights.before_thinning("zz_proef", count)
    _days_after(cast, 31)
    _days_after(cast, 400)

    assert seen == [("Anna", "local")]


def test_thirty_days_after_closing_the_rest_goes(cast: Cast) -> None:
    renew_link(cast.gathering, email="anna@voorbeeld.example")
    assert cast.gathering.ends_at is not None
    cast.gathering.closed_at = cast.gathering.ends_at + timedelta(days=80)
    cast.gathering.save()

    _days_after(cast, 109)
    assert Registration.objects.exists()
    _days_after(cast, 111)

    assert not Registration.objects.exists()


def test_with_the_last_link_goes_whatever_only_a_link_could_open(cast: Cast) -> None:
    mine = Participant(registration=cast.anna, secret=cast.secret)
    add_step(mine, then="bel ik Bram")
    message = Message.objects.create(gathering=cast.gathering, text="Doe dit.", published=True)
    Stance.objects.create(
        gathering=cast.gathering,
        message=message,
        author_key=cast.author_key,
        kind="disagree",
        objection="Nee.",
    )

    _days_after(cast, 366)

    assert not NextStep.objects.exists()
    assert Stance.objects.exclude(author_key=cast.author_key).get().objection == "Nee."


def test_without_an_answer_the_rest_goes_with_the_raw_words(cast: Cast) -> None:
    _days_after(cast, 360)
    assert Registration.objects.exists()

    _days_after(cast, 366)

    assert not Registration.objects.exists()
