"""What it was about: how many contributions per theme and level. Contributions are counted here, never people."""

from __future__ import annotations

from weerklank.chapters.composing import Composer
from weerklank.chapters.facts import LevelFacts, ThemeHarvest
from weerklank.report.chart import Chart, ChartKind, ChartRow
from weerklank.report.document import Section

__all__ = ["counts_by_theme", "overview_section"]

NO_LEVEL = "-"


def counts_by_theme(themes: tuple[ThemeHarvest, ...]) -> dict[str, int]:
    """``theme:1`` → its contributions, ``theme:1:micro`` → those at that level, ``theme:1:-`` → those without one."""
    counts: dict[str, int] = {}
    for place, theme in enumerate(themes, start=1):
        said = [contribution for room in theme.rooms for contribution in room.all()]
        counts[f"theme:{place}"] = len(said)
        for contribution in said:
            name = f"theme:{place}:{contribution.level or NO_LEVEL}"
            counts[name] = counts.get(name, 0) + 1
    return counts


def overview_section(
    themes: tuple[ThemeHarvest, ...], *, levels: tuple[LevelFacts, ...], compose: Composer
) -> Section:
    """Themes by level, as a picture and its table; a level at which nothing was noted stays empty (W12)."""
    seen = [c.level for theme in themes for room in theme.rooms for c in room.all() if c.level is not None]
    keys = tuple(dict.fromkeys((*(level.key for level in levels), *seen, NO_LEVEL)))
    short = {level.key: level.label.partition(":")[0].rstrip() for level in levels}
    short[NO_LEVEL] = compose.say("harvest.none_level")
    rows, figures = [], []
    for place, theme in enumerate(themes, start=1):
        names = (f"theme:{place}", *(f"theme:{place}:{key}" for key in keys))
        figures += [compose.fact(name) for name in names if name in compose.facts]
        rows.append(ChartRow(theme.theme, tuple(compose.facts.get(name) for name in names)))
    chart = Chart(
        id="overview/table",
        kind=ChartKind.GRID,
        caption=compose.say("harvest.caption"),
        alt=compose.say("harvest.caption_alt"),
        header=(*compose.sentences.lists["harvest.head"], *(short.get(key, key) for key in keys)),
        rows=tuple(rows),
        totals=1,
        drawn=len(rows) > 1,
        figures=tuple(figures),
    )
    return Section(id="overview", title=compose.say("brief.themes"), blocks=(chart,))
