"""The facts a report is made from: frozen records, filled by whoever knows them.

Figures of people come in already disclosed: an ``int``, or None for "fewer than k". Nothing here is computed
from persons, and nothing here knows who wrote what.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from weerklank.chapters.opinion_facts import OpinionFacts
from weerklank.evidence.records import Contribution, Quote
from weerklank.report.document import Language

__all__ = [
    "AnswerFacts",
    "AnswerKind",
    "AttendanceFacts",
    "Colophon",
    "CommitmentFacts",
    "CommitmentState",
    "GatheringFacts",
    "InsightFacts",
    "LevelFacts",
    "MandateLine",
    "Margin",
    "MessageFacts",
    "NotesFacts",
    "Promise",
    "ReportFacts",
    "RoomHarvest",
    "SignOff",
    "Stances",
    "Statement",
    "ThemeHarvest",
    "Voice",
    "Withdrawal",
    "WordFacts",
]


@dataclass(frozen=True, slots=True)
class MandateLine:
    """One line of the mandate statement (DOMAIN 5.3): its question ("Wat ligt open?") and its answer.

    ``standing``: the answer is a word of the house in the language of the report, not somebody's own."""

    label: str
    text: str
    standing: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """What the recipient promised: in which form, and by when. No promise is ``None`` on the gathering."""

    form: str
    by: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheringFacts:
    """What the organisers declared (W1, W2). ``date`` is the day of the gathering."""

    title: str
    date: dt.date
    organisers: tuple[str, ...]
    recipient: str
    purposes: tuple[str, ...]
    promise: Promise | None = None
    mandate: tuple[MandateLine, ...] = ()
    place: str | None = None
    subtitle: str | None = None


@dataclass(frozen=True, slots=True)
class Margin:
    """People over one attribute ("Bestuurslaag"), as disclosed: label → number, or None for fewer than k."""

    title: str
    cells: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceFacts:
    """Who came (W3, W4, W5): registered and present apart; the rate may pass 100 %.

    Every figure of people under k, 0 too, must come in as None: the gate refuses the number itself."""

    registered: int | None
    present: int | None
    rooms: int
    walk_ins: int | None = None
    margins: tuple[Margin, ...] = ()


@dataclass(frozen=True, slots=True)
class LevelFacts:
    """A level of the format: its key in contributions, its name, and its help question."""

    key: str
    label: str
    question: str | None = None


@dataclass(frozen=True, slots=True)
class SignOff:
    """The room read back its harvest. ``on`` None: not signed. ``changed_after`` counts later changes."""

    on: dt.date | None = None
    changed_after: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomHarvest:
    """What one room noted. ``why`` and ``essence`` are contributions under those two prompts (W9);
    ``contributions`` are all others, with or without a level."""

    room: str | None
    contributions: tuple[Contribution, ...] = ()
    why: tuple[Contribution, ...] = ()
    essence: tuple[Contribution, ...] = ()
    sign_off: SignOff | None = None

    def all(self) -> tuple[Contribution, ...]:
        """Everything this room noted."""
        return self.why + self.essence + self.contributions


@dataclass(frozen=True, slots=True)
class ThemeHarvest:
    """A theme and the rooms that talked about it (several may share one, W7)."""

    theme: str
    rooms: tuple[RoomHarvest, ...]


@dataclass(frozen=True, slots=True)
class Stances:
    """How participants stood towards an insight or message when it was read back, as disclosed: label → number.

    Answers of which only the sum may be known come in as one ("oneens en weet niet samen"); None is fewer than k."""

    cells: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InsightFacts:
    """A worded insight with the contributions it rests on (W13: at least 3, from at least 2 rooms).

    ``objections`` are participants' own words. ``dissent``: who saw it differently, worded on the strength of the contributions ``against``.
    ``claimed_sources`` and ``claimed_rooms``: what was stated elsewhere, if anywhere; must equal the count."""

    id: str
    sentence: str
    explanation: str | None = None
    sources: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    dissent: str | None = None
    against: tuple[str, ...] = ()
    stances: Stances | None = None
    objections: tuple[str, ...] = ()
    claimed_sources: int | None = None
    claimed_rooms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageFacts:
    """A message to a named addressee (W19); ``objections`` are participants' own words.

    Of ``insights``, those that are in the report are pointed to. ``dissent`` and ``against``: see
    :class:`InsightFacts`."""

    id: str
    text: str
    addressee: str
    sources: tuple[str, ...]
    level: str | None = None
    insights: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    dissent: str | None = None
    against: tuple[str, ...] = ()
    stances: Stances | None = None
    objections: tuple[str, ...] = ()


