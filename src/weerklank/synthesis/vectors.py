"""Word vectors in a small file: reading, writing, looking up; Dutch compounds from their parts.

A file is a NumPy archive of four arrays: ``about`` (JSON: how it was made), ``words`` (one key per line, ``nl:`` or
``fr:`` before it), ``rows`` (int8, keys × dimensions) and ``frequencies`` (share of the corpus, for weighing).
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from weerklank.errors import MissingExtra
from weerklank.synthesis.refusals import because
from weerklank.synthesis.words import key_of, lexicon_for

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float32]

__all__ = ["WordVectors", "load_vectors", "shipped_vectors", "vectors_as_bytes"]

_SHIPPED = "vectors-nl-fr.npz"
_SHORTEST_PART = 4
_LINKS = ("", "s", "en", "e", "n")
_LEVELS = 127.0
_SMOOTH = 1e-3


@dataclass(frozen=True, eq=False)
class WordVectors:
    """One vector of length one per key, for several languages in one space.

    :param place: key (``nl:vertrouw``) → row.
    :param rows: keys × dimensions, float32, each of length one.
    :param frequencies: share of each key in the corpus it was made from.
    :param sha256: of the file.
    :param about: how it was made (JSON object as text).
    """

    place: Mapping[str, int]
    rows: Matrix
    frequencies: Matrix
    sha256: str
    about: str = "{}"
    _found: dict[tuple[str, str], tuple[tuple[int, float], ...]] = field(default_factory=dict, repr=False)

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self.rows.shape[1])

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages that have keys here."""
        return tuple(sorted({key.split(":", 1)[0] for key in self.place}))

    def parts_of(self, form: str, language: str) -> tuple[tuple[int, float], ...]:
        """Rows that stand for a form with their weight (rarer weighs more: Arora, Liang, Ma 2017); () when unknown."""
        asked = (form, language)
        if asked not in self._found:
            self._found[asked] = self._look_up(form, language)
        return self._found[asked]

    def _look_up(self, form: str, language: str) -> tuple[tuple[int, float], ...]:
        key = key_of(form, lexicon_for(language))
        found = self.place.get(f"{language}:{key}")
        if found is not None:
            return ((found, self._weight(found)),)
        parts = self._split(form, language)
        return tuple((part, self._weight(part) / len(parts)) for part in parts)

    def _weight(self, row: int) -> float:
        return float(_SMOOTH / (_SMOOTH + self.frequencies[row]))

    def _split(self, form: str, language: str) -> tuple[int, ...]:
        """A compound as two known parts, the longest second part first: "vergadercultuur" is vergader + cultuur."""
        if language not in ("nl", "de"):
            return ()
        lexicon = lexicon_for(language)
        for at in range(_SHORTEST_PART, len(form) - _SHORTEST_PART + 1):
            tail = self.place.get(f"{language}:{key_of(form[at:], lexicon)}")
            if tail is None:
                continue
            for link in _LINKS:
                head = form[: at - len(link)] if form[:at].endswith(link) else ""
                if len(head) < _SHORTEST_PART:
                    continue
                found = self.place.get(f"{language}:{key_of(head, lexicon)}")
                if found is not None:
                    return (found, tail)
        return ()


def vectors_as_bytes(
    keys: tuple[str, ...], rows: Matrix, frequencies: Matrix, about: Mapping[str, object]
) -> bytes:
    """The file: rows in 8 bits, written so that the same vectors always give the same bytes."""
    import numpy as np

    top = np.abs(rows).max(axis=1, keepdims=True)
    small = np.rint(rows / np.where(top > 0, top, 1) * _LEVELS).astype(np.int8)
    arrays: dict[str, npt.NDArray[np.generic]] = {
        "about": np.frombuffer(json.dumps(about, sort_keys=True).encode(), dtype=np.uint8),
        "words": np.frombuffer("\n".join(keys).encode(), dtype=np.uint8),
        "rows": small,
        "frequencies": frequencies.astype(np.float32),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            held = io.BytesIO()
            np.save(held, array, allow_pickle=False)
            # A fixed date: the day it was packed is no part of what it says.
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), held.getvalue(), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _read(data: bytes, name: str) -> WordVectors:
    try:
        import numpy as np
    except ImportError as error:
        raise MissingExtra("synthesis", needed_for=because("needs-vectors")) from error
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as archive:
            keys = archive["words"].tobytes().decode().split("\n")
            rows = archive["rows"].astype(np.float32)
            frequencies = archive["frequencies"]
            about = archive["about"].tobytes().decode()
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise because.bad_input("no-vectors", source=name) from error
    rows /= np.linalg.norm(rows, axis=1, keepdims=True) + np.float32(1e-9)
    place = {key: row for row, key in enumerate(keys)}
    return WordVectors(place, rows, frequencies, hashlib.sha256(data).hexdigest(), about)


def load_vectors(path: str | Path) -> WordVectors:
    """Vectors from a file that ``weerklank vectors train`` wrote.

    :raises BadInput: it is no such file.
    """
    file = Path(path)
    return _read(file.read_bytes(), file.name)


@lru_cache(maxsize=1)
def shipped_vectors() -> WordVectors:
    """The Dutch and French vectors that come with the package; see ``data/vectors-nl-fr.json`` for where they are from."""
    found = resources.files(__package__).joinpath("data", _SHIPPED)
    return _read(found.read_bytes(), _SHIPPED)
