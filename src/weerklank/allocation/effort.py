"""How hard a search tries: the same three words for rooms, moves, teams and lots."""

from __future__ import annotations

from enum import StrEnum

from weerklank.allocation.refusals import because
from weerklank.errors import BadInput

__all__ = ["Effort", "effort_named"]


class Effort(StrEnum):
    """How long to look, in work and not in seconds."""

    QUICK = "quick"
    NORMAL = "normal"
    THOROUGH = "thorough"

    @property
    def proposals(self) -> int:
        """Moves to consider, per person and round."""
        return {"quick": 500, "normal": 8000, "thorough": 40000}[self.value]

    @property
    def most(self) -> int:
        """Moves to consider in all, however many people there are."""
        return {"quick": 2_000_000, "normal": 24_000_000, "thorough": 120_000_000}[self.value]

    @property
    def branches(self) -> int:
        """Ways to settle groups and apart pairs to try."""
        return {"quick": 500, "normal": 1500, "thorough": 30000}[self.value]


def effort_named(name: str) -> Effort:
    """The effort called ``name``; ``BadInput`` when there is none."""
    try:
        return Effort(name)
    except ValueError as error:
        remedy = because("no-effort-remedy", known=", ".join(Effort))
        raise BadInput(because("no-effort", name=name), remedy=remedy) from error
