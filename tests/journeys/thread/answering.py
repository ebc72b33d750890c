"""Chapters 10 and 11: the desk answers, and the receipt shows it to whoever said it (W16–W19, T9, G8)."""

from __future__ import annotations

import re
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from journeys.browser import DESK, PHONE
from journeys.thread.arriving import go_to_step
from journeys.thread.making_sense import DISSENT, INSIGHT, MESSAGE, OBJECTION, SECOND
from journeys.thread.story import THEMES, Story
from journeys.thread.talking import ANSWERED, HIDE_REASON, KEPT
from journeys.walking import choose, field, follow, link_in, newest_letter, press, told

RECIPIENT = "dirk@desk.example"
ANSWER = "Dit doen we. Vanaf de zomer vragen we alleen nog wat geen andere dienst al heeft."
NO = "Nee: een gesprek zonder papier kan de rekenkamer niet nagaan. We maken het formulier wel korter."
COMMITMENT = "Eén lijst van wat we al weten, voor alle loketten"
OWNER = "Nele Claes, hoofd Dienstverlening"


def hand_over_the_desk(story: Story) -> None:
    """A link for the recipient and one for an aide; each is shown once and opens without an account."""
    page = story.manage("Ontvanger")
    story.look(page, "desk-links")
    field(page, "Voor wie?").fill("Dirk Peeters")
    field(page, "E-mailadres").fill(RECIPIENT)
    choose(page, re.compile("Voorbereiden en vrijgeven"))
    press(page, "Maak de link")
    told(page, "De link voor Dirk Peeters is gemaakt")
    field(page, "Voor wie?").fill("Aïsha (kabinet)")
    choose(page, re.compile("antwoorden schrijven als concept"))
    press(page, "Maak de link")
    told(page, "De link voor Aïsha (kabinet) is gemaakt")
    story.look(page, "desk-link-made")
    link = field(page, "Link naar het bureau").input_value()
    page = story.manage("Ontvanger")
    expect(page.get_by_label("Link naar het bureau")).to_have_count(0)
    aide = story.people["aide"] = story.devices.open(DESK)
    aide.goto(link)
    assert aide.url.endswith(story.address("bureau/")), aide.url
    dirk = story.people["recipient"] = story.devices.open(PHONE)
    letter = newest_letter(story.house, to=RECIPIENT, containing="/l/")
    dirk.goto(link_in(letter, containing="/l/"))
    assert dirk.url.endswith(story.address("bureau/")), dirk.url


def prepare(story: Story) -> None:
    """The aide reads who stands behind what, and drafts; an answer without a reason is not ready, nor may she release."""
    page = story.people["aide"]
    page.goto(story.address("bureau/"))
    main = page.get_by_role("main")
    for words in (MESSAGE, SECOND, OBJECTION, DISSENT):
        expect(main).to_contain_text(words)
    story.look(page, "desk")
    press(page, "We hebben de boodschappen ontvangen")
    told(page, "Dank je wel.")
    evidence = page.get_by_role("article", name=MESSAGE)
    evidence.get_by_text("Waarop dit steunt").click()
    expect(evidence).to_contain_text(KEPT)
    _draft(page, MESSAGE, "dit nemen we over", "")
    gaps = page.get_by_role("region", name="Vrijgeven")
    expect(gaps).to_contain_text("Zonder reden is het geen antwoord")
    story.look(page, "desk-gaps")
    _draft(page, MESSAGE, "dit nemen we over", ANSWER, commitment=COMMITMENT)
    _draft(page, SECOND, "dit nemen we niet over", NO)
    told(page, "Vrijgeven doet de ontvanger zelf")
    expect(page.get_by_role("button", name="Geef alle antwoorden vrij")).to_have_count(0)
    story.look(page, "desk-drafts")
    guest = _guest(story)
    guest.goto(story.address("antwoorden/"))
    expect(guest.get_by_role("main")).not_to_contain_text(ANSWER)


def release(story: Story) -> None:
    """The recipient releases everything at once, on a phone."""
    page = story.people["recipient"]
    page.reload()
    story.look(page, "desk-recipient")
    press(page, "Geef alle antwoorden vrij")
    told(page, "2 antwoorden zijn vrijgegeven.")
    story.look(page, "desk-released")
    follow(page, "Het hele verslag, hetzelfde als de deelnemers hebben")
    expect(page.get_by_role("main").get_by_role("link", name=re.compile("Pdf"))).to_be_visible()
    stranger = story.devices.open(DESK)
    stranger.goto(story.address("antwoorden/"))
    expect(stranger.get_by_role("main")).to_contain_text("Alle boodschappen zijn beantwoord")
    story.look(stranger, "answers-public")
    go_to_step(story, "Terug naar jou")


