"""Nothing that was acknowledged is lost (DESIGN §4): the server is killed while contributions stream in.

A client counts a contribution as kept only when the server said so. After SIGKILL and a restart every acknowledged one
is there; sending everything again under the same ids stores what was not acknowledged, and nothing twice.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from journeys.installation import Installation, running

WRITERS = 6
KILLS = 3

MAKE_CAST = """
import json
from web.cast import cast_in, cookie_name
cast = cast_in("onder-stroom")
cast.gathering.step = "room"
cast.gathering.save(update_fields=["step"])
cookie = f"{cookie_name('participant', cast.gathering.id)}={cast.secret}"
print(json.dumps({"room": f"/b/onder-stroom/kamer/{cast.rooms[0].id}/", "cookie": cookie}))
"""

COUNT = """
import json
from weerklank_web.dialogue.models import Contribution
print(json.dumps([str(one) for one in Contribution.objects.values_list("id", flat=True)]))
"""


@pytest.fixture
def fragile(tmp_path: Path) -> Iterator[Installation]:
    """An installation of its own, that may be killed."""
    with running(tmp_path / "data", worker=False) as house:
        yield house


@dataclass
class Writer:
    """One participant's browser, as far as sending goes."""

    port: int
    room: str
    cookie: str
    sent: list[str] = field(default_factory=list)
    acknowledged: set[str] = field(default_factory=set)

    def open_room(self) -> None:
        link = HTTPConnection("127.0.0.1", self.port, timeout=10)
        link.request("GET", self.room, headers={"Cookie": self.cookie})
        answer = link.getresponse()
        page = answer.read().decode()
        link.close()
        assert answer.status == 200, page[:300]
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        cookie = re.search(r"weerklank-csrf=([^;]+)", str(answer.headers))
        assert token is not None
        assert cookie is not None
        self.token, self.csrf = token[1], cookie[1]

    def send(self, name: str) -> bool:
        """Send one contribution; True only when the server said that it is kept."""
        link = HTTPConnection("127.0.0.1", self.port, timeout=10)
        body = urlencode(
            {"id": name, "text": f"Gezegd onder nummer {name}", "csrfmiddlewaretoken": self.token}
        )
        headers = {
            "Cookie": f"{self.cookie}; weerklank-csrf={self.csrf}",
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Outbox": "1",
        }
        try:
            link.request("POST", f"{self.room}inbreng/", body=body, headers=headers)
            return link.getresponse().status == 204
        except (OSError, HTTPException):
            return False
        finally:
            link.close()

    def write(self, stop: threading.Event) -> None:
        while not stop.is_set():
            name = str(uuid4())
            self.sent.append(name)
            if self.send(name):
                self.acknowledged.add(name)


def test_a_killed_server_loses_nothing_it_acknowledged_and_resending_doubles_nothing(
    fragile: Installation,
) -> None:
    made = fragile.ask(MAKE_CAST)
    writers = [Writer(fragile.port, made["room"], made["cookie"]) for _ in range(WRITERS)]
    for _ in range(KILLS):
        for writer in writers:
            writer.open_room()
        stop = threading.Event()
        threads = [threading.Thread(target=writer.write, args=(stop,)) for writer in writers]
        for thread in threads:
            thread.start()
        time.sleep(0.5)
        fragile.kill_server()
        stop.set()
        for thread in threads:
            thread.join()
        kept = set(fragile.ask(COUNT))
        acknowledged = {name for writer in writers for name in writer.acknowledged}
        assert acknowledged <= kept, f"lost: {acknowledged - kept}"
        fragile.start_server()
    sent = {name for writer in writers for name in writer.sent}
    assert len(acknowledged) >= KILLS * WRITERS, "too little was sent for the test to say anything"
    for writer in writers:
        writer.open_room()
        assert all(writer.send(name) for name in writer.sent)
    everything = fragile.ask(COUNT)
    assert sorted(everything) == sorted(sent)
