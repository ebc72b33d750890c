"""What people do again and again: press, read their mail, sign in, register.

Things are found as a person finds them: by their role and visible name.
"""

from __future__ import annotations

import re
import time
from email.message import EmailMessage

from playwright.sync_api import BrowserContext, Locator, Page, expect

from journeys.installation import Installation

_ADDRESS = re.compile(r"https?://\S+")
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')
PATIENCE = 10_000  # milliseconds that a slow machine may take; never a promise to users


def press(page: Page | Locator, name: str | re.Pattern[str], *, exact: bool = True, nth: int = 0) -> None:
    """Press the button with this name."""
    page.get_by_role("button", name=name, exact=exact).nth(nth).click()


def follow(page: Page, name: str | re.Pattern[str], *, exact: bool = True) -> None:
    """Follow the first link with this name inside the page."""
    page.get_by_role("main").get_by_role("link", name=name, exact=exact).first.click()


def field(page: Page | Locator, label: str) -> Locator:
    """The field with this label, whether or not it adds that it may stay empty."""
    label_text = re.compile(rf"^\s*{re.escape(label)}\s*(\(hoeft niet\))?\s*$")
    return page.get_by_label(label_text).and_(page.locator("input, textarea, select")).first


def choose(page: Page | Locator, name: str | re.Pattern[str]) -> None:
    """Choose the radio button or checkbox with this name, by pressing it or the card around it."""
    role = page.get_by_role("radio", name=name).or_(page.get_by_role("checkbox", name=name))
    role.first.check(force=True)  # the whole card is its label, and lies over it


def told(page: Page, words: str | re.Pattern[str]) -> None:
    """The page says so."""
    expect(page.get_by_role("main").get_by_text(words).first).to_be_visible(timeout=PATIENCE)


def words_of(letter: EmailMessage) -> str:
    """The text of a letter."""
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def link_in(letter: EmailMessage, *, containing: str) -> str:
    """The address in a letter that has this in it."""
    found = [address for address in _ADDRESS.findall(words_of(letter)) if containing in address]
    assert found, f"no address with {containing!r} in the letter «{letter['subject']}»:\n{words_of(letter)}"
    return found[0]


def newest_letter(house: Installation, *, to: str, containing: str) -> EmailMessage:
    """The newest letter to this address that holds such an address; waits a little for the outbox."""
    deadline = time.monotonic() + 10
    while True:
        letters = [letter for letter in house.letters(to=to) if containing in words_of(letter)]
        if letters:
            return letters[-1]
        assert time.monotonic() < deadline, f"no letter to {to} with {containing!r}"
        time.sleep(0.1)


def sign_in(house: Installation, page: Page, email: str) -> None:
    """Ask for a link, read the mail, open it, press the button."""
    page.goto("/inloggen/")
    field(page, "Je e-mailadres").fill(email)
    press(page, "Stuur mij een link")
    expect(page.get_by_role("heading", name="Kijk in je mail")).to_be_visible()
    page.goto(link_in(newest_letter(house, to=email, containing="/inloggen/"), containing="/inloggen/"))
    press(page, "Log in")
    expect(page).not_to_have_url(re.compile("/inloggen/"))


class PlainBrowser:
    """Forms sent over plain HTTP, for the eighth person who does what was walked through with a browser before."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context

    def send(self, address: str, fields: dict[str, str], *, to: str = "") -> str:
        """Open the page, send its form with these fields (to ``to`` when the form goes elsewhere); the page after."""
        page = self.context.request.get(address)
        assert page.ok, f"{address}: {page.status}"
        hidden = {name: value for name, value in _HIDDEN.findall(page.text()) if name != "next"}
        answer = self.context.request.post(to or address, form={**hidden, **fields})
        assert answer.ok, f"{address}: {answer.status}\n{answer.text()[:2000]}"
        return answer.text()
