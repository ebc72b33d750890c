"""With the keyboard alone: skip to the content, move somebody to another room, say something; focus always shows."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from journeys.browser import DESK
from journeys.scene import Scene
from journeys.walking import field, told

pytestmark = pytest.mark.browser

# What changes in the look of the focused element, or of the card or label around it, when the focus goes and comes back.
_SHOWS = """() => {
  const here = document.activeElement;
  const around = [here, here.parentElement, here.closest('.wk-option, .wk-card'), ...(here.labels ?? [])].filter(Boolean);
  const look = () => around.map((each) => {
    const style = getComputedStyle(each);
    const outline = style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth);
    return [outline >= 2, style.boxShadow, style.backgroundColor].join();
  }).join();
  const box = here.getBoundingClientRect();
  const seen = box.width > 0 && box.bottom > 0 && box.top < innerHeight;
  const focused = look();
  here.blur();
  const plain = look();
  here.focus({focusVisible: true});
  return {what: here.outerHTML.slice(0, 200), shows: seen && focused !== plain};
}"""


def test_the_skip_link_leads_to_the_content(device, scene: Scene) -> None:
    page = device(DESK)
    page.goto(scene.address())
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Naar de inhoud")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_somebody_is_moved_to_another_room(device, scene: Scene) -> None:
    """From the top of the seating page, with Tab, letters, Enter: no mouse and no dragging."""
    scene.stand_at("allocate")
    page = scene.organiser(device(DESK))
    page.goto(scene.address("beheer/indeling/"))
    _walk_to(page, page.get_by_role("searchbox", name="Zoek iemand op naam"))
    page.keyboard.type("Anna")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("zoek=Anna"))
    _walk_to(page, page.get_by_role("link", name="Andere plek voor Anna").first)
    page.keyboard.press("Enter")
    prices = page.get_by_role("heading", name="Een andere plek voor Anna")
    expect(prices).to_be_focused()
    expect(page.locator("#andere-plek").get_by_role("row", name="Kamer 3")).to_contain_text("wordt")
    _walk_to(page, page.get_by_role("button", name="Verplaats Anna naar Kamer 3"))
    page.keyboard.press("Enter")
    told(page, re.compile("Anna.*Kamer 3"))


def test_a_contribution_is_made(device, scene: Scene) -> None:
    scene.stand_at("room")
    page = scene.open_room(device(DESK), 1)
    _walk_to(page, field(page, "Wat wil je zeggen?"))
    page.keyboard.type("Met tien vingers gezegd.")
    _walk_to(page, page.get_by_role("radio", name="jij zelf"), group=True)
    page.keyboard.press("Space")
    _walk_to(page, page.get_by_role("button", name="Bewaar", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("article").filter(has_text="Met tien vingers gezegd.")).to_be_visible()


def _walk_to(page: Page, target, *, group: bool = False) -> None:
    """Press Tab until ``target`` has the focus; on every stop the focus can be seen."""
    for _ in range(150):
        page.keyboard.press("Tab")
        stop = page.evaluate(_SHOWS)
        assert stop["shows"], f"the focus cannot be seen on {stop['what']}"
        if target.evaluate("element => element === document.activeElement"):
            return
        if group and target.evaluate("element => element.name === document.activeElement.name"):
            while not target.evaluate("element => element === document.activeElement"):
                page.keyboard.press("ArrowDown")  # inside a group of radio buttons the arrows move
            return
    raise AssertionError("150 times Tab did not lead there")
