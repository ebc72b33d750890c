"""Votes in, a picture out that may be kept and shown: the only file of this app that analyses votes.

Everything in a :class:`Picture` has passed the gate: people in steps of k, shares on a grid of k people, the map as a density
of fields with at least k people, estimates of the model rounded to five per cent.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from uuid import UUID

import numpy as np

from weerklank.opinion import (
    BridgeMethod,
    Convention,
    Honesty,
    Opinion,
    OpinionMap,
    Parts,
    VerdictKind,
    Votes,
    analyse,
    routing,
)
from weerklank.opinion.density import Density, density_of, ends_of, is_flat
from weerklank.opinion.shown import Shares, in_fives, people_in_steps, share_of, shares_of

__all__ = [
    "FEWEST_FOR_MAP",
    "Cast",
    "Density",
    "Picture",
    "Shares",
    "chances_of",
    "fingerprint_of",
    "picture_of",
    "place_of",
    "shift_of",
]

FEWEST_FOR_MAP = 50
_LISTED = 5
_UNITES = 0.5
_DIVIDED = 25
_STYLE = 0.7
_LANGUAGES = ("nl", "en", "fr")


@dataclass(frozen=True, slots=True)
class Cast:
    """All votes of a step, in columns: under which key, on what, and what."""

    voters: Sequence[str]
    items: Sequence[UUID]
    values: Sequence[int]

    def __len__(self) -> int:
        return len(self.values)


@dataclass(frozen=True, slots=True)
class Uniting:
    """Something that unites: ``floor`` is the least agreement expected anywhere near the middle of the map."""

    item: str
    floor: int | None


@dataclass(frozen=True, slots=True)
class Dividing:
    """Something that divides: agreement in per cent at either end (or in each group); empty where only counted."""

    item: str
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Typical:
    """What a part answers more often than the others do, in per cent."""

    item: str
    answer: str
    inside: int
    outside: int


@dataclass(frozen=True, slots=True)
class Part:
    """A group that the verdict allows, or a piece of an explicit cut."""

    people: int
    percent: int | None
    typical: tuple[Typical, ...]


@dataclass(frozen=True, slots=True)
class End:
    """One end of the map: whoever stands there agrees more often with these, disagrees more often with those."""

    agree: tuple[str, ...]
    disagree: tuple[str, ...]


@dataclass(frozen=True)
class Picture:
    """What votes say, fit to be shown. Texts stand elsewhere: what was withdrawn since has none any more."""

    people: int | None
    kind: str = ""
    sentence: Mapping[str, str] = field(default_factory=dict)
    items: Mapping[str, Shares | None] = field(default_factory=dict)
    unites: tuple[Uniting, ...] = ()
    divides: tuple[Dividing, ...] = ()
    groups: tuple[Part, ...] = ()
    cuts: Mapping[str, tuple[Part, ...]] = field(default_factory=dict)
    density: Density | None = None
    ends: tuple[End, ...] = ()
    agree_style: bool = False

    def as_dict(self) -> dict[str, object]:
        """Plain JSON data."""
        plain: dict[str, object] = json.loads(json.dumps(asdict(self)))
        return plain


def fingerprint_of(cast: Cast) -> str:
    """SHA-256 of the votes, whatever order they come in. Keys are random and secret, so it can not be guessed and tried."""
    rows = sorted(zip(cast.voters, (str(item) for item in cast.items), cast.values, strict=True))
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def chances_of(cast: Cast, items: Iterable[UUID]) -> dict[UUID, float]:
    """How likely each item should be to come first for somebody new: what few saw or what is still uncertain, sooner."""
    wanted = list(items)
    if not len(cast):
        return dict.fromkeys(wanted, 1.0)
    known = routing(_votes(cast), None).probabilities
    most = max(known.values(), default=1.0)
    return {item: known.get(item, most) or most for item in wanted}


def picture_of(cast: Cast, *, k: int, seed: int, full: bool = True) -> tuple[Picture, dict[str, object]]:
    """The picture, and what is needed to find somebody's own place on its map (empty without a map)."""
    voters = len(set(cast.voters))
    people = people_in_steps(voters, k=k)
    if people is None:
        return Picture(people=None), {}
    votes = _votes(cast)
    opinion = analyse(votes, seed=seed, honesty=Honesty.FULL if full else Honesty.QUICK)
    items = _items(opinion, k)
    plenty = people >= FEWEST_FOR_MAP  # decided on what is shown
    shaped = opinion.verdict.kind in (VerdictKind.SPECTRUM, VerdictKind.GROUPS)
    map_ = opinion.map if plenty and shaped else None
    voted = opinion.votes.per_participant > 0
    density = None if map_ is None else density_of(map_.position[voted], k=k, flat=is_flat(opinion.verdict))
    return Picture(
        people=people,
        kind=opinion.verdict.kind.value,
        sentence={language: opinion.verdict.sentence(language) for language in _LANGUAGES},
        items=items,
        unites=_unites(opinion, items),
        divides=_divides(opinion, items, k),
        groups=() if not plenty or opinion.groups is None else _parts(opinion.groups, k),
        cuts=_cuts(opinion, k) if map_ is not None else {},
        density=density,
        ends=() if map_ is None else _ends(opinion, map_),
        agree_style=map_ is not None and abs(map_.agree_correlation) >= _STYLE,
    ), ({} if map_ is None or density is None else _model(opinion, map_))


