"""Which formats somebody may choose from: those that come with Weerklank, and their own."""

from __future__ import annotations

from dataclasses import dataclass

from weerklank_web.accounts.models import Person
from weerklank_web.formats.bridge import Format, catalogue, format_of
from weerklank_web.formats.models import OwnFormat

__all__ = ["Offered", "formats_for", "own_formats_of"]


@dataclass(frozen=True, slots=True)
class Offered:
    """A format to choose. ``key`` tells it apart from all others on the list; ``own`` is the row of one's own."""

    key: str
    format: Format
    own: OwnFormat | None = None


def formats_for(person: Person) -> tuple[Offered, ...]:
    """Everything this person may choose: their own first."""
    return (*own_formats_of(person), *(Offered(format_.id, format_) for format_ in catalogue()))


def own_formats_of(person: Person) -> tuple[Offered, ...]:
    """What this person read in, by title."""
    rows = OwnFormat.objects.filter(owner=person).select_related("version").order_by("version__title")
    return tuple(Offered(f"eigen-{own.pk}", format_of(own.version), own) for own in rows)
