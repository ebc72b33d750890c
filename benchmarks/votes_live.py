"""Many people vote at once: the route for votes by the thousand beside the ordinary page, on one server in one run.

    ./weerklank bench votes_live                     2,000 voters, SQLite
    ./weerklank bench votes_live --voters 500 --seconds 2 --rounds 2
    WEERKLANK_DATABASE_URL=postgres://… ./weerklank bench votes_live

One installation in a folder of its own, one server process, many keep-alive connections that each send a vote and wait for
the acknowledgement (closed loop). Bursts take turns (ABBA), so that a busy machine slows both alike: read the ratio. At
the end the server is killed (SIGKILL) in the middle of a burst, and every acknowledged vote must be in the database.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
CSRF = "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=32))

_SETUP = """
import json
from weerklank_web.dialogue.models import Proposition
from weerklank_web.formats.actions import take_format
from weerklank_web.formats.bridge import catalogue
from weerklank_web.gatherings.models import Gathering, Mandate, Registration, RegistrationState
from weerklank_web.groundwork import clock, links
format_ = next(each for each in catalogue() if each.id == "propositions-round")
gathering = Gathering.objects.create(
    slug="meting", title="Meting", format_version=take_format(format_), step="before", published_at=clock.now()
)
Mandate.objects.create(gathering=gathering)
items = Proposition.objects.bulk_create(
    Proposition(gathering=gathering, text=f"Stelling {{n}}.", position=n) for n in range({items})
)
secrets = [links.new_secret() for _ in range({voters})]
Registration.objects.bulk_create(
    Registration(
        gathering=gathering, name=f"V{{n}}", state=RegistrationState.CONFIRMED, queue_number=n,
        link_fingerprint=links.fingerprint(secret), registered_on=clock.today(),
    )
    for n, secret in enumerate(secrets)
)
print(json.dumps({{
    "id": str(gathering.id), "items": [str(item.id) for item in items], "secrets": secrets,
    "cookie": links.cookie_of("participant", gathering.id),
}}))
"""

_KEPT = """
import json
from weerklank_web.dialogue.models import Vote
print(json.dumps([[key, str(item), value] for key, item, value in Vote.objects.values_list("author_key", "item", "value")]))
"""

_KEYS = """
import json, sys
from uuid import UUID
from weerklank_web.groundwork import links
from weerklank_web.dialogue.models import Proposition
secrets = json.loads(open({file!r}).read())
print(json.dumps([links.author_key(each, UUID({gathering!r})) for each in secrets]))
"""


@dataclass(frozen=True)
class Vote:
    """Voter number, item, value."""

    voter: int
    item: str
    value: int


@dataclass
class World:
    """The gathering that is voted in, and the requests of either route."""

    port: int
    gathering: str
    items: list[str]
    secrets: list[str]
    cookie: str

    def lean(self, vote: Vote) -> bytes:
        """The raw route."""
        told = {"gathering": self.gathering, "step": "before", "votes": [[vote.item, vote.value]]}
        return self._request(
            "/live/stem/", json.dumps(told), "application/json", vote, "Sec-Fetch-Site: same-origin\r\n"
        )

    def page(self, vote: Vote) -> bytes:
        """The page's own form."""
        given = {"item": vote.item, "value": vote.value, "nr": 1, "csrfmiddlewaretoken": CSRF}
        return self._request(
            "/b/meting/stemmen/before/", urlencode(given), "application/x-www-form-urlencoded", vote, ""
        )

    def _request(self, path: str, body: str, kind: str, vote: Vote, more: str) -> bytes:
        return (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nContent-Type: {kind}\r\n{more}"
            f"Cookie: {self.cookie}={self.secrets[vote.voter]}; weerklank-csrf={CSRF}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        ).encode()

    def votes(self, seed: int) -> Iterator[Vote]:
        """Votes without end, of people in turn."""
        chance = random.Random(seed)
        while True:
            for voter in chance.sample(range(len(self.secrets)), len(self.secrets)):
                yield Vote(voter, chance.choice(self.items), chance.choice((-1, 0, 1)))


@dataclass
class Burst:
    """What came of one burst: acknowledged votes in order, and how long each took."""

    seconds: float = 0.0
    kept: list[Vote] = field(default_factory=list)
    sent: list[Vote] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return len(self.kept) / self.seconds

    @property
    def p95(self) -> float:
        return 1000 * statistics.quantiles(self.waits, n=20)[-1]


async def burst(
    world: World, request: Callable[[Vote], bytes], *, seed: int, seconds: float, connections: int
) -> Burst:
    """Every connection sends a vote and waits for its acknowledgement, until the time is over or the server is gone."""
    told, votes = Burst(), world.votes(seed)
    stop = time.perf_counter() + seconds

    async def one() -> None:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", world.port)
            while time.perf_counter() < stop:
                vote = next(votes)
                told.sent.append(vote)
                began = time.perf_counter()
                writer.write(request(vote))
                status = await _answer(reader)
                if status not in (204, 303):
                    raise SystemExit(f"a vote was refused with {status}")
                told.waits.append(time.perf_counter() - began)
                told.kept.append(vote)
            writer.close()
        except (OSError, asyncio.IncompleteReadError):
            return

    began = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(connections)))
    told.seconds = time.perf_counter() - began
    return told


async def _answer(reader: asyncio.StreamReader) -> int:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    status = int(head.split(" ", 2)[1])
    length = next((int(line[15:]) for line in head.split("\r\n") if line.startswith("content-length:")), 0)
    if length:
        await reader.readexactly(length)
    return status


