"""What a synthesis holds: frozen records that point back to contributions by id and by literal slice."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from weerklank.evidence import Quote

__all__ = [
    "Cluster",
    "Concept",
    "Connection",
    "Coverage",
    "Duplicate",
    "DuplicateTier",
    "Insight",
    "Settings",
    "Synthesis",
    "Voice",
    "VoiceReason",
]


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set; all of it is shown with the result.

    :param language: language of the contributions (``nl``, ``en``).
    :param title: title of the gathering: its words are frame, they cannot be a finding.
    :param extra_frame: more words that everybody uses here.
    :param min_contributions: a concept is said at least so often.
    :param insights: at most so many suggestions.
    :param associates: at most so many concepts beside the anchor of a suggestion.
    :param duplicate_likeness: from where two sentences are near-duplicates (cosine of 4-letter runs).
    :param related_likeness: from where two contributions are related (cosine of weighted word families).
    """

    language: str = "nl"
    title: str = ""
    extra_frame: tuple[str, ...] = ()
    min_contributions: int = 2
    insights: int = 6
    associates: int = 4
    duplicate_likeness: float = 0.80
    related_likeness: float = 0.22


@dataclass(frozen=True, slots=True)
class Coverage:
    """Literal counts: how many contributions hold one of the forms, and where they were said.

    :param contributions: their ids, sorted.
    :param rooms: names of the rooms, or () when the source does not say.
    :param places: number of rooms, where a room that is not known counts by its theme.
    """

    contributions: tuple[str, ...]
    themes: tuple[str, ...]
    rooms: tuple[str, ...]
    levels: tuple[str, ...]
    places: int


@dataclass(frozen=True, slots=True)
class Concept:
    """A word family and where it was said.

    :param family: its key, the same for partner, partners and partnerschap.
    :param label: its plainest form that was really said.
    :param forms: every form as it was typed (in lower case) with how many contributions hold it.
    :param score: spread × log frequency × distance from everyday language × emphasis; orders, means nothing else.
    :param emphasis: share of its contributions in which a person marked it.
    :param frame: it belongs to the frame of the gathering and cannot head a suggestion.
    """

    family: str
    label: str
    forms: tuple[tuple[str, int], ...]
    coverage: Coverage
    score: float
    emphasis: float
    frame: bool


@dataclass(frozen=True, slots=True)
class Cluster:
    """Contributions that speak of the same: ``centre`` is the most typical, ``labels`` what they share."""

    centre: str
    members: tuple[str, ...]
    labels: tuple[str, ...]
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Connection:
    """Contributions from different rooms or themes that share a concept (W13)."""

    concept: str
    label: str
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Insight:
    """A suggestion for an insight; a person words it (W13).

    :param anchor: label of the concept it hangs on.
    :param associates: labels of what is said along with it.
    :param evidence: one sentence per room or theme, literally.
    :param coverage: where the anchor was said, literally counted.
    """

    anchor: str
    associates: tuple[str, ...]
    evidence: tuple[Quote, ...]
    coverage: Coverage


class DuplicateTier(StrEnum):
    """How alike: the same words, nearly so, or nearly so with another number or a negation."""

    EXACT = "exact"
    NEAR = "near"
    VARIANT = "variant"


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two sentences that are nearly the same. Linked, never merged or removed."""

    left: Quote
    right: Quote
    tier: DuplicateTier
    score: float


class VoiceReason(StrEnum):
    """Why a contribution stands among the other voices."""

    ALONE = "alone"
    ONLY_AT_LEVEL = "only-at-level"
    FIRST_PERSON = "first-person"
    CONTRAST = "contrast"
    CROSS_REFERENCE = "cross-reference"
    UNFINISHED = "unfinished"


@dataclass(frozen=True, slots=True)
class Voice:
    """A contribution that no suggestion, cluster or duplicate shows ("andere stemmen")."""

    contribution: str
    reasons: tuple[VoiceReason, ...]


@dataclass(frozen=True, slots=True)
class Synthesis:
    """What the contributions say together. The same contributions in any order give the same synthesis.

    Every contribution is in a cluster, in the evidence of an insight, in a duplicate or among the voices.

    :param concepts: not frame, best first.
    :param frame: words of the frame, apart.
    :param connections: concepts said in at least two rooms or themes, best first.
    :param cross_references: contributions that themselves point to other rooms: a person's own connection.
    :param fingerprint: SHA-256 of contributions, settings and seed: same fingerprint, same synthesis.
    """

    concepts: tuple[Concept, ...]
    frame: tuple[Concept, ...]
    connections: tuple[Connection, ...]
    insights: tuple[Insight, ...]
    clusters: tuple[Cluster, ...]
    duplicates: tuple[Duplicate, ...]
    cross_references: tuple[str, ...]
    voices: tuple[Voice, ...]
    settings: Settings
    seed: int
    fingerprint: str