#: What people word on the strength of contributions.
Statement = InsightFacts | MessageFacts


class AnswerKind(StrEnum):
    """What the decision-maker does with a message."""

    ADOPTED = "adopted"
    PARTLY = "partly"
    NO = "no"
    REFERRED = "referred"
    UNDER_STUDY = "under_study"


class CommitmentState(StrEnum):
    """Where a commitment stands."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentFacts:
    """What somebody will do, by when (W19)."""

    text: str
    owner: str
    due: dt.date
    state: CommitmentState = CommitmentState.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFacts:
    """The answer to one message: with a reason, an owner and a date; a film comes with its transcript (W16)."""

    message: str
    kind: AnswerKind
    reason: str
    owner: str | None = None
    due: dt.date | None = None
    answered_on: dt.date | None = None
    film: str | None = None
    transcript: str | None = None
    commitments: tuple[CommitmentFacts, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WordFacts:
    """A word of the decision-maker to everybody who took part (W16)."""

    text: str
    answered_on: dt.date
    film: str | None = None
    transcript: str | None = None
    commitments: tuple[CommitmentFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice that stands apart, kept by rule: the contribution and why it is listed ("enige op dit niveau")."""

    contribution: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An honest trace of what its author took back: how many, on which day."""

    count: int
    on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Colophon:
    """How this report came about, and whom to ask."""

    contact: str | None = None
    retention: str | None = None
    format_name: str | None = None
    format_source: str | None = None
    made_with: str = "Weerklank"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFacts:
    """All facts of one gathering. ``report_date`` is the day the report was made; ``k`` the smallest shown group.

    ``votes`` holds what people voted, per step of votes that is open to who reads this, as it was disclosed.
    ``leaving`` is what people wrote for everybody after the rooms had harvested; it belongs to no room's harvest.
    ``worded``: insights and messages belong to this way of working; where they do not, nothing says that they are missing.
    ``levels`` empty means the default three (micro, meso, macro).
    ``spoken``: in which language people spoke and wrote, where that is not the report's; their words are marked so."""

    gathering: GatheringFacts
    attendance: AttendanceFacts | None
    themes: tuple[ThemeHarvest, ...]
    report_date: dt.date
    insights: tuple[InsightFacts, ...] = ()
    messages: tuple[MessageFacts, ...] = ()
    answers: tuple[AnswerFacts, ...] = ()
    word: WordFacts | None = None
    leaving: tuple[Contribution, ...] = ()
    votes: tuple[OpinionFacts, ...] = ()
    worded: bool = True
    voices: tuple[Voice, ...] = ()
    withdrawn: tuple[Withdrawal, ...] = ()
    hidden: int = 0
    levels: tuple[LevelFacts, ...] = ()
    colophon: Colophon = field(default_factory=Colophon)
    language: Language = Language.NL
    spoken: Language | None = None
    k: int = 5

    @property
    def has_findings(self) -> bool:
        """Whether insights and messages have a place in the report."""
        return self.worded or bool(self.insights or self.messages or self.word)

    @property
    def has_voices(self) -> bool:
        """Whether other voices could have been heard."""
        return self.has_findings or bool(self.voices or self.contributions())

    def contributions(self) -> tuple[Contribution, ...]:
        """Every contribution in the harvest, then what was written on leaving; in reading order."""
        harvest = tuple(c for theme in self.themes for room in theme.rooms for c in room.all())
        return harvest + self.leaving


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesFacts:
    """What a file of notes can tell: contributions, perhaps insights and voices, and nothing about people.

    ``source`` names the file, ``source_sha256`` its content."""

    title: str
    contributions: tuple[Contribution, ...]
    report_date: dt.date
    source: str
    source_sha256: str | None = None
    insights: tuple[InsightFacts, ...] = ()
    messages: tuple[MessageFacts, ...] = ()
    voices: tuple[Voice, ...] = ()
    levels: tuple[LevelFacts, ...] = ()
    subtitle: str | None = None
    organisers: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    language: Language = Language.NL