@dataclass
class House:
    """An installation in a folder of its own."""

    folder: Path
    port: int
    server: subprocess.Popen[bytes] | None = None

    @property
    def env(self) -> dict[str, str]:
        ours = {"WEERKLANK_DATA": str(self.folder), "WEERKLANK_ADDRESS": f"http://127.0.0.1:{self.port}"}
        ours["PYTHONPATH"] = str(ROOT / "src")
        ours["WEERKLANK_STATIC_STORAGE"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
        return {**os.environ, **ours, "DJANGO_SETTINGS_MODULE": "weerklank_web.config.settings"}

    def manage(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "weerklank_web.manage", *words],
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(done.stdout + done.stderr)
        return done.stdout

    def ask(self, code: str) -> object:
        return json.loads(self.manage("shell", "--verbosity", "0", "-c", code).strip().splitlines()[-1])

    def start(self) -> None:
        command = [
            "uvicorn",
            "weerklank_web.config.asgi:application",
            "--port",
            str(self.port),
            "--no-access-log",
        ]
        self.server = subprocess.Popen(
            [sys.executable, "-m", *command, "--log-level", "warning", "--backlog", "4096"], env=self.env
        )
        while True:
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)

    def kill(self) -> None:
        if self.server is not None:
            self.server.send_signal(signal.SIGKILL)
            self.server.wait()


async def kill_in_the_middle(world: World, house: House, *, connections: int) -> Burst:
    """A burst on the raw route that the server does not survive."""
    running = asyncio.create_task(burst(world, world.lean, seed=99, seconds=30, connections=connections))
    await asyncio.sleep(1.5)
    house.kill()
    return await running


def measure(world: World, house: House, given: argparse.Namespace) -> tuple[dict[str, list[Burst]], Burst]:
    """Bursts in turns, then the kill."""
    bursts: dict[str, list[Burst]] = {"page": [], "lean": []}
    routes = {"page": world.page, "lean": world.lean}
    for name in ("lean", "page"):  # warm up
        asyncio.run(burst(world, routes[name], seed=0, seconds=0.5, connections=given.connections))
    for number in range(given.rounds):
        for name in ("page", "lean") if number % 2 == 0 else ("lean", "page"):
            made = burst(
                world, routes[name], seed=number + 1, seconds=given.seconds, connections=given.connections
            )
            bursts[name].append(asyncio.run(made))
    return bursts, asyncio.run(kill_in_the_middle(world, house, connections=given.connections))


def lost(world: World, house: House, bursts: list[Burst]) -> tuple[int, int]:
    """Acknowledged votes, and how many of them are not in the database: neither they nor a later one on the same thing."""
    file = house.folder / "secrets.json"
    file.write_text(json.dumps(world.secrets))
    keys = house.ask(_KEYS.format(file=str(file), gathering=world.gathering))
    kept = {(key, item): value for key, item, value in house.ask(_KEPT)}  # type: ignore[union-attr, misc]
    acknowledged = [vote for each in bursts for vote in each.kept]
    possible: dict[tuple[int, str], set[int]] = {}
    for each in bursts:
        for vote in each.sent:
            possible.setdefault((vote.voter, vote.item), set()).add(vote.value)
    missing = sum(
        kept.get((keys[voter], item)) not in possible[voter, item]  # type: ignore[index]
        for voter, item in {(vote.voter, vote.item) for vote in acknowledged}
    )
    return len(acknowledged), missing


def told(
    bursts: dict[str, list[Burst]], count: int, missing: int, given: argparse.Namespace
) -> Iterator[str]:
    """The table."""
    pairs = list(zip(bursts["page"], bursts["lean"], strict=True))
    rates = [lean.rate / page.rate for page, lean in pairs]
    waits = [page.p95 / lean.p95 for page, lean in pairs]
    yield f"{given.voters} voters, {given.items} propositions, {given.connections} connections, {given.rounds} rounds of {given.seconds} s\n"
    yield "| route | votes/s, median | p95 until acknowledged, median |"
    yield "|---|---|---|"
    for name, label in (
        ("page", "the page's form (Django, one transaction per vote)"),
        ("lean", "`/live/stem/` (group commit)"),
    ):
        rate = statistics.median(each.rate for each in bursts[name])
        wait = statistics.median(each.p95 for each in bursts[name])
        yield f"| {label} | {rate:,.0f} | {wait:,.0f} ms |"
    yield f"| ratio, median [min..max] | {statistics.median(rates):.1f}× [{min(rates):.1f}..{max(rates):.1f}] | "
    yield f"{statistics.median(waits):.1f}× shorter [{min(waits):.1f}..{max(waits):.1f}] |"
    yield f"\n{count:,} votes acknowledged in all, the last ones until SIGKILL; lost: {missing}."


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--voters", type=int, default=2000)
    parser.add_argument("--items", type=int, default=30)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3.0)
    given = parser.parse_args()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder), port)
        house.manage("migrate", "--noinput", "--verbosity", "0")
        made = house.ask(_SETUP.format(items=given.items, voters=given.voters))
        world = World(port, made["id"], made["items"], made["secrets"], made["cookie"])  # type: ignore[index]
        house.start()
        try:
            bursts, killed = measure(world, house, given)
        finally:
            house.kill()
        count, missing = lost(world, house, [*bursts["page"], *bursts["lean"], killed])
    lines = list(told(bursts, count, missing, given))
    print("\n".join(lines).replace("| \n", "| "))
    if missing:
        raise SystemExit("acknowledged votes were lost")


if __name__ == "__main__":
    main()
