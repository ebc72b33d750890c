"""In which order contributions are read: that of the hash of their content, so that the order they came in cannot matter."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from weerklank.evidence import Contribution
from weerklank.synthesis.refusals import because

__all__ = ["fingerprint", "hash_of", "in_order"]


def hash_of(contribution: Contribution) -> bytes:
    """SHA-256 of all that was said and where, but not of the id: what order is decided by."""
    parts = (
        contribution.text,
        contribution.theme,
        contribution.room or "",
        contribution.level or "",
        contribution.tone or "",
        contribution.prompt or "",
    )
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).digest()


def in_order(
    contributions: Iterable[Contribution],
) -> tuple[tuple[Contribution, ...], tuple[bytes, ...]]:
    """Contributions by hash, those of one hash by id; and their hashes.

    :raises BadInput: two contributions with one id.
    """
    import numpy as np

    came = tuple(contributions)
    if len({one.id for one in came}) < len(came):
        raise because.bad_input("same-id")
    hashes = [hash_of(one) for one in came]
    words = np.frombuffer(b"".join(hashes), dtype=">u8").astype(np.uint64).reshape(-1, 4)
    order = np.lexsort(words.T[::-1])
    same = (words[order][1:] == words[order][:-1]).all(axis=1)
    tied = np.concatenate((same, [False])) | np.concatenate(([False], same)) if came else same
    # Only where hashes are equal do ids decide; sorting a million pairs of strings takes seconds.
    order[tied] = sorted(order[tied].tolist(), key=lambda place: (hashes[place], came[place].id))
    places = order.tolist()
    return tuple(came[place] for place in places), tuple(hashes[place] for place in places)


def fingerprint(said: Sequence[Contribution], hashes: Sequence[bytes]) -> str:
    """SHA-256 of the contributions, in the order of their content."""
    digest = hashlib.sha256()
    for one, hashed in zip(said, hashes, strict=True):
        digest.update(f"{one.id}\x1f{hashed.hex()}\x1e".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
