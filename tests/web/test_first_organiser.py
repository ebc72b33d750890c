"""An empty installation lets its first organiser in, and nobody else."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from weerklank_web.accounts.models import Person

pytestmark = pytest.mark.django_db


def link_for(**options: str) -> str:
    out = StringIO()
    call_command("first_organiser", stdout=out, **options)
    return re.search(r"https?://[^/]+(/\S+)", out.getvalue())[1]


def press(client: Client, path: str) -> None:
    """Open the link and press its button, as a person does."""
    client.get(path)
    client.post(path)


def test_the_link_lets_somebody_in_who_may_make_gatherings_and_works_once() -> None:
    path = link_for()
    first, second = Client(), Client()
    press(first, path)
    press(second, path)
    assert first.get("/mijn/").status_code == 200
    assert second.get("/mijn/").status_code == 302
    assert Person.objects.get().may_organise


def test_asking_again_makes_a_new_link_and_no_new_person() -> None:
    assert link_for() != link_for()
    assert Person.objects.count() == 1


def test_on_the_open_net_it_wants_to_know_whose_link_it_is(settings) -> None:
    settings.LOCAL = False
    with pytest.raises(CommandError, match="--email"):
        link_for()
    link_for(email="Hanne@Stad.example")
    assert Person.objects.get().email == "hanne@stad.example"
