"""Chapters 5 and 6: the rooms talk, two browsers at once, live; then the harvest, read back and signed (W9–W13)."""

from __future__ import annotations

import re
import time

from playwright.sync_api import Locator, Page, expect

from journeys.thread.arriving import go_to_step
from journeys.thread.making import CREW
from journeys.thread.story import THEMES, Story
from journeys.walking import PlainBrowser, choose, field, follow, press, told

TRUST, PAPER = THEMES
PRIVATE = "Bij ons op de gang durft niemand te zeggen dat een regel niet werkt."
KEPT = "Ik bel liever even dan dat ik een formulier stuur, maar dat mag niet van het systeem."
ANSWERED = "Wij kennen elkaar pas sinds we samen koffie drinken; daarvoor was het mailen."
MARKED = "samen koffie drinken"
LEVELS = {"micro": "jij zelf", "meso": "je team of organisatie", "macro": "de ontvanger of het systeem"}
HIDE_REASON = "Je noemt een collega bij naam. Zeg het zonder naam, dan staat het er weer."
SAID = {
    TRUST: (
        "Elke dienst vraagt dezelfde papieren opnieuw, ook als de buurman ze al heeft.",
        "We vertrouwen elkaar genoeg om te bellen, maar niet genoeg om te delen.",
        "Wie een fout toegeeft krijgt een controle erbij.",
    ),
    PAPER: (
        "Een subsidie van 500 euro kost ons twee dagen papieren invullen.",
        "Vraag dezelfde papieren niet drie keer: het staat al in een ander dossier.",
        "Minder papier kan pas als we elkaar vertrouwen.",
        "De helft van de formulieren leest niemand.",
    ),
}
OTHER_VOICE = "Regels geven mij juist rust: dan weet ik waar ik aan toe ben."


def find_rooms(story: Story) -> None:
    """Who sits where, as the list at the door says; everybody opens their room from their own page."""
    desk = story.organiser
    desk.goto(story.address("beheer/deur/lijsten/"))
    for theme in THEMES:
        table = desk.get_by_role("region", name=re.compile(theme))
        story.sits[theme] = table.get_by_role("rowheader").all_inner_texts()
        assert len(story.sits[theme]) >= 5, story.sits
    for theme in THEMES:
        page = story.guests[story.sits[theme][0]].page
        page.goto(story.address("ik/"))
        page.get_by_role("region", name="Je kamer").get_by_role("link").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(theme)
        story.rooms[theme] = page.url


def think_alone(story: Story) -> None:
    """First by yourself: nobody else reads it, neighbour nor facilitator, until its author shares it."""
    go_to_step(story, "Eerst zelf")
    left, right = _two(story)
    left.goto(story.rooms[TRUST])
    story.look(left, "room-alone")
    contribute(left, PRIVATE, level="micro")
    expect(left.get_by_role("region", name="Alleen voor jou")).to_contain_text(PRIVATE)
    story.look(left, "room-alone-written")
    for other in (right, story.people[next(iter(CREW))]):
        other.goto(story.rooms[TRUST])
        expect(other.get_by_role("heading", level=1)).to_have_text(TRUST)
        expect(other.get_by_role("main")).not_to_contain_text(PRIVATE)


def share_what_was_private(story: Story) -> None:
    """In the room its author decides. A page that stayed open says that the step has changed."""
    left, right = _two(story)
    write(right, "Nog niet af")
    go_to_step(story, "In gesprek")
    for page in (left, right):
        expect(page.get_by_role("main")).to_contain_text("Jullie zijn nu bij «In gesprek»")
    story.look(right, "room-step-changed")
    follow(left, "Ga verder")
    follow(right, "Ga verder")
    expect(field(right, "Wat wil je zeggen?")).to_have_value("Nog niet af")
    field(right, "Wat wil je zeggen?").fill("")
    expect(right.get_by_role("main")).not_to_contain_text(PRIVATE)
    said(left, PRIVATE).get_by_role("button", name="Deel met de kamer").click()
    told(left, "Gedeeld met de kamer.")
    expect(right.get_by_role("main")).to_contain_text(PRIVATE)  # live


