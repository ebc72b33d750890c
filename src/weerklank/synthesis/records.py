"""What a synthesis holds: frozen records that point back to contributions by id and by literal slice."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from weerklank.evidence import Contribution, Quote
from weerklank.synthesis.settings import Run, Settings

__all__ = [
    "Cluster",
    "Concept",
    "Connection",
    "Coverage",
    "Duplicate",
    "DuplicateTier",
    "Edit",
    "HeatMap",
    "Insight",
    "Related",
    "RoomGraph",
    "RoomLink",
    "ScoreParts",
    "Segment",
    "SentenceOrigin",
    "Summary",
    "SummarySentence",
    "Synthesis",
    "Voice",
    "VoiceReason",
]


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence of a contribution; ``quote.text`` is always ``contribution.text[start:end]``.

    :param id: the contribution's id, ``#``, and which sentence of it, from 1.
    :param language: ``nl``, ``fr``, ``de`` or ``en``, found from its words; that of the settings when they do not tell.
    """

    id: str
    quote: Quote
    language: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Literal counts: how many contributions hold one of the forms, and where they were said.

    :param contributions: their ids, sorted.
    :param rooms: names of the rooms, or () when the source does not say.
    :param places: number of rooms, where a room that is not known counts by its theme.
    :param related: ids of contributions that speak of it in other words: shown as "verwant, niet geteld", in no count.
    """

    contributions: tuple[str, ...]
    themes: tuple[str, ...]
    rooms: tuple[str, ...]
    levels: tuple[str, ...]
    places: int
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoreParts:
    """What a score is the product of; emphasis apart.

    :param spread: share of the places it fills, 0–1, counted as many as spoke of it equally (so a place with one
        contribution is less than a whole one); a theme that only has it in its title counts a quarter.
    :param volume: log(1 + contributions), those that repeat another not counted.
    :param keyness: how unlike everyday language, log2 of the ratio of rates, capped.
    :param emphasis: share of the contributions in which a person marked it (W10). Not in the product: marking is the
        vote of whoever took notes, not of who spoke; it chooses between sentences.
    :param levels: 1 + half the share of the levels it fills, counted in the same way.
    """

    spread: float
    volume: float
    keyness: float
    emphasis: float = 0.0
    levels: float = 1.0

    @property
    def product(self) -> float:
        """The score, to six decimals."""
        return round(self.spread * self.volume * self.keyness * self.levels, 6)


@dataclass(frozen=True, slots=True)
class Concept:
    """A word family and where it was said.

    :param family: its key, the same for partner, partners and partnerschap; ``fr:`` before a family of another
        language than that of the settings.
    :param label: its plainest form that was really said.
    :param forms: every form as it was typed (in lower case) with how many contributions hold it.
    :param score: product of ``parts``; orders, means nothing else.
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
    parts: ScoreParts = ScoreParts(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Cluster:
    """Contributions that speak of the same: ``centre`` is the most typical, ``labels`` what they share.

    :param confidence: mean share of the runs with other seeds in which its members stayed together, 0–1.
    :param languages: languages with how many of its contributions are in them, most frequent first.
    """

    centre: str
    members: tuple[str, ...]
    labels: tuple[str, ...]
    coverage: Coverage
    confidence: float = 1.0
    languages: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Connection:
    """Contributions from different rooms or themes that share a concept (W13)."""

    concept: str
    label: str
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Insight:
    """A suggestion for an insight; a person words it (W13).

    :param anchor: label of the concept it hangs on; of a merged one, of the first part.
    :param associates: labels of what is said along with it.
    :param evidence: one sentence per room or theme, literally.
    :param coverage: where one of the anchors was said, literally counted.
    :param id: the same for the same anchor in every run.
    :param families: keys of the concepts it counts; more than one after merging.
    :param parts: what its anchor's score is the product of.
    :param merged_from: the suggestions a person made this one from, as they were.
    :param strength: score of the anchor and what it binds; orders, means nothing else.
    """

    anchor: str
    associates: tuple[str, ...]
    evidence: tuple[Quote, ...]
    coverage: Coverage
    id: str = ""
    families: tuple[str, ...] = ()
    parts: ScoreParts = ScoreParts(0.0, 0.0, 0.0)
    merged_from: tuple[Insight, ...] = ()
    strength: float = 0.0


class DuplicateTier(StrEnum):
    """How alike: the same words, nearly so, nearly so with another number or a negation, or the same in other words."""

    EXACT = "exact"
    NEAR = "near"
    VARIANT = "variant"
    SAME_POINT = "same-point"


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two sentences that say nearly the same. Linked, never merged or removed.

    :param differs: ``number``, ``negation``: why a variant is one.
    """

    left: Quote
    right: Quote
    tier: DuplicateTier
    score: float
    differs: tuple[str, ...] = ()


class SentenceOrigin(StrEnum):
    """Where the words of a summary sentence come from."""

    EXTRACTIVE = "extractive"
    PERSON = "person"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """A sentence of a summary and what it rests on.

    :param quotes: literal slices it was taken from; its text is the first when nobody reworded it.
    :param evidence: ids of contributions: the quoted one first, then those that say nearly the same and for which it
        stands.
    """

    text: str
    quotes: tuple[Quote, ...]
    evidence: tuple[str, ...]
    origin: SentenceOrigin = SentenceOrigin.EXTRACTIVE


@dataclass(frozen=True, slots=True)
class Summary:
    """What was said about a theme, in its own sentences, in the order of contribution ids."""

    theme: str
    sentences: tuple[SummarySentence, ...]


class VoiceReason(StrEnum):
    """Why a contribution stands among the other voices."""

    ALONE = "alone"
    ONLY_AT_LEVEL = "only-at-level"
    FIRST_PERSON = "first-person"
    CONTRAST = "contrast"
    CROSS_REFERENCE = "cross-reference"
    UNFINISHED = "unfinished"
    INCLUSION = "inclusion"
    UNASSIGNED = "unassigned"


@dataclass(frozen=True, slots=True)
class Voice:
    """A contribution that no sentence of a summary stands for ("andere stemmen")."""

    contribution: str
    reasons: tuple[VoiceReason, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """How many contributions stand in each row and column, literally counted.

    :param columns: keys; None for contributions without one (a level is never guessed).
    :param counts: one tuple per row, one number per column.
    """

    rows: tuple[str, ...]
    columns: tuple[str | None, ...]
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class RoomLink:
    """Two places that spoke of the same concepts.

    :param concepts: family keys, best first.
    :param contributions: ids of what holds them there, sorted.
    :param weight: how many concepts they share.
    """

    left: str
    right: str
    concepts: tuple[str, ...]
    contributions: tuple[str, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class RoomGraph:
    """Who spoke of the same: places (rooms; a theme where the room is not known) and the links between them."""

    places: tuple[str, ...]
    links: tuple[RoomLink, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """Another contribution that speaks of something near: to read along with it, never counted.

    :param likeness: cosine in the space of the synthesis, 0–1.
    """

    contribution: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Edit:
    """What a person changed: ``merge``, ``split`` or ``frame``, and on which ids or words."""

    deed: str
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Synthesis:
    """What the contributions say together. The same contributions in any order give the same synthesis.

    Every contribution is in the evidence of a summary sentence or among the voices.

    :param concepts: not frame, best first.
    :param frame: words of the frame, apart.
    :param connections: concepts said in at least two rooms or themes, best first.
    :param cross_references: contributions that themselves point to other rooms: a person's own connection.
    :param fingerprint: SHA-256 of contributions, settings and seed: same fingerprint, same synthesis.
    :param labels_steady: there are enough sentences for the labels of clusters to mean something; otherwise show the
        centre of a cluster, not its labels.
    :param related: per contribution (in the order of ``contributions``) what is nearest, nearest first.
    :param contributions: what went in, in the order of their content.
    :param run: what it takes to make the same again.
    :param edits: what people changed since.
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
    summaries: tuple[Summary, ...] = ()
    segments: tuple[Segment, ...] = field(default=(), repr=False)
    theme_levels: HeatMap = HeatMap((), (), ())
    theme_concepts: HeatMap = HeatMap((), (), ())
    rooms: RoomGraph = RoomGraph((), ())
    labels_steady: bool = False
    related: tuple[tuple[Related, ...], ...] = field(default=(), repr=False)
    contributions: tuple[Contribution, ...] = field(default=(), repr=False)
    run: Run = field(default_factory=Run)
    edits: tuple[Edit, ...] = ()
