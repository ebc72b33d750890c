"""Everything but what is live works without JavaScript: register, confirm, speak, read back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from journeys.browser import PHONE
from journeys.scene import Scene
from journeys.walking import choose, field, follow, link_in, newest_letter, press, told

pytestmark = pytest.mark.browser

NAME, MAIL = "Hilde", "hilde@guest.example"
WORDS = "Zonder scherm dat beweegt denk ik beter na."
CHANGED = "Zonder scherm dat beweegt denk ik rustiger na."
MESSAGE = "Laat mensen ook op papier meedoen."


def test_a_participant_without_javascript_does_everything(device, house, scene: Scene, look) -> None:
    page = device(PHONE, java_script_enabled=False)
    scene.stand_at("register")
    page.goto(scene.address())
    follow(page, "Schrijf je in")
    press(page, "Schrijf me in")
    expect(page.get_by_role("alert")).to_contain_text("Nog niet verstuurd")
    field(page, "Je naam of een schuilnaam").fill(NAME)
    field(page, "Je mailadres").fill(MAIL)
    choose(page, "Ja, stuur me bericht")
    choose(page, re.compile("Ik weet wat jullie van me bewaren"))
    press(page, "Schrijf me in")
    page.goto(link_in(newest_letter(house, to=MAIL, containing="/l/"), containing="/l/"))
    press(page, "Bevestig mijn inschrijving")
    told(page, "Je inschrijving is bevestigd.")

    scene.seat(NAME)
    scene.stand_at("room")
    page.reload()
    page.get_by_role("region", name="Je kamer").get_by_role("link").first.click()
    field(page, "Wat wil je zeggen?").fill(WORDS)
    press(page, "Bewaar")
    told(page, "Bewaard. Dank je wel.")
    card = page.get_by_role("article").filter(has_text=WORDS)
    card.get_by_role("link", name=re.compile("Wijzig")).click()
    field(page, "Wat wil je zeggen?").fill(CHANGED)
    press(page, "Bewaren")
    expect(page.get_by_role("article").filter(has_text=CHANGED)).to_contain_text("gewijzigd")
    page.screenshot(path=look.pictures / "no-script-room.png", full_page=True)

    scene.stand_at("synthesise")
    scene.word_a_message(MESSAGE)
    scene.stand_at("review")
    page.goto(scene.address("ik/"))
    follow(page, "Lees na")
    item = page.get_by_role("article", name=MESSAGE)
    choose(item, re.compile("oneens"))
    item.get_by_text("Ik heb een bezwaar of er mist iets").click()
    field(item, "Wat klopt er niet, of wat ontbreekt?").fill("Het mag ook per telefoon.")
    press(item, "Bewaar mijn reactie")
    expect(page.get_by_role("article", name=MESSAGE)).to_contain_text("jij zei: oneens")
    page.screenshot(path=look.pictures / "no-script-review.png", full_page=True)
