"""The content of the demo gathering, read from ``content/*.toml``: what people registered, said, asked and answered.

Only data: whoever plays it through the application decides how. Everything in it is invented. Texts are Dutch.

    >>> demo = load_content()
    >>> len(demo.registrations), len(demo.present)
    (99, 105)
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from weerklank_web.demo.records.answer import Answers, Insight, Message, NextSteps, ReadBack
from weerklank_web.demo.records.gathering import Gathering, Organisation, Participant
from weerklank_web.demo.records.room import Contribution, Room
from weerklank_web.demo.tables import BrokenContent, read_as

__all__ = ["CONTENT", "Content", "load_content"]

CONTENT = Path(__file__).with_name("content")


@dataclass(frozen=True)
class Content:
    """Everything there is to play, in the order of the thread."""

    gathering: Gathering
    organisations: tuple[Organisation, ...]
    registrations: tuple[Participant, ...]
    walk_ins: tuple[Participant, ...]
    rooms: tuple[Room, ...]
    insights: tuple[Insight, ...]
    messages: tuple[Message, ...]
    read_back: ReadBack
    answers: Answers
    next_steps: NextSteps

    @property
    def present(self) -> tuple[Participant, ...]:
        """Who was there: the registered without the no-shows, and the walk-ins (W4)."""
        return tuple(person for person in (*self.registrations, *self.walk_ins) if person.attends)

    @cached_property
    def contributions(self) -> Mapping[str, Contribution]:
        """Every contribution by its key, room after room."""
        return {said.key: said for room in self.rooms for said in room.contributions}

    @cached_property
    def room_of(self) -> Mapping[str, Room]:
        """The room in which a contribution was made, by the contribution's key."""
        return {said.key: room for room in self.rooms for said in room.contributions}

    def organisation(self, key: str) -> Organisation:
        """The organisation with this key; ``KeyError`` when there is none."""
        for organisation in self.organisations:
            if organisation.key == key:
                return organisation
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class _Organisations:
    organisations: tuple[Organisation, ...]


@dataclass(frozen=True, slots=True)
class _People:
    registrations: tuple[Participant, ...]
    walk_ins: tuple[Participant, ...]


@dataclass(frozen=True, slots=True)
class _Insights:
    insights: tuple[Insight, ...]


@dataclass(frozen=True, slots=True)
class _Messages:
    messages: tuple[Message, ...]


def load_content(folder: Path = CONTENT) -> Content:
    """Read the whole folder.

    :raises BrokenContent: for a missing file, a file that is not TOML, or a table that does not fit its record.
    """
    people = read_as(_People, _table(folder / "people.toml"), source="people.toml")
    return Content(
        gathering=read_as(Gathering, _table(folder / "gathering.toml"), source="gathering.toml"),
        organisations=read_as(
            _Organisations, _table(folder / "organisations.toml"), source="organisations.toml"
        ).organisations,
        registrations=people.registrations,
        walk_ins=people.walk_ins,
        rooms=tuple(_rooms(folder / "rooms")),
        insights=read_as(_Insights, _table(folder / "insights.toml"), source="insights.toml").insights,
        messages=read_as(_Messages, _table(folder / "messages.toml"), source="messages.toml").messages,
        read_back=read_as(ReadBack, _table(folder / "readback.toml"), source="readback.toml"),
        answers=read_as(Answers, _table(folder / "answers.toml"), source="answers.toml"),
        next_steps=read_as(NextSteps, _table(folder / "next_steps.toml"), source="next_steps.toml"),
    )


def _rooms(folder: Path) -> Iterator[Room]:
    """The rooms in the order of their file names."""
    for path in sorted(folder.glob("*.toml")):
        yield read_as(Room, _table(path), source=path.name)


def _table(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BrokenContent("Het bestand ontbreekt.", source=path.name, remedy="Zet het terug.") from None
    except tomllib.TOMLDecodeError as error:
        raise BrokenContent(
            f"Dit is geen geldige TOML: {error}.", source=path.name, remedy="Herstel die regel."
        ) from None
