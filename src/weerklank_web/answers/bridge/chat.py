"""The way to a language model, if this installation has one: an OpenAI-compatible endpoint, off by default.

What leaves is what the library asks to send, nothing more; what comes back is never trusted. No text reaches a log.
"""

from __future__ import annotations

import http.client
import json
import logging
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings

from weerklank.synthesis.wording import ChatFailed, ChatRequest

__all__ = ["Endpoint", "HttpChat", "endpoint_or_none"]

_log = logging.getLogger(__name__)
_LONGEST = 200_000
_PIECE = 16_384
_NOT_UNDERSTOOD = {400, 404, 415, 422, 501}
_OK = 200


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the model is.

    :param seconds: how long one question may take in all.
    """

    url: str
    model: str
    key: str = ""
    seconds: float = 30.0

    @property
    def host(self) -> str:
        """The machine that the text goes to, as people are told."""
        return urlsplit(self.url).hostname or self.url


def endpoint_or_none() -> Endpoint | None:
    """The endpoint of this installation; None when there is none."""
    if not settings.WORDING_URL:
        return None
    return Endpoint(
        url=settings.WORDING_URL,
        model=settings.WORDING_MODEL,
        key=settings.WORDING_KEY,
        seconds=settings.WORDING_TIMEOUT,
    )


@dataclass(frozen=True, slots=True)
class HttpChat:
    """Brings requests to an endpoint. Follows no redirect, reads no more than a fixed size, and stops on time."""

    endpoint: Endpoint

    def complete(self, request: ChatRequest) -> str:
        """The text of the answer.

        :raises ChatFailed: no connection, an error, too slow, too long, or not an answer of this kind.
        """
        with _within(self.endpoint.seconds) as deadline:
            return self._answer(request, deadline)

    def _answer(self, request: ChatRequest, deadline: _Deadline) -> str:
        asked = self._asked(request)
        schema = {"name": "sentence", "strict": True, "schema": request.schema}
        held = {**asked, "response_format": {"type": "json_schema", "json_schema": schema}}
        status, body = self._post(held, deadline)
        if status in _NOT_UNDERSTOOD:  # a server that cannot hold a model to a schema may still answer
            status, body = self._post(asked, deadline)
        if status != _OK:
            raise self._failed(f"HTTP {status}")
        return self._content(body)

    def _asked(self, request: ChatRequest) -> dict[str, object]:
        return {
            "model": self.endpoint.model,
            "messages": [{"role": each.role, "content": each.content} for each in request.messages],
            "temperature": request.temperature,
            "stream": False,
        }

    def _post(self, asked: Mapping[str, object], deadline: _Deadline) -> tuple[int, bytes]:
        parts = urlsplit(self.endpoint.url)
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.endpoint.key:
            headers["Authorization"] = f"Bearer {self.endpoint.key}"
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=self.endpoint.seconds)
        try:
            connection.connect()
            deadline.watch(connection.sock)
            path = f"{parts.path.rstrip('/')}/chat/completions"
            connection.request("POST", path, json.dumps(asked).encode(), headers)
            response = connection.getresponse()
            status, body = response.status, self._body(response)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise self._failed(type(error).__name__) from error
        finally:
            connection.close()
        if deadline.passed:  # what was cut off may look like a whole answer
            raise self._failed("too slow")
        return status, body

    def _body(self, response: http.client.HTTPResponse) -> bytes:
        body = bytearray()
        while piece := response.read1(_PIECE):
            body += piece
            if len(body) > _LONGEST:
                raise self._failed("too long")
        return bytes(body)

    def _content(self, body: bytes) -> str:
        try:
            content = json.loads(body)["choices"][0]["message"]["content"]
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            raise self._failed("not a chat completion") from error
        if not isinstance(content, str):
            raise self._failed("not a chat completion")
        return content

    def _failed(self, why: str) -> ChatFailed:
        _log.warning("The wording endpoint %s gave no answer: %s", self.endpoint.host, why)
        return ChatFailed(why)


@dataclass(slots=True)
class _Deadline:
    """Cuts the connection when time is up, however slowly the other side drips."""

    passed: bool = False
    sock: socket.socket | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def watch(self, sock: socket.socket) -> None:
        """From now on this is the connection to cut."""
        with self.lock:
            self.sock = sock
            if self.passed:
                self._cut()

    def pass_by(self) -> None:
        """Time is up."""
        with self.lock:
            self.passed = True
            self._cut()

    def _cut(self) -> None:
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)


@contextmanager
def _within(seconds: float) -> Iterator[_Deadline]:
    deadline = _Deadline()
    timer = threading.Timer(seconds, deadline.pass_by)
    timer.daemon = True
    timer.start()
    try:
        yield deadline
    finally:
        timer.cancel()
