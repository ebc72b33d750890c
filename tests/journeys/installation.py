"""The application as it really runs, on loopback: its own data folder, server, worker and SQLite file."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass
class Installation:
    """A running house. ``address`` is what people type; ``data`` is its folder."""

    address: str
    data: Path
    env: dict[str, str]
    server: subprocess.Popen[bytes] | None = None

    @property
    def port(self) -> int:
        return int(self.address.rsplit(":", 1)[1])

    def manage(self, *words: str) -> str:
        """Run a management command and return what it printed."""
        command = [sys.executable, "-m", "weerklank_web.manage", *words]
        done = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def ask(self, code: str) -> Any:
        """Run a few lines inside the installation, with the tests' own cast at hand, and read the JSON they print."""
        self.env["PYTHONPATH"] = os.pathsep.join(str(ROOT / part) for part in ("src", "tests"))
        return json.loads(self.manage("shell", "--verbosity", "0", "-c", code).strip().splitlines()[-1])

    def letters(self, *, to: str) -> list[EmailMessage]:
        """Every letter to this address that left so far, oldest first."""
        sealed = sorted((self.data / "outbox").glob("*.eml"))
        letters = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in sealed]
        return [letter for letter in letters if to in str(letter["to"])]

    def start_server(self) -> None:
        server = [
            "uvicorn",
            "weerklank_web.config.asgi:application",
            "--port",
            str(self.port),
            "--no-access-log",
        ]
        quiet = ["--log-level", "warning", "--timeout-graceful-shutdown", "1"]
        self.server = subprocess.Popen([sys.executable, "-m", *server, *quiet], cwd=ROOT, env=self.env)
        deadline = time.monotonic() + 60
        while not self._answers():
            assert self.server.poll() is None, "the server stopped by itself"
            assert time.monotonic() < deadline, "the server did not answer within a minute"
            time.sleep(0.1)

    def kill_server(self) -> None:
        """As a power cut would: no goodbye, nothing flushed."""
        assert self.server is not None
        self.server.send_signal(signal.SIGKILL)
        self.server.wait()

    def _answers(self) -> bool:
        link = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            link.request("HEAD", "/")
            return link.getresponse().status > 0
        except OSError:
            return False
        finally:
            link.close()


@contextmanager
def running(data: Path, *, worker: bool = True) -> Iterator[Installation]:
    """An installation with an empty database, started as ``./weerklank run`` starts it; stopped at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    ours = {"WEERKLANK_DATA": str(data), "WEERKLANK_ADDRESS": address, "WEERKLANK_LOCAL": "true"}
    ours["DJANGO_SETTINGS_MODULE"] = "weerklank_web.config.settings"  # not those of the tests around us
    env = {name: value for name, value in os.environ.items() if not name.startswith("WEERKLANK_")} | ours
    house = Installation(address=address, data=data, env=env)
    house.manage("collectstatic", "--noinput", "--verbosity", "0")
    house.manage("migrate", "--noinput", "--verbosity", "0")
    helper = None
    try:
        house.start_server()
        if worker:
            helper = subprocess.Popen(
                [sys.executable, "-m", "weerklank_web.manage", "worker"], cwd=ROOT, env=env
            )
        yield house
    finally:
        for process in (house.server, helper):
            if process is not None:
                process.terminate()
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
