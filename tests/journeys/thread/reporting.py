"""Chapter 9: the worker makes the report; every file is opened; then all get it at one moment (W10, W14, W15)."""

from __future__ import annotations

import io
import re

import docx
from playwright.sync_api import Page, expect

from journeys.thread import opening
from journeys.thread.arriving import go_to_step
from journeys.thread.making_sense import DISSENT, INSIGHT, MESSAGE, OBJECTION, SECOND
from journeys.thread.story import THEMES, TITLE, Story
from journeys.thread.talking import ANSWERED, KEPT, OTHER_VOICE, SAID
from journeys.walking import press, told

FORMATS = ("html", "pdf", "docx", "pptx", "md", "json")

VERIFY = """
import dataclasses, json, sys
from pathlib import Path
from weerklank.evidence import verify_evidence
from weerklank_web.gatherings.models import Gathering
from weerklank_web.reports.bridge.facts import facts_of
from weerklank_web.reports.queries.collect import collect
gathering = Gathering.objects.get(slug="{slug}")
said = facts_of(collect(gathering, language="nl", edition=1)).contributions()
evidence = json.loads(Path("{path}").read_text())
holds = verify_evidence(evidence, said)
changed = [dataclasses.replace(one, text=one.text + " Of niet.") for one in said]
broken = verify_evidence(evidence, changed)
print(json.dumps({{"said": len(said), "holds": [str(f) for f in holds], "broken": len(broken)}}))
"""


def make_a_report(story: Story) -> None:
    """The organiser asks; the worker makes it while the page waits by itself."""
    page = story.manage("Verslag")
    story.look(page, "report-none")
    press(page, "Maak een verslag")
    expect(page.get_by_role("main").get_by_role("link", name=re.compile("Pdf"))).to_be_visible(timeout=90_000)
    expect(page.get_by_role("main")).to_contain_text("alleen voor jullie")
    story.look(page, "report-made")


def open_every_file(story: Story) -> None:
    """The same words and numbers everywhere, open to a screen reader, and every sentence follows from its sources."""
    page = story.organiser
    files = _files(story, page)
    reader = story.devices.open()
    texts = {
        "html": _html(story, reader, files["html"]),
        "md": opening.words_in_markdown(reader, files["md"]),
        "docx": opening.words_in_word(files["docx"]),
        "pdf": opening.words_in_pdf(files["pdf"]),
    }
    opening.assert_same_numbers(texts)
    said = [words for theme in THEMES for words in SAID[theme]]
    worded = [
        INSIGHT,
        DISSENT,
        MESSAGE,
        SECOND,
        OBJECTION,
        *(story.told[f"essence {theme}"] for theme in THEMES),
    ]
    opening.assert_says(texts, [TITLE, KEPT, ANSWERED, OTHER_VOICE, *said, *worded])
    for gone in ("Dit trek ik straks weer in", "Guido van de balie", "@guest.example"):
        for name, text in texts.items():
            assert gone not in text, (gone, name)
    opening.assert_open_to_everybody(files["pdf"], title=TITLE, language="nl")
    _inspect_word(files["docx"])
    _inspect_slides(files["pptx"], texts["html"])
    _verify(story, files["json"])


def offer_it(story: Story) -> None:
    """Nobody else sees it before; then recipient and participants get the same files at the same moment."""
    guest = story.guests[story.sits[THEMES[0]][0]].page
    guest.goto(story.address("verslag/"))
    told(guest, "Er is nog geen verslag aangeboden")
    story.look(guest, "report-not-yet")
    page = story.manage("Verslag")
    press(page, "Bied deze uitgave aan")
    expect(page.get_by_role("main")).to_contain_text("Wie kreeg het, en wanneer")
    story.look(page, "report-offered")
    guest.reload()
    expect(guest.get_by_role("main").get_by_role("link", name=re.compile("Pdf"))).to_be_visible()
    story.look(guest, "report-shared")
    stranger = story.devices.open()
    refused = stranger.goto(story.address("verslag/"))
    assert refused is not None
    assert refused.status == 403
    go_to_step(story, "Het antwoord")


def _files(story: Story, page: Page) -> dict[str, bytes]:
    """Every file that the page offers, by its ending."""
    found: dict[str, bytes] = {}
    links = page.get_by_role("main").get_by_role(
        "link", name=re.compile("Webpagina|Pdf|Word|Presentatie|tekst|Bewijs")
    )
    for link in links.all():
        address = link.get_attribute("href") or ""
        answer = page.request.get(address)
        assert answer.ok, address
        ending = address.rsplit(".", 1)[1]
        found[ending] = answer.body()
        story.told[f"file {ending}"] = address
    assert sorted(found) == sorted(FORMATS)
    return found


def _html(story: Story, reader: Page, content: bytes) -> str:
    """The page stands alone: kept as a file it reads the same, on a phone and at a desk.

    From our own address it comes in a sandbox without any script, so axe cannot look at it there.
    """
    shown = story.organiser.context.new_page()
    shown.goto(story.told["file html"])
    text = shown.locator("body").inner_text()
    shown.close()
    kept = story.house.data / "kept.html"
    kept.write_bytes(content)
    reader.goto(kept.as_uri())
    assert reader.locator("html").get_attribute("lang") == "nl"
    assert reader.locator("body").inner_text() == text
    story.look(reader, "report-html")
    # A picture says what the table beside it says; the table is what counts.
    without = (
        "body => { body.querySelectorAll('.picture').forEach(one => one.remove()); return body.innerText }"
    )
    return str(reader.locator("body").evaluate(without))


def _inspect_word(content: bytes) -> None:
    document = docx.Document(io.BytesIO(content))
    assert document.core_properties.title.startswith(TITLE)
    assert document.core_properties.language.startswith("nl")
    styles = {paragraph.style.name for paragraph in document.paragraphs if paragraph.style is not None}
    assert {"Heading 1", "Heading 2"} <= styles, styles


def _inspect_slides(content: bytes, report: str) -> None:
    """Each slide has a title; its points name paragraphs that the report has, and say no number of their own."""
    slides = opening.slides_in(content)
    assert all(title.strip() for title, _words in slides), slides
    assert TITLE in slides[0][1]
    numbers = opening.numbers_by_paragraph(report)
    named = [number for _title, words in slides for number in opening.paragraphs_named(words)]
    assert named, "no slide names a paragraph"
    assert set(named) <= numbers.keys()
    everything = "\n".join(words for _title, words in slides)
    figures = set(opening.numbers_in(everything)) - set(named)
    assert figures <= set(opening.numbers_in(report)), figures
    for words in (MESSAGE, SECOND):
        assert opening.without_space(words) in opening.without_space(everything)


def _verify(story: Story, content: bytes) -> None:
    """evidence.json holds against what is in the database, and no longer when somebody's words are changed."""
    path = story.house.data / "evidence.json"
    path.write_bytes(content)
    answer = story.house.ask(VERIFY.format(slug=story.slug, path=path))
    assert answer["holds"] == []
    assert answer["said"] >= len(SAID[THEMES[0]]) + len(SAID[THEMES[1]])
    assert answer["broken"] > 0
