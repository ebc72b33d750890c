"""An installation on the open net starts only when it is safe, and then Django's own check finds nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from house.repository import ROOT

PRODUCTION = {
    "WEERKLANK_LOCAL": "false",
    "WEERKLANK_ADDRESS": "https://weerklank.example",
    "WEERKLANK_HOSTS": "weerklank.example",
    "WEERKLANK_SECRET_KEY": "".join(chr(33 + (7 * n) % 90) for n in range(64)),
    "WEERKLANK_MAIL_URL": "smtp+tls://letters:secret@mail.example:587",
    "WEERKLANK_SECURITY_CONTACT": "mailto:security@weerklank.example",
}


def checked(folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    env = {
        name: value for name, value in os.environ.items() if not name.startswith(("WEERKLANK_", "DJANGO_"))
    }
    env |= {"WEERKLANK_DATA": str(folder), "PYTHONPATH": str(ROOT / "src")} | settings
    command = [sys.executable, "-m", "weerklank_web.manage", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def test_the_settings_of_the_manual_pass_the_check_for_deployment(tmp_path: Path) -> None:
    said = checked(tmp_path, **PRODUCTION)
    assert said.returncode == 0, said.stderr


def test_without_a_key_of_its_own_it_does_not_start(tmp_path: Path) -> None:
    said = checked(tmp_path, **{k: v for k, v in PRODUCTION.items() if k != "WEERKLANK_SECRET_KEY"})
    assert said.returncode != 0
    assert "WEERKLANK_SECRET_KEY is missing" in said.stderr
