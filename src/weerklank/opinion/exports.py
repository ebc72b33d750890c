"""A conversation as it was exported: its votes, its statements, and what was published about it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from weerklank.opinion.conventions import Convention
from weerklank.opinion.votes import Votes

__all__ = ["Export", "Moderation", "Statement"]


class Moderation(StrEnum):
    """What moderators did with a statement."""

    REJECTED = "rejected"
    UNMODERATED = "unmoderated"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement people voted on, as published.

    :param author: the id of the participant who wrote it, where that was published.
    :param is_meta: about the conversation or the voter, not about the subject.
    :param is_seed: put in by whoever began the conversation; None when not said.
    :param agrees: how many agreed according to the source; None when not said. Votes that came late or were changed
        can make it differ a little from the votes themselves.
    :param disagrees: likewise.
    :param consensus: the published group-informed consensus.
    """

    id: Hashable
    text: str
    author: Hashable | None = None
    moderation: Moderation | None = None
    is_meta: bool = False
    is_seed: bool | None = None
    agrees: int | None = None
    disagrees: int | None = None
    consensus: float | None = None


@dataclass(frozen=True, eq=False)
class Export:
    """A conversation.

    :param cast: all votes, on moderated statements too.
    :param statements: all statements, in the order of the source; some may have no votes.
    :param groups: the published group of a participant; whoever had none is not in it.
    :param convention: what a 1 meant in the source; in ``cast`` +1 is always agree.
    :param strict: only statements that a moderator accepted count; else all but the rejected.
    :param about: what else the source says of itself, as it says it (topic, description…).
    """

    cast: Votes
    statements: tuple[Statement, ...]
    convention: Convention
    groups: Mapping[Hashable, int] = field(default_factory=dict)
    strict: bool = False
    about: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def dropped(self) -> tuple[Statement, ...]:
        """The statements that do not count: rejected, about the conversation itself, or (strict) not accepted."""
        return tuple(one for one in self.statements if not self._counts(one))

    @property
    def dropped_columns(self) -> tuple[Hashable, ...]:
        """The ids of the dropped statements that were voted on."""
        columns = set(self.cast.statements)
        return tuple(one.id for one in self.dropped if one.id in columns)

    @cached_property
    def votes(self) -> Votes:
        """The votes on the statements that count; the others are gone, not empty."""
        return self.cast.without(statements=self.dropped_columns)

    @cached_property
    def texts(self) -> Mapping[Hashable, str]:
        """What each statement says."""
        return {one.id: one.text for one in self.statements}

    def _counts(self, one: Statement) -> bool:
        if one.is_meta or one.moderation is Moderation.REJECTED:
            return False
        return not self.strict or one.moderation in (Moderation.ACCEPTED, None)
