"""Whether words and columns about votes say what the votes say: "agree" and "disagree" may never change places.

Which side a number belongs to is told by its name: a figure or fact that has ``agree``, ``disagree`` or ``pass`` as a part of
its name (``agree:s3``, ``share:disagree:s3``) is that of that side. What people answered to a source ``s3`` are the facts
``agree:s3``, ``disagree:s3`` and ``pass:s3``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from weerklank.errors import Unfounded
from weerklank.evidence.claims import loosely, numbers_in
from weerklank.evidence.refusals import because
from weerklank.report.citable import Figure

__all__ = ["SIDES", "Votes", "check_claims", "check_columns", "check_labels", "side_of", "votes_on"]

_PART = re.compile(r"[:/]")
SIDES = ("disagree", "agree", "pass")
_NUMBER = r"\d+(?:[.,]\d+)*"


@dataclass(frozen=True, slots=True)
class Votes:
    """What people answered; None is withheld."""

    agree: int | None
    disagree: int | None
    passed: int | None = 0

    def of(self, side: str) -> int | None:
        """The count of one side."""
        return {"agree": self.agree, "disagree": self.disagree, "pass": self.passed}[side]


@cache
def _raw() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("weerklank.evidence").joinpath("claims.toml").read_text(encoding="utf-8"))


@cache
def _data() -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    raw = _raw()
    words = {side: _any_of(raw["sides"][side]) for side in SIDES}
    return words, {kind: tuple(patterns) for kind, patterns in raw["claims"].items()}


def _any_of(phrases: list[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, phrases))})"


@cache
def _claims() -> tuple[tuple[str, str, str, re.Pattern[str]], ...]:
    """Kind, side a, side b, pattern; "oneens" before "eens"."""
    raw, claims = _raw(), _data()[1]
    words = {side: _any_of([*raw["sides"][side], *raw["stands"][side]]) for side in SIDES}
    made = []
    for kind, patterns in claims.items():
        for side in SIDES:
            for other in SIDES if kind == "more" else ("",):
                if side == other:
                    continue
                for pattern in patterns:
                    text = pattern.format(a=words[side], b=words.get(other, ""))
                    made.append((kind, side, other, re.compile(rf"\b{text}\b", re.IGNORECASE)))
    return tuple(made)


@cache
def _labels() -> re.Pattern[str]:
    words, _ = _data()
    groups = "|".join(rf"(?P<{side}>\b{words[side]}\b)" for side in SIDES)
    return re.compile(rf"(?P<number>(?<![\w.,]){_NUMBER})|{groups}", re.IGNORECASE)


def side_of(name: str) -> str | None:
    """``agree``, ``disagree`` or ``pass`` when a part of the name of a figure says so, or is the label of that side."""
    parts = _PART.split(name)
    named = next((part for part in parts if part in SIDES), None)
    return named or next((side for side in SIDES if parts[-1].casefold() in _raw()["sides"][side]), None)


def votes_on(sources: Iterable[str], facts: Mapping[str, int | None]) -> Votes | None:
    """What people answered to the one source that was voted on; None when there is none, or more than one."""
    asked = [source for source in sources if f"agree:{source}" in facts and f"disagree:{source}" in facts]
    if len(asked) != 1:
        return None
    (source,) = asked
    return Votes(facts[f"agree:{source}"], facts[f"disagree:{source}"], facts.get(f"pass:{source}", 0))


def check_claims(text: str, votes: Votes, *, sources: tuple[str, ...] = ()) -> None:
    """Raise ``Unfounded`` when a sentence claims more of a side than the votes give it ("meer eens dan oneens")."""
    spoken = loosely(text)
    for kind, side, other, pattern in _claims():
        match = pattern.search(spoken)
        if match is None or (side == "agree" and _denied(match, spoken)):
            continue
        counts = (votes.agree, votes.disagree, votes.passed)
        known = [count for count in counts if count is not None]
        if len(known) < len(counts):
            raise Unfounded(because("direction-unknown", words=match.group()), sentence=text, sources=sources)
        mine, total = votes.of(side) or 0, sum(known)
        if not _holds(kind, mine, (votes.of(other) or 0) if other else 0, total):
            why = because("direction", words=match.group(), agree=votes.agree, disagree=votes.disagree)
            raise Unfounded(why, sentence=text, sources=sources)


def _holds(kind: str, mine: int, theirs: int, total: int) -> bool:
    match kind:
        case "more":
            return mine > theirs
        case "most":
            return 2 * mine > total
        case _:
            return mine == total > 0


def _denied(match: re.Match[str], text: str) -> bool:
    """The words for agreeing are the end of the words for not agreeing ("niet mee eens", "pas d'accord")."""
    words, _ = _data()
    end = re.compile(rf"{words['disagree']}\Z", re.IGNORECASE)
    return bool(end.search(text[: match.end()]))


def check_labels(text: str, figures: Sequence[Figure], *, sources: tuple[str, ...] = ()) -> None:
    """Raise ``Unfounded`` when a number stands beside "eens" or "oneens" and is that of another side only."""
    values = _by_side(figures)
    if not values:
        return
    for side, number in _pairs(loosely(text)):
        if side in values and number not in values[side]:
            owners = [other for other in values if number in values[other]]
            if owners:
                why = because("side-swapped", number=number, words=_first_word(side))
                raise Unfounded(why, sentence=text, sources=sources)


def check_columns(
    caption: str, header: Sequence[str], rows: Sequence[Sequence[str]], figures: Sequence[Figure]
) -> None:
    """Raise ``Unfounded`` when a column that is called after a side does not hold the figures of that side, in order."""
    ordered: dict[str, list[str]] = {}
    for figure in figures:
        side = side_of(figure.name)
        if side is not None and figure.value is not None:
            ordered.setdefault(side, []).append(str(figure.value))
    for place, label in enumerate(header):
        side = next((kind for kind, _ in _sides_in(label)), None)
        if place == 0 or side not in ordered:
            continue
        shown = [number for row in rows for number in numbers_in(row[place])]
        if shown != ordered[side]:
            odd = next((one for one, own in zip(shown, ordered[side], strict=False) if one != own), "–")
            raise Unfounded(because("side-swapped", number=odd, words=label), sentence=caption)


def _by_side(figures: Iterable[Figure]) -> dict[str, set[str]]:
    values: dict[str, set[str]] = {}
    for figure in figures:
        side = side_of(figure.name)
        if side is not None and figure.value is not None:
            values.setdefault(side, set()).add(str(figure.value))
    return values


def _sides_in(text: str) -> Iterator[tuple[str, str]]:
    """Sides and numbers in the order in which they stand: (side or ``number``, the words)."""
    for match in _labels().finditer(text):
        yield match.lastgroup or "", match.group()


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Each side with the number beside it: behind it where the text begins with a side ("eens 60"), else before it."""
    found = list(_sides_in(text))
    if not found:
        return
    step = 1 if found[0][0] != "number" else -1
    for place, (kind, _) in enumerate(found):
        there = place + step
        if kind != "number" and 0 <= there < len(found) and found[there][0] == "number":
            for number in numbers_in(found[there][1]):
                yield kind, number


def _first_word(side: str) -> str:
    return _raw()["sides"][side][0]
