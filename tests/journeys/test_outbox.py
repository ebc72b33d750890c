"""Bad wifi: what somebody wrote waits on their own device, goes along by itself, and arrives once (DESIGN §4)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from journeys.browser import PHONE, Devices
from journeys.scene import Scene
from journeys.walking import field, press

pytestmark = pytest.mark.browser

FIRST, SECOND, DRAFT = "Het eerste zonder bereik.", "Het tweede zonder bereik.", "Nog niet helemaal af"


@pytest.fixture
def in_the_room(scene: Scene) -> Scene:
    scene.stand_at("room")
    return scene


def test_words_written_offline_arrive_once(devices: Devices, in_the_room: Scene, look) -> None:
    """Two contributions without a connection; the page closes; both arrive when the room is opened again."""
    devices.expected = re.compile("ERR_INTERNET_DISCONNECTED")
    page = in_the_room.open_room(devices.open(PHONE), 1)
    expect(page.locator("html[data-connection=live]")).to_be_attached()
    page.context.set_offline(True)
    for words in (FIRST, SECOND):
        field(page, "Wat wil je zeggen?").fill(words)
        press(page, "Bewaar")
    expect(page.get_by_role("status").filter(has_text="staat veilig op dit apparaat")).to_contain_text(
        "2 keer"
    )
    page.screenshot(path=look.pictures / "outbox-offline.png", full_page=True)
    page.close()
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(in_the_room.room)
    _once(again, FIRST, SECOND)
    again.reload()
    _once(again, FIRST, SECOND)
    neighbour = in_the_room.open_room(devices.open(PHONE), 2)
    _once(neighbour, FIRST, SECOND)


def test_a_connection_that_comes_back_is_enough(devices: Devices, in_the_room: Scene) -> None:
    """Nobody has to press anything again."""
    devices.expected = re.compile("ERR_INTERNET_DISCONNECTED")
    page = in_the_room.open_room(devices.open(PHONE), 1)
    expect(page.locator("html[data-connection=live]")).to_be_attached()
    page.context.set_offline(True)
    field(page, "Wat wil je zeggen?").fill("In de tunnel geschreven.")
    press(page, "Bewaar")
    expect(page.get_by_role("status").filter(has_text="veilig op dit apparaat")).to_be_visible()
    page.context.set_offline(False)
    _once(page, "In de tunnel geschreven.")


def test_a_draft_survives_a_reload(devices: Devices, in_the_room: Scene) -> None:
    """And is gone once it is said."""
    page = in_the_room.open_room(devices.open(PHONE), 1)
    field(page, "Wat wil je zeggen?").press_sequentially(DRAFT)
    page.reload()
    expect(field(page, "Wat wil je zeggen?")).to_have_value(DRAFT)
    press(page, "Bewaar")
    _once(page, DRAFT)
    page.reload()
    expect(field(page, "Wat wil je zeggen?")).to_have_value("")


def _once(page: Page, *said: str) -> None:
    for words in said:
        expect(page.get_by_role("article").filter(has_text=words)).to_have_count(1)
