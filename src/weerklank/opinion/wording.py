"""The sentences about the shape of opinions, read once from ``wording.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from weerklank.opinion.refusals import because

__all__ = ["bridge_in_words", "verdict_in_words"]

Words = dict[str, dict[str, str]]


@cache
def _languages() -> dict[str, Words]:
    return tomllib.loads(files("weerklank.opinion").joinpath("wording.toml").read_text(encoding="utf-8"))


def _words(language: str) -> Words:
    known = _languages()
    if language not in known:
        raise because.bad_input("no-language", language=language, known=", ".join(sorted(known)))
    return known[language]


def verdict_in_words(
    kind: str,
    reasons: Sequence[str],
    *,
    groups: int,
    equal: float | None,
    repetitions: int,
    language: str,
) -> str:
    """The verdict, why where that needs saying, and the power to have seen otherwise."""
    words = _words(language)
    if "not-tested" in reasons:
        return words["verdict"]["not-tested"]
    key = "undetermined-both" if kind == "undetermined" and "neither-better" in reasons else kind
    numbers: Sequence[str] = list(words["numbers"])
    counted = numbers[groups] if groups < len(numbers) else str(groups)
    parts = [words["verdict"][key].format(groups=counted)]
    parts += [words["because"][reason] for reason in reasons if reason in words["because"]]
    if equal is not None and kind != "groups":
        parts.append(_power(words["power"], equal, repetitions))
    return " ".join(parts)


def _power(words: dict[str, str], share: float, repetitions: int) -> str:
    if share <= 0:
        return words["never"]
    if share >= 1 and repetitions >= 50:
        return words["always"]
    # Said in tens: more would suggest a precision that so few simulations do not have.
    return words["seen"].format(often=round(share * min(repetitions, 10)), of=min(repetitions, 10))


def bridge_in_words(method: str, *, language: str) -> str:
    """What the agreement of a bridging statement is measured over."""
    return _words(language)["bridge"][method]
