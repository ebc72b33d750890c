"""Concepts: word families, scored by how far they spread, how often, how unlike everyday language.

score = (effective places / all places) × (1 + ½ · effective levels / all levels) × log(1 + contributions) × keyness

Effective places: how many places that spoke of it equally would be as diverse, the exponential of Shannon's entropy (Hill
1973), where a place weighs log(1 + its contributions). Three places of which one has a single contribution are fewer than
three, so that a word does not leap when one person stays away; a place that talks much weighs more, but little more.

Contributions that repeat another word for word buy nothing, and neither does emphasis: that is the note-taker's vote. A
theme that has the word only in its title adds a quarter of a place. keyness is the log ratio of a family's rate here to its
rate in general language (wordfreq), capped: without it "iets" would win; spread is what a single loud room cannot buy.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from weerklank.errors import MissingExtra
from weerklank.synthesis.duplicates import Copies, repeats_in
from weerklank.synthesis.reading import Reading
from weerklank.synthesis.records import Concept, ScoreParts
from weerklank.synthesis.refusals import because
from weerklank.synthesis.settings import Settings
from weerklank.synthesis.vectors import WordVectors
from weerklank.synthesis.words import families_of, lexicon_for, most_common, tokens_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from scipy.sparse import csr_matrix

    Numbers = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]
    Rates = npt.NDArray[np.float64]

__all__ = ["concepts_of", "with_related"]

_KEYNESS_CAP = 8.0
_KEYNESS_FLOOR = 0.5
_RAREST = 1e-7
_TITLE_SHARE = 0.5
_SAME_SENSE = 0.6
_RELATED_CONCEPTS = 60


def _frequency(form: str, language: str) -> float:
    try:
        from wordfreq import word_frequency
    except ImportError as error:
        raise MissingExtra("synthesis", needed_for=because("needs-frequencies")) from error
    return float(word_frequency(form, language, minimum=0.0))


def _kin_in(text: str, reading: Reading, spoken: Sequence[str]) -> set[int]:
    """Families of the words of a title, as they occur in the contributions."""
    found: set[int] = set()
    for token in tokens_of(text):
        for language in spoken:
            head = families_of([token.form], lexicon_for(language)).get(token.form, token.form)
            kin = reading.kin_of.get((language, token.form)) or reading.kin_of.get((language, head)) or ()
            found.update(kin[:1])
    return found


def _frame_families(reading: Reading, settings: Settings) -> frozenset[int]:
    """Words of the event's title, of at least half of the theme titles, of the list and of the settings."""
    spoken = sorted({language for language, _ in reading.words})
    themes = reading.where.themes.names
    in_titles = Counter(family for theme in themes for family in _kin_in(theme, reading, spoken))
    shared = {
        family for family, count in in_titles.items() if count > 1 and count >= _TITLE_SHARE * len(themes)
    }
    named = _kin_in(" ".join((settings.title, *settings.extra_frame)), reading, spoken)
    listed = {
        kin[0]
        for (language, form), kin in reading.kin_of.items()
        if kin and form in lexicon_for(language).frame
    }
    heads = set()
    for number, key in enumerate(reading.families):
        language, _, head = key.rpartition(":")
        if head in lexicon_for(language or reading.lexicon.language).frame:
            heads.add(number)
    return frozenset(shared | named | listed | heads)


def _marked(reading: Reading, chosen: frozenset[int]) -> Counter[int]:
    """Per family in how many contributions a person marked a fragment that holds it (W10)."""
    counted: Counter[int] = Counter()
    for position, one in enumerate(reading.said):
        if one.emphasis:
            # Usually one language; a family that is marked in any of the contribution's languages counts.
            spoken = {reading.segments[row].language for row in reading.segments_of(position)}
            forms = {
                token.form for span in one.emphasis for token in tokens_of(one.text[span.start : span.end])
            }
            pairs = product(spoken, forms)
            counted.update({family for pair in pairs for family in reading.kin_of.get(pair, ())} & chosen)
    return counted


def _effective(reading: Reading, holds: csr_matrix, at: Numbers, repeats: Flags) -> Rates:
    """Per family how many places (or levels) of ``at`` it fills, as many as spoke of it equally (Hill 1973); -1 is none.

    :param holds: contributions × families, ones.
    :param repeats: contributions that repeat another: their place counts, their number does not.
    """
    import numpy as np

    heard = _gathered(at, len(reading.said)) @ holds
    heard.data[:] = 1
    anew = _gathered(np.where(repeats, -1, at), len(reading.said), places=heard.shape[0]) @ holds
    anew.data -= 1
    counted = (heard + anew).tocoo()
    weight, family, families = np.log1p(counted.data.astype(np.float64)), counted.col, holds.shape[1]
    sums = np.bincount(family, weights=weight, minlength=families)
    shares = weight / sums[family]
    entropy = np.bincount(family, weights=-shares * np.log(shares), minlength=families)
    # As many as there are when they are equal, whatever the last digit of a logarithm is.
    found: Rates = np.where(sums > 0, np.exp(entropy), 0.0).round(9)
    return found


def _gathered(where: Numbers, count: int, *, places: int = 0) -> csr_matrix:
    """Places × contributions, ones."""
    import numpy as np
    from scipy.sparse import csr_matrix

    said = np.flatnonzero(where >= 0)
    ones = np.ones(len(said), dtype=np.float32)
    return csr_matrix((ones, (where[said], said)), shape=(places or int(where.max(initial=0)) + 1, count))


