"""A real server on loopback that answers as a language model might: well, badly, slowly, broken or maliciously."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

__all__ = ["Asked", "ModelServer", "model_server", "said"]


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    path: str
    headers: dict[str, str]
    body: dict[str, object]

    @property
    def contributions(self) -> list[dict[str, str]]:
        """The data that was sent."""
        found: list[dict[str, str]] = json.loads(self.content("user"))["contributions"]
        return found

    def content(self, role: str) -> str:
        """The first text of this role."""
        messages = self.body["messages"]
        assert isinstance(messages, list)
        return str(next(each["content"] for each in messages if each["role"] == role))

    @property
    def last(self) -> str:
        """The last text that was sent."""
        messages = self.body["messages"]
        assert isinstance(messages, list)
        return str(messages[-1]["content"])


Answer = Callable[[Asked, BaseHTTPRequestHandler], None]


@dataclass
class ModelServer:
    """``answers`` in turn; the last one for ever."""

    url: str
    answers: list[Answer]
    asked: list[Asked] = field(default_factory=list)


def said(sentence: str, sources: list[str] | None = None) -> Answer:
    """Answer with this sentence, as an endpoint does."""
    return text(json.dumps({"sentence": sentence, "sources": ["b1"] if sources is None else sources}))


def text(content: str) -> Answer:
    """Answer with any text."""
    return lambda _asked, handler: _send(
        handler, json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()
    )


def obeying(asked: Asked, handler: BaseHTTPRequestHandler) -> None:
    """A model that does whatever a contribution tells it to."""
    for each in asked.contributions:
        if found := re.search(r"(?:Schrijf|Write) (?:dat|that): (.+)", each["text"]):
            said(found[1])(asked, handler)
            return
    said("Er is niets gezegd.")(asked, handler)


def failing(status: int) -> Answer:
    """Answer with an error that repeats what it was sent: nothing of that may reach a log."""
    return lambda asked, handler: _send(handler, asked.last.encode(), status=status)


def raw(body: bytes) -> Answer:
    """Answer with these bytes."""
    return lambda _asked, handler: _send(handler, body)


def dripping(_asked: Asked, handler: BaseHTTPRequestHandler) -> None:
    """Answer a byte at a time, each within any timeout of a single read."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def silent(_asked: Asked, _handler: BaseHTTPRequestHandler) -> None:
    """Take the question and say nothing for a long time."""
    time.sleep(3)


def endless(_asked: Asked, handler: BaseHTTPRequestHandler) -> None:
    """Never stop."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 65_536)


def elsewhere(_asked: Asked, handler: BaseHTTPRequestHandler) -> None:
    """Send the question, and the key with it, to another machine."""
    handler.send_response(307)
    handler.send_header("Location", "http://127.0.0.1:9/")
    handler.end_headers()


def _send(handler: BaseHTTPRequestHandler, body: bytes, *, status: int = 200) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def model_server(*answers: Answer) -> Iterator[ModelServer]:
    """A server that gives these answers in turn."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            asked = Asked(self.path, dict(self.headers), json.loads(self.rfile.read(length)))
            place = min(len(model.asked), len(model.answers) - 1)
            model.asked.append(asked)
            try:
                model.answers[place](asked, self)
            except OSError:
                return  # the other side hung up, as it should

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    model = ModelServer(f"http://127.0.0.1:{server.server_port}/v1", list(answers))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
