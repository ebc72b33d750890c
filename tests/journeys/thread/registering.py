"""Chapter 2: twelve people register for eleven places (W3, W4, T16, T21)."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from journeys.browser import DESK, PHONE
from journeys.thread.making import CAPACITY
from journeys.thread.story import THEMES, Guest, Story
from journeys.walking import PlainBrowser, choose, field, follow, link_in, newest_letter, press, told

NAMES = (
    *("Anna", "Joris", "Mieke", "Karim", "Lotte", "Pieter"),
    *("Fatima", "Wim", "Sofie", "Tuur", "Nadia", "Els"),
)
LAYERS = ("federal", "regional", "provincial", "local")
LAST, LEAVES = NAMES[-1], "Tuur"


def register_with_a_phone(story: Story) -> None:
    """The first one walks the whole way, and makes a mistake on the way."""
    page = story.devices.open(PHONE)
    anna = story.guests["Anna"] = Guest("Anna", "anna@guest.example", page)
    page.goto(story.address())
    follow(page, "Schrijf je in")
    story.look(page, "register")
    press(page, "Schrijf me in")
    expect(page.get_by_role("alert")).to_contain_text("Nog niet verstuurd")
    story.look(page, "register-mistakes")
    field(page, "Je naam of een schuilnaam").fill(anna.name)
    field(page, "Je mailadres").fill(anna.email)
    field(page, "Keuze 1").select_option(label=THEMES[0])
    field(page, "Keuze 2").select_option(label=THEMES[0])
    choose(page, "Ja, stuur me bericht")
    choose(page, re.compile("Ik weet wat jullie van me bewaren"))
    press(page, "Schrijf me in")
    expect(page.get_by_role("alert")).to_contain_text("twee keer")
    field(page, "Keuze 2").select_option(label=THEMES[1])
    page.get_by_text("Over jou: als je wilt").click()
    field(page, "Bij welke overheid werk je?").select_option(label="lokaal")
    press(page, "Schrijf me in")
    expect(page.get_by_role("heading", name="Kijk in je mail")).to_be_visible()
    story.look(page, "registered")
    _confirm(story, anna, look=True)
    expect(page.get_by_role("main")).to_contain_text(THEMES[0])


def register_at_a_desk(story: Story) -> None:
    """The second one too, at a desk, and with a theme of her own."""
    page = story.devices.open(DESK)
    joris = story.guests["Joris"] = Guest("Joris", "joris@guest.example", page)
    page.goto(story.address("inschrijven/"))
    field(page, "Je naam of een schuilnaam").fill(joris.name)
    field(page, "Je mailadres").fill(joris.email)
    field(page, "Keuze 1").select_option(label=THEMES[1])
    page.get_by_text("Over jou: als je wilt").click()
    field(page, "Bij welke overheid werk je?").select_option(label="provincie")
    choose(page, "Frans")
    choose(page, "Nee, ik kijk zelf wel")
    choose(page, re.compile("Ik weet wat jullie van me bewaren"))
    press(page, "Schrijf me in")
    expect(page.get_by_role("heading", name="Kijk in je mail")).to_be_visible()
    _confirm(story, joris)


def register_the_others(story: Story) -> None:
    """Nine more, by the same form and the link in their own letter, without a browser's window."""
    page = story.devices.open(DESK)
    page.goto(story.address("inschrijven/"))
    options = page.get_by_label("Keuze 1").get_by_role("option")
    values = {option.inner_text(): option.get_attribute("value") or "" for option in options.all()}
    for place, name in enumerate(NAMES[2:CAPACITY]):
        guest = story.guests[name] = Guest(name, f"{name.lower()}@guest.example", story.devices.open(DESK))
        first, second = THEMES if place % 2 else reversed(THEMES)
        post = PlainBrowser(guest.page.context)
        who = {
            "name": name,
            "email": guest.email,
            "layer": LAYERS[place % 4],
            "letters": "yes",
            "consent": "on",
        }
        wishes = {"wishes_1": values[first], "wishes_2": values[second]}
        post.send(story.address("inschrijven/"), who | wishes)
        guest.link = link_in(newest_letter(story.house, to=guest.email, containing="/l/"), containing="/l/")
        after = post.send(guest.link, {}, to=story.address("ik/bevestigen/"))
        assert "Je inschrijving is bevestigd" in after, name


def wait_and_move_up(story: Story) -> None:
    """The twelfth finds it full, waits, and moves up when somebody cancels."""
    page = story.devices.open(PHONE)
    els = story.guests[LAST] = Guest(LAST, "els@guest.example", page)
    page.goto(story.address())
    expect(page.get_by_role("main")).to_contain_text("vol, wachtlijst open")
    follow(page, "Zet me op de wachtlijst")
    story.look(page, "register-full")
    field(page, "Je naam of een schuilnaam").fill(els.name)
    field(page, "Je mailadres").fill(els.email)
    choose(page, "Ja, stuur me bericht")
    choose(page, re.compile("Ik weet wat jullie van me bewaren"))
    press(page, "Zet me op de wachtlijst")
    _confirm(story, els, said="Je staat op de wachtlijst.")
    told(page, "Je staat op plek 1 van de wachtlijst")
    story.look(page, "own-waiting")

    leaver = story.guests[LEAVES]
    leaver.page.goto(leaver.link)
    follow(leaver.page, "Meld me af")
    story.look(leaver.page, "cancel")
    press(leaver.page, "Meld me af")
    told(leaver.page, "Je bent afgemeld.")
    story.look(leaver.page, "own-cancelled")

    page.reload()
    expect(page.get_by_role("main")).not_to_contain_text("wachtlijst")
    expect(page.get_by_role("main").get_by_text("ingeschreven", exact=True).first).to_be_visible()


def ask_for_a_new_link(story: Story) -> None:
    """Who lost the mail asks for a new link; a stranger learns nothing by asking."""
    page = story.devices.open(PHONE)
    page.goto(story.address("ik/"))
    story.look(page, "link-needed")
    field(page, "Het mailadres waarmee je je inschreef").fill("niemand@guest.example")
    press(page, "Stuur me een nieuwe link")
    story.look(page, "link-sent")
    assert story.house.letters(to="niemand@guest.example") == []


def the_organiser_sees_them(story: Story) -> None:
    """Eleven come, one cancelled, nobody waits."""
    page = story.manage("Inschrijvingen")
    story.look(page, "registrations")
    main = page.get_by_role("main")
    expect(main).to_contain_text(re.compile(rf"{CAPACITY}\s*ingeschreven"))
    expect(main).to_contain_text(re.compile(r"0\s*op de wachtlijst"))
    expect(main).to_contain_text(re.compile(r"1\s*afgemeld"))
    expect(main).not_to_contain_text("@guest.example")


def _confirm(
    story: Story, guest: Guest, *, said: str = "Je inschrijving is bevestigd.", look: bool = False
) -> None:
    """Open the private link of the letter; only pressing the button confirms. No secret stays in the address bar."""
    page: Page = guest.page
    guest.link = link_in(newest_letter(story.house, to=guest.email, containing="/l/"), containing="/l/")
    page.goto(guest.link)
    assert page.url.endswith(story.address("ik/")), page.url
    if look:
        story.look(page, "own-unconfirmed")
    press(page, "Bevestig mijn inschrijving")
    told(page, said)
    if look:
        story.look(page, "own-confirmed")
