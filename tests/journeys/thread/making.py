"""Chapter 1: the organiser makes a gathering and puts it online (W1, W2, W5; DOMAIN §5.3)."""

from __future__ import annotations

import re
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from journeys.browser import DESK
from journeys.thread.story import THEMES, TITLE, Story
from journeys.walking import choose, field, follow, press, told

CAPACITY = 11
CREW = {"Femke Vos": "femke@crew.example", "Bram Maes": "bram@crew.example"}


def come_in(story: Story) -> None:
    """The first organiser has no mail yet: a command prints a link that works once."""
    page = story.people["organiser"] = story.devices.open(DESK)
    printed = story.house.manage("first_organiser", "--email", "carla@organiser.example", "--name", "Carla")
    link = re.search(r"https?://\S+", printed)
    assert link, printed
    page.goto(link[0])
    story.look(page, "sign-in-link")
    press(page, "Log in")
    expect(page).to_have_url(re.compile("/mijn/"))
    story.look(page, "mine-empty")
    page.goto(link[0])
    press(page, "Log in")
    expect(page.get_by_role("main")).to_contain_text("Deze link werkt niet (meer)")


def make(story: Story) -> None:
    """A title and a format make a draft."""
    page = story.organiser
    page.goto("/mijn/")
    follow(page, re.compile("bijeenkomst", re.IGNORECASE), exact=False)
    field(page, "Titel").fill(TITLE)
    choose(page, re.compile("Workinar"))
    story.look(page, "new")
    press(page, "Maak een concept")
    told(page, "Je bijeenkomst is er, als concept.")
    found = re.search(r"/b/([^/]+)/beheer/", page.url)
    assert found, page.url
    story.slug = found[1]
    story.look(page, "manage-draft")
    stranger = story.devices.open(DESK)
    answer = stranger.goto(story.address())
    assert answer is not None
    assert answer.status == 404, "a draft is nobody else's business"


def refused_without_promise(story: Story) -> None:
    """Nothing offers to publish yet, and asking for it anyway is refused: recipient, promise, mandate are missing."""
    page = story.organiser
    page.goto(story.address("beheer/"))
    expect(page.get_by_role("button", name="Zet online")).to_have_count(0)
    main = page.get_by_role("main")
    for part in ("Ontvanger en belofte", "Mandaat"):
        expect(main.get_by_role("listitem").get_by_role("link", name=part).last).to_be_visible()
    token = page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    answer = page.request.post(story.address("beheer/online/"), form={"csrfmiddlewaretoken": token})
    assert "concept" in answer.text()
    page.goto(story.address("beheer/"))
    expect(main.get_by_text("concept", exact=True)).to_be_visible()


def describe(story: Story) -> None:
    """Every section of the set-up, one form each."""
    _basics(story)
    _moment(story)
    _organisations(story)
    refused_without_promise(story)
    _promise(story)
    refused_without_promise_but_with_recipient(story)
    _mandate(story)
    _programme(story)
    _themes(story)
    _crew(story)


def refused_without_promise_but_with_recipient(story: Story) -> None:
    """A recipient and a promise are not enough: the mandate is asked too."""
    page = story.organiser
    page.goto(story.address("beheer/"))
    expect(page.get_by_role("button", name="Zet online")).to_have_count(0)
    expect(
        page.get_by_role("main").get_by_role("listitem").get_by_role("link", name="Mandaat").last
    ).to_be_visible()


def publish(story: Story) -> None:
    """Now it goes online, and everybody can read what they may count on."""
    page = story.organiser
    page.goto(story.address("beheer/"))
    story.look(page, "manage-ready")
    press(page, "Zet online")
    told(page, "De bijeenkomst staat online.")
    story.look(page, "manage-online")
    stranger = story.devices.open(DESK)
    stranger.goto(story.address())
    main = stranger.get_by_role("main")
    for words in (TITLE, "Dirk Peeters", "een antwoord per boodschap", *THEMES, "Wie leest wat ik schrijf"):
        expect(main).to_contain_text(words)
    story.look(stranger, "public")
    calendar = stranger.request.get(story.address("agenda.ics"))
    assert "BEGIN:VEVENT" in calendar.text()
    stranger.goto(story.address("affiche/"))
    story.look(stranger, "poster")


