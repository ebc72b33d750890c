"""What one chapter leaves for the next: the house, the browsers of its people, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Page

from journeys.browser import Devices, Eyes
from journeys.installation import Installation

TITLE = "Samen bouwen aan de wijk"
THEMES = ("Vertrouwen in elkaar", "Minder papier")


@dataclass
class Guest:
    """Somebody who takes part: their browser and their own link."""

    name: str
    email: str
    page: Page
    link: str = ""


@dataclass
class Story:
    """The state of the walk. ``broken`` names the chapter that failed."""

    house: Installation
    devices: Devices
    look: Eyes
    broken: str = ""
    slug: str = ""
    guests: dict[str, Guest] = field(default_factory=dict)
    rooms: dict[str, str] = field(default_factory=dict)  # theme → address of its room
    sits: dict[str, list[str]] = field(default_factory=dict)  # theme → names of those in its room
    people: dict[str, Page] = field(default_factory=dict)  # who signs in, or sits at the desk → their browser
    told: dict[str, str] = field(default_factory=dict)  # words said earlier, to find back later
    measured: list[str] = field(default_factory=list)  # what a clock said on the way; told, never asserted

    @property
    def organiser(self) -> Page:
        return self.people["organiser"]

    def address(self, page: str = "") -> str:
        """A page of the gathering."""
        return f"/b/{self.slug}/{page}"

    def manage(self, tab: str) -> Page:
        """The organiser goes to one of the pages of their gathering, by its tab."""
        page = self.organiser
        page.goto(self.address("beheer/"))
        tabs = page.get_by_role("navigation", name="Beheer van de bijeenkomst")
        tabs.get_by_role("link", name=tab, exact=True).click()
        return page
