"""What a walk through the application needs: a running house, a real Chromium, and axe."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from journeys.browser import DESK, FLAGS, Auditor
from journeys.installation import ROOT, Installation, running


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One running installation for all journeys; each makes a gathering of its own in it."""
    with running(tmp_path_factory.mktemp("house")) as installation:
        yield installation


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real browser. When there is none the journeys fail: leaving them out is a decision, not an accident."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    path = os.environ.get("WEERKLANK_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    assert path, "no Chromium found: run ./weerklank test, which installs it if it may"
    # The driver that comes along needs a system library that a bare machine lacks; our own node does not.
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", shutil.which("node") or "node")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def device(chromium: Browser, house: Installation) -> Iterator[Callable[..., Page]]:
    """``device(PHONE)``: a fresh browser with a memory of its own. What a page complains about fails the test."""
    contexts, complaints = [], []

    def open_device(size: dict[str, int] = DESK, **options: object) -> Page:
        context = chromium.new_context(base_url=house.address, viewport=size, locale="nl-NL", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda said: complaints.append(f"{page.url}: {said.text}") if is_complaint(said) else None,
        )
        return page

    def is_complaint(said: object) -> bool:
        # A refused page (403, 404) is reported by the browser too; tests ask for such pages on purpose.
        return said.type == "error" and "status of 4" not in said.text

    yield open_device
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def audit() -> Auditor:
    """``audit(page)``: no violation of WCAG 2.2 A and AA that axe can find."""
    return Auditor((ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text())


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where screenshots of journeys go."""
    return tmp_path_factory.mktemp("pictures")
