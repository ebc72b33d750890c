"""Group commit: what many requests want to write at once goes in one transaction, and each hears when it is on disk.

No artificial delay: a batch is whatever waits while the one before it is being written. One thread with one database
connection writes (on SQLite a second writer would only wait; on PostgreSQL one such connection outruns the requests).
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

from django.db import DatabaseError, InterfaceError, connection

__all__ = ["Batcher", "TooBusy"]

log = logging.getLogger(__name__)

Thing = TypeVar("Thing")
Answer = TypeVar("Answer")

_MOST = 500
_ROOM = 5_000


class TooBusy(Exception):
    """It could not be written now: more waits than there is room for, or the store does not answer. Ask again later."""


class Batcher(Generic[Thing, Answer]):
    """Gathers things and writes them with ``write``, which commits them together and answers each in order.

    For one event loop at a time.
    """

    def __init__(
        self, write: Callable[[Sequence[Thing]], Sequence[Answer]], *, most: int = _MOST, room: int = _ROOM
    ) -> None:
        self._write = write
        self._most = most
        self._room = room
        self._waiting: deque[tuple[Thing, asyncio.Future[Answer]]] = deque()
        self._busy: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="batch")

    async def put(self, thing: Thing) -> Answer:
        """Write ``thing`` together with whatever else waits; returns its answer after the commit.

        :raises TooBusy: nothing of it was written.
        """
        if len(self._waiting) >= self._room:
            raise TooBusy
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((thing, answer))
        if self._busy is None:
            self._busy = asyncio.create_task(self._empty())
        return await answer

    async def close(self) -> None:
        """Write what waits, and let go of the thread and its connection."""
        if self._busy is not None:
            await self._busy
        await asyncio.get_running_loop().run_in_executor(self._thread, _let_go)

    async def _empty(self) -> None:
        try:
            while self._waiting:
                batch = [self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))]
                await self._settle(batch)
        finally:
            self._busy = None

    async def _settle(self, batch: list[tuple[Thing, asyncio.Future[Answer]]]) -> None:
        loop = asyncio.get_running_loop()
        told = await loop.run_in_executor(self._thread, self._written, [thing for thing, _answer in batch])
        for (_thing, answer), outcome in zip(batch, told, strict=True):
            if answer.done():  # whoever asked went away
                continue
            if isinstance(outcome, TooBusy):
                answer.set_exception(outcome)
            else:
                answer.set_result(outcome)

    def _written(self, things: list[Thing]) -> list[Answer | TooBusy]:
        """Write them together; when that fails each by itself, so that a bad one keeps no other back."""
        try:
            return list(self._write(things))
        except (DatabaseError, InterfaceError) as trouble:
            log.warning("a batch of %d was not written together (%s)", len(things), type(trouble).__name__)
            connection.close()
        return [self._alone(thing) for thing in things]

    def _alone(self, thing: Thing) -> Answer | TooBusy:
        try:
            return self._write([thing])[0]
        except (DatabaseError, InterfaceError) as trouble:
            log.warning("one of a batch was not written (%s)", type(trouble).__name__)
            connection.close()
            return TooBusy()


def _let_go() -> None:
    connection.close()  # which connection this is, depends on the thread that asks
