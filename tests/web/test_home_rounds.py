"""What happens by itself, once each: a round that cannot be made would fail in silence, hour after hour."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from weerklank_web.home.rounds import ROUNDS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("each", ROUNDS, ids=lambda each: each.name)
def test_every_round_can_be_made(each) -> None:
    each.deed()


def test_sessions_that_ended_go() -> None:
    Session.objects.create(session_key="oud", session_data="", expire_date=timezone.now())
    next(each for each in ROUNDS if each.name == "sessions").deed()
    assert not Session.objects.exists()
