"""What a walk through the application needs: a running house, a real Chromium, and axe."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from journeys.browser import FLAGS, Auditor, Devices, Eyes
from journeys.installation import ROOT, Installation, running
from journeys.scene import Scene

expect.set_options(timeout=10_000)  # what a busy machine may take; no promise to users


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One running installation for all journeys; each makes a gathering of its own in it."""
    with running(tmp_path_factory.mktemp("house")) as installation:
        yield installation


@pytest.fixture(scope="session")
def scene(house: Installation) -> Scene:
    """One gathering with its cast, shared by the journeys that begin in the middle; each puts it where it needs it."""
    return Scene.made_in(house, "op-toneel")


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
def devices(chromium: Browser, house: Installation) -> Iterator[Devices]:
    """Browsers for one test. What a page complains about fails the test."""
    devices = Devices(chromium, house.address)
    yield devices
    devices.close()
    assert devices.complaints == []


@pytest.fixture
def device(devices: Devices) -> Callable[..., Page]:
    """``device(PHONE)``: a fresh browser with a memory of its own."""
    return devices.open


@pytest.fixture(scope="session")
def audit() -> Auditor:
    """``audit(page)``: no violation of WCAG 2.2 A and AA that axe can find."""
    return Auditor((ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text())


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where screenshots of journeys go."""
    return tmp_path_factory.mktemp("pictures")


@pytest.fixture(scope="session")
def look(audit: Auditor, pictures: Path) -> Eyes:
    """``look(page, "name")``: axe and a picture, on a phone and at a desk."""
    return Eyes(audit, pictures)
