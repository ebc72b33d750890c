"""A TOML table as a frozen dataclass: the dataclass is the schema, and nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, TypeVar, Union, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

__all__ = ["BrokenContent", "read_as"]

Record = TypeVar("Record", bound="DataclassInstance")


class BrokenContent(ValueError):
    """A content file does not fit its record: says which file, where, and what to do."""

    def __init__(self, what: str, *, source: str, remedy: str) -> None:
        self.what, self.source, self.remedy = what, source, remedy
        super().__init__(f"{source}: {what} {remedy}")


def read_as(kind: type[Record], table: Mapping[str, object], *, source: str, at: str = "") -> Record:
    """Make a ``kind`` of this table.

    Texts, numbers, yes/no, times, enums, optional values, tuples, mappings by name and nested records are read as the
    annotations say; lists become tuples.

    :raises BrokenContent: for an unknown key, a missing key or a value of another type; names file and place.
    """
    hints = get_type_hints(kind)
    wanted = {field.name: field for field in fields(kind)}
    for name in table:
        if name not in wanted:
            raise BrokenContent(
                f"{at}{name} is onbekend.", source=source, remedy=f"Bekend zijn: {', '.join(wanted)}."
            )
    values: dict[str, Any] = {}
    for name, field in wanted.items():
        if name in table:
            values[name] = _value(hints[name], table[name], source, f"{at}{name}")
        elif field.default is MISSING and field.default_factory is MISSING:
            raise BrokenContent(f"{at}{name} ontbreekt.", source=source, remedy="Vul het in.")
    return kind(**values)


def _value(hint: Any, value: object, source: str, at: str) -> object:
    origin, inside = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _value(next(arg for arg in inside if arg is not NoneType), value, source, at)
    if origin is tuple and isinstance(value, list):
        return tuple(_value(inside[0], item, source, f"{at}[{place}]") for place, item in enumerate(value))
    if origin is Mapping and isinstance(value, dict):
        return {str(key): _value(inside[1], item, source, f"{at}.{key}") for key, item in value.items()}
    if is_dataclass(hint) and isinstance(hint, type) and isinstance(value, dict):
        return read_as(hint, value, source=source, at=f"{at}.")
    if isinstance(hint, type) and issubclass(hint, StrEnum) and value in list(hint):
        return hint(str(value))
    if type(value) is not hint:
        raise BrokenContent(f"{at} is {value!r}.", source=source, remedy=f"Verwacht: {_words(hint)}.")
    return value


def _words(hint: Any) -> str:
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return ", ".join(hint)
    return str(getattr(hint, "__name__", hint))
