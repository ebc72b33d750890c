"""``POST /live/stem/``: votes that come by the thousand, as a raw ASGI application beside the streams.

Same gate and same rules as the page: the participant's own link in its cookie, and ``cast_votes``. A request from
another site is refused by what browsers say themselves (Sec-Fetch-Site, else Origin), and only JSON is taken, which
another site cannot send without asking first. Acknowledged (204) only after the commit.

The body: ``{"gathering": id, "step": "before", "votes": [[item, 1], …]}``. Answers: 204 kept; 400 not understood; 403 no link of
this gathering, or another site; 404 no such vote; 409 not now; 413 too long; 503 not kept, send it again.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from weerklank_web.dialogue.actions.vote import Ballot, ballot_of, cast_votes
from weerklank_web.groundwork import links
from weerklank_web.groundwork.errors import WebError
from weerklank_web.groundwork.live.batcher import Batcher, TooBusy

__all__ = ["BallotBox", "Unreadable"]

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_LONGEST = 8 * 1024
_MOST_VOTES = 100


class Unreadable(Exception):
    """What was sent is no ballot; the argument is the status to answer with."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(status)


class BallotBox:
    """The application of one process; ``close`` when the server stops."""

    def __init__(self, cast: Callable[[Sequence[Ballot]], Sequence[WebError | None]] = cast_votes) -> None:
        self._batcher: Batcher[Ballot, WebError | None] = Batcher(cast)

    async def close(self) -> None:
        """Keep what still waits."""
        await self._batcher.close()

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Take one ballot."""
        try:
            headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
            _must_be_ours(scope["method"], headers)
            ballot = _read(await _body(receive), headers)
            refusal = await self._batcher.put(ballot)
        except Unreadable as trouble:
            await _answer(send, trouble.status)
        except TooBusy:
            await _answer(send, 503, code="busy")
        else:
            if refusal is None:
                await _answer(send, 204)
            else:
                await _answer(send, refusal.status, code=refusal.code)


def _must_be_ours(method: str, headers: dict[bytes, str]) -> None:
    if method != "POST":
        raise Unreadable(405)
    if headers.get(b"content-type", "").partition(";")[0].strip() != "application/json":
        raise Unreadable(415)
    told = headers.get(b"sec-fetch-site")
    if told is not None:
        if told != "same-origin":
            raise Unreadable(403)
        return
    origin = urlsplit(headers.get(b"origin", ""))
    ours = urlsplit(settings.ADDRESS)
    if (origin.scheme, origin.netloc) != (ours.scheme, ours.netloc):
        raise Unreadable(403)


async def _body(receive: Receive) -> bytes:
    body = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Unreadable(400)
        body += bytes(message.get("body", b""))
        if len(body) > _LONGEST:
            raise Unreadable(413)
        if not message.get("more_body", False):
            return body


def _read(body: bytes, headers: dict[bytes, str]) -> Ballot:
    try:
        told = json.loads(body)
        gathering, step, votes = UUID(told["gathering"]), told["step"], told["votes"]
        cast = tuple((UUID(item), value) for item, value in votes)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Unreadable(400) from None
    if not isinstance(step, str) or not 1 <= len(cast) <= _MOST_VOTES:
        raise Unreadable(400)
    if any(type(value) is not int for _item, value in cast):
        raise Unreadable(400)
    secret = _cookie(headers.get(b"cookie", ""), links.cookie_of("participant", gathering))
    if not secret:
        raise Unreadable(403)
    return ballot_of(secret, gathering=gathering, step=step, votes=cast)


def _cookie(header: str, name: str) -> str:
    for pair in header.split(";"):
        key, _, value = pair.strip().partition("=")
        if key == name:
            return value
    return ""


async def _answer(send: Send, status: int, *, code: str = "") -> None:
    headers = [(b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff")]
    body = b""
    if code:
        headers.append((b"content-type", b"application/json"))
        body = json.dumps({"code": code}).encode()
    if status == 503:
        headers.append((b"retry-after", b"3"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
