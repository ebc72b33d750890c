"""Chapters 3 and 4: rooms, crew and seats; then the day itself: arriving, and walking in (W6–W8, W18, T19)."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from journeys.browser import DESK, PHONE
from journeys.thread.making import CAPACITY, CREW
from journeys.thread.registering import LEAVES, NAMES
from journeys.thread.story import THEMES, Guest, Story
from journeys.walking import choose, field, follow, press, sign_in, told

WALK_IN = "Zeno"


def make_rooms(story: Story) -> None:
    """Two rooms by the wishes; each gets somebody who leads the conversation."""
    page = story.manage("Kamers")
    story.look(page, "rooms-empty")
    field(page, "Aantal kamers").fill("2")
    press(page, "Reken opnieuw")
    for theme in THEMES:
        expect(field(page, theme)).to_have_value("1")
    press(page, "Maak deze kamers")
    told(page, "2 kamers gemaakt.")
    for (name, _email), theme in zip(CREW.items(), THEMES, strict=True):
        page.get_by_role("row", name=theme).get_by_role("link", name="Wijzig").click()
        field(page, "Gespreksleider").select_option(label=name)
        press(page, "Bewaar het team")
        told(page, "is bewaard.")
        story.look(page, "room-set-up")
        follow(page, "Terug zonder te veranderen")
        expect(page.get_by_role("row", name=theme)).to_contain_text(name)
    story.look(page, "rooms")


def divide_seats(story: Story) -> None:
    """Everybody gets a seat with a reason; nobody sees it before the organiser says so."""
    page = story.manage("Indeling")
    press(page, "Verdeel de plaatsen")
    expect(page.get_by_role("main")).to_contain_text(
        re.compile(rf"{CAPACITY}\s*hebben een plek"), timeout=60_000
    )
    anna = story.guests["Anna"].page
    anna.goto(story.address("ik/"))
    told(anna, "Je zit nog nergens.")
    page.reload()
    story.look(page, "seating")
    _move_by_hand_and_back(story, page)
    press(page, "Laat iedereen de eigen kamer zien")
    told(page, "Deelnemers zien hun kamer sinds")
    story.look(page, "seating-shown")
    anna.reload()
    room = anna.get_by_role("region", name="Je kamer")
    expect(room.get_by_role("link")).to_have_count(1)
    expect(room).to_contain_text(re.compile("keuze|plaats"))
    story.look(anna, "own-seat")


def _move_by_hand_and_back(story: Story, page: Page) -> None:
    """The price stands there before anything happens; one press does it, one takes it back, one does it again."""
    field(page, "Zoek iemand op naam").fill("Anna")
    press(page, "Zoek")
    follow(page, "Andere plek voor Anna")
    prices = page.locator("#andere-plek")
    expect(prices.get_by_role("heading", name="Een andere plek voor Anna")).to_be_focused()
    expect(prices).to_contain_text(re.compile("wordt|blijft", re.IGNORECASE))
    story.look(page, "seating-prices")
    prices.get_by_role("button", name=re.compile("^(Verplaats|Ruil) Anna")).first.click()
    done = re.compile("Anna zit nu in|Anna en .* ruilden van plek")
    told(page, done)
    press(page, re.compile("^Draai terug: (iemand verplaatst|twee mensen)"))
    told(page, "Teruggedraaid")
    press(page, re.compile("^Doe opnieuw: (iemand verplaatst|twee mensen)"))
    told(page, "Opnieuw gedaan")
    press(page, re.compile("^Draai terug: (iemand verplaatst|twee mensen)"))
    told(page, "Teruggedraaid")


def the_crew_signs_in(story: Story) -> None:
    """A facilitator signs in with a link from the mail and finds their own room."""
    for name, email in CREW.items():
        page = story.people[name] = story.devices.open(DESK)
        sign_in(story.house, page, email)
        page.goto("/mijn/")
        story.look(page, "mine-crew")
        expect(page.get_by_role("main")).to_contain_text("gespreksleider")


def open_the_doors(story: Story) -> None:
    """The organiser turns to the day itself."""
    go_to_step(story, "Plaatsen verdelen")
    go_to_step(story, "Welkom")
    page = story.manage("Deur")
    story.look(page, "door")
    follow(page, "Blad voor aan de deur")
    story.look(page, "door-poster")
    page.go_back()
    follow(page, "Deurlijsten")
    story.look(page, "door-lists")
    expect(page.get_by_role("main")).to_contain_text("Anna")


def arrive(story: Story) -> None:
    """Two arrive by their own link, one at the desk, the rest with one request each."""
    for name in ("Anna", "Joris"):
        page = story.guests[name].page
        page.goto(story.address("deur/"))
        if name == "Anna":
            story.look(page, "entrance")
        press(page, "Ik ben er")
        told(page, "Je staat genoteerd: je bent er.")
        if name == "Anna":
            story.look(page, "entrance-here")
    desk = story.manage("Deur")
    others = [name for name in NAMES if name not in ("Anna", "Joris", LEAVES)]
    press(desk, f"{others[0]} is er")
    expect(desk.get_by_role("button", name=f"{others[0]} is er toch niet")).to_be_visible()
    for name in others[1:]:
        press(desk, f"{name} is er")
        expect(desk.get_by_role("button", name=f"{name} is er toch niet")).to_be_visible()
    expect(desk.get_by_role("main")).to_contain_text(re.compile(rf"{CAPACITY}\s*zijn er"))


def walk_in(story: Story) -> None:
    """Somebody who never registered: a code at the door, an alias, a seat, a link of their own (105 of 99)."""
    desk = story.manage("Deur")
    told_code = re.search(r"typt\s+(\S+?)\.", desk.get_by_role("main").inner_text())
    assert told_code, "the code stands on the organiser's page"
    page = story.devices.open(PHONE)
    zeno = story.guests[WALK_IN] = Guest(WALK_IN, "", page)
    page.goto(story.address("deur/"))
    story.look(page, "entrance-stranger")
    _fill_walk_in(page, "000000")
    press(page, "Ik doe mee")
    expect(page.get_by_role("main")).to_contain_text("code")
    assert "binnen" in page.url
    story.look(page, "entrance-wrong-code")
    field(page, "De code aan de deur").fill(told_code[1])
    press(page, "Ik doe mee")
    expect(page.get_by_role("heading", name=f"Welkom, {WALK_IN}")).to_be_visible()
    zeno.link = field(page, "Deze link is van jou alleen").input_value()
    story.look(page, "walked-in")
    follow(page, "Open je kamer")
    assert "/kamer/" in page.url, page.url
    expect(desk.get_by_role("main")).to_contain_text(
        re.compile(rf"{CAPACITY + 1}\s*zijn er")
    )  # live, no reload
    expect(desk.get_by_role("main")).to_contain_text("109 %")


def close_the_door(story: Story) -> None:
    """Who came is counted once, and the figure is not clamped: twelve of eleven is 109 %."""
    page = story.manage("Deur")
    story.look(page, "door-full")
    follow(page, "Sluit de deur en tel")
    story.look(page, "door-close")
    press(page, "Sluit de deur en tel")
    told(page, "De opkomst is geteld")
    expect(page.get_by_role("main")).to_contain_text("109 %")
    story.look(page, "attendance")


def go_to_step(story: Story, step: str) -> Page:
    """The organiser turns to this step, by the page that says what opens and what ends."""
    page = story.manage("Stappen")
    press(page, f"Ga naar «{step}»")
    expect(
        page.get_by_role("main").get_by_role("listitem").filter(has_text="hier zijn we nu")
    ).to_contain_text(step)
    return page


def _fill_walk_in(page: Page, code: str) -> None:
    field(page, "De code aan de deur").fill(code)
    field(page, "Je naam of een schuilnaam").fill(WALK_IN)
    field(page, "Keuze 1").select_option(label=THEMES[0])
    choose(page, re.compile("Ik weet wat jullie van me bewaren"))