def show_where_words_went(story: Story) -> None:
    """My words → my room's harvest → insight → message → answer → commitment; nobody else's words stand there."""
    page = _guest(story)
    page.goto(story.address("ik/"))
    story.look(page, "own-after")
    follow(page, "Volg je woorden")
    thread = page.get_by_role("region", name=re.compile(re.escape(KEPT[:40])))
    knots = thread.get_by_role("list", name="Van jouw woorden tot het antwoord").locator("> li")
    said = [KEPT, story.told[f"essence {THEMES[0]}"], INSIGHT, MESSAGE, ANSWER, COMMITMENT]
    expect(knots).to_have_count(len(said))
    for place, words in enumerate(said):
        expect(knots.nth(place)).to_contain_text(words)
    expect(knots.nth(5)).to_contain_text(OWNER)
    expect(page.get_by_role("main")).not_to_contain_text(ANSWERED)
    story.look(page, "receipt")
    other = story.guests[story.sits[THEMES[0]][1]].page
    other.goto(story.address("ik/terug/"))
    expect(other.get_by_role("main")).to_contain_text(HIDE_REASON)
    expect(other.get_by_role("main")).to_contain_text("in jouw eigen woorden")
    story.look(other, "receipt-hidden")


def keep_the_promise(story: Story) -> None:
    """The recipient reports on a commitment; whoever said it sees how it goes. One step for oneself is one press away."""
    desk = story.people["recipient"]
    desk.goto(story.address("bureau/"))
    desk.get_by_text("Zeg hoe het ervoor staat").click()
    field(desk, "Hoe staat het ervoor?").fill("De eerste twee loketten gebruiken de lijst.")
    choose(desk, "loopt")
    press(desk, "Bewaar")
    told(desk, "Bewaard. Iedereen die meedeed kan het lezen.")
    page = _guest(story)
    page.goto(story.address("ik/terug/"))
    expect(page.get_by_role("main")).to_contain_text("De eerste twee loketten gebruiken de lijst.")
    follow(page, "Mijn volgende stappen")
    story.look(page, "steps")


def take_my_leave(story: Story) -> None:
    """Whoever wants to be forgotten is, and the thread of the others stays."""
    name = story.sits[THEMES[1]][-1]
    page = story.guests[name].page
    page.goto(story.address("ik/"))
    exported = page.request.get(story.address("ik/gegevens.json"))
    assert name in exported.text()
    follow(page, "Wis mijn gegevens")
    story.look(page, "erase")
    choose(page, re.compile("Laat mijn woorden staan"))
    choose(page, "Ik weet dat dit niet terug te draaien is")
    press(page, re.compile("Wis", re.IGNORECASE), exact=False)
    assert page.url.endswith(story.address("gewist/")), page.url
    story.look(page, "erased")
    page.goto(story.address("ik/"))
    expect(page.get_by_role("heading", name="Open je eigen link")).to_be_visible()


def _guest(story: Story) -> Page:
    return story.guests[story.sits[THEMES[0]][0]].page


def _draft(page: Page, message: str, kind: str, reason: str, *, commitment: str = "") -> None:
    item = page.get_by_role("article", name=message)
    form = item.get_by_role("button", name="Bewaar concept")
    if not form.is_visible():
        item.get_by_text(re.compile("^(Bereid een antwoord voor|Concept)$")).first.click()
    choose(item, re.compile(f"^{kind}", re.IGNORECASE))
    field(item, "Waarom?").fill(reason)
    due = (date.today() + timedelta(days=120)).isoformat()  # noqa: DTZ011
    if reason and kind != "dit nemen we niet over":
        field(item, "Wie doet dit?").fill(OWNER)
        field(item, "Wanneer?").fill(due)
    if commitment:
        field(item, "Wat gaat er gebeuren?").fill(commitment)
        field(item, "Wie zorgt ervoor?").fill(OWNER)
        field(item, "Wanneer is het klaar?").fill(due)
    form.click()
    told(page, "Je concept is bewaard.")