def _part(story: Story, name: str) -> Page:
    page = story.manage("Instellen")
    parts = page.get_by_role("navigation", name="Onderdelen van het instellen")
    parts.get_by_role("link", name=name, exact=True).click()
    return page


def _save(story: Story, page: Page, name: str) -> None:
    story.look(page, name)
    press(page, "Bewaar")
    told(page, "Bewaard.")


def _basics(story: Story) -> None:
    page = _part(story, "Basis")
    field(page, "In het kort").fill("Wat helpt ons om met minder regels meer samen te doen?")
    field(page, "Doelen").fill(
        "Horen wat er in de praktijk knelt\nBoodschappen meegeven die een antwoord krijgen"
    )
    _save(story, page, "basics")


def _moment(story: Story) -> None:
    page = _part(story, "Tijd en plaats")
    day = date.today() + timedelta(days=1)  # noqa: DTZ011 - as the organiser's own calendar says
    field(page, "Begin").fill(f"{day}T13:00")
    field(page, "Einde").fill(f"{day}T16:30")
    field(page, "Plaats").fill("Buurthuis De Linde, Mechelen")
    field(page, "Toegankelijkheid").fill("Alles gelijkvloers, met een ringleiding.")
    field(page, "Aantal plaatsen").fill(str(CAPACITY))
    _save(story, page, "moment")


def _organisations(story: Story) -> None:
    page = _part(story, "Organisaties")
    for name in ("Stad Mechelen", "Provincie Antwerpen"):
        field(page, "Naam").fill(name)
        press(page, "Voeg toe")
        told(page, name)
    story.look(page, "organisations")


def _promise(story: Story) -> None:
    page = _part(story, "Ontvanger en belofte")
    field(page, "Naam van de ontvanger").fill("Dirk Peeters")
    field(page, "Ambt of functie").fill("schepen van Wonen")
    choose(page, "een antwoord per boodschap")
    field(page, "De belofte in eigen woorden").fill("Ik lees alles, en zeg per boodschap wat ik ermee doe.")
    due = date.today() + timedelta(days=45)  # noqa: DTZ011
    field(page, "Antwoord uiterlijk op").fill(str(due))
    _save(story, page, "promise")


def _mandate(story: Story) -> None:
    page = _part(story, "Mandaat")
    choose(page, "adviseren")
    answers = {
        "Wat ligt open?": "De regels voor wie samen wil wonen of werken.",
        "Wat ligt vast, en waarom?": "Het budget van dit jaar: dat is gestemd.",
        "Dit beloven we met jouw inbreng": "Elke boodschap krijgt een antwoord.",
        "Wie beslist, en wanneer?": "De schepen, in het college van februari.",
        "Wie bepaalt welke informatie meetelt?": "Wat in de kamers is gezegd, telt.",
        "Budget en termijn": "Er is geen extra budget.",
        "Wanneer hoor je van ons?": "Binnen zes weken.",
        "Niet eens met het verloop? Contact": "De ombudsvrouw, ombuds@stad.example",
        "Vastgesteld door": "Het college",
    }
    for question, answer in answers.items():
        field(page, question).fill(answer)
    choose(page, re.compile("alleen met een motivering"))
    _save(story, page, "mandate")


def _programme(story: Story) -> None:
    page = _part(story, "Programma")
    field(page, "Onderdeel").fill("Koffie")
    field(page, "Minuten").fill("15")
    press(page, "Voeg toe")
    told(page, "Koffie")
    story.look(page, "programme")


def _themes(story: Story) -> None:
    page = _part(story, "Thema's")
    for name in THEMES:
        field(page, "Thema").fill(name)
        field(page, "De vraag bij dit thema").fill(f"Wat helpt bij: {name.lower()}?")
        press(page, "Voeg toe")
        told(page, name)
    story.look(page, "themes")


def _crew(story: Story) -> None:
    page = _part(story, "Team")
    for name, email in CREW.items():
        field(page, "Mailadres").fill(email)
        field(page, "Naam").fill(name)
        field(page, "Rol").select_option(label="gespreksleider")
        press(page, "Nodig uit")
        told(page, email)
    story.look(page, "crew")