def talk_at_once(story: Story) -> None:
    """Two browsers write at the same moment; each sees the other's words without asking for the page again."""
    left, right = _two(story)
    for page in (left, right):
        page.goto(story.rooms[TRUST])
        page.evaluate("window.neverReloaded = true")
        expect(page.locator("html[data-connection=live]")).to_be_attached()
    write(left, KEPT, level="meso")
    write(right, ANSWERED, level="micro")
    press(left, "Bewaar")
    press(right, "Bewaar")
    since = time.monotonic()
    expect(said(right, KEPT)).to_be_visible(timeout=5000)
    expect(said(left, ANSWERED)).to_be_visible(timeout=5000)
    story.measured.append(f"two at once, both seen after {time.monotonic() - since:.2f} s")
    for writer, reader, words in ((left, right, "Dat herken ik."), (right, left, "Ik ook, elke week.")):
        write(writer, words)
        press(writer, "Bewaar")
        since = time.monotonic()
        expect(said(reader, words)).to_be_visible(timeout=5000)
        story.measured.append(f"seen by the other after {time.monotonic() - since:.2f} s")
    for page in (left, right):
        assert page.evaluate("window.neverReloaded"), "the page was asked again as a whole"
    expect(said(left, KEPT)).to_contain_text("van jou")
    expect(said(left, ANSWERED)).not_to_contain_text("van jou")
    story.look(left, "room-live")
    follow(left, "Deel in op plus en min")
    story.look(left, "room-by-tone")


def the_others_write(story: Story) -> None:
    """Everybody else writes too, each with their own link; a note-taker types in what stood on paper."""
    for theme in THEMES:
        writers = story.sits[theme][2:]
        for place, words in enumerate(SAID[theme]):
            _send(
                story,
                writers[place % len(writers)],
                theme,
                words,
                level=("meso", "macro", "micro")[place % 3],
            )
    _send(story, story.sits[PAPER][0], PAPER, OTHER_VOICE, level="micro")
    bram = story.people[list(CREW)[1]]
    bram.goto(story.rooms[PAPER])
    for words in (*SAID[PAPER], OTHER_VOICE):
        expect(said(bram, words)).to_be_visible()
    follow(bram, "Papieren kaarten overtypen")
    field(bram, "De kaarten").fill("Eén loket helpt\nZet de vragen die je al kent er alvast")
    story.look(bram, "cards")
    press(bram, "Bewaar alle kaarten")
    expect(said(bram, "Eén loket helpt")).to_contain_text("papieren kaart")
    story.look(bram, "room-crew")


def change_words(story: Story) -> None:
    """Own words are changed and taken back; nobody touches another's."""
    left, right = _two(story)
    left.goto(story.rooms[TRUST])
    expect(said(left, ANSWERED).get_by_role("link", name=re.compile("Wijzig"))).to_have_count(0)
    contribute(left, "Dit trek ik straks weer in.")
    said(left, "Dat herken ik.").get_by_role("link", name=re.compile("Wijzig")).click()
    story.look(left, "edit")
    field(left, "Wat wil je zeggen?").fill("Dat herken ik, en ik werk hier al twintig jaar.")
    press(left, "Bewaren")
    expect(said(left, "twintig jaar")).to_contain_text("gewijzigd")
    said(left, "Dit trek ik straks").get_by_role("link", name=re.compile("Trek in")).click()
    story.look(left, "withdraw")
    press(left, "Ja, trek in")
    told(left, "Ingetrokken.")
    expect(right.get_by_role("main")).to_contain_text("De schrijver heeft het ingetrokken")
    expect(right.get_by_role("main")).not_to_contain_text("Dit trek ik straks")
    said(right, ANSWERED).get_by_role("link", name=re.compile("Kernwoorden")).click()
    field(right, "Kernwoorden").fill("koffie drinken samen")
    press(right, "Bewaren")
    expect(right.get_by_role("main")).to_contain_text("staat niet letterlijk in de inbreng")
    field(right, "Kernwoorden").fill(MARKED)
    story.look(right, "mark")
    press(right, "Bewaren")
    expect(said(right, ANSWERED).get_by_role("strong")).to_have_text(MARKED)


