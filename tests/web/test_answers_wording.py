"""A proposal for a sentence on the bench: asked only when pressed, said beforehand, in the journal, never filled in by itself."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from web import model_server as model
from web.answers_scene import Scene, stand_at, worded
from web.cast import Cast
from weerklank_web.config import settings as configured
from weerklank_web.dialogue.actions.contribution import withdraw_contribution
from weerklank_web.gatherings.stage import Deed
from weerklank_web.groundwork.models import JournalLine

pytestmark = pytest.mark.django_db
SOUND = "Een budget per team scheelt weken wachten en helpt een inwoner dezelfde dag."


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return worded(cast, ready=False)


def address(scene: Scene, what: str = "insight-propose") -> str:
    return reverse(f"answers:{what}", args=[scene.cast.gathering.slug, scene.insight.id])


def carla(scene: Scene) -> Client:
    return scene.cast.client_of("carla")


def point_at(settings: Settings, server: model.ModelServer) -> None:
    settings.WORDING_URL = server.url
    settings.WORDING_MODEL = "proef"
    settings.WORDING_TIMEOUT = 5.0


def test_without_an_endpoint_there_is_no_button_and_nothing_is_asked(scene: Scene) -> None:
    assert "Stel een zin voor" not in carla(scene).get(address(scene, "insight")).content.decode()
    refused = carla(scene).post(address(scene), follow=True).content.decode()
    assert "geen taalmodel aangesloten" in refused
    assert not JournalLine.objects.filter(verb="insight.wording-asked").exists()


def test_what_will_leave_is_said_before_and_kept_after(scene: Scene, settings: Settings) -> None:
    with model.model_server(model.said(SOUND, ["b1", "b2", "b3"])) as server:
        point_at(settings, server)
        before = carla(scene).get(address(scene, "insight")).content.decode()
        assert "Stel een zin voor" in before
        assert "De tekst van 3 keer inbreng gaat dan naar 127.0.0.1 (taalmodel proef)" in before
        assert server.asked == []
        page = unescape(carla(scene).post(address(scene)).content.decode())
    assert SOUND in page
    assert scene.said[0].text in page
    (asked,) = server.asked
    assert [each["text"] for each in asked.contributions] == [row.text for row in scene.said[:3]]
    sent = str(asked.body)
    assert not any(str(known) in sent for known in (scene.said[0].id, scene.cast.rooms[0].name, "Carla"))
    line = JournalLine.objects.get(verb="insight.wording-asked")
    assert (line.subject, line.note) == (str(scene.insight.id), "127.0.0.1 · proef · 3")
    assert line.by
    scene.insight.refresh_from_db()
    assert scene.insight.sentence == "Een eigen budget helpt teams om snel te helpen."


def test_a_person_takes_it_over(scene: Scene, settings: Settings) -> None:
    with model.model_server(model.said(SOUND, ["b2", "b3"])) as server:
        point_at(settings, server)
        page = carla(scene).post(address(scene)).content.decode()
    form = page[page.index('id="voorstel"') :]
    fields = {
        name: unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', form)
    }
    assert fields["sentence"] == SOUND
    carla(scene).post(address(scene, "insight"), {k: v for k, v in fields.items() if "csrf" not in k})
    scene.insight.refresh_from_db()
    assert scene.insight.sentence == SOUND


def test_a_sentence_that_does_not_follow_is_shown_with_why_and_cannot_be_taken(
    scene: Scene, settings: Settings
) -> None:
    false = "Een budget per team scheelt geen weken wachten."
    with model.model_server(model.said(false, ["b2"])) as server:
        point_at(settings, server)
        page = unescape(carla(scene).post(address(scene)).content.decode())
        english = unescape(
            carla(scene).post(address(scene), headers={"Accept-Language": "en"}).content.decode()
        )
    assert "De zin keert om wat er gezegd is" in page
    assert "The sentence reverses what was said" in english
    assert "Neem deze zin over" not in page
    assert len(server.asked) == 4


def test_no_answer_is_said_and_costs_nothing(scene: Scene, settings: Settings) -> None:
    with model.model_server(model.failing(500)) as server:
        point_at(settings, server)
        page = carla(scene).post(address(scene)).content.decode()
    assert "gaf geen antwoord" in page


def test_what_was_withdrawn_is_not_sent(scene: Scene, settings: Settings) -> None:
    hers = scene.hers.text
    withdraw_contribution(scene.hers, by=None)
    with model.model_server(model.said(SOUND, ["b1"])) as server:
        point_at(settings, server)
        carla(scene).post(address(scene))
    assert hers not in str(server.asked[0].body)


def test_only_an_organiser_at_the_bench_may_ask(scene: Scene, settings: Settings) -> None:
    with model.model_server(model.said(SOUND)) as server:
        point_at(settings, server)
        for who in ("anna", "bram", "esra"):
            assert scene.cast.client_of(who).post(address(scene)).status_code in {302, 403, 404}, who
        stand_at(scene.cast, Deed.ANSWER)
        carla(scene).post(address(scene))
    assert server.asked == []
    assert not JournalLine.objects.filter(verb="insight.wording-asked").exists()


@pytest.mark.parametrize(
    ("url", "name", "seconds"),
    [
        ("http://model.example.org/v1", "m", 30.0),
        ("ftp://model/v1", "m", 30.0),
        ("https://", "m", 30.0),
        ("https://model.example.org/v1", "", 30.0),
        ("https://model.example.org/v1", "m", 0.0),
    ],
)
def test_an_endpoint_that_is_not_safe_or_not_whole_stops_the_start(
    url: str, name: str, seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    for setting, value in (("URL", url), ("MODEL", name), ("TIMEOUT", seconds)):
        monkeypatch.setattr(configured, f"WORDING_{setting}", value)
    with pytest.raises(ImproperlyConfigured):
        configured.check_wording()
