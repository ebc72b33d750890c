"""No acknowledged vote is lost (DESIGN §4): the server is killed while votes stream in through the route for thousands."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from journeys.installation import Installation, running

pytestmark = pytest.mark.slow

SENDERS, VOTERS, KILLS = 8, 160, 1

MAKE = f"""
import json
from web.cast import cookie_name
from web.vote_scene import round_in, voters_in
gathering = round_in("onder-stroom", step="before")
items = [str(one) for one in gathering.propositions.values_list("id", flat=True)]
name = cookie_name("participant", gathering.id)
print(json.dumps({{"id": str(gathering.id), "items": items, "cookies": [f"{{name}}={{each}}" for each in voters_in(gathering, {VOTERS})]}}))
"""

KEPT = """
import json
from weerklank_web.dialogue.models import Vote
print(json.dumps(sorted([vote.author_key, str(vote.item), vote.value] for vote in Vote.objects.all())))
"""

KEYS = """
import json
from uuid import UUID
from weerklank_web.groundwork import links
print(json.dumps([links.author_key(each, UUID("GATHERING")) for each in SECRETS]))
"""


@pytest.fixture
def fragile(tmp_path: Path) -> Iterator[Installation]:
    """An installation of its own, that may be killed."""
    with running(tmp_path / "data", worker=False) as house:
        yield house


@dataclass
class Sender:
    """Some voters' browsers: each vote is sent until the stop, and counted as kept only when the server said so."""

    port: int
    gathering: str
    ballots: list[tuple[str, str, int]]
    kept: set[int] = field(default_factory=set)

    def send_all(self, stop: threading.Event) -> None:
        link = HTTPConnection("127.0.0.1", self.port, timeout=20)
        for number, (cookie, item, value) in enumerate(self.ballots):
            if stop.is_set():
                break
            if number in self.kept:
                continue
            try:
                self.send(link, cookie, item, value)
                self.kept.add(number)
            except (OSError, HTTPException, AssertionError):
                link.close()
        link.close()

    def send(self, link: HTTPConnection, cookie: str, item: str, value: int) -> None:
        body = json.dumps({"gathering": self.gathering, "step": "before", "votes": [[item, value]]})
        headers = {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin", "Cookie": cookie}
        link.request("POST", "/live/stem/", body=body, headers=headers)
        answer = link.getresponse()
        answer.read()
        assert answer.status == 204


def test_a_killed_server_loses_no_vote_it_acknowledged(fragile: Installation) -> None:
    made = fragile.ask(MAKE)
    ballots = [
        (cookie, item, (-1, 0, 1)[(place + number) % 3])
        for place, item in enumerate(made["items"])
        for number, cookie in enumerate(made["cookies"])
    ]
    senders = [Sender(fragile.port, made["id"], ballots[start::SENDERS]) for start in range(SENDERS)]
    for _ in range(KILLS):
        stop = threading.Event()
        threads = [threading.Thread(target=sender.send_all, args=(stop,)) for sender in senders]
        for thread in threads:
            thread.start()
        _until_some_are_kept(senders, more_than=sum(len(sender.kept) for sender in senders) + 40)
        fragile.kill_server()
        stop.set()
        for thread in threads:
            thread.join()
        _all_there(fragile, made, senders)
        fragile.start_server()
    assert sum(len(sender.kept) for sender in senders) < len(ballots), (
        "killed when everything was over already"
    )
    for sender in senders:
        sender.send_all(threading.Event())
    assert len(_all_there(fragile, made, senders)) == len(ballots)


def _until_some_are_kept(senders: list[Sender], *, more_than: int) -> None:
    deadline = time.monotonic() + 60
    while sum(len(sender.kept) for sender in senders) <= more_than:
        assert time.monotonic() < deadline, "no votes were kept"
        time.sleep(0.01)


def _all_there(house: Installation, made: dict, senders: list[Sender]) -> set[tuple[str, str, int]]:
    secrets = [cookie.partition("=")[2] for cookie in made["cookies"]]
    keys = house.ask(KEYS.replace("GATHERING", made["id"]).replace("SECRETS", repr(secrets)))
    key_of = dict(zip(made["cookies"], keys, strict=True))
    kept = {(key, item, value) for key, item, value in house.ask(KEPT)}
    acknowledged = {
        (key_of[cookie], item, value)
        for sender in senders
        for cookie, item, value in (sender.ballots[number] for number in sender.kept)
    }
    assert acknowledged <= kept, f"lost: {len(acknowledged - kept)}"
    return kept
