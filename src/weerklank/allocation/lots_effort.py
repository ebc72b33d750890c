"""How long to look for a team or a lottery, by name."""

from __future__ import annotations

from weerklank.allocation.allocating import Effort
from weerklank.allocation.refusals import because
from weerklank.errors import BadInput

__all__ = ["effort_named"]


def effort_named(name: str) -> Effort:
    """The effort called ``name``; ``BadInput`` when there is none."""
    try:
        return Effort(name)
    except ValueError as error:
        remedy = because("no-effort-remedy", known=", ".join(Effort))
        raise BadInput(because("no-effort", name=name), remedy=remedy) from error
