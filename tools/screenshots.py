"""Take the pictures of the handbook, the tour and the README anew.

    python tools/screenshots.py                  all of them, in a few minutes
    python tools/screenshots.py bureau deur      only those that have one of these words in their name
    python tools/screenshots.py --data FOLDER    keep the installation there, so that the next time is quicker

It starts an installation of its own as the journeys do, plays the demonstration, and walks through it with Chromium as
the roles would. Nobody has to have one running, and nothing of yours is touched. Dates in the pictures are those of
today's demonstration.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, StorageState, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
os.environ["PYTHONPATH"] = str(ROOT / "src")  # for the processes of the installation

from journeys.browser import FLAGS  # noqa: E402 - after the path, so that no installing is needed
from journeys.installation import Installation, running  # noqa: E402

HANDBOOK, IMAGES = ROOT / "docs" / "handleiding" / "beeld", ROOT / "docs" / "images"
PHONE, DESK = {"width": 390, "height": 660}, {"width": 1120, "height": 760}
HEAVIEST = 150_000  # bytes: a page of the handbook must open on a bad connection
DEMO, REHEARSAL = "naast-het-vakje", "oefenkamer"


@dataclass
class Camera:
    """Takes the wanted pictures; ``seen`` and ``taken`` are the names of all and of those that were taken."""

    wanted: list[str]
    seen: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)

    def __call__(
        self, page: Page, name: str, *, at: Locator | None = None, folder: Path = HANDBOOK, above: int = 16
    ) -> None:
        """The screen as it stands, or scrolled so that ``at`` stands at the top."""
        self.seen.append(name)
        if self.wanted and not any(word in name for word in self.wanted):
            return
        page.evaluate("document.fonts.ready")
        page.evaluate("document.activeElement?.blur()")
        if at is None:
            page.evaluate("scrollTo(0, 0)")
        else:
            at.evaluate("(it, above) => scrollTo(0, it.getBoundingClientRect().top + scrollY - above)", above)
        page.wait_for_timeout(300)
        folder.mkdir(parents=True, exist_ok=True)
        small = reduced(page.screenshot(animations="disabled", caret="hide"))
        if len(small) > HEAVIEST:
            raise SystemExit(f"{name}.png would weigh {len(small)} bytes: choose a smaller piece of the page")
        (folder / f"{name}.png").write_bytes(small)
        self.taken.append(name)


def reduced(png: bytes) -> bytes:
    """The same picture with a palette of at most 128 colours: a third of the weight, no visible loss on pages."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    flat = picture.quantize(colors=128, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    out = io.BytesIO()
    flat.save(out, "PNG", optimize=True)
    return out.getvalue()


@dataclass
class Visit:
    """The installation with the demonstration in it, and a browser of their own for everybody.

    ``doors`` are the links that the demonstration printed. Some open once, so a browser that came in is remembered.
    """

    house: Installation
    chromium: Browser
    doors: dict[str, str]
    camera: Camera
    remembered: dict[str, StorageState] = field(default_factory=dict)

    @contextmanager
    def device(self, size: dict[str, int], *, door: str = "") -> Iterator[Page]:
        """A page for a stranger, or for whoever comes in by this door."""
        context = self.chromium.new_context(
            storage_state=self.remembered.get(door),
            base_url=self.house.address,
            viewport=size,
            locale="nl-NL",
            timezone_id="Europe/Brussels",
            reduced_motion="reduce",
        )
        context.set_default_timeout(20_000)
        page = context.new_page()
        if door and door not in self.remembered:
            page.goto(self.doors[door])
            if "/inloggen/" in page.url:
                press(page, "Log in")
                page.wait_for_url("**/mijn/")
            self.remembered[door] = context.storage_state()
        yield page
        context.close()


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).first.click()


def heading(page: Page, name: str | re.Pattern[str]) -> Locator:
    return page.get_by_role("heading", name=name, exact=True).first


def at_step(visit: Visit, title: str) -> None:
    """Put the rehearsal at this step, forward or back, as its organiser."""
    with visit.device(DESK, door="Organisator") as page:
        page.goto(f"/b/{REHEARSAL}/beheer/stappen/")
        for other in page.locator("details:not([open]) > summary").all():
            other.click()
        there = page.get_by_role("main").get_by_role("link", name=title, exact=True)
        if not there.count():
            return  # that is where it stands already
        there.click()
        if page.get_by_label("Waarom?").count():
            page.get_by_label("Waarom?").fill("Om een schermafbeelding te maken.")
        press(page, f"Ga naar «{title}»")
        page.wait_for_url("**/stappen/")


# --- what is photographed, a role at a time -----------------------------------------------------------


