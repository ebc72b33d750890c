"""``/live/``: server-sent events as a raw ASGI application, outside Django.

A stream through Django would cost a thread each, and often a database connection (measured); this one costs about ten
kilobytes. A reader that takes nothing for five seconds is dropped: its browser connects again by itself.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from django.core import signing

from weerklank_web.groundwork.live.doorbell import topics_of
from weerklank_web.groundwork.live.hub import Listener, hub

__all__ = ["streams"]

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]
_HEARTBEAT = 15.0
_STALLED = 5.0
_BREATH = 0.1
_TICKETS = 8


async def streams(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
    """One stream: opens with a ticket, says the name of each topic that rings, until either side leaves."""
    if scope["method"] != "GET":
        await _refuse(send, 405)
        return
    tickets = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("t", [""])
    try:
        topics = tuple({topic: None for ticket in tickets[:_TICKETS] for topic in topics_of(ticket)})
    except signing.BadSignature:
        await _refuse(send, 403)
        return
    listener = hub.join(topics)
    leaving = asyncio.create_task(_until_gone(receive, listener))
    try:
        await _say(send, {"type": "http.response.start", "status": 200, "headers": _HEADERS})
        await _say(send, _body(b"retry: 2000\n\n"))
        while not listener.closed:
            rang = await listener.wait(_HEARTBEAT)
            lines = "".join(f"event: bell\ndata: {topic}\n\n" for topic in rang) or ": stil\n\n"
            if listener.closed:
                break
            await _say(send, _body(lines.encode()))
            await asyncio.sleep(_BREATH)
        await _say(send, {"type": "http.response.body", "body": b"", "more_body": False})
    except (OSError, TimeoutError):
        pass  # the reader went away or takes nothing: there is nobody to tell
    finally:
        hub.leave(listener)
        leaving.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await leaving


async def _until_gone(receive: Receive, listener: Listener) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    listener.close()


async def _say(send: Send, message: Message) -> None:
    await asyncio.wait_for(send(message), timeout=_STALLED)


def _body(content: bytes) -> Message:
    return {"type": "http.response.body", "body": content, "more_body": True}


async def _refuse(send: Send, status: int) -> None:
    await send(
        {"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain")]}
    )
    await send({"type": "http.response.body", "body": b""})
