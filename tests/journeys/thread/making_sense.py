"""Chapters 7 and 8: the organiser words what was heard in several rooms; participants read it back (W12–W14)."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from journeys.browser import PHONE
from journeys.thread.arriving import go_to_step
from journeys.thread.story import THEMES, Story
from journeys.thread.talking import KEPT, OTHER_VOICE, SAID
from journeys.walking import PlainBrowser, choose, field, follow, press, told

TRUST, PAPER = THEMES
INSIGHT = "In twee kamers klonk dat diensten papieren vragen die er al zijn."
DISSENT = "Voor sommigen geeft een regel juist rust."
MESSAGE = "Vraag niets op papier wat een andere dienst al weet."
SECOND = "Laat ons kleine subsidies afspreken in een gesprek in plaats van een formulier."
OBJECTION = "Een gesprek kost ook tijd; wie betaalt die?"
QUOTE = "het staat al in een ander dossier"


def word_an_insight(story: Story) -> None:
    """Two sources from one room are too few; three from two rooms will do, and a quote must be literal."""
    page = story.manage("Duiden")
    story.look(page, "bench-empty")
    tick(page, KEPT)
    tick(page, SAID[TRUST][0])
    press(page, "Maak een inzicht")
    expect(page.get_by_role("heading", name="Een inzicht verwoorden")).to_be_visible()
    field(page, "Het inzicht in één zin").fill(INSIGHT)
    field(page, "Wie zag het anders, en waarom?").fill(DISSENT)
    press(page, "Bewaar")
    ready = page.get_by_role("region", name="Klaar om na te laten lezen?")
    expect(ready).to_contain_text("Nog niet. Dit ontbreekt:")
    story.look(page, "insight-too-few")
    press(page, "Zet klaar")
    expect(page.get_by_role("main").get_by_text("nog niet klaar", exact=True)).to_be_visible()

    follow(page, "Zoek er inbreng bij")
    for words in (SAID[PAPER][1], SAID[PAPER][0], OTHER_VOICE):
        tick(page, words)
    press(page, "Voeg toe")
    told(page, "3 keer inbreng toegevoegd.")
    press(source(page, OTHER_VOICE), "Dit is een ander geluid")
    expect(page.get_by_role("heading", name="Wat een ander geluid laat horen")).to_be_visible()
    quoted = source(page, SAID[PAPER][1])
    quoted.get_by_text("Een stukje citeren").click()
    field(quoted, "Letterlijk stukje om te citeren").fill("het stond al ergens")
    press(quoted, "Bewaar citaat")
    expect(page.get_by_role("main")).to_contain_text("letterlijk")
    quoted = source(page, SAID[PAPER][1])
    field(quoted, "Letterlijk stukje om te citeren").fill(QUOTE)
    press(quoted, "Bewaar citaat")
    expect(source(page, SAID[PAPER][1]).get_by_role("mark").or_(page.locator("mark")).first).to_have_text(
        QUOTE
    )
    press(page, "Zet klaar")
    told(page, "klaar om na te lezen")
    story.look(page, "insight-ready")


def word_messages(story: Story) -> None:
    """One message stands on the insight, one on a single contribution; without a source none goes out."""
    page = story.manage("Duiden")
    press(page, "Boodschap van inzicht 1")
    field(page, "De boodschap").fill(MESSAGE)
    field(page, "Wie kan hier iets aan doen?").fill("de schepen van Wonen")
    press(page, "Bewaar")
    press(page, "Zet klaar")
    told(page, "klaar om na te lezen")
    story.look(page, "message-ready")
    follow(page, "Terug naar de werkbank")
    tick(page, SAID[PAPER][0])
    press(page, "Maak een boodschap")
    field(page, "De boodschap").fill(SECOND)
    press(page, "Bewaar")
    press(source(page, SAID[PAPER][0]), "Haal weg")
    expect(page.get_by_role("region", name="Klaar om na te laten lezen?")).to_contain_text("Dit ontbreekt")
    follow(page, "Zoek er inbreng bij")
    tick(page, SAID[PAPER][0])
    press(page, "Voeg toe")
    press(page, "Zet klaar")
    told(page, "klaar om na te lezen")
    follow(page, "Terug naar de werkbank")
    made = page.get_by_role("main")
    for words in (INSIGHT, MESSAGE, SECOND):
        expect(made).to_contain_text(words)
    story.look(page, "bench-made")


def read_back(story: Story) -> None:
    """Participants agree, disagree or pass before it goes out; the outcome stays shut until the end."""
    go_to_step(story, "Nalezen")
    reader = story.guests[story.sits[TRUST][0]].page
    reader.set_viewport_size(PHONE)
    reader.goto(story.address("nalezen/"))
    story.look(reader, "review")
    for words in (MESSAGE, SECOND, INSIGHT):
        _react(reader, words, "Eens")
    expect(reader.get_by_role("main")).to_contain_text("Je reageerde op 3 van 3.")
    story.look(reader, "review-done")
    objector = story.guests[story.sits[PAPER][0]].page
    objector.goto(story.address("nalezen/"))
    _react(objector, MESSAGE, "Eens")
    _react(objector, SECOND, "Oneens", OBJECTION)
    expect(reader.get_by_role("main")).not_to_contain_text(OBJECTION)
    for theme in THEMES:
        for name in story.sits[theme][1:]:
            _react_over_http(story, name)
    go_to_step(story, "Aanbieden")
    reader.reload()
    expect(reader.get_by_role("main")).to_contain_text(OBJECTION)
    story.look(reader, "review-closed")


def tick(page: Page, words: str) -> None:
    """Tick a contribution on the bench."""
    page.get_by_role("checkbox", name=words).first.check(force=True)


def source(page: Page, words: str) -> Locator:
    """A contribution behind the statement on the page."""
    return page.get_by_role("main").get_by_role("article").filter(has_text=words).first


def _react(page: Page, words: str, stance: str, objection: str = "") -> None:
    item = page.get_by_role("article", name=words)
    choose(item, re.compile(stance, re.IGNORECASE))
    if objection:
        item.get_by_text("Ik heb een bezwaar of er mist iets").click()
        field(item, "Wat klopt er niet, of wat ontbreekt?").fill(objection)
    press(item, "Bewaar mijn reactie")
    expect(page.get_by_role("article", name=words)).to_contain_text("jij zei")


def _react_over_http(story: Story, name: str) -> None:
    post = PlainBrowser(story.guests[name].page.context)
    page = post.context.request.get(story.address("nalezen/")).text()
    for address in re.findall(rf'action="({story.address("nalezen/")}\w+/[0-9a-f-]+/)"', page):
        form = page[page.index(f'action="{address}"') :]
        version = re.search(r'name="[^"]*version" value="(\d+)"', form)
        kind = re.search(r'name="([^"]*kind)"', form)
        assert version, address
        assert kind, address
        prefix = kind[1].removesuffix("kind")
        post.send(
            story.address("nalezen/"), {f"{prefix}kind": "agree", f"{prefix}version": version[1]}, to=address
        )
