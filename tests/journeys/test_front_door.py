"""The first thing anybody sees, on a phone and at a desk, and what travels along with it."""

from __future__ import annotations

import pytest

from journeys.browser import DESK, PHONE

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_front_page_is_in_order(device, audit, size) -> None:
    page = device(size)
    answer = page.goto("/")
    assert answer.status == 200
    audit(page)
    assert page.locator("html").get_attribute("lang") == "nl"
    assert page.locator("h1").count() == 1


def test_the_page_looks_as_designed(device, house) -> None:
    """The theme, the components and the typeface really arrive, from our own address only."""
    page = device(DESK)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    font = page.evaluate(
        "document.fonts.ready.then(() => [...document.fonts].filter(f => f.status == 'loaded').map(f => f.family))"
    )
    assert any("Noto Sans" in family for family in font)
    assert page.evaluate(
        "getComputedStyle(document.documentElement).getPropertyValue('--basis-color-action-1-color-default')"
    )
    assert [url for url in asked if not url.startswith((house.address, "data:"))] == []
