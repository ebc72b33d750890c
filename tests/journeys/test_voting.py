"""Voting on a phone: register, vote with the thumb, with keys and through a tunnel; then see how people look at it (W8)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from journeys.browser import PHONE, Devices
from journeys.installation import Installation
from journeys.walking import choose, field, follow, link_in, newest_letter, press, told

pytestmark = pytest.mark.browser

SLUG, MAIL = "stemronde", "vera@voorbeeld.example"
HERE = f"/b/{SLUG}/"

MAKE = f"""
import json
from web.vote_scene import round_in
print(json.dumps(str(round_in("{SLUG}").id)))
"""

MOVE = f"""
import json
from weerklank_web.accounts.models import Person
from weerklank_web.gatherings.actions.gathering import move_to_step
from weerklank_web.gatherings.models import Gathering
by, _made = Person.objects.get_or_create(email="olga@voorbeeld.example", defaults={{"name": "Olga"}})
move_to_step(Gathering.objects.get(slug="{SLUG}"), "STEP", by=by)
print(json.dumps(True))
"""

CROWD = f"""
import json
from web.vote_scene import crowd_votes_in
from weerklank_web.gatherings.models import Gathering
print(json.dumps(len(crowd_votes_in(Gathering.objects.get(slug="{SLUG}"), 70))))
"""

CAST = """
import json
from weerklank_web.dialogue.models import Proposition, Vote
texts = dict(Proposition.objects.values_list("id", "text"))
print(json.dumps({texts[vote.item]: vote.value for vote in Vote.objects.filter(gathering__slug="SLUG")}))
""".replace("SLUG", SLUG)


def test_from_registering_to_the_picture(devices: Devices, house: Installation, look) -> None:
    devices.expected = re.compile("ERR_INTERNET_DISCONNECTED|status of 409")
    house.ask(MAKE)
    page = devices.open(PHONE)
    _register(house, page)
    house.ask(MOVE.replace("STEP", "before"))
    page.goto(f"{HERE}ik/")
    look(page, "own-page-with-a-vote")
    follow(page, re.compile("Eerst zelf wegen"))
    question = page.locator("[data-ballot-question]")
    look(page, "vote")
    said: dict[str, int] = {}

    said[question.inner_text()] = 1
    press(page, "Eens")
    _card(page, 2)
    expect(question).to_be_focused()

    choose(page, re.compile("Stemmen met toetsen"))
    said[question.inner_text()] = -1
    page.keyboard.press("2")
    _card(page, 3)
    page.keyboard.press("ArrowLeft")
    _card(page, 2)
    expect(page.get_by_role("button", name="Oneens")).to_have_attribute("aria-pressed", "true")
    said[question.inner_text()] = 0
    page.keyboard.press("3")
    _card(page, 3)

    page.context.set_offline(True)
    for number in (3, 4):
        said[question.inner_text()] = 1
        page.keyboard.press("1")
        _card(page, number + 1)
    expect(page.get_by_role("status").filter(has_text="veilig op dit apparaat")).to_contain_text("2 keer")
    page.context.set_offline(False)
    expect(page.get_by_role("status").filter(has_text="Bewaard")).to_be_visible()
    page.reload()
    _card(page, 5)
    for _number in (5, 6):
        said[question.inner_text()] = -1
        press(page, "Oneens")
    expect(page.get_by_role("heading", name="Dank je wel")).to_be_visible()
    look(page, "vote-done")
    expect(page.locator("[data-ballot-state]")).to_have_text("Bewaard.")
    assert house.ask(CAST) == said

    page.goto(f"{HERE}kijk/before/")
    told(page, re.compile("Niemand ziet een uitslag"))
    look(page, "look-too-early")
    house.ask(CROWD)
    for step in ("talk", "after", "look"):
        house.ask(MOVE.replace("STEP", step))
    page.goto(f"{HERE}ik/")
    follow(page, re.compile("Hoe kijken we hiernaar"))
    expect(page.get_by_role("heading", name="Wat verbindt")).to_be_visible(
        timeout=60_000
    )  # the worker makes it
    told(page, re.compile("Minstens 70 mensen stemden"))
    look(page, "look")


def test_what_was_voted_in_a_tunnel_survives_closing_the_page(devices: Devices, house: Installation) -> None:
    devices.expected = re.compile("ERR_INTERNET_DISCONNECTED")
    made = house.ask(
        "import json\nfrom web.vote_scene import round_in, voters_in\n"
        "print(json.dumps(voters_in(round_in('tunnel', step='before'), 1)[0]))"
    )
    page = devices.open(PHONE)
    page.goto(f"/l/{made}/")
    page.goto("/b/tunnel/stemmen/before/")
    page.context.set_offline(True)
    press(page, "Eens")
    press(page, "Oneens")
    expect(page.get_by_role("status").filter(has_text="veilig op dit apparaat")).to_contain_text("2 keer")
    page.close()
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto("/b/tunnel/stemmen/before/")
    _card(again, 3)
    expect(again.locator("[data-ballot-state]")).to_have_text("Bewaard.")
    again.reload()
    _card(again, 3)
    values = house.ask(
        "import json\nfrom weerklank_web.dialogue.models import Vote\n"
        "print(json.dumps(sorted(Vote.objects.filter(gathering__slug='tunnel').values_list('value', flat=True))))"
    )
    assert values == [-1, 1]


def _register(house: Installation, page: Page) -> None:
    page.goto(f"{HERE}inschrijven/")
    field(page, "Je naam of een schuilnaam").fill("Vera")
    field(page, "Je mailadres").fill(MAIL)
    choose(page, "Ja, stuur me bericht")
    choose(page, re.compile("Ik weet wat jullie van me bewaren"))
    press(page, "Schrijf me in")
    page.goto(link_in(newest_letter(house, to=MAIL, containing="/l/"), containing="/l/"))
    press(page, "Bevestig mijn inschrijving")
    told(page, re.compile("bevestigd"))


def _card(page: Page, number: int) -> None:
    expect(page.locator("[data-ballot-progress]")).to_contain_text(f"Kaart {number} van 6")
