"""The hub of one process: topics on one side, open streams on the other.

Bells are coalesced: a listener who is busy hears a topic once, however often it rang meanwhile.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict

__all__ = ["Hub", "Listener", "hub"]


class Listener:
    """One open stream: what rang since it last looked."""

    def __init__(self, topics: tuple[str, ...]) -> None:
        self.topics = topics
        self._rang: dict[str, None] = {}
        self._woken = asyncio.Event()
        self.closed = False

    def ring(self, topic: str) -> None:
        """Note the bell; from the hub's own thread only."""
        self._rang[topic] = None
        self._woken.set()

    def close(self) -> None:
        """End the stream."""
        self.closed = True
        self._woken.set()

    async def wait(self, seconds: float) -> list[str]:
        """The topics that rang, each once; empty after ``seconds`` of silence or when closed."""
        try:
            await asyncio.wait_for(self._woken.wait(), timeout=seconds)
        except TimeoutError:
            return []
        self._woken.clear()
        rang, self._rang = list(self._rang), {}
        return rang


class Hub:
    """Carries bells to listeners. ``ring`` may be called from any thread; the rest from the loop."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._listeners: defaultdict[str, set[Listener]] = defaultdict(set)

    def open(self, loop: asyncio.AbstractEventLoop) -> None:
        """Start carrying, on this loop."""
        self._loop = loop

    def close(self) -> None:
        """Stop, and end every stream so that the server can stop too."""
        self._loop = None
        for listener in {each for group in self._listeners.values() for each in group}:
            listener.close()

    def ring(self, topic: str) -> None:
        """Ring; silent when nothing is being served in this process."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._carry, topic)

    def _carry(self, topic: str) -> None:
        for listener in tuple(self._listeners.get(topic, ())):
            listener.ring(topic)

    def join(self, topics: tuple[str, ...]) -> Listener:
        """A new listener to these topics."""
        listener = Listener(topics)
        for topic in topics:
            self._listeners[topic].add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """Forget a listener."""
        for topic in listener.topics:
            self._listeners[topic].discard(listener)
            if not self._listeners[topic]:
                del self._listeners[topic]

    @property
    def listening(self) -> int:
        """How many streams are open."""
        return len({each for group in self._listeners.values() for each in group})


hub = Hub()
