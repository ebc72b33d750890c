"""The sentences about seats, read once from ``wording.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from weerklank.allocation.refusals import because

__all__ = [
    "breach_in_words",
    "change_in_words",
    "conflict_in_words",
    "effect_words",
    "list_words",
    "part_in_words",
    "rank_in_words",
    "relocation_in_words",
    "room_in_words",
    "seat_in_words",
    "spoken",
    "why_in_words",
]

Words = dict[str, dict[str, str]]


@cache
def _languages() -> dict[str, Words]:
    return tomllib.loads(files("weerklank.allocation").joinpath("wording.toml").read_text(encoding="utf-8"))


def _words(language: str) -> Words:
    known = _languages()
    if language not in known:
        raise because.bad_input("no-language-seats", language=language, known=", ".join(sorted(known)))
    return known[language]


def spoken(language: str) -> str:
    """``language`` where the sentences about seats exist in it; else English."""
    return language if language in _languages() else "en"


def seat_in_words(kind: str, *, room: str, theme: str, rank: int | None, language: str) -> str:
    """Where somebody sits, and which wish that was."""
    words = _words(language)
    nth = "" if rank is None else _ordinal(words, rank)
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
    turn: int | None = None,
) -> str:
    """Which hard rule a seating breaks, and in which round where there are several."""
    sentence = _filled("breach", kind, asked, there, (people, rooms, needs), language)
    return (
        sentence
        if turn is None
        else _words(language)["breach"]["in-round"].format(round=turn, sentence=sentence)
    )


def policy_in_words(language: str = "nl") -> dict[str, str]:
    """Setting of the policy → what it does, for whoever chooses what weighs more."""
    return dict(_words(language)["policy"])


def unit_in_words(term: str, language: str = "nl") -> str:
    """What one point of a term is: "per pair of one organisation in a room"."""
    return _words(language)["unit"][term]


def rank_in_words(rank: int | None, wished: bool, *, language: str) -> str:
    """Which wish a room is, as «tweede keuze» or «niet gekozen»."""
    words = _words(language)
    if rank is not None:
        return words["effect"]["rank"].format(rank=_ordinal(words, rank))
    return words["effect"]["unwished" if wished else "no-wish"]


def change_in_words(term: str, by: int, *, language: str) -> str:
    """A term that rises or falls, in its own unit."""
    words = _words(language)["change"]
    form = f"{term}-{'more' if by > 0 else 'less'}-{'one' if abs(by) == 1 else 'many'}"
    return words[form].format(by=abs(by))


def effect_words(language: str) -> dict[str, str]:
    """The parts of sentences about a change of seats."""
    return _words(language)["effect"]


def room_in_words(
    *,
    language: str,
    room: str,
    theme: str,
    people: int,
    places: int,
    asked: int,
    ranks: Sequence[tuple[int, int]],
    unwished: int,
    layers: int,
    colleagues: int,
) -> str:
    """Why a room is as it is."""
    words = _words(language)
    told = [words["room"]["rank"].format(count=count, rank=_ordinal(words, rank)) for rank, count in ranks]
    if unwished:
        told.append(words["room"]["unwished"].format(count=unwished))
    choices = _listed(told, joint=str(words["and"])) if told else words["room"]["nobody"]
    return words["room"]["text"].format(
        room=room,
        theme=theme,
        people=people,
        places=places,
        asked=asked,
        choices=choices,
        layers=layers,
        colleagues=colleagues,
    )


def relocation_in_words(
    kind: str, *, name: str, start: str, to: str, wish: str, gains: Sequence[str], language: str
) -> str:
    """One move at the door, with what it is for."""
    words = _words(language)
    gained = _listed(list(gains), joint=str(words["and"]))
    why = words["relocation"][kind].format(start=start, to=to, gains=gained)
    return words["relocation"]["move"].format(name=name, start=start, to=to, wish=wish, why=why)


def part_in_words(kind: str, *, language: str, **filled: object) -> str:
    """One demand of a conflict («part:places»), or one way to mend it («repair:places»)."""
    words = _words(language)
    family, _, short = kind.rpartition(":")
    table = words[family or "part"]
    named = {
        name: _listed(value, joint=str(words["and"])) if isinstance(value, tuple) else value
        for name, value in filled.items()
    }
    return table[short].format(**named)


def _ordinal(words: Words, rank: int) -> str:
    ordinals: Sequence[str] = list(words["ordinals"])
    return ordinals[rank - 1] if rank <= len(ordinals) else str(words["ordinal"]).format(rank=rank)


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
