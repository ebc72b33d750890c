"""What can be set, and what it takes to make the same synthesis again."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Run", "Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set; all of it is shown with the result.

    :param language: the gathering's language (``nl``, ``en``, ``fr``, ``de``), and that of a sentence whose words do not
        tell; sentences in another of these are read in their own.
    :param title: title of the gathering: its words are frame, they cannot be a finding.
    :param extra_frame: more words that everybody uses here.
    :param min_contributions: a concept is said at least so often.
    :param insights: at most so many suggestions.
    :param associates: at most so many concepts beside the anchor of a suggestion.
    :param duplicate_likeness: from where two sentences are near-duplicates (cosine of 4-letter runs).
    :param same_point_likeness: from where two sentences make the same point in other words (cosine of vectors).
    :param related_likeness: from where a contribution counts as said by a summary sentence (cosine of weighted words).
    :param neighbours: how many nearest contributions make the graph that is clustered.
    :param resolution: higher gives more and smaller clusters.
    :param seeds: clusterings are drawn with so many seeds and then agreed on.
    :param steady_segments: from how many sentences labels of clusters may be shown.
    :param summary_share: share of a theme's sentences that its summary may take; every level has one in any case.
    :param summary_most: at most so many sentences per theme, or one per level when that is more.
    :param full_graph: with more contributions than this a sample is clustered and the rest assigned.
    :param sample: how large that sample is at most.
    :param most_duplicates: of more contributions than that, at most so many links between sentences are kept, nearest
        first.
    :param most_concepts: at most so many concepts are kept, best first.
    """

    language: str = "nl"
    title: str = ""
    extra_frame: tuple[str, ...] = ()
    min_contributions: int = 2
    insights: int = 6
    associates: int = 4
    duplicate_likeness: float = 0.80
    same_point_likeness: float = 0.80
    related_likeness: float = 0.22
    neighbours: int = 20
    resolution: float = 1.45
    seeds: int = 11
    steady_segments: int = 300
    summary_share: float = 0.22
    summary_most: int = 12
    full_graph: int = 20_000
    sample: int = 10_000
    most_duplicates: int = 20_000
    most_concepts: int = 1_000


@dataclass(frozen=True, slots=True)
class Run:
    """What it takes to make the same synthesis again: same run, same result on the same machine.

    :param seeds: seeds of the clusterings.
    :param versions: (package, version) of everything that computed.
    :param input_hash: SHA-256 of the contributions in the order of their content.
    :param vectors_hash: SHA-256 of the word vectors or name of the encoder; empty without.
    """

    settings: Settings = Settings()
    seeds: tuple[int, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()
    input_hash: str = ""
    vectors_hash: str = ""
