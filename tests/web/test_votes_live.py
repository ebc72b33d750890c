"""The route for votes by the thousand: the same gate and rules as the page, answered only after the commit."""

from __future__ import annotations

import asyncio
import json
import threading
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import OperationalError

from web.cast import Cast, cast_in, cookie_name, new_registration
from web.vote_scene import round_of, stand_at
from weerklank_web.dialogue.actions.vote import cast_votes
from weerklank_web.dialogue.models import Vote
from weerklank_web.dialogue.views.ballot import BallotBox
from weerklank_web.groundwork import links
from weerklank_web.groundwork.live.batcher import Batcher, TooBusy

WITH_STORE = pytest.mark.django_db(transaction=True)

OURS = {"sec-fetch-site": "same-origin", "content-type": "application/json"}
SOMETHING = uuid4()
MINE = {**OURS, "cookie": f"{links.cookie_of('participant', SOMETHING)}=secret"}


def closed() -> BallotBox:
    """A box that fails the test when anything comes through its slot."""

    def never(ballots: object) -> list:
        raise AssertionError(f"this came through: {ballots}")

    return BallotBox(never)


@pytest.fixture
def voting(transactional_db: None) -> Cast:
    return round_of(cast_in())


def body_of(voting: Cast, *votes: tuple[UUID, object], step: str = "before") -> bytes:
    told = {
        "gathering": str(voting.gathering.id),
        "step": step,
        "votes": [[str(item), value] for item, value in votes],
    }
    return json.dumps(told).encode()


def cookie_of(voting: Cast, secret: str) -> dict[str, str]:
    return {"cookie": f"other=1; {cookie_name('participant', voting.gathering.id)}={secret}"}


async def sent(box: BallotBox, body: bytes, headers: dict[str, str], method: str = "POST") -> tuple[int, str]:
    """The status, and the code of a refusal."""
    told: list[dict[str, object]] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, object]) -> None:
        told.append(message)

    scope = {
        "type": "http",
        "method": method,
        "headers": [(k.encode(), v.encode()) for k, v in headers.items()],
    }
    await box(scope, receive, send)
    content = told[1]["body"]
    return int(told[0]["status"]), json.loads(content)["code"] if content else ""


def ask(*requests: tuple[bytes, dict[str, str]], box: BallotBox | None = None) -> list[tuple[int, str]]:
    async def story() -> list[tuple[int, str]]:
        ours = box or BallotBox()
        answers = await asyncio.gather(*(sent(ours, body, headers) for body, headers in requests))
        await ours.close()
        return list(answers)

    return asyncio.run(story())


@WITH_STORE
def test_many_at_once_are_kept_and_each_hears_of_its_own(voting: Cast) -> None:
    item = voting.gathering.propositions.first().id
    voters = [new_registration(voting.gathering, f"Mens{n}")[1] for n in range(30)]
    requests = [(body_of(voting, (item, 1)), {**OURS, **cookie_of(voting, secret)}) for secret in voters]
    requests.append((body_of(voting, (item, 1)), {**OURS, **cookie_of(voting, "made-up")}))
    answers = ask(*requests)
    assert answers == [(204, "")] * 30 + [(403, "link-needed")]
    assert Vote.objects.count() == 30


@WITH_STORE
def test_the_rules_of_the_page_hold_here_too(voting: Cast) -> None:
    item = voting.gathering.propositions.first().id
    mine = {**OURS, **cookie_of(voting, voting.secret)}
    assert ask((body_of(voting, (item, 1), step="after"), mine)) == [(409, "not-open-yet")]
    assert ask((body_of(voting, (voting.gathering.id, 1)), mine)) == [(409, "unknown-item")]
    assert ask((body_of(voting, (item, 5)), mine)) == [(409, "unknown-item")]
    stand_at(voting, "talk")
    assert ask((body_of(voting, (item, 1)), mine)) == [(409, "closed")]
    assert not Vote.objects.exists()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": ""}, 403),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "application/x-www-form-urlencoded"}, 415),
        ({"cookie": ""}, 403),
    ],
)
def test_another_site_gets_nothing_in(headers: dict[str, str], status: int) -> None:
    told = {"gathering": str(SOMETHING), "step": "before", "votes": [[str(SOMETHING), 1]]}
    assert ask((json.dumps(told).encode(), {**MINE, **headers}), box=closed())[0][0] == status


@WITH_STORE
def test_an_older_browser_is_known_by_its_origin(voting: Cast) -> None:
    item = voting.gathering.propositions.first().id
    given = {"content-type": "application/json", **cookie_of(voting, voting.secret)}
    body = body_of(voting, (item, 1))
    assert ask((body, given))[0][0] == 403
    assert ask((body, {**given, "origin": "https://elders.example"}))[0][0] == 403
    assert ask((body, {**given, "origin": settings.ADDRESS}))[0][0] == 204


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b'{"gathering": 1}',
        b"\xff",
        b'{"gathering": "x", "step": "before", "votes": []}',
    ],
)
def test_what_is_no_ballot_is_not_understood(body: bytes) -> None:
    assert ask((body, MINE), box=closed())[0][0] == 400


@pytest.mark.parametrize(
    "votes",
    [[], [["x", 1]], [[1, 1]], [["{item}", True]], [["{item}", "1"]], [["{item}", 1.0]], [["{item}"]]],
)
def test_nor_are_votes_that_are_none(votes: list) -> None:
    told = {"gathering": str(SOMETHING), "step": "before", "votes": votes}
    body = json.dumps(told).replace("{item}", str(SOMETHING)).encode()
    assert ask((body, MINE), box=closed())[0][0] == 400


def test_nor_is_what_never_ends() -> None:
    assert ask((b" " * 9000, MINE), box=closed())[0][0] == 413


@WITH_STORE
def test_a_store_that_fails_for_one_keeps_the_others(voting: Cast) -> None:
    """The batch fails as a whole, then one by one: only the bad one is told to come again."""
    good, bad = new_registration(voting.gathering, "Goed")[1], new_registration(voting.gathering, "Slecht")[1]
    item = voting.gathering.propositions.first().id
    unlucky = links.fingerprint(bad)

    def cast(ballots):
        if any(each.fingerprint == unlucky for each in ballots):
            raise OperationalError("disk")
        return cast_votes(ballots)

    requests = [(body_of(voting, (item, 1)), {**OURS, **cookie_of(voting, secret)}) for secret in (good, bad)]
    assert sorted(ask(*requests, box=BallotBox(cast))) == [(204, ""), (503, "busy")]
    assert Vote.objects.count() == 1


def test_when_too_much_waits_the_next_is_told_to_come_again() -> None:
    go_on = threading.Event()

    def slowly(things):
        go_on.wait(10)
        return [thing * 2 for thing in things]

    async def story() -> tuple[list[int], int]:
        batcher = Batcher(slowly, most=2, room=3)
        first = asyncio.create_task(batcher.put(1))
        await asyncio.sleep(0)  # it is being written: out of the queue
        await asyncio.sleep(0)
        waiting = [asyncio.create_task(batcher.put(n)) for n in (2, 3, 4)]
        await asyncio.sleep(0)
        refused = 0
        try:
            await batcher.put(5)
        except TooBusy:
            refused += 1
        go_on.set()
        kept = [await task for task in (first, *waiting)]
        await batcher.close()
        return kept, refused

    assert asyncio.run(story()) == ([2, 4, 6, 8], 1)
