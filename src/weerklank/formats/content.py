"""What a gathering makes: dimensions to sort by, and objects with fields.

Every field name here is the key in the TOML file; ``docs/formats.md`` explains each.
"""

from __future__ import annotations

from dataclasses import dataclass

from weerklank.formats.kinds import FieldType, RecordClass
from weerklank.formats.texts import Text

__all__ = ["Dimension", "DimensionValue", "Evidence", "FormatObject", "ObjectField", "Option"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionValue:
    """One value of a dimension: what is stored (``key``) and what people read.

    :param question: helps somebody find what to say (W9).
    :param heading: stands above this value's part of the report.
    """

    key: str
    label: Text
    question: Text | None = None
    heading: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """Something to sort by. A contribution may always leave it open: an empty cell stays empty (W12).

    :param open: people may add values.
    :param multiple: one object may carry several values.
    """

    id: str
    title: Text
    question: Text | None = None
    open: bool = False
    multiple: bool = False
    values: tuple[DimensionValue, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the values, in order."""
        return tuple(value.key for value in self.values)

    def value(self, key: str) -> DimensionValue:
        """The value with this key; ``KeyError`` when there is none."""
        for value in self.values:
            if value.key == key:
                return value
        raise KeyError(key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer of a ``choice`` or ``status`` field."""

    key: str
    label: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectField:
    """One field of an object.

    :param max: characters for ``text``, words for ``question``, steps for ``scale``.
    :param dimension: which dimension a ``dimension`` field takes its value from.
    """

    id: str
    type: FieldType
    label: Text
    hint: Text | None = None
    required: bool = False
    max: int | None = None
    dimension: str | None = None
    options: tuple[Option, ...] = ()

    def option(self, key: str) -> Option:
        """The option with this key; ``KeyError`` when there is none."""
        for option in self.options:
            if option.key == key:
                return option
        raise KeyError(key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The fewest sources, from the fewest rooms, before an object may be published (W13)."""

    sources: int = 1
    rooms: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatObject:
    """A kind of thing people make: a contribution, an insight, an answer.

    :param made_from: objects it must be linked to; the thread back to who said what.
    :param per_person: at most this many per person.
    :param record: how archive and openness law see it.
    :param retention_days: overrules ``gates.retention_days`` for this object.
    """

    id: str
    title: Text
    fields: tuple[ObjectField, ...]
    hint: Text | None = None
    dimensions: tuple[str, ...] = ()
    made_from: tuple[str, ...] = ()
    per_person: int | None = None
    evidence: Evidence | None = None
    record: RecordClass = RecordClass.WORKING
    retention_days: int | None = None

    def field(self, id: str) -> ObjectField:  # noqa: A002 - the word of the file
        """The field with this id; ``KeyError`` when there is none."""
        for field in self.fields:
            if field.id == id:
                return field
        raise KeyError(id)
