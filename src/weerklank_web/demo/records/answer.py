"""From insight to answer: what the demo makes of its harvests, and what came back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

__all__ = [
    "Answer",
    "AnswerKind",
    "Answers",
    "Commitment",
    "Film",
    "Insight",
    "Message",
    "NextStep",
    "NextSteps",
    "Objection",
    "Quote",
    "ReadBack",
    "Stance",
    "Stances",
]


@dataclass(frozen=True, slots=True)
class Quote:
    """A literal piece of a contribution."""

    contribution: str
    quote: str


@dataclass(frozen=True, slots=True)
class Insight:
    """What several rooms have in common (W13)."""

    key: str
    sentence: str
    explanation: str
    themes: tuple[str, ...]
    sources: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """A message to the recipient (W19). ``dissent`` is what was said against it, with its own sources."""

    key: str
    title: str
    text: str
    addressee: str
    level: str
    insights: tuple[str, ...]
    sources: tuple[Quote, ...]
    dissent: str
    dissent_sources: tuple[Quote, ...]


class Stance(StrEnum):
    """What a participant thinks of an insight or a message."""

    AGREE = "agree"
    DISAGREE = "disagree"
    PASS = "pass"  # noqa: S105 - a stance, not a password


@dataclass(frozen=True, slots=True)
class Stances:
    """How the people who reacted are spread. Who skipped the item is in none of the three."""

    agree: int
    disagree: int
    # Not ``pass``: the language keeps that word for itself.
    passed: int

    @property
    def people(self) -> int:
        """How many reacted."""
        return self.agree + self.disagree + self.passed


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection in words, by whoever sits on seat ``by`` of ``room``; their stance is part of the counts."""

    message: str
    room: str
    by: int
    stance: Stance
    text: str


@dataclass(frozen=True, slots=True)
class ReadBack:
    """Reading back before it goes out: stances by key, and the objections that travel along."""

    messages: Mapping[str, Stances]
    insights: Mapping[str, Stances]
    objections: tuple[Objection, ...]


class AnswerKind(StrEnum):
    """What the recipient does with a message."""

    ADOPT = "adopt"
    PARTLY = "partly"
    NO = "no"
    REFERRED = "referred"
    STUDY = "study"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one message, always with a reason."""

    message: str
    kind: AnswerKind
    reason: str
    owner: str
    drafted_by: str
    due_day: int | None = None
    referred_to: str = ""


@dataclass(frozen=True, slots=True)
class Commitment:
    """What somebody does by when. With ``done_day`` it is done, and ``report`` says how."""

    key: str
    message: str
    text: str
    owner: str
    due_day: int
    done_day: int | None = None
    report: str = ""


@dataclass(frozen=True, slots=True)
class Film:
    """The recipient's film (W16); never without its transcript."""

    title: str
    link: str
    captions: bool
    seconds: int
    transcript: str


@dataclass(frozen=True, slots=True)
class Answers:
    """All that came back, released at once. ``unanswered`` are the messages that got no answer in time."""

    released_day: int
    unanswered: tuple[str, ...]
    film: Film
    answers: tuple[Answer, ...]
    commitments: tuple[Commitment, ...]


@dataclass(frozen=True, slots=True)
class NextStep:
    """When this, then that."""

    when: str
    then: str


@dataclass(frozen=True, slots=True)
class NextSteps:
    """One participant's private sheet (T9): at most four steps."""

    participant: str
    hour_mode: bool
    reminder_day: int
    why: str
    steps: tuple[NextStep, ...]
