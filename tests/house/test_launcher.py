"""The launcher, as somebody types it. What it installs and starts is shown by a clean clone, not here."""

from __future__ import annotations

import ast
import socket
import subprocess
import sys

from house.repository import ROOT


def typed(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "weerklank", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_it_needs_nothing_but_python_itself() -> None:
    tree = ast.parse((ROOT / "weerklank").read_text())
    imported = {n.names[0].name for n in ast.walk(tree) if isinstance(n, ast.Import)}
    imported |= {str(n.module) for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imported} - sys.stdlib_module_names == set()


def test_a_port_in_use_is_told_in_one_sentence_before_anything_happens() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = typed("run", "--port", str(port))
    assert said.returncode == 1
    assert f"Port {port} on 127.0.0.1 cannot be used" in said.stderr
    assert f"--port {port + 1}" in said.stderr
    assert "Traceback" not in said.stderr


def test_without_a_word_it_tells_what_it_can_do() -> None:
    said = typed()
    assert said.returncode == 0
    assert {"run", "test", "build", "lock", "clean"} <= set(said.stdout.split())
