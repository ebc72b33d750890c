"""Signing in by a link in the mail, and the second factor (issue §3)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client

from weerklank_web.accounts.actions import make_sign_in_link, purge_sign_in_links
from weerklank_web.accounts.models import Person, SignInLink
from weerklank_web.groundwork import clock
from weerklank_web.notifications.queries import outbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def carla(settings, tmp_path) -> Person:
    settings.EMAIL_BACKEND = "weerklank_web.notifications.outbox.OutboxBackend"
    settings.OUTBOX = tmp_path / "outbox"
    return Person.objects.create_user("carla@voorbeeld.example", "Carla", may_organise=True)


def path_of(address: str) -> str:
    return re.sub(r"^https?://[^/]+", "", address)


def link_in_letter() -> str:
    (letter,) = outbox()
    found = re.search(r"https?://\S+/inloggen/\S+", letter.body)
    assert found is not None
    return path_of(found[0])


def without_tokens(page: bytes) -> str:
    return re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", page.decode())


def signed_in(browser: Client) -> bool:
    return browser.get("/mijn/").status_code == 200


def test_a_link_from_the_mail_signs_in_once(carla: Person) -> None:
    browser = Client()
    browser.post("/inloggen/", {"email": "Carla@Voorbeeld.example"})
    link = link_in_letter()
    browser.get(link)
    assert not signed_in(browser), "a mail scanner that opens the link must not sign in"
    browser.post(link)
    assert signed_in(browser)
    assert Client().post(link).status_code == 404, "a used link opens nothing"


def test_an_unknown_address_hears_the_same_and_gets_no_letter(carla: Person) -> None:
    known = Client().post("/inloggen/", {"email": "carla@voorbeeld.example"}, follow=True)
    unknown = Client().post("/inloggen/", {"email": "niemand@voorbeeld.example"}, follow=True)
    assert without_tokens(known.content) == without_tokens(unknown.content)
    assert [letter.to for letter in outbox()] == ["carla@voorbeeld.example"]


def test_an_old_link_opens_nothing_and_is_forgotten(carla: Person) -> None:
    link = path_of(make_sign_in_link(carla))
    with time_machine.travel(clock.now() + timedelta(minutes=31), tick=False):
        assert Client().post(link).status_code == 404
        assert purge_sign_in_links() == 1
    assert SignInLink.objects.count() == 0


def test_only_the_fingerprint_of_a_link_is_kept(carla: Person) -> None:
    secret = make_sign_in_link(carla).rstrip("/").rsplit("/", 1)[1]
    assert secret not in str(SignInLink.objects.values().get())


def test_asking_for_many_links_meets_a_limit(carla: Person) -> None:
    browser = Client()
    answers = [
        browser.post("/inloggen/", {"email": "carla@voorbeeld.example"}).status_code for _ in range(12)
    ]
    assert answers[:10] == [302] * 10
    assert answers[10:] == [429, 429]


def test_after_signing_in_one_lands_where_one_was_going_but_never_on_another_site(carla: Person) -> None:
    browser = Client()
    browser.get("/inloggen/?next=/post/")
    assert browser.post(path_of(make_sign_in_link(carla))).headers["Location"] == "/post/"
    other = Client()
    other.get("/inloggen/?next=https://elders.example/")
    assert other.post(path_of(make_sign_in_link(carla))).headers["Location"] == "/mijn/"


def test_with_a_second_factor_the_link_alone_is_not_enough(carla: Person) -> None:
    secret = generate_totp_secret()
    TOTP.activate(carla, secret)
    browser = Client()
    answer = browser.post(path_of(make_sign_in_link(carla)))
    assert answer.headers["Location"] == "/beveiliging/authenticate/"
    assert not signed_in(browser)
    assert "Weerklank" in browser.get("/beveiliging/authenticate/").content.decode()
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(secret, counter))
    browser.post("/beveiliging/authenticate/", {"code": code})
    assert signed_in(browser)


def test_the_pages_of_the_second_factor_open_right_after_signing_in(carla: Person) -> None:
    browser = Client()
    browser.post(path_of(make_sign_in_link(carla)))
    for page in ("/beveiliging/", "/beveiliging/totp/activate/", "/beveiliging/webauthn/add/"):
        answer = browser.get(page)
        assert answer.status_code == 200, page
        assert "wk-" in answer.content.decode()
        assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
