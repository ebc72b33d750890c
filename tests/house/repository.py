"""What stands in the repository, seen without git: a downloaded archive must pass the same checks."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


@cache
def files() -> tuple[Path, ...]:
    """Every file that is or could be tracked: all but .git and what .gitignore names."""
    ignored = [
        line for line in (ROOT / ".gitignore").read_text().splitlines() if line and not line.startswith("#")
    ]

    def is_ignored(path: Path) -> bool:
        inside = path.relative_to(ROOT).as_posix()
        return path.name == ".git" or any(
            fnmatch(f"/{inside}", rule.rstrip("/"))
            if rule.startswith("/")
            else fnmatch(path.name, rule.rstrip("/"))
            for rule in ignored
        )

    def walk(folder: Path) -> Iterator[Path]:
        for path in sorted(folder.iterdir()):
            if is_ignored(path):
                continue
            if path.is_dir():
                yield from walk(path)
            else:
                yield path

    return tuple(walk(ROOT))


@cache
def texts() -> tuple[tuple[str, str], ...]:
    """Name and content of every file that is text."""
    found = []
    for path in files():
        try:
            found.append((path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return tuple(found)


def python_files(*folders: str) -> list[Path]:
    """Python sources in these folders, without migrations (which a program writes)."""
    roots = [ROOT / folder for folder in folders]
    return [
        path
        for path in files()
        if path.suffix == ".py"
        and "migrations" not in path.parts
        and any(root in path.parents for root in roots)
    ]
