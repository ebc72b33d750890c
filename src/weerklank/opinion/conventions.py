"""What a 1 means in a file of votes: told, declared, or proved by counts; never guessed.

Exports of Polis write +1 for agree, its database -1. Newer exports declare it (``agree=+1;disagree=-1;pass=0``); older
ones publish how many agreed with each statement, against which the votes are laid.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from weerklank.errors import BadInput
from weerklank.opinion.refusals import because

if TYPE_CHECKING:
    from weerklank.opinion.votes import Votes

__all__ = ["DECLARATION", "Convention", "declared_in", "proved_by", "settled"]

DECLARATION = "agree=+1;disagree=-1;pass=0;format=polis-export/1"


class Convention(StrEnum):
    """What a +1 in the source means. Exports say agree, raw Polis databases disagree; never guess."""

    AGREE_IS_POSITIVE = "agree-is-positive"
    AGREE_IS_NEGATIVE = "agree-is-negative"


_CLEARLY = 0.5  # of two readings the right one fits more than twice as well; a few late votes do no harm


def declared_in(text: str | None, *, source: str) -> Convention | None:
    """What a declaration says; None when there is none.

    :raises BadInput: it cannot be read.
    """
    if not text:
        return None
    parts = dict(part.strip().partition("=")[::2] for part in text.split(";") if part.strip())
    signs = (parts.get("agree", "").strip(), parts.get("disagree", "").strip())
    if signs in {("+1", "-1"), ("1", "-1")}:
        return Convention.AGREE_IS_POSITIVE
    if signs in {("-1", "+1"), ("-1", "1")}:
        return Convention.AGREE_IS_NEGATIVE
    raise because.bad_input("bad-declaration", source=source, declared=text)


def proved_by(votes: Votes, published: Mapping[Hashable, tuple[int, int]]) -> Convention | None:
    """Which reading of the signs fits the published numbers of agreeing and disagreeing people per statement.

    :param votes: read as if +1 were agree.
    :param published: per statement how many agreed and disagreed.
    :returns: None when the counts do not tell.
    """
    known = [(place, published[one]) for place, one in enumerate(votes.statements) if one in published]
    if not known:
        return None
    there = np.array([place for place, _ in known])
    agrees, disagrees = np.array([counts for _, counts in known], dtype=np.int64).T
    plus, minus = votes.agrees[there], votes.disagrees[there]
    straight = int(np.abs(plus - agrees).sum() + np.abs(minus - disagrees).sum())
    turned = int(np.abs(plus - disagrees).sum() + np.abs(minus - agrees).sum())
    if straight < _CLEARLY * turned:
        return Convention.AGREE_IS_POSITIVE
    if turned < _CLEARLY * straight:
        return Convention.AGREE_IS_NEGATIVE
    return None


def settled(
    told: Convention | None,
    declared: Convention | None,
    proved: Convention | None,
    *,
    source: str,
) -> Convention:
    """The one convention that follows.

    :raises BadInput: nothing tells, or two tell different things.
    """
    said = {one for one in (told, declared, proved) if one is not None}
    if not said:
        raise because.bad_input("convention-unknown", source=source)
    if len(said) > 1:
        raise _contradiction(told, declared, proved, source=source)
    return said.pop()


def _contradiction(
    told: Convention | None,
    declared: Convention | None,
    proved: Convention | None,
    *,
    source: str,
) -> BadInput:
    return because.bad_input(
        "convention-contradicts",
        source=source,
        told=told or "—",
        declared=declared or "—",
        proved=proved or "—",
    )
