"""Ten kinds of falsehood, planted in true sentences of an invented gathering (``data/verify``).

Written apart from the verifier: it shares no list and no rule with it, so that what it misses is seen.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from weerklank.evidence import Contribution
from weerklank.synthesis.wording import Sentence

__all__ = ["Kind", "Planted", "Written", "contributions", "planted_in", "sentences"]

DATA = Path(__file__).parent / "data" / "verify"


class Kind(StrEnum):
    """What was planted."""

    CITATION = "missing, unknown or foreign citation"
    QUOTE_WORD = "a word changed inside a quote"
    QUOTE_CUT = "words cut out of a quote"
    NUMBER = "a number added or changed"
    QUANTIFIER = "most, all or nobody"
    NAME = "a name that nobody said"
    WRONG_SOURCE = "another contribution cited"
    INVENTED = "a claim that nobody made"
    NEGATION = "negation put in or left out"
    DIRECTION = "direction turned around"


@dataclass(frozen=True)
class Written:
    """A true sentence: near the words of its sources (``literal``), in other words (``paraphrase``), or in other words
    and written only after the rules and lists of the verifier were done (``fresh``)."""

    sentence: Sentence
    kind: str


@dataclass(frozen=True)
class Planted:
    """A false sentence and the scope it may cite from."""

    kind: Kind
    sentence: Sentence
    allowed: frozenset[str]


def contributions() -> tuple[Contribution, ...]:
    """What was said at the invented gathering."""
    rows = (line.split("\t") for line in _lines("contributions.tsv"))
    return tuple(
        Contribution(id_, text, theme, room=room, level=level) for id_, theme, room, level, text in rows
    )


def sentences() -> tuple[Written, ...]:
    """True sentences about them, written by hand."""
    rows = (line.split("\t") for line in _lines("sentences.tsv"))
    return tuple(Written(Sentence(text, tuple(cited.split(","))), kind) for kind, cited, text in rows)


def _lines(name: str) -> list[str]:
    return (DATA / name).read_text(encoding="utf-8").splitlines()


_SWEEPING = (
    "De meeste deelnemers zeggen: {s}",
    "Iedereen is het erover eens: {s}",
    "Overal klonk hetzelfde: {s}",
    "Unaniem: {s}",
    "Een ruime meerderheid vindt: {s}",
    "Bijna niemand betwist: {s}",
)
_NAMES = (
    "Volgens Karin Peeters: {s}",
    "{b}, aldus wethouder Van Damme.",
    "{b}, zoals in Zandhoven.",
    "{b}, zegt de heer Verlinden.",
    "{b}, meldt het VKB.",
)
_NUMBERS = (
    "In 37 gevallen: {s}",
    "{b}, zegt 64 % van de aanwezigen.",
    "{b}, in zeventien straten.",
    "Drieëntwintig keer genoemd: {s}",
    "{b}, met 2,5 miljoen euro.",
)
_CLAIMS = (
    "De burgemeester heeft een nieuw zwembad beloofd.",
    "Toeristen vinden het stadscentrum te druk geworden.",
    "De brandweer oefent vaker in het ziekenhuis.",
    "Boeren willen hun mest langer opslaan.",
    "Het museum verlaagt de toegangsprijs voor gepensioneerden.",
    "De spoorwegen schrappen nachttreinen naar de kust.",
    "Kantoren krijgen strengere eisen voor ventilatie.",
    "Het carnaval wordt dit keer in september gevierd.",
)
_TAILS = (
    ", en de burgemeester beloofde een nieuw zwembad",
    ", waarna het museum de toegangsprijs verlaagde",
    ", omdat toeristen het stadscentrum overspoelen",
    ", terwijl boeren hun mest langer willen opslaan",
)
_TURNED = (
    ("stijgt", "daalt"),
    ("stijgen", "dalen"),
    ("omlaag", "omhoog"),
    ("meer", "minder"),
    ("sneller", "trager"),
    ("beter", "slechter"),
    ("weinig", "veel"),
    ("lang", "kort"),
    ("goed", "slecht"),
    ("altijd", "nooit"),
)
_TURNED_AROUND = dict(_TURNED) | {b: a for a, b in _TURNED}
_NEGATIONS = (
    ("niet", ""),
    ("geen", "een"),
    ("nooit", "altijd"),
    ("Niemand", "Iemand"),
    ("niemand", "iemand"),
)


def planted_in(written: Written, said: dict[str, Contribution], rng: random.Random) -> Iterator[Planted]:
    """A falsehood of every kind that this sentence can carry."""
    text, sources = written.sentence.text, written.sentence.sources
    everything = frozenset(said)
    bare = text.rstrip(".")

    def one(
        kind: Kind, new: str, cites: tuple[str, ...] = sources, allowed: frozenset[str] = everything
    ) -> Planted:
        return Planted(kind, Sentence(new, cites), allowed)

    yield rng.choice(
        (
            one(Kind.CITATION, text, ()),
            one(Kind.CITATION, text, (*sources, "z99")),
            one(Kind.CITATION, text, sources, everything - set(sources)),
        )
    )
    quoted = said[sources[0]].text.rstrip(".")
    words = quoted.split()
    long = [place for place, word in enumerate(words) if len(word.strip(",:")) > 4]
    foreign = [
        w.strip(",:.").lower() for w in said[rng.choice(sorted(everything - set(sources)))].text.split()
    ]
    other = next(w for w in sorted(foreign, key=len, reverse=True) if w not in quoted.lower())
    at = rng.choice(long)
    yield one(Kind.QUOTE_WORD, f"Iemand zei: “{' '.join((*words[:at], other, *words[at + 1 :]))}”.")
    cut = rng.randrange(2, len(words) - 3)
    mark = rng.choice((["[...]"], ["[…]"], []))
    yield one(Kind.QUOTE_CUT, f"Iemand zei: “{' '.join((*words[:cut], *mark, *words[cut + 2 :]))}”.")
    yield one(Kind.NUMBER, _number(text, bare, rng))
    yield one(Kind.QUANTIFIER, rng.choice(_SWEEPING).format(s=text, b=bare))
    yield one(Kind.NAME, rng.choice(_NAMES).format(s=text, b=bare))
    near = [id_ for id_ in sorted(everything) if id_[0] == sources[0][0] and id_ not in sources]
    far = sorted(everything - set(sources))
    yield one(Kind.WRONG_SOURCE, text, (rng.choice(rng.choice((near, far))),))
    yield one(Kind.INVENTED, rng.choice((rng.choice(_CLAIMS), bare + rng.choice(_TAILS) + ".")))
    yield one(Kind.NEGATION, _negated(text, bare))
    turned = _turned(text)
    if turned is not None:
        yield one(Kind.DIRECTION, turned)


def _number(text: str, bare: str, rng: random.Random) -> str:
    if match := re.search(r"\d+", text):
        return text.replace(match.group(), str(int(match.group()) + rng.choice((1, 10, 100))), 1)
    return rng.choice(_NUMBERS).format(s=text, b=bare)


def _negated(text: str, bare: str) -> str:
    for there, instead in _NEGATIONS:
        if re.search(rf"\b{there}\b", text):
            return re.sub(rf"\b{there}\b", instead, text, count=1).replace("  ", " ")
    first, mark, rest = bare.partition(",")
    return f"{first} niet{mark}{rest}."


def _turned(text: str) -> str | None:
    if re.search(r"\btegen (een|het)\b", text):
        return re.sub(r"\btegen (een|het)\b", r"voor \1", text, count=1)
    if re.search(r"\bzijn voor\b", text):
        return text.replace("zijn voor", "zijn tegen", 1)
    for word, opposite in _TURNED_AROUND.items():
        if re.search(rf"\b{word}\b", text):
            return re.sub(rf"\b{word}\b", opposite, text, count=1)
    return None
