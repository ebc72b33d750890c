"""Front door: contributions in, synthesis out."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from weerklank.evidence import Contribution, ContributionKind
from weerklank.synthesis.concepts import concepts_of, with_related
from weerklank.synthesis.duplicates import copies_of, duplicates_of, same_points
from weerklank.synthesis.grouping import clusters_of, grouping_of, related_in, sample_of
from weerklank.synthesis.insights import connections_of, insights_of
from weerklank.synthesis.ordering import fingerprint
from weerklank.synthesis.pictures import rooms_of, theme_concepts_of, theme_levels_of
from weerklank.synthesis.reading import read
from weerklank.synthesis.records import Insight, Synthesis, Voice
from weerklank.synthesis.settings import Run, Settings
from weerklank.synthesis.space import space_of
from weerklank.synthesis.summaries import summaries_of
from weerklank.synthesis.vectors import shipped_vectors
from weerklank.synthesis.voices import voices_of
from weerklank.synthesis.words import sentences_for

if TYPE_CHECKING:
    from weerklank.synthesis.space import Encoder
    from weerklank.synthesis.vectors import WordVectors

__all__ = ["suggestion_sentence", "synthesise", "voice_sentence"]

_COMPUTED_WITH = ("weerklank", "numpy", "scipy", "scikit-network", "simplemma", "wordfreq")


def synthesise(
    contributions: Iterable[Contribution],
    *,
    settings: Settings | None = None,
    seed: int = 0,
    vectors: WordVectors | None = None,
    encoder: Encoder | None = None,
) -> Synthesis:
    """What the contributions say together: concepts, connections, suggestions, clusters, summaries, other voices (W13).

    Offline and deterministic; the order of the contributions does not matter; every count is literal (a concept
    counts where one of its forms stands, nothing is added for likeness). It suggests; people decide and word.

    Limits: families are found by rule, so some kin is missed (a compound is a word of its own) and now and then
    two strangers meet; words are not meanings: "vertrouwen" counts in "geen vertrouwen" too.

    :param seed: kept with the result; the draws of the clustering are numbered and voted on, not chosen.
    :param vectors: other word vectors than those that come with the package.
    :param encoder: another way to place texts, in place of the vectors.
    :raises BadInput: no word lists for the language, or two contributions with one id.
    :raises MissingExtra: the word tools are not installed.
    """
    with _uncollected():
        return _synthesised(contributions, settings or Settings(), seed, vectors, encoder)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for garbage in circles: these records make none, and among millions the search is long."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _synthesised(
    contributions: Iterable[Contribution],
    chosen: Settings,
    seed: int,
    vectors: WordVectors | None,
    encoder: Encoder | None,
) -> Synthesis:
    reading = read(contributions, chosen)
    words = vectors or shipped_vectors()
    copies = copies_of(reading, chosen)
    concepts = with_related(concepts_of(reading, copies, chosen), reading, words)
    sample = sample_of(reading, copies, chosen)
    tongues = [reading.tongue[row] for row in sample.tolist()]
    space = space_of(reading.said_words[sample], reading.words, tongues, words, known=reading.common)
    grouping = grouping_of(reading, space, copies, chosen, encoder)
    frame = frozenset(one.family for one in concepts if one.frame)
    summaries = summaries_of(reading, grouping, copies, concepts, chosen)
    shown = {identity for one in summaries for sentence in one.sentences for identity in sentence.evidence}
    alike = same_points(reading, grouping.neighbours, grouping.cosine, chosen.same_point_likeness)
    heard = fingerprint(reading.said, reading.hashes)
    return Synthesis(
        concepts=tuple(one for one in concepts if not one.frame),
        frame=tuple(one for one in concepts if one.frame),
        connections=connections_of(concepts),
        insights=insights_of(reading, concepts, copies, chosen),
        clusters=clusters_of(reading, grouping, frame),
        duplicates=duplicates_of(reading, copies, chosen, alike),
        cross_references=tuple(
            sorted(one.id for one in reading.said if one.kind is ContributionKind.CROSS_REFERENCE)
        ),
        voices=voices_of(reading, grouping, shown, sampled=reading.large),
        settings=chosen,
        seed=seed,
        fingerprint=hashlib.sha256(f"{heard}{chosen!r}{seed}".encode()).hexdigest(),
        summaries=summaries,
        segments=reading.segments,
        theme_levels=theme_levels_of(reading),
        theme_concepts=theme_concepts_of(reading, concepts),
        rooms=rooms_of(reading, concepts),
        labels_steady=len(reading.segments) >= chosen.steady_segments,
        related=related_in(reading, grouping),
        contributions=reading.said,
        run=_run(heard, chosen, words, encoder),
    )


def _run(heard: str, settings: Settings, vectors: WordVectors, encoder: Encoder | None) -> Run:
    return Run(
        settings=settings,
        seeds=tuple(range(settings.seeds)),
        versions=tuple((name, _version(name)) for name in _COMPUTED_WITH),
        input_hash=heard,
        vectors_hash=vectors.sha256 if encoder is None else encoder.name,
    )


def _version(name: str) -> str:
    if name == "weerklank":
        from weerklank import __version__

        return __version__
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def suggestion_sentence(insight: Insight, *, language: str = "nl") -> str:
    """A suggestion in words: nothing but the concepts and the literal counts of ``insight.coverage``."""
    say = sentences_for(language)
    places_word = say["rooms"] if insight.coverage.rooms else say["themes"]
    names = [f"‘{one}’" for one in insight.associates[:2]]
    return say["with" if names else "suggestion"].format(
        anchor=insight.anchor,
        contributions=len(insight.coverage.contributions),
        places=insight.coverage.places,
        places_word=places_word,
        associates=f" {say['and']} ".join(names),
    )


def voice_sentence(voice: Voice, *, language: str = "nl") -> str:
    """Why a voice stands apart, in words."""
    say = sentences_for(language)
    return ", ".join(say[reason.value] for reason in voice.reasons)
