"""Two clauses beside each other: do they speak of the same, and do they say the contrary?"""

from __future__ import annotations

from weerklank.synthesis.wording.claiming import Clause

__all__ = ["opposed_by", "reversed_by", "share_a_part", "speaks_of", "turns_in"]

_PART = 4


def share_a_part(key: str, other: str) -> bool:
    """One begins or ends with the other, or they begin alike for most of their length: huurwoning, woning."""
    short, long = sorted((key, other), key=len)
    if len(short) < _PART:
        return False
    if long.startswith(short) or long.endswith(short):
        return True
    alike = next(
        (place for place, pair in enumerate(zip(short, long, strict=False)) if pair[0] != pair[1]), len(short)
    )
    return alike > _PART and 3 * alike >= 2 * len(long)


def speaks_of(key: str, clause: Clause) -> bool:
    """The clause holds this word, a part of it, or the verb that it is."""
    return key in clause.keys or key in clause.forms or any(share_a_part(key, other) for other in clause.keys)


def _same_way(clause: Clause, others: tuple[Clause, ...]) -> bool:
    """As often turned around; whoever says that there is no light may be told as asking for light."""
    stands, there = clause.stands, frozenset(side for other in others for side in other.stands)
    ours, theirs = turns_in((clause,), alone=not there), turns_in(others, alone=not stands)
    if clause.wished and not ours and theirs and not any(other.wished for other in others):
        return True
    return ours % 2 == theirs % 2


def turns_in(clauses: tuple[Clause, ...], *, alone: bool) -> int:
    """How often these clauses turn around; being against something is a turn where only this side says so."""
    against = sum("against" in clause.stands for clause in clauses) if alone else 0
    return sum(clause.negated + len(clause.lacks) for clause in clauses) + against


def reversed_by(
    clause: Clause,
    nearest: list[Clause],
    covering: tuple[Clause, ...],
    here: tuple[Clause, ...],
    there: tuple[Clause, ...],
) -> Clause | None:
    """The clause that says the contrary, or None."""
    if not nearest:
        turned = any(other.negated or other.lacks for other in there)
        return there[0] if clause.negated and not turned else None
    for key in clause.keys:
        mentioned = any(key in one.lacks or (key in one.keys and one.negated) for one in here)
        if key in nearest[0].lacks and not mentioned and not clause.wished:
            return nearest[0]
        holding = [other for other in there if key in other.keys]
        if key in clause.lacks and holding and not any(key in one.lacks or one.negated for one in holding):
            return holding[0]
    return None if _same_way(clause, covering) else nearest[0]


def opposed_by(clause: Clause, nearest: list[Clause], there: tuple[Clause, ...]) -> Clause | None:
    """A clause that names the other end of a pair, where none names the same end."""
    for among in (nearest, list(there)):
        said = {sign for other in among for sign in other.signs}
        for pair, end in clause.signs:
            if (pair, end) not in said and (pair, 1 - end) in said:
                return next(other for other in among if (pair, 1 - end) in other.signs)
        stands = {side for other in among for side in other.stands}
        if clause.stands and stands and not clause.stands & stands:
            return next(other for other in among if other.stands)
    return None