def rooms(visit: Visit) -> None:
    """The rehearsal room stands open: participant, facilitator, and what happens to harmful words."""
    shoot = visit.camera
    at_step(visit, "In gesprek")
    with visit.device(PHONE, door="Oefenkamer, venster 1") as page:
        page.goto(f"/b/{REHEARSAL}/ik/")
        page.get_by_role("main").get_by_role("link", name="Linde").click()
        shoot(page, "deelnemer-kamer", at=heading(page, "Jouw inbreng"))
        page.get_by_label("Wat wil je zeggen?").fill("Begin op tijd, dan stop je ook op tijd.")
        page.get_by_role("radio", name="je team of organisatie").check(force=True)
        press(page, "Bewaar")
        page.locator(".wk-words--mine").first.wait_for()
        shoot(page, "deelnemer-bord", at=page.locator(".wk-words--mine").first, above=120)
        shoot(page, "kamer-telefoon", at=heading(page, "Voor team en organisatie"), folder=IMAGES)
    with visit.device(DESK, door="Gespreksleider") as page:
        page.goto("/mijn/")
        shoot(page, "gespreksleider-overzicht")
        page.goto(f"/b/{REHEARSAL}/kamer/" + _room_address(page))
        shoot(page, "gespreksleider-kamer")
        shoot(page, "gespreksleider-bord", at=heading(page, "Wat de kamer zegt"))
        page.get_by_role("link", name=re.compile("^Verberg")).first.click()
        shoot(page, "gespreksleider-verbergen")
        page.go_back()
        page.get_by_role("link", name="Papieren kaarten overtypen").click()
        page.get_by_label("De kaarten").fill(
            "Vrijdagmiddag geen overleg meer.\nEerst een kwartier lezen, dan pas praten.\nWie notuleert er eigenlijk?"
        )
        shoot(page, "verslaglegger-kaarten")


def _room_address(page: Page) -> str:
    page.goto("/mijn/")
    href = page.get_by_role("main").locator(f'a[href*="/b/{REHEARSAL}/kamer/"]').first.get_attribute("href")
    return str(href).split("/kamer/")[1]


def harvest(visit: Visit) -> None:
    """The room writes down its essence, reads it back, and signs it off."""
    shoot = visit.camera
    at_step(visit, "De oogst van de kamer")
    with visit.device(DESK, door="Gespreksleider") as page:
        page.goto(f"/b/{REHEARSAL}/kamer/" + _room_address(page))
        page.get_by_label("Waarom koos de kamer dit thema?").fill(
            "Iedereen kent een overleg waarvan niemand meer weet waarom het er is."
        )
        page.get_by_label("Wat is de essentie?").fill(
            "Zeg vooraf waarover je beslist, of ga niet vergaderen."
        )
        shoot(page, "gespreksleider-oogst", at=heading(page, "Begeleiden"), above=40)
        press(page, "Bewaar de oogst")
        if page.get_by_role(
            "button", name="Laat de kamer nalezen"
        ).count():  # a kept installation asked before
            press(page, "Laat de kamer nalezen")
        page.get_by_role("button", name="Stel de oogst vast").wait_for()
    with visit.device(PHONE, door="Oefenkamer, venster 1") as page:
        page.goto(f"/b/{REHEARSAL}/ik/")
        page.get_by_role("main").get_by_role("link", name="Linde").click()
        shoot(page, "deelnemer-oogst", at=heading(page, "De oogst van deze kamer"))


def read_back(visit: Visit) -> None:
    """One message on the bench, ready; then a participant reads it back."""
    shoot = visit.camera
    at_step(visit, "Betekenis geven")
    with visit.device(DESK, door="Organisator") as page:
        page.goto(f"/b/{REHEARSAL}/duiden/")
        for each in (
            page.locator("details:not([open]) > summary").filter(has_text="Vergaderen met een doel").all()
        ):
            each.click()
        page.get_by_label(re.compile("^Laat wie het overleg vraagt")).check()
        press(page, "Maak een boodschap")
        page.get_by_label("De boodschap").fill("Vraag bij elk overleg vooraf één zin: waarover beslissen we?")
        page.get_by_label("Wie kan hier iets aan doen?").fill("Directies en teamleiders")
        press(page, "Bewaar")
        press(page, "Zet klaar")
    at_step(visit, "Nalezen")
    with visit.device(PHONE, door="Oefenkamer, venster 1") as page:
        page.goto(f"/b/{REHEARSAL}/nalezen/")
        shoot(page, "deelnemer-nalezen", at=heading(page, re.compile("Vraag bij elk overleg")))


def invitation(visit: Visit) -> None:
    """The way in: the public page, registering, and the door."""
    shoot = visit.camera
    with visit.device(PHONE) as page:
        page.goto(f"/b/{DEMO}/")
        shoot(page, "deelnemer-uitnodiging", at=heading(page, "Waar je aan toe bent"))
    at_step(visit, "Inschrijven")
    with visit.device(PHONE) as page:
        page.goto(f"/b/{REHEARSAL}/inschrijven/")
        page.get_by_label("Je naam of een schuilnaam").fill("Wilg")
        shoot(page, "deelnemer-inschrijven", at=page.get_by_label("Je naam of een schuilnaam"), above=120)
    at_step(visit, "Welkom")
    with visit.device(PHONE) as page:
        page.goto(f"/b/{REHEARSAL}/deur/")
        shoot(page, "deelnemer-deur", at=heading(page, re.compile("Loop binnen")))
    with visit.device(DESK, door="Organisator") as page:
        page.goto(f"/b/{REHEARSAL}/beheer/deur/")
        shoot(page, "organisator-deur")
        page.goto(f"/b/{REHEARSAL}/beheer/stappen/")
        shoot(page, "organisator-stappen", at=heading(page, re.compile("^Verder naar")))


