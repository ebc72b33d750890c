"""A browser for tests: how it is started, which screens it has, and axe on a page."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Page

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
