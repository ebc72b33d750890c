"""One chapter per theme: what the rooms noted, by prompt and by level, with empty cells left empty (W9, W12)."""

from __future__ import annotations

from collections.abc import Iterable

from weerklank.chapters.composing import Composer
from weerklank.chapters.facts import LevelFacts, RoomHarvest, SignOff, ThemeHarvest
from weerklank.evidence.records import Contribution
from weerklank.report.citable import Figure
from weerklank.report.document import Block, Section

__all__ = [
    "DEFAULT_LEVELS",
    "default_levels",
    "harvest_of",
    "leaving_chapter",
    "level_title",
    "theme_chapters",
]

DEFAULT_LEVELS = ("micro", "meso", "macro")


def default_levels(compose: Composer) -> tuple[LevelFacts, ...]:
    """The three levels of the workinar, in the report's language."""
    return tuple(LevelFacts(key, compose.say(f"levels.{key}")) for key in DEFAULT_LEVELS)


def harvest_of(contributions: Iterable[Contribution]) -> tuple[ThemeHarvest, ...]:
    """Contributions of a file as themes and rooms, each in order of first appearance."""
    themes: dict[str, dict[str | None, list[Contribution]]] = {}
    for contribution in contributions:
        rooms = themes.setdefault(contribution.theme, {})
        rooms.setdefault(contribution.room, []).append(contribution)
    return tuple(
        ThemeHarvest(
            theme, tuple(RoomHarvest(room=room, contributions=tuple(said)) for room, said in rooms.items())
        )
        for theme, rooms in themes.items()
    )


def theme_chapters(
    themes: tuple[ThemeHarvest, ...], *, levels: tuple[LevelFacts, ...], compose: Composer
) -> tuple[Section, ...]:
    """A chapter per theme."""
    return tuple(
        _theme(place, theme, levels=levels, compose=compose) for place, theme in enumerate(themes, start=1)
    )


def _theme(place: int, theme: ThemeHarvest, *, levels: tuple[LevelFacts, ...], compose: Composer) -> Section:
    name = f"theme:{place}"
    if not theme.rooms:
        empty = compose.counted(f"{name}/empty", "harvest.empty_theme", muted=True)
        return Section(id=name, title=theme.theme, blocks=(empty,))
    if len(theme.rooms) == 1 and theme.rooms[0].room is None:
        blocks, sections = _room(f"{name}/room:1", theme.rooms[0], levels=levels, compose=compose)
        return Section(id=name, title=theme.theme, blocks=blocks, sections=sections)
    rooms = []
    for number, room in enumerate(theme.rooms, start=1):
        blocks, sections = _room(f"{name}/room:{number}", room, levels=levels, compose=compose)
        title = room.room or compose.say("harvest.unnamed_room")
        rooms.append(Section(id=f"{name}/room:{number}", title=title, blocks=blocks, sections=sections))
    return Section(id=name, title=theme.theme, sections=tuple(rooms))


def _room(
    name: str, room: RoomHarvest, *, levels: tuple[LevelFacts, ...], compose: Composer
) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
    blocks: list[Block] = []
    if room.sign_off is not None:
        blocks += _signed(name, room.sign_off, compose)
    if not room.all():
        blocks.append(compose.counted(f"{name}/empty", "harvest.empty_room", muted=True))
        return tuple(blocks), ()
    sections: list[Section] = []
    for key, said in (("why", room.why), ("essence", room.essence)):
        if said:
            sections.append(
                Section(id=f"{name}/{key}", title=compose.say(f"harvest.{key}"), blocks=compose.noted(said))
            )
    before, after = _unlevelled(name, room, compose)
    sections += before
    for level in _levels_of(room, levels):
        said = tuple(c for c in room.contributions if c.level == level.key)
        within = compose.noted(said) or (
            compose.counted(f"{name}/level:{level.key}/empty", "harvest.empty_level", muted=True),
        )
        sections.append(Section(id=f"{name}/level:{level.key}", title=level_title(level), blocks=within))
    return tuple(blocks), (*sections, *after)


def leaving_chapter(leaving: tuple[Contribution, ...], compose: Composer) -> Section:
    """What people wrote for everybody when they left, under the prompt they answered; no room stands with it."""
    by_prompt: dict[str, list[Contribution]] = {}
    for contribution in leaving:
        by_prompt.setdefault(contribution.prompt or "", []).append(contribution)
    without = tuple(by_prompt.pop("", ()))
    return Section(
        id="leaving",
        title=compose.say("leaving.title"),
        blocks=(compose.counted("leaving/intro", "leaving.intro", muted=True), *compose.noted(without)),
        sections=tuple(
            Section(id=f"leaving/{place}", title=prompt, blocks=compose.noted(tuple(said)))
            for place, (prompt, said) in enumerate(by_prompt.items(), start=1)
        ),
    )


def level_title(level: LevelFacts) -> str:
    """The level's name, with its help question when the format has one."""
    return f"{level.label} – {level.question}" if level.question else level.label


def _levels_of(room: RoomHarvest, levels: tuple[LevelFacts, ...]) -> tuple[LevelFacts, ...]:
    """The format's levels, then any other that occurs: nothing noted may fall out of the report."""
    known = {level.key for level in levels}
    strays = dict.fromkeys(
        c.level for c in room.contributions if c.level is not None and c.level not in known
    )
    return (*levels, *(LevelFacts(key, key) for key in strays))


def _unlevelled(name: str, room: RoomHarvest, compose: Composer) -> tuple[list[Section], list[Section]]:
    """What was noted without a level, under the prompt it answers: what came before the first level, and what came after."""
    groups: dict[str | None, list[Contribution]] = {}
    early: set[str | None] = set()
    levelled = False
    for contribution in room.contributions:
        if contribution.level is not None:
            levelled = True
            continue
        if contribution.prompt not in groups and not levelled:
            early.add(contribution.prompt)
        groups.setdefault(contribution.prompt, []).append(contribution)
    before: list[Section] = []
    after: list[Section] = []
    for place, (prompt, said) in enumerate(groups.items(), start=1):
        title = prompt or compose.say("harvest.unlevelled")
        section = Section(id=f"{name}/noted:{place}", title=title, blocks=compose.noted(tuple(said)))
        (before if prompt in early else after).append(section)
    return before, after


def _signed(name: str, sign_off: SignOff, compose: Composer) -> list[Block]:
    if sign_off.on is None:
        return [compose.counted(f"{name}/signed", "harvest.unsigned", muted=True)]
    lines: list[Block] = [compose.counted(f"{name}/signed", "harvest.signed", day=sign_off.on)]
    if sign_off.changed_after:
        changes = Figure(f"{name}/changed", sign_off.changed_after)
        lines.append(compose.counted(f"{name}/changed", "harvest.changed", changes=changes))
    return lines
