"""Front door: contributions in, synthesis out."""

from __future__ import annotations

from collections.abc import Iterable

from weerklank.errors import BadInput
from weerklank.evidence import Contribution, ContributionKind
from weerklank.synthesis.concepts import concepts_of
from weerklank.synthesis.insights import connections_of, insights_of
from weerklank.synthesis.likeness import clusters_of, duplicates_of
from weerklank.synthesis.reading import fingerprint, read
from weerklank.synthesis.records import Insight, Synthesis, Voice
from weerklank.synthesis.settings import Settings
from weerklank.synthesis.voices import voices_of
from weerklank.synthesis.words import lexicon_for, sentences_for

__all__ = ["suggestion_sentence", "synthesise", "voice_sentence"]


def synthesise(
    contributions: Iterable[Contribution], *, settings: Settings | None = None, seed: int = 0
) -> Synthesis:
    """What the contributions say together: concepts, connections between rooms, suggestions, other voices (W13).

    Offline and deterministic; the order of the contributions does not matter; every count is literal (a concept
    counts where one of its forms stands, nothing is added for likeness). It suggests; people decide and word.

    Limits: families are found by rule, so some kin is missed (a compound is a word of its own) and now and then
    two strangers meet; words are not meanings: "vertrouwen" counts in "geen vertrouwen" too.

    :param seed: kept with the result; the present method draws no lots.
    :raises BadInput: no word lists for the language, or two contributions with one id.
    :raises MissingExtra: the word tools are not installed.
    """
    chosen = settings or Settings()
    reading = read(contributions, lexicon_for(chosen.language))
    if len({one.id for one in reading.said}) < len(reading.said):
        raise BadInput("Twee bijdragen hebben hetzelfde id.", remedy="Geef elke bijdrage een eigen id.")
    every = concepts_of(reading, chosen)
    frame = tuple(one for one in every if one.frame)
    insights = insights_of(reading, every, chosen)
    clusters = clusters_of(reading, chosen, (one.family for one in frame))
    duplicates = duplicates_of(reading, chosen)
    shown = {quote.contribution for insight in insights for quote in insight.evidence}
    shown |= {identity for cluster in clusters for identity in cluster.members}
    shown |= {quote.contribution for pair in duplicates for quote in (pair.left, pair.right)}
    return Synthesis(
        concepts=tuple(one for one in every if not one.frame),
        frame=frame,
        connections=connections_of(every),
        insights=insights,
        clusters=clusters,
        duplicates=duplicates,
        cross_references=tuple(
            sorted(one.id for one in reading.said if one.kind is ContributionKind.CROSS_REFERENCE)
        ),
        voices=voices_of(reading, shown),
        settings=chosen,
        seed=seed,
        fingerprint=fingerprint(reading.said, chosen, seed),
    )


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