def _only_in_titles(reading: Reading) -> dict[int, float]:
    """Per family the share of the themes that name it in their title while nobody said it there."""
    themes = reading.where.themes.names
    spoken = sorted({language for language, _ in reading.words})
    said = (_gathered(reading.where.themes.at, len(reading.said)) @ reading.said_families).tocsr()
    found: defaultdict[int, float] = defaultdict(float)
    for number, theme in enumerate(themes):
        for family in _kin_in(theme, reading, spoken):
            if not said[number, family]:
                found[family] += 1 / len(themes)
    return found


def concepts_of(reading: Reading, copies: Copies, settings: Settings) -> tuple[Concept, ...]:
    """Every family said often enough, best first; frame ones among them, flagged."""
    import numpy as np

    if not reading.families:
        return ()
    held = reading.said_families
    holds = (held > 0).astype(np.float32)
    holders = np.asarray(holds.sum(axis=0)).ravel()
    enough = np.flatnonzero(holders >= settings.min_contributions)
    occurs, total = np.asarray(held.sum(axis=0)).ravel(), float(held.sum()) or 1.0
    repeats = repeats_in(reading, copies)
    distinct = np.asarray(holds[~repeats].sum(axis=0)).ravel()
    levels = reading.where.levels
    spread, places = _effective(reading, holds, reading.at_place, repeats), max(1, len(reading.places))
    titled = _only_in_titles(reading)
    heard, every = _effective(reading, holds, levels.at, repeats), max(1, len(levels.names))
    marked, words = _marked(reading, frozenset(enough.tolist())), reading.words_of
    scored = []
    for family in enough.tolist():
        spoken = {reading.words[column] for column in words[family]}
        everyday = max(_RAREST, sum(_frequency(form, language) for language, form in sorted(spoken)))
        keyness = float(np.log2(occurs[family] / total / everyday))
        parts = ScoreParts(
            spread=round(min(1.0, float(spread[family] / places) + titled[family] / 4), 6),
            volume=round(float(np.log1p(distinct[family])), 6),
            keyness=round(min(_KEYNESS_CAP, max(_KEYNESS_FLOOR, keyness)), 6),
            emphasis=round(marked[family] / int(holders[family]), 6),
            levels=round(1 + float(heard[family]) / every / 2, 6),
        )
        scored.append((-parts.product, reading.families[family], family, parts))
    frame = _frame_families(reading, settings)
    columns = reading.said_words.tocsc()
    best = sorted(scored)[: settings.most_concepts]
    return tuple(
        _concept(reading, family, parts, columns=columns, words=words[family], frame=family in frame)
        for _, _, family, parts in best
    )


def _concept(
    reading: Reading,
    family: int,
    parts: ScoreParts,
    *,
    columns: object,
    words: Sequence[int],
    frame: bool,
) -> Concept:
    import numpy as np
    from scipy.sparse import csc_matrix

    assert isinstance(columns, csc_matrix)
    counts: Counter[str] = Counter()
    holders = []
    for column in words:
        holders.append(columns.indices[columns.indptr[column] : columns.indptr[column + 1]])
        counts[reading.words[column][1]] += len(holders[-1])
    key = reading.families[family]
    plain = key.split(":")[-1]
    return Concept(
        family=key,
        label=plain if plain in counts else most_common(counts),
        forms=tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))),
        coverage=reading.where.coverage(np.unique(np.concatenate(holders))),
        score=parts.product,
        emphasis=parts.emphasis,
        frame=frame,
        parts=parts,
    )


def with_related(
    concepts: tuple[Concept, ...], reading: Reading, vectors: WordVectors | None
) -> tuple[Concept, ...]:
    """The best concepts with the contributions that speak of them in other words ("verwant, niet geteld")."""
    import numpy as np

    if vectors is None or not concepts:
        return concepts
    columns = [column for column in range(len(reading.words)) if reading.kin[column]]
    number = {family: index for index, family in enumerate(reading.families)}
    table = np.zeros((len(columns), vectors.dimensions), dtype=np.float32)
    for row, column in enumerate(columns):
        language, form = reading.words[column]
        for at, weight in vectors.parts_of(form, language)[:1]:
            table[row] = vectors.rows[at] * np.float32(weight > 0)
    words, held = reading.words_of, reading.said_words.tocsc()
    at_row = {column: row for row, column in enumerate(columns)}
    found = []
    for concept in concepts[:_RELATED_CONCEPTS]:
        mine = words[number[concept.family]]
        sense = table[[at_row[column] for column in mine]].sum(axis=0)
        norm = float(np.linalg.norm(sense))
        likeness = table @ (sense / norm) if norm > 0 else np.zeros(len(columns))
        near = [columns[row] for row in np.flatnonzero(likeness >= _SAME_SENSE).tolist()]
        rows = {
            int(row)
            for column in near
            if column not in mine
            for row in held.indices[held.indptr[column] : held.indptr[column + 1]]
        }
        others = {reading.said[row].id for row in rows} - set(concept.coverage.contributions)
        found.append(
            replace(concept, coverage=replace(concept.coverage, related=tuple(sorted(others))))
            if others
            else concept
        )
    return (*found, *concepts[_RELATED_CONCEPTS:])
