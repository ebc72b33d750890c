"""The sentences about seats, read once from ``wording.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from weerklank.errors import BadInput

__all__ = ["breach_in_words", "conflict_in_words", "list_words", "seat_in_words", "why_in_words"]

Words = dict[str, dict[str, str]]


@cache
def _languages() -> dict[str, Words]:
    return tomllib.loads(files("weerklank.allocation").joinpath("wording.toml").read_text(encoding="utf-8"))


def _words(language: str) -> Words:
    known = _languages()
    if language not in known:
        raise BadInput(
            f"De taal «{language}» is er niet voor zalen en plekken.",
            remedy=f"Kies uit: {', '.join(sorted(known))}.",
        )
    return known[language]


def seat_in_words(kind: str, *, room: str, theme: str, rank: int | None, language: str) -> str:
    """Where somebody sits, and which wish that was."""
    words = _words(language)
    ordinals: Sequence[str] = list(words["ordinals"])
    nth = ""
    if rank is not None:
        several = str(words["ordinal"])
        nth = ordinals[rank - 1] if rank <= len(ordinals) else several.format(rank=rank)
    return words["seat"][kind].format(room=room, theme=theme, rank=nth)


def why_in_words(kind: str, *, first: str, places: int, language: str) -> str:
    """Why it is not the first choice."""
    return _words(language)["why"][kind].format(first=first, places=places)


def conflict_in_words(
    kind: str,
    *,
    asked: int,
    there: int,
    people: Sequence[str],
    rooms: Sequence[str],
    needs: Sequence[str],
    language: str,
) -> str:
    """What contradicts what."""
    return _filled("conflict", kind, asked, there, (people, rooms, needs), language)


def breach_in_words(
    kind: str,
    *,
    asked: int,
    there: int,
    people: Sequence[str],
    rooms: Sequence[str],
    needs: Sequence[str],
    language: str,
) -> str:
    """Which hard rule a seating breaks."""
    return _filled("breach", kind, asked, there, (people, rooms, needs), language)


def list_words(language: str) -> dict[str, str]:
    """The heads of columns and the titles of lists."""
    return _words(language)["list"]


def _filled(
    family: str, kind: str, asked: int, there: int, names: tuple[Sequence[str], ...], language: str
) -> str:
    words = _words(language)
    people, rooms, needs = (_listed(part, joint=str(words["and"])) for part in names)
    return words[family][kind].format(asked=asked, there=there, people=people, rooms=rooms, needs=needs)


def _listed(names: Sequence[str], *, joint: str) -> str:
    if not names:
        return "—"
    return joint.join(part for part in (", ".join(names[:-1]), names[-1]) if part)
