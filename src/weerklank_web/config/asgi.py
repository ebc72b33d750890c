"""The one process type: streams and votes to the raw part, files to the static part, everything else to Django."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "weerklank_web.config.settings")

import django

django.setup()

from django.conf import settings
from django.db import connection
from servestatic.asgi import ServeStaticASGI

from weerklank_web.config.onehop import OneHop
from weerklank_web.dialogue.views.ballot import BallotBox
from weerklank_web.groundwork.live.hub import hub
from weerklank_web.groundwork.live.relay import relay
from weerklank_web.groundwork.live.streams import streams

__all__ = ["application"]

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
pages = ServeStaticASGI(
    OneHop(), root=settings.STATIC_ROOT, prefix=settings.STATIC_URL, immutable_file_test=r"\.[0-9a-f]{12}\."
)
ballots = BallotBox()


async def application(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
    """Dispatch by kind and path."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["type"] == "http" and scope["path"] == "/live/":
        await streams(scope, receive, send)
    elif scope["type"] == "http" and scope["path"] == "/live/stem/":
        await ballots(scope, receive, send)
    elif scope["type"] == "http":
        await pages(scope, receive, send)


async def _live(receive: Receive, send: Send) -> None:
    """Open the hub when the server starts, close it (and every stream) when the server stops."""
    listening: asyncio.Task[None] | None = None
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            hub.open(asyncio.get_running_loop())
            if connection.vendor == "postgresql":
                listening = asyncio.create_task(relay(hub))
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            hub.close()
            await ballots.close()
            if listening is not None:
                listening.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await listening
            await send({"type": "lifespan.shutdown.complete"})
            return
