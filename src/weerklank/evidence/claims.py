"""What a sentence claims: its numbers, its quoted spans, its "most" and "all".

Found by rule, not by a model: the same sentence always gives the same claims. Limits: a count that is only
implied ("overal") is not seen, and a right number in a wrong place passes.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

__all__ = [
    "counts_of",
    "loosely",
    "nouns_of_rooms",
    "numbers_in",
    "quoted_in",
    "sentences_in",
    "sweeping_in",
    "without_dates",
]

_NUMBER = re.compile(r"(?<![^\W\d_])(?<!\d)(?<!\d[.,])\d+(?:[.,]\d+)*")
_QUOTED = re.compile(r"“([^“”]+)”|„([^„”“]+)[”“]|«\s*([^«»]+?)\s*»|\"([^\"]+)\"")
_SINGLE = re.compile(r"(?<!\w)[‘']([^‘’']+(?:['’]\w[^‘’']*)*)[’'](?!\w)")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[^\s\da-z])")
_YEAR = r"(?:19|20)\d\d"
_GLYPHS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\u00a0": " "})


@cache
def _words() -> tuple[
    dict[str, int], dict[str, tuple[str, ...]], dict[str, tuple[str, ...]], tuple[str, ...]
]:
    raw = tomllib.loads(files("weerklank.evidence").joinpath("claims.toml").read_text(encoding="utf-8"))
    nouns = {kind: tuple(words) for kind, words in raw["nouns"].items()}
    quantifiers = {kind: tuple(words) for kind, words in raw["quantifiers"].items()}
    return dict(raw["numbers"]), nouns, quantifiers, tuple(raw["months"]["names"])


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    numbers, nouns, quantifiers, months = _words()
    every_noun = "|".join(noun for group in nouns.values() for noun in group)
    shared = "|".join((*nouns["rooms"], *nouns["people"]))
    some = "|".join(phrase for group in quantifiers.values() for phrase in group)
    counted = re.compile(rf"\b({'|'.join(numbers)})\s+(?:\w+\s+)?(?:{every_noun})\b", re.IGNORECASE)
    sweeping = re.compile(rf"\b({some})\s+({shared})\b", re.IGNORECASE)
    dates = re.compile(
        rf"\b\d{{1,2}}(?:st|nd|rd|th|er)?\s+(?:{'|'.join(months)})(?:\s+{_YEAR})?\b"
        rf"|\b(?:{'|'.join(months)})\s+\d{{1,2}},?\s+{_YEAR}\b"
        rf"|\b{_YEAR}-\d\d-\d\d\b|(?<![\d.,])\b{_YEAR}\b(?![.,]?\d|\s*%)",
        re.IGNORECASE,
    )
    return counted, sweeping, dates


def _canonical(token: str) -> str:
    """``1.000`` and ``1000`` are one number, ``2,5`` and ``2.5`` too."""
    digits = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in token)
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", digits):
        return str(int(re.sub(r"[.,]", "", digits)))
    whole, *rest = re.split(r"[.,]", digits)
    return ".".join((str(int(whole)), *rest))


def numbers_in(text: str) -> tuple[str, ...]:
    """Every number in figures, in a canonical form; letters glued in front (A3, COVID19) make it a name, no number."""
    found = [_canonical(match.group()) for match in _NUMBER.finditer(text)]
    found += [char for char in text if unicodedata.category(char) == "No"]
    return tuple(found)


def counts_of(text: str) -> tuple[str, ...]:
    """Number words that count rooms, contributions or participants ("drie groepen" → ``3``)."""
    numbers = _words()[0]
    return tuple(str(numbers[match.group(1).lower()]) for match in _patterns()[0].finditer(text))


def nouns_of_rooms() -> tuple[str, ...]:
    """Words for the rooms in which people talked."""
    return _words()[1]["rooms"]


def sweeping_in(text: str) -> tuple[tuple[str, str, str], ...]:
    """Claims of "all" or "most": (``all`` | ``most``, ``rooms`` | ``people``, the words)."""
    _, nouns, quantifiers, _ = _words()
    found = []
    for match in _patterns()[1].finditer(text):
        how = next(kind for kind, phrases in quantifiers.items() if match.group(1).lower() in phrases)
        whom = "rooms" if match.group(2).lower() in nouns["rooms"] else "people"
        found.append((how, whom, match.group()))
    return tuple(found)


def without_dates(text: str) -> str:
    """``text`` with days and years taken out: they are no counts."""
    return _patterns()[2].sub(" ", text)


def quoted_in(text: str) -> tuple[str, ...]:
    """Spans between double quotation marks, and between single ones from three words on (shorter is a way of speaking)."""
    double = [next(group for group in match.groups() if group) for match in _QUOTED.finditer(text)]
    single = [match.group(1) for match in _SINGLE.finditer(_QUOTED.sub(" ", text))]
    return tuple(double + [span for span in single if len(span.split()) >= 3])


def sentences_in(text: str) -> tuple[str, ...]:
    """Sentences, cut after an end mark before a capital; good enough to name the one that fails."""
    return tuple(part.strip() for part in _SENTENCE_END.split(text) if part.strip())


def loosely(text: str) -> str:
    """``text`` with one kind of quotation mark and single spaces, so that typography decides nothing."""
    return " ".join(text.translate(_GLYPHS).split())