def place_of(own: Mapping[str, int], model: Mapping[str, object]) -> tuple[float, float] | None:
    """Where these votes stand on the map: the posterior mean given the map as it was frozen; None without votes on it."""
    vectors = {name: np.array(vector) for name, vector in model["vectors"].items()}  # type: ignore[attr-defined]
    centres: Mapping[str, float] = model["centres"]  # type: ignore[assignment]
    noise = float(model["noise"])  # type: ignore[arg-type]
    known = [name for name in own if name in vectors]
    if not known:
        return None
    precision, pull = np.eye(2), np.zeros(2)
    for name in known:
        precision += np.outer(vectors[name], vectors[name]) / noise
        pull += vectors[name] * (own[name] - centres[name]) / noise
    at = np.linalg.solve(precision, pull)
    return float(at[0]), float(at[1])


def shift_of(before: Cast, after: Cast, *, k: int) -> dict[str, Shares | None]:
    """By item: of the people who voted both times, which share moved towards agree, towards disagree, or stayed (as ``passed``)."""
    first = {
        (who, item): value
        for who, item, value in zip(before.voters, before.items, before.values, strict=True)
    }
    moves: dict[UUID, list[int]] = {}
    for who, item, value in zip(after.voters, after.items, after.values, strict=True):
        if (who, item) in first:
            moved = value - first[who, item]
            moves.setdefault(item, [0, 0, 0])[0 if moved > 0 else 1 if moved < 0 else 2] += 1
    return {str(item): shares_of(*counts, k=k) for item, counts in moves.items()}


# --- the parts of a picture -----------------------------------------------------------------------------


def _votes(cast: Cast) -> Votes:
    return Votes.from_long(
        list(cast.voters), list(cast.items), list(cast.values), convention=Convention.AGREE_IS_POSITIVE
    )


def _items(opinion: Opinion, k: int) -> dict[str, Shares | None]:
    counts = opinion.statements.counts.tolist()
    return {
        str(item): shares_of(*(int(count) for count in row), k=k)
        for item, row in zip(opinion.statements.ids, counts, strict=True)
    }


def _unites(opinion: Opinion, items: Mapping[str, Shares | None]) -> tuple[Uniting, ...]:
    found = []
    for bridge in opinion.bridging():
        shares = items[str(bridge.statement)]
        if shares is None:
            continue
        if bridge.method is BridgeMethod.EVERYBODY:
            if shares.agree.low > 100 * _UNITES:  # decided on what is shown
                found.append(Uniting(str(bridge.statement), None))
        elif bridge.agreement.low > _UNITES:
            found.append(Uniting(str(bridge.statement), in_fives(bridge.agreement.low)))
    return tuple(found[:_LISTED])


def _divides(opinion: Opinion, items: Mapping[str, Shares | None], k: int) -> tuple[Dividing, ...]:
    if not opinion.enough_people:
        split = {item: min(each.agree.percent, each.disagree.percent) for item, each in items.items() if each}
        order = sorted(
            (item for item in split if split[item] >= _DIVIDED), key=lambda item: (-split[item], item)
        )
        return tuple(Dividing(item) for item in order[:_LISTED])
    found = []
    for one in opinion.divisive():
        if items[str(one.statement)] is None:
            continue
        if opinion.groups is None:  # predicted by the map, not counted
            ends = tuple(in_fives(share) for share in one.shares)
        else:
            counted = opinion.groups.inside[:, one.index].tolist()
            shares = [share_of(row[0], row[3], k=k) for row in counted]
            ends = tuple(share.percent for share in shares if share is not None)
            ends = ends if len(ends) == len(shares) else ()
        found.append(Dividing(str(one.statement), ends))
    return tuple(found[:_LISTED])


def _sizes(parts: Parts) -> list[int]:
    return [int((parts.label == part).sum()) for part in range(parts.k)]


def _parts(parts: Parts, k: int) -> tuple[Part, ...]:
    """The parts as they may be shown; none at all when one of them is too small for a share."""
    sizes = _sizes(parts)
    if min(sizes) < 2 * k:
        return ()
    total = sum(sizes)
    shown = []
    for number, size in enumerate(sizes):
        percent = share_of(size, total, k=k)
        typical = []
        for one in parts.representative(number):
            inside = share_of(one.inside.count, one.inside.total, k=k)
            outside = share_of(one.outside.count, one.outside.total, k=k)
            if inside is not None and outside is not None and inside.percent > outside.percent:
                typical.append(Typical(str(one.statement), one.answer.value, inside.percent, outside.percent))
        shown.append(
            Part(
                people=people_in_steps(size, k=k) or 0,
                percent=None if percent is None else percent.percent,
                typical=tuple(typical[:_LISTED]),
            )
        )
    return tuple(shown)


def _cuts(opinion: Opinion, k: int) -> dict[str, tuple[Part, ...]]:
    return {str(pieces): _parts(opinion.segments(pieces), k) for pieces in (2, 3)}


def _ends(opinion: Opinion, map_: OpinionMap) -> tuple[End, ...]:
    """Left and right, then bottom and top: with what people there agree or disagree more often."""
    return tuple(
        End(agree=tuple(map(str, end.agree)), disagree=tuple(map(str, end.disagree)))
        for end in ends_of(map_, opinion.statements.ids)
    )


def _model(opinion: Opinion, map_: OpinionMap) -> dict[str, object]:
    names = [str(item) for item in opinion.statements.ids]
    return {
        "vectors": {
            name: [round(float(each), 4) for each in vector]
            for name, vector in zip(names, map_.vectors, strict=True)
        },
        "centres": {name: round(float(centre), 4) for name, centre in zip(names, map_.centres, strict=True)},
        "noise": round(float(map_.noise), 4),
    }
