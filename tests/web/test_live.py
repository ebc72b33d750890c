"""The doorbell (issue §2.5, DESIGN §3.2): a name after the commit, to whoever holds a ticket, and nothing else.

The same tests run on SQLite (the bell goes straight to the hub) and on PostgreSQL (it goes by NOTIFY).
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlencode

import pytest
from django.db import close_old_connections, connection, transaction

from weerklank_web.groundwork.live import ring, ticket_for
from weerklank_web.groundwork.live.hub import hub
from weerklank_web.groundwork.live.relay import relay
from weerklank_web.groundwork.live.streams import streams


class Reader:
    """A browser's end of one stream."""

    def __init__(self, *tickets: str) -> None:
        query = urlencode([("t", ticket) for ticket in tickets]).encode()
        self.scope = {"type": "http", "method": "GET", "path": "/live/", "query_string": query}
        self.said: asyncio.Queue[bytes] = asyncio.Queue()
        self.gone = asyncio.Event()
        self.status = 0

    async def receive(self) -> dict[str, object]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict[str, object]) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        else:
            await self.said.put(message["body"])

    async def until(self, words: str) -> str:
        heard = ""
        while words not in heard:
            heard += (await asyncio.wait_for(self.said.get(), 10)).decode()
        return heard

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[Reader]:
        stream = asyncio.create_task(streams(self.scope, self.receive, self.send))
        await self.until("retry")
        yield self
        self.gone.set()
        await asyncio.wait_for(stream, 10)


@asynccontextmanager
async def serving() -> AsyncIterator[None]:
    """As the server does when it starts and stops."""
    hub.open(asyncio.get_running_loop())
    listening = asyncio.create_task(relay(hub)) if connection.vendor == "postgresql" else None
    if listening is not None:
        await asyncio.sleep(0.5)  # LISTEN has to be said before the first NOTIFY
    yield
    hub.close()
    if listening is not None:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)


async def elsewhere(deed) -> None:
    """Run a deed as a request does: in another thread, with its own connection."""

    def run() -> None:
        close_old_connections()
        try:
            deed()
        finally:
            connection.close()

    await asyncio.to_thread(run)


@pytest.mark.django_db(transaction=True)
def test_a_bell_rings_after_the_commit_and_carries_only_a_name() -> None:
    def deed() -> None:
        with transaction.atomic():
            ring("room-1")
            ring("room-1")
            ring("room-2")

    async def story() -> str:
        async with serving(), Reader(ticket_for("room-1")).listening() as reader:
            await elsewhere(deed)
            return await reader.until("event: bell")

    heard = asyncio.run(story())
    assert "data: room-1\n" in heard
    assert "room-2" not in heard


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_rings_nothing() -> None:
    def undone() -> None:
        with suppress(RuntimeError), transaction.atomic():
            ring("room-1")
            raise RuntimeError

    def done() -> None:
        with transaction.atomic():
            ring("room-2")

    async def story() -> str:
        async with serving(), Reader(ticket_for("room-1", "room-2")).listening() as reader:
            await elsewhere(undone)
            await elsewhere(done)
            return await reader.until("event: bell")

    assert "room-1" not in asyncio.run(story())


@pytest.mark.parametrize("ticket", ["", "made-up", "eyJhIjoxfQ:1abc:def"])
def test_without_a_good_ticket_no_stream_opens(ticket: str) -> None:
    reader = Reader(ticket)
    asyncio.run(streams(reader.scope, reader.receive, reader.send))
    assert reader.status == 403


def test_a_ticket_opens_its_own_topics_only_and_cannot_be_stretched() -> None:
    ticket = ticket_for("room-1")
    tampered = ("A" if ticket[0] != "A" else "B") + ticket[1:]
    reader = Reader(tampered)
    asyncio.run(streams(reader.scope, reader.receive, reader.send))
    assert reader.status == 403


def test_five_hundred_streams_cost_no_thread_and_leave_nothing_behind() -> None:
    async def story() -> tuple[int, int, int]:
        hub.open(asyncio.get_running_loop())
        before = threading.active_count()
        readers = [Reader(ticket_for(f"room-{number % 7}")) for number in range(500)]
        tasks = [asyncio.create_task(streams(each.scope, each.receive, each.send)) for each in readers]
        for reader in readers:
            await reader.until("retry")
        held, threads = hub.listening, threading.active_count() - before
        for reader in readers:
            reader.gone.set()
        await asyncio.gather(*tasks)
        return held, threads, hub.listening

    assert asyncio.run(story()) == (500, 0, 0)


def test_when_the_server_stops_every_stream_ends_by_itself() -> None:
    async def story() -> None:
        hub.open(asyncio.get_running_loop())
        reader = Reader(ticket_for("room-1"))
        stream = asyncio.create_task(streams(reader.scope, reader.receive, reader.send))
        await reader.until("retry")
        hub.close()
        await asyncio.wait_for(stream, 10)

    asyncio.run(story())