def thread(visit: Visit) -> None:
    """What became of it, for somebody who said something."""
    shoot = visit.camera
    with visit.device(PHONE, door="Deelnemer") as page:
        page.goto(f"/b/{DEMO}/ik/")
        shoot(page, "deelnemer-mijn-pagina", at=heading(page, "De afspraak"))
        page.goto(f"/b/{DEMO}/ik/terug/")
        first = page.locator(".wk-own").filter(has=page.locator(".wk-answer")).first
        shoot(page, "deelnemer-terug", at=first)
        shoot(page, "ontvangstbewijs", at=first, folder=IMAGES)
        shoot(page, "deelnemer-antwoord", at=first.locator(".wk-answer").first, above=60)
        page.goto(f"/b/{DEMO}/ik/stappen/")
        shoot(page, "deelnemer-stappen")


def organiser(visit: Visit) -> None:
    """The organiser's pages, in the order of the tabs."""
    shoot = visit.camera
    with visit.device(DESK, door="Organisator") as page:
        page.goto(f"/b/{DEMO}/beheer/")
        shoot(page, "organisator-overzicht")
        page.goto(f"/b/{DEMO}/beheer/mandaat/")
        shoot(page, "organisator-mandaat")
        page.goto(f"/b/{DEMO}/beheer/kamers/")
        shoot(page, "organisator-kamers")
        page.goto(f"/b/{DEMO}/beheer/indeling/")
        shoot(page, "organisator-indeling", at=heading(page, "Wie kreeg welke keuze"))
        page.goto(f"/b/{DEMO}/duiden/")  # from here on somebody waits for the suggestions
        visit.house.manage("db_worker", "--batch", "--queue-name", "*")
        page.reload()
        shoot(page, "organisator-duiden", at=page.locator(".wk-bench"))
        page.get_by_role("main").locator('a[href*="/duiden/inzicht/"]').first.click()
        shoot(page, "organisator-inzicht")
        page.goto(f"/b/{DEMO}/beheer/verslag/")
        shoot(page, "organisator-verslag", at=heading(page, "Uitgaven"))
        page.goto(f"/b/{DEMO}/beheer/bureau/")
        shoot(page, "organisator-ontvanger")
        page.goto("/post/")
        shoot(page, "organisator-postkamer")


def desk(visit: Visit) -> None:
    """The recipient's one page, and what everybody sees."""
    shoot = visit.camera
    with visit.device(DESK, door="Beslisser") as page:
        page.goto(f"/b/{DEMO}/bureau/")
        shoot(page, "beslisser-bureau")
        item = page.locator(".wk-statement").filter(has=page.get_by_text("nog niet beantwoord")).first
        shoot(page, "beslisser-boodschap", at=item)
        shoot(page, "bureau", at=item, folder=IMAGES)
        item.locator("summary").filter(has_text="Bereid een antwoord voor").click()
        shoot(
            page, "beslisser-antwoord", at=item.locator("summary").filter(has_text="Bereid een antwoord voor")
        )
    with visit.device(DESK) as page:
        page.goto(f"/b/{DEMO}/antwoorden/")
        shoot(page, "beslisser-openbaar")


# Rooms first: later scenes turn the rehearsal to other steps.
SCENES = (rooms, harvest, read_back, invitation, thread, organiser, desk)


def main(words: list[str]) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", help="words in the names of the pictures to take")
    parser.add_argument("--data", type=Path, help="folder of an installation to keep")
    chosen = parser.parse_args(words)
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    path = os.environ.get("WEERKLANK_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if path is None:
        raise SystemExit("No Chromium found: ./weerklank test installs it if it may.")
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", shutil.which("node") or "node")
    camera = Camera(chosen.names)
    with tempfile.TemporaryDirectory() as fresh:
        data = chosen.data or Path(fresh)
        print("playing the demonstration …", file=sys.stderr)
        # No worker: it would forget names and wishes, as it must when a gathering is three months ago.
        with running(data, worker=False) as house, sync_playwright() as playwright:
            doors = dict(re.findall(r"^(.+?)\s+(https?://\S+)$", house.manage("demo"), re.MULTILINE))
            chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
            visit = Visit(house, chromium, doors, camera)
            for scene in SCENES:
                scene(visit)
            chromium.close()
    print(f"{len(camera.taken)} of {len(camera.seen)} pictures taken")


if __name__ == "__main__":
    main(sys.argv[1:])
