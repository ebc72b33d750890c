"""A browser for tests: how it is started, which screens it has, and how a page is looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@dataclass
class Auditor:
    """Callable on a page; remembers which addresses it has seen."""

    axe: str
    seen: list[str] = field(default_factory=list)

    def __call__(self, page: Page) -> None:
        self.seen.append(page.url)
        page.evaluate(self.axe)  # outside the page's own content policy, which would rightly refuse a script
        found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)["violations"]
        told = [
            f"{v['id']} ({v['impact']}): {v['help']}\n  " + "\n  ".join(n["html"] for n in v["nodes"])
            for v in found
        ]
        assert not told, f"{page.url}\n" + "\n".join(told)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{page.url} is {wider} px wider than the screen"


@dataclass
class Eyes:
    """Look at a page as it is: on a phone and at a desk, axe on both, and a picture of each in ``pictures``."""

    audit: Auditor
    pictures: Path
    count: int = 0

    def __call__(self, page: Page, name: str) -> None:
        before = page.viewport_size
        self.count += 1
        for label, size in (("phone", PHONE), ("desk", DESK)):
            page.set_viewport_size(size)
            page.screenshot(path=self.pictures / f"{self.count:02}-{name}-{label}.png", full_page=True)
            self.audit(page)
        if before is not None:
            page.set_viewport_size(before)


@dataclass
class Devices:
    """Opens fresh browsers, each with a memory of its own, and keeps what their pages complain about."""

    chromium: Browser
    address: str
    contexts: list[BrowserContext] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    expected: re.Pattern[str] = re.compile(r"status of 4\d\d")  # a page refused on purpose is told here too

    def open(self, size: dict[str, int] = DESK, **options: object) -> Page:
        """A page in a browser that has never been here."""
        context = self.chromium.new_context(
            base_url=self.address, viewport=size, locale="nl-NL", timezone_id="Europe/Brussels", **options
        )
        context.set_default_timeout(10_000)
        context.set_default_navigation_timeout(30_000)
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda said: self._hear(page, said))
        return page

    def close(self) -> None:
        """Close all of them."""
        for context in self.contexts:
            context.close()

    def _hear(self, page: Page, said: ConsoleMessage) -> None:
        if said.type == "error" and not self.expected.search(said.text):
            self.complaints.append(f"{page.url}: {said.text}")
