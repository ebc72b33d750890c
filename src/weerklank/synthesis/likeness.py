"""How alike texts are: near-duplicate sentences, and clusters of related contributions.

Near-duplicates: cosine of four-letter runs (measured: recall .995 at .80). Clusters: star clustering (Aslam,
Pelekhov, Rus 2004, "The star clustering algorithm for static and dynamic information organization"): the
contribution with the most neighbours takes them along, then the next. A cluster so has a centre that can be
shown, nothing is forced into one, and no random start is needed.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence

from weerklank.evidence import Quote
from weerklank.synthesis.reading import Reading, coverage_of, sentence_quotes
from weerklank.synthesis.records import Cluster, Duplicate, DuplicateTier
from weerklank.synthesis.settings import Settings
from weerklank.synthesis.words import Lexicon, most_common, tokens_of

__all__ = ["clusters_of", "duplicates_of"]

_RUN = 4
_SHORTEST_SENTENCE = 5
_LABELS = 4
_NOT_LETTERS = re.compile(r"\W+", re.UNICODE)
_ROUNDING = 1e-9

Pairs = dict[tuple[int, int], float]


def _alike(vectors: Sequence[dict[Hashable, float]], *, least: float) -> Pairs:
    """Pairs (left < right) whose cosine is at least ``least``; vectors have length one.

    Exact. Only the rarest features of each vector are indexed, so many that what is left out is shorter than
    ``least``: a pair that shares none of them cannot reach it (Bayardo, Ma, Srikant 2007).
    """
    seen = Counter(feature for vector in vectors for feature in vector)
    posting: dict[Hashable, list[int]] = defaultdict(list)
    found: Pairs = {}
    for right, vector in enumerate(vectors):
        candidates = {left for feature in vector for left in posting.get(feature, ())}
        for left in sorted(candidates):
            score = _cosine(vectors[left], vector)
            if score >= least:
                found[left, right] = score
        rest = 1.0
        for feature in sorted(vector, key=lambda one: (seen[one], str(one))):
            if rest < least * least - _ROUNDING:
                break
            posting[feature].append(right)
            rest -= vector[feature] ** 2
    return found


def _cosine(left: dict[Hashable, float], right: dict[Hashable, float]) -> float:
    small, large = (left, right) if len(left) <= len(right) else (right, left)
    return math.fsum(weight * large[feature] for feature, weight in small.items() if feature in large)


def _unit(weights: dict[Hashable, float]) -> dict[Hashable, float]:
    norm = math.sqrt(math.fsum(weight * weight for weight in weights.values())) or 1.0
    return {feature: weight / norm for feature, weight in weights.items()}


def _runs(text: str) -> dict[Hashable, float]:
    bare = f" {_NOT_LETTERS.sub(' ', text.casefold()).strip()} "
    counts = Counter(bare[i : i + _RUN] for i in range(max(1, len(bare) - _RUN + 1)))
    return _unit({run: float(count) for run, count in sorted(counts.items())})


def _differs(left: str, right: str, lexicon: Lexicon) -> bool:
    """Another number, or a negation on one side only: alike in letters, not in meaning."""

    def said(text: str) -> tuple[Counter[str], bool]:
        forms = [token.form for token in tokens_of(text)]
        numbers = Counter(re.findall(r"\d+", text)) + Counter(
            form for form in forms if form in lexicon.numbers
        )
        return numbers, sum(form in lexicon.negations for form in forms) % 2 == 1

    return said(left) != said(right)


def duplicates_of(reading: Reading, settings: Settings) -> tuple[Duplicate, ...]:
    """Sentences of different contributions that are nearly the same. Linked, never merged."""
    quotes = [
        quote
        for one in reading.said
        for quote in sentence_quotes(one)
        if len(tokens_of(quote.text)) >= _SHORTEST_SENTENCE
    ]
    vectors = [_runs(quote.text) for quote in quotes]
    found = []
    for (left, right), score in _alike(vectors, least=settings.duplicate_likeness).items():
        if quotes[left].contribution != quotes[right].contribution:
            found.append(_duplicate(quotes[left], quotes[right], score, reading.lexicon))
    return tuple(
        sorted(found, key=lambda one: (-one.score, one.left.text, one.left.contribution, one.right.text))
    )


def _duplicate(left: Quote, right: Quote, score: float, lexicon: Lexicon) -> Duplicate:
    first, second = sorted((left, right), key=lambda quote: (quote.contribution, quote.span))
    same = [token.form for token in tokens_of(first.text)] == [token.form for token in tokens_of(second.text)]
    if _differs(first.text, second.text, lexicon):
        tier = DuplicateTier.VARIANT
    else:
        tier = DuplicateTier.EXACT if same else DuplicateTier.NEAR
    return Duplicate(first, second, tier, round(min(1.0, score), 6))


def _weighted(reading: Reading, ignored: frozenset[str]) -> list[dict[Hashable, float]]:
    """Families weighted by how few contributions hold them (tf-idf)."""
    seen = Counter(family for families in reading.families for family in set(families))
    count = len(reading.said)
    return [
        _unit(
            {
                family: (1 + math.log(often)) * math.log(1 + count / seen[family])
                for family, often in sorted(Counter(families).items())
                if seen[family] > 1 and family not in ignored
            }
        )
        for families in reading.families
    ]


def clusters_of(reading: Reading, settings: Settings, frame: Iterable[str]) -> tuple[Cluster, ...]:
    """Groups of at least two related contributions, largest first; what is related to nothing is in none."""
    near: dict[int, set[int]] = defaultdict(set)
    for left, right in _alike(_weighted(reading, frozenset(frame)), least=settings.related_likeness):
        near[left].add(right)
        near[right].add(left)
    # A point and the lead-in it completes are one sentence, whatever their words.
    place = {one.id: position for position, one in enumerate(reading.said)}
    for one in reading.said:
        if one.context in place:
            near[place[one.id]].add(place[one.context])
            near[place[one.context]].add(place[one.id])
    # Positions follow the hash of the content, so ties do not depend on the order of the input.
    free, clusters = set(near), []
    for centre in sorted(near, key=lambda position: (-len(near[position]), position)):
        members = {centre, *near[centre]} & free
        if centre in free and len(members) > 1:
            free -= members
            clusters.append(_cluster(reading, centre, sorted(members)))
    return tuple(sorted(clusters, key=lambda one: (-len(one.members), one.labels, one.centre)))


def _cluster(reading: Reading, centre: int, places: Sequence[int]) -> Cluster:
    members = [reading.said[place] for place in places]
    shared = Counter(family for place in places for family in set(reading.families[place]))
    ids = {one.id for one in members}

    def label(family: str) -> str:
        return most_common(Counter({form: len(held & ids) for form, held in reading.forms[family].items()}))

    in_common = [family for family, count in shared.items() if count > 1]
    ranked = sorted(in_common, key=lambda family: (-shared[family], family))
    best = (ranked or sorted(set(reading.families[centre])))[:_LABELS]
    return Cluster(
        centre=reading.said[centre].id,
        members=tuple(sorted(ids)),
        labels=tuple(label(family) for family in best),
        coverage=coverage_of(members),
    )