def hide_what_harms(story: Story) -> None:
    """The facilitator hides words that harm somebody; their author, and nobody else, reads why."""
    left, right = _two(story)
    harmful = "Guido van de balie is gewoon lui."
    right.goto(story.rooms[TRUST])
    contribute(right, harmful)
    femke = story.people[next(iter(CREW))]
    femke.goto(story.rooms[TRUST])
    said(femke, harmful).get_by_role("link", name=re.compile("Verberg")).click()
    field(femke, "Waarom verberg je dit?").fill(HIDE_REASON)
    story.look(femke, "hide")
    press(femke, "Verbergen")
    told(femke, "Verborgen.")
    expect(right.get_by_role("main")).to_contain_text(HIDE_REASON)
    left.goto(story.rooms[TRUST])
    expect(left.get_by_role("main")).to_contain_text("De gespreksleider heeft het verborgen")
    for secret in (harmful, HIDE_REASON):
        expect(left.get_by_role("main")).not_to_contain_text(secret)


def harvest(story: Story) -> None:
    """Each room words its harvest, reads it back and signs it off; an open remark has to be dealt with first."""
    go_to_step(story, "De oogst van de kamer")
    for (name, theme), essence in zip(
        zip(CREW, THEMES, strict=True),
        ("Eerst kennen, dan vertrouwen.", "Vraag niets wat je al weet."),
        strict=True,
    ):
        lead = story.people[name]
        lead.goto(story.rooms[theme])
        field(lead, "Waarom koos de kamer dit thema?").fill("Iedereen loopt ertegenaan, elke week.")
        field(lead, "Wat is de essentie?").fill(essence)
        press(lead, "Bewaar de oogst")
        told(lead, "De oogst is bewaard.")
        press(lead, "Laat de kamer nalezen")
        told(lead, "De kamer kan de oogst nu nalezen.")
        story.look(lead, "harvest-offered")
        story.told[f"essence {theme}"] = essence
    left, right = _two(story)
    for page, agrees in ((left, True), (right, False)):
        page.goto(story.rooms[TRUST])
        if agrees:
            story.look(page, "harvest-read-back")
        choose(page, "Ja, het klopt" if agrees else "Nee, er mist iets")
        if not agrees:
            field(page, "Wat mist er of klopt niet?").fill("Dat het ook tijd kost.")
        press(page, "Verstuur")
        told(page, "Dank je wel, dat is bewaard.")
    for name, theme in zip(CREW, THEMES, strict=True):
        _sign(story, story.people[name], theme)
    expect(left.get_by_role("main")).to_contain_text("Vastgesteld door de kamer")  # live


def together_again(story: Story) -> None:
    """The rooms tell each other what they harvested, and everybody closes with one thought."""
    go_to_step(story, "Weer samen")
    left, _right = _two(story)
    left.goto(story.address("oogst/"))
    for theme in THEMES:
        expect(left.get_by_role("main")).to_contain_text(story.told[f"essence {theme}"])
    story.look(left, "harvests")
    go_to_step(story, "Afronden")
    left.goto(story.rooms[TRUST])
    contribute(left, "Ik ga morgen iemand bellen in plaats van mailen.")
    go_to_step(story, "Betekenis geven")


def write(page: Page, words: str, *, level: str = "") -> None:
    """Type a contribution, without sending it."""
    field(page, "Wat wil je zeggen?").fill(words)
    if level:
        choose(page, LEVELS[level])


def contribute(page: Page, words: str, *, level: str = "") -> None:
    """Write something in the room and see it stand on the board."""
    write(page, words, level=level)
    press(page, "Bewaar")
    expect(said(page, words)).to_be_visible()


def said(page: Page, words: str) -> Locator:
    """The contribution with these words, on the board of the page."""
    return page.get_by_role("main").get_by_role("article").filter(has_text=words)


def _two(story: Story) -> tuple[Page, Page]:
    left, right = story.sits[TRUST][:2]
    return story.guests[left].page, story.guests[right].page


def _send(story: Story, name: str, theme: str, words: str, *, level: str) -> None:
    room = story.rooms[theme]
    post = PlainBrowser(story.guests[name].page.context)
    after = post.send(room, {"text": words, "level": level}, to=f"{room}inbreng/")
    assert words in after, f"{name}: {words}"


def _sign(story: Story, lead: Page, theme: str) -> None:
    lead.goto(story.rooms[theme])
    if theme == TRUST:
        expect(lead.get_by_role("main")).to_contain_text("Dat het ook tijd kost.")
        story.look(lead, "harvest-remark")
        press(lead, "Stel de oogst vast")
        expect(lead.get_by_role("main")).not_to_contain_text("De oogst is vastgesteld.")
        press(lead, "Dit is besproken")
    press(lead, "Stel de oogst vast")
    told(lead, "De oogst is vastgesteld.")
    story.look(lead, "harvest-signed")
