"""Ordinary synchronous Django under an ASGI server: one hop to a thread per request.

Django's own ASGI handler hops for every middleware and ties a thread to every open request (measured: a tenth of the
speed). Here the whole chain and the view run in one call on a small fixed pool, so the number of threads and of
database connections is the size of the pool.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Iterable, Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any, cast

from django.conf import settings
from django.core import signals
from django.core.exceptions import RequestAborted, RequestDataTooBig
from django.core.handlers.asgi import ASGIRequest, get_script_prefix
from django.core.handlers.base import BaseHandler
from django.http import HttpResponseBase
from django.urls import set_script_prefix

__all__ = ["OneHop"]

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_THREADS = 4


class OneHop(BaseHandler):
    """An ASGI application that runs Django's synchronous middleware chain and view on a pool of threads."""

    def __init__(self) -> None:
        super().__init__()
        self.load_middleware(is_async=False)
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="page")

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            body = await _read_body(receive)
        except RequestAborted:
            return
        loop = asyncio.get_running_loop()
        response = await loop.run_in_executor(self._pool, self._respond, scope, body)
        try:
            await self._send(response, send, loop)
        except OSError:
            pass  # the reader went away
        finally:
            await loop.run_in_executor(self._pool, _close, response, body)

    def _respond(self, scope: MutableMapping[str, Any], body: IO[bytes]) -> HttpResponseBase:
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=self.__class__, scope=scope)
        try:
            request = ASGIRequest(scope, body)
        except (UnicodeDecodeError, RequestDataTooBig):
            from django.http import HttpResponse

            return HttpResponse(status=400)
        return self.get_response(request)

    async def _send(self, response: HttpResponseBase, send: Send, loop: asyncio.AbstractEventLoop) -> None:
        headers = [
            (name.lower().encode("ascii"), value.encode("latin-1")) for name, value in response.items()
        ]
        headers += [
            (b"set-cookie", morsel.OutputString().encode("ascii")) for morsel in response.cookies.values()
        ]
        await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
        if not response.streaming:
            await send({"type": "http.response.body", "body": response.content})  # type: ignore[attr-defined]
            return
        pieces = iter(cast(Iterable[bytes], response))
        while (piece := await loop.run_in_executor(self._pool, _next, pieces)) is not None:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


def _next(pieces: Iterator[bytes]) -> bytes | None:
    return next(pieces, None)


def _close(response: HttpResponseBase, body: IO[bytes]) -> None:
    response.close()  # also tells Django that the request has finished, in the thread that holds the connection
    body.close()


async def _read_body(receive: Receive) -> IO[bytes]:
    """The request's body, on disk when it is large."""
    body = tempfile.SpooledTemporaryFile(max_size=settings.FILE_UPLOAD_MAX_MEMORY_SIZE, mode="w+b")  # noqa: SIM115
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            body.close()
            raise RequestAborted
        if "body" in message:
            body.write(message["body"])
        if not message.get("more_body", False):
            body.seek(0)
            return cast(IO[bytes], body)
