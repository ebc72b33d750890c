"""The demonstration, as ``./weerklank run`` plays it: every printed door opens on what docs/tour.md promises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from journeys.browser import DESK, PHONE, Devices
from journeys.installation import Installation, running

pytestmark = pytest.mark.browser

OVER, OPEN = "/b/naast-het-vakje/", "/b/oefenkamer/"


@dataclass
class Trial:
    """An installation in which the demonstration was played, and the doors that were printed."""

    house: Installation
    doors: dict[str, str]

    def enter(self, devices: Devices, door: str, size: dict[str, int] = DESK) -> Page:
        page = devices.open(size)
        page.goto(self.doors[door])
        if "/inloggen/" in page.url:
            page.get_by_role("button", name="Log in").click()
            expect(page).to_have_url(re.compile("/mijn/"))
        return page


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    """Without a worker: it would forget names, as it must when a gathering is three months ago."""
    with running(tmp_path_factory.mktemp("trial"), worker=False) as house:
        yield Trial(house, _printed(house))


@pytest.fixture
def devices(chromium: Browser, trial: Trial) -> Iterator[Devices]:
    devices = Devices(chromium, trial.house.address)
    yield devices
    devices.close()
    assert devices.complaints == []


def _printed(house: Installation) -> dict[str, str]:
    return dict(re.findall(r"^(.+?)\s+(https?://\S+)$", house.manage("demo"), re.MULTILINE))


def test_playing_again_keeps_what_is_there_and_prints_the_same_private_doors(trial: Trial) -> None:
    again = _printed(trial.house)
    assert list(again) == list(trial.doors)
    private = [who for who, address in trial.doors.items() if "/l/" in address]
    assert len(private) == 5
    assert [again[who] for who in private] == [trial.doors[who] for who in private]


def test_two_windows_of_the_rehearsal_see_each_other_at_once(trial: Trial, devices: Devices) -> None:
    one, two = (trial.enter(devices, f"Oefenkamer, venster {number}", PHONE) for number in (1, 2))
    for page in (one, two):
        page.goto(f"{OPEN}ik/")
        page.get_by_role("main").get_by_role("link", name="Linde").click()
    said = "Wie het overleg vraagt, brengt de koffie."
    one.get_by_label("Wat wil je zeggen?").fill(said)
    one.get_by_role("button", name="Bewaar", exact=True).click()
    theirs = two.get_by_role("article").filter(has_text=said)
    expect(theirs).to_be_visible()
    expect(theirs).not_to_contain_text("van jou")
    expect(one.get_by_role("article").filter(has_text=said)).to_contain_text("van jou")


@pytest.mark.parametrize("door", ["Gespreksleider", "Organisator"])
def test_who_signs_in_finds_both_gatherings_and_the_door_that_counted_105_of_99(
    trial: Trial, devices: Devices, door: str
) -> None:
    page = trial.enter(devices, door)
    main = page.get_by_role("main")
    for title in ("Naast het vakje", "Oefenkamer"):
        expect(main.get_by_role("link", name=re.compile(f"^{title}"))).to_be_visible()
    page.goto(f"{OVER}beheer/deur/")
    for figure in ("99", "105", "106 %"):
        expect(page.get_by_role("main")).to_contain_text(figure)


def test_the_desk_has_two_messages_without_an_answer(trial: Trial, devices: Devices, audit) -> None:
    page = trial.enter(devices, "Beslisser")
    expect(page).to_have_url(re.compile(f"{OVER}bureau/"))
    late = page.get_by_text(re.compile(r"^nog niet beantwoord, \d+ dag"))
    expect(late).to_have_count(2)
    audit(page)


def test_a_receipt_tells_the_whole_thread(trial: Trial, devices: Devices, audit) -> None:
    page = trial.enter(devices, "Deelnemer", PHONE)
    page.get_by_role("link", name="Volg je woorden").click()
    main = page.get_by_role("main")
    for knot in (
        "Jouw woorden",
        "De oogst van je kamer",
        "Een inzicht",
        "Een boodschap",
        "Het antwoord",
        "Een toezegging",
    ):
        expect(main.get_by_role("heading", name=knot, exact=True).first).to_be_visible()
    expect(main.get_by_text(re.compile(r"^\d+ dagen te laat$")).first).to_be_visible()
    audit(page)
