"""The parts of a report on votes that need words: what unites, what divides, groups or a cut, the map, the method."""

from __future__ import annotations

from collections.abc import Sequence

from weerklank.chapters.composing import Composer
from weerklank.chapters.opinion_facts import OpinionFacts, PartFacts, TypicalFacts
from weerklank.chapters.opinion_tables import listed, shares_chart
from weerklank.report.chart import Chart, ChartKind, ChartRow
from weerklank.report.citable import Basis, Figure, Run
from weerklank.report.document import Block, Paragraph, Point, Points, Section

__all__ = [
    "divides_section",
    "map_section",
    "method_blocks",
    "parts_section",
    "size_of_vote",
    "statement_points",
    "too_few",
    "unites_section",
    "verdict_of_vote",
]

#: What fits a page; the table of all statements holds the rest.
LONG = 10


def size_of_vote(facts: OpinionFacts, compose: Composer) -> Paragraph:
    """How many voted: exactly, or in steps."""
    people, statements = compose.fact("people", people=True), compose.fact("statements")
    if facts.votes is None:
        return compose.counted("size", "opinions.size_least", people=people, statements=statements)
    votes = compose.fact("votes")
    return compose.counted("size", "opinions.size", people=people, statements=statements, votes=votes)


def too_few(compose: Composer, *, at: str = "votes") -> Paragraph:
    """So few voted that nothing is shown: all that there is to say then."""
    return compose.counted(f"{at}/too-few", "opinions.too_few", k=compose.fact("k"))


def verdict_of_vote(facts: OpinionFacts, compose: Composer, *, at: str | None = None) -> Paragraph:
    """What may be said about the shape of the opinions; with too few people, that nothing is."""
    if facts.few is not None:
        return compose.counted("few" if at is None else f"{at}/few", "opinions.few", few=compose.fact("few"))
    return compose.given("given:verdict", facts.verdict, at=at)


def statement_points(
    statements: Sequence[str], where: str, facts: OpinionFacts, compose: Composer
) -> tuple[Point, ...]:
    """Statements as they were written: said in the gathering, or worded for it."""
    return tuple(_statement_point(statement, where, facts, compose) for statement in statements)


def _statement_point(statement: str, where: str, facts: OpinionFacts, compose: Composer) -> Point:
    said = statement in compose.contributions
    return Point(
        id=f"{where}/{statement}",
        basis=Basis.LITERAL if said else Basis.GIVEN,
        sources=(statement if said else f"given:statement:{statement}",),
        text=(Run(facts.texts[statement]),),
    )


def unites_section(facts: OpinionFacts, compose: Composer) -> Section:
    """The statements that unite, with their margins."""
    if not facts.unites:
        none = compose.counted("unites/none", "opinions.unites_none", muted=True)
        return Section(id="unites", title=compose.say("opinions.unites"), blocks=(none,))
    lines = facts.unites[:LONG]
    chart = Chart(
        id="unites/chart",
        kind=ChartKind.RANGES,
        caption=compose.say("opinions.unites_caption"),
        alt=compose.say("opinions.unites_alt"),
        header=compose.sentences.lists["opinions.unites_head"],
        rows=tuple(
            ChartRow(facts.texts[line.statement], (line.agree, line.low, line.high)) for line in lines
        ),
        unit="%",
        figures=tuple(
            compose.fact(f"unites:{line.statement}:{at}") for line in lines for at in ("agree", "low", "high")
        ),
    )
    over = compose.given("given:united-over", facts.united_over)
    order = compose.counted("unites/order", "opinions.order", level=compose.fact("level"))
    blocks: list[Block] = [over, order, chart]
    floors = [line for line in facts.unites if line.floor is not None]
    if floors:
        blocks.append(
            listed(
                "unites/floors",
                compose.say("opinions.floors"),
                compose.sentences.lists["opinions.floors_head"],
                [(facts.texts[line.statement], (f"unites:{line.statement}:floor",)) for line in floors],
                compose,
            )
        )
    return Section(id="unites", title=compose.say("opinions.unites"), blocks=tuple(blocks))


def divides_section(facts: OpinionFacts, compose: Composer) -> Section:
    """The statements that divide: how far apart people are, or where that was only counted, how they answered."""
    if not facts.divides:
        none = compose.counted("divides/none", "opinions.divides_none", muted=True)
        return Section(id="divides", title=compose.say("opinions.divides"), blocks=(none,))
    apart = any(line.ends for line in facts.divides)
    blocks: list[Block] = []
    if apart:
        over = "parts" if facts.parts and not facts.cut else "map"
        blocks.append(compose.counted("divides/intro", f"opinions.divides_over_{over}"))
    if all(line.low is not None for line in facts.divides):
        blocks.append(_gaps(facts, compose))
    else:
        known = {one.id: one for one in facts.statements}
        page = [known[line.statement] for line in facts.divides]
        blocks.append(
            shares_chart("divides/chart", compose.say("opinions.divided_caption"), page, compose, drawn=True)
        )
    if apart:
        blocks += _ends(facts, compose)
    return Section(id="divides", title=compose.say("opinions.divides"), blocks=tuple(blocks))


def _gaps(facts: OpinionFacts, compose: Composer) -> Chart:
    lines = facts.divides[:LONG]
    names = ("gap", "low", "high")
    return Chart(
        id="divides/chart",
        kind=ChartKind.RANGES,
        caption=compose.say("opinions.divides_caption"),
        alt=compose.say("opinions.divides_alt"),
        header=compose.sentences.lists["opinions.divides_head"],
        rows=tuple(ChartRow(facts.texts[line.statement], (line.gap, line.low, line.high)) for line in lines),
        unit="%",
        figures=tuple(compose.fact(f"divides:{line.statement}:{at}") for line in lines for at in names),
    )


def _ends(facts: OpinionFacts, compose: Composer) -> list[Block]:
    """Agreement at either end of the map, or in each group."""
    lines = [line for line in facts.divides[:LONG] if line.ends]
    width = max(len(line.ends) for line in lines)
    grouped = bool(facts.parts) and not facts.cut
    if grouped:
        letters = compose.sentences.lists["opinions.letters"][:width]
        columns = [compose.sentences.say("opinions.group", {"name": letter}) for letter in letters]
    else:
        columns = list(compose.sentences.lists["opinions.ends_head"])
    rows = [
        (
            facts.texts[line.statement],
            tuple(f"divides:{line.statement}:end:{place}" for place in range(width)),
        )
        for line in lines
        if len(line.ends) == width == len(columns)
    ]
    if not rows:
        return []
    caption = compose.say("opinions.ends_groups" if grouped else "opinions.ends")
    return [listed("divides/ends", caption, columns, rows, compose)]


def parts_section(facts: OpinionFacts, compose: Composer) -> Section:
    """Groups that the verdict allows, or the pieces of a cut, which is called a cut."""
    word = "cut" if facts.cut else "groups"
    intro = compose.counted("parts/intro", f"opinions.{word}_intro", parts=compose.fact("parts"))
    sections = tuple(_part(place, part, facts, compose) for place, part in enumerate(facts.parts))
    return Section(id="parts", title=compose.say(f"opinions.{word}"), blocks=(intro,), sections=sections)


def _part(place: int, part: PartFacts, facts: OpinionFacts, compose: Composer) -> Section:
    letter = compose.sentences.lists["opinions.letters"][place]
    title = compose.sentences.say("opinions.part" if facts.cut else "opinions.group", {"name": letter})
    share = compose.fact(f"part:{place}:share")
    if part.people is not None:
        people = compose.fact(f"part:{place}:people", people=True)
        size = compose.counted(f"part:{place}/size", "opinions.part_least", share=share, people=people)
    else:
        low, high = (compose.fact(f"part:{place}:{at}") for at in ("low", "high"))
        size = compose.counted(f"part:{place}/size", "opinions.part_size", share=share, low=low, high=high)
    blocks: list[Block] = [size]
    for line in part.typical:
        blocks += _typical(place, line, facts, compose)
    if not part.typical:
        blocks.append(compose.counted(f"part:{place}/none", "opinions.typical_none", muted=True))
    return Section(id=f"part:{place}", title=title, blocks=tuple(blocks))


def _typical(place: int, line: TypicalFacts, facts: OpinionFacts, compose: Composer) -> list[Block]:
    name = f"part:{place}:{line.statement}:{line.answer}"
    return [
        Points(statement_points((line.statement,), f"part:{place}/{line.answer}", facts, compose)),
        compose.counted(
            name,
            f"opinions.typical_{line.answer}",
            inside=compose.fact(f"{name}:inside"),
            outside=compose.fact(f"{name}:outside"),
        ),
    ]


def map_section(facts: OpinionFacts, compose: Composer) -> Section:
    """The map as fields with at least k people each; nobody stands on it as a point."""
    grid = facts.grid
    assert grid is not None
    columns = _outward(compose.sentences.lists["opinions.columns"], len(grid.rows[0]))
    heights = _outward(compose.sentences.lists["opinions.rows"], len(grid.rows))
    flat = len(grid.rows) == 1
    figures = tuple(
        Figure(f"grid:{row}:{column}", cell, people=True)
        for row, cells in enumerate(grid.rows)
        for column, cell in enumerate(cells)
    )
    blocks: list[Block] = [
        Chart(
            id="map/grid",
            kind=ChartKind.GRID,
            caption=compose.say("opinions.map_caption"),
            alt=compose.say("opinions.map_alt"),
            header=(compose.say("opinions.map_people" if flat else "opinions.map_head"), *columns),
            rows=tuple(
                ChartRow(compose.say("opinions.map_least") if flat else name, cells)
                for name, cells in zip(heights, grid.rows, strict=True)
            ),
            withheld="·",
            note=compose.say("opinions.map_note"),
            figures=figures,
        )
    ]
    sides = ("left", "right") if flat else ("left", "right", "bottom", "top")
    for side, end in zip(sides, grid.ends, strict=False):
        answer = "agree" if end.agree else "disagree"
        named = end.agree or end.disagree
        if named:
            blocks.append(compose.counted(f"map/{side}", f"opinions.{side}_{answer}"))
            blocks.append(Points(statement_points(named, f"map/{side}", facts, compose)))
    if facts.answering_style:
        blocks.append(compose.counted("map/style", "opinions.answering_style"))
    return Section(id="map", title=compose.say("opinions.map"), blocks=tuple(blocks))


def _outward(names: Sequence[str], count: int) -> Sequence[str]:
    """So many names of places on a line: the middle, and those nearest to it on either side."""
    half, side = len(names) // 2, count // 2
    return names[half - side : half + side + 1]


def method_blocks(facts: OpinionFacts, compose: Composer) -> list[Block]:
    """How it was reckoned, what it does not find, and what is not shown."""
    blocks: list[Block] = []
    if facts.few is None:
        blocks += [
            compose.counted("method/how", "opinions.method"),
            compose.counted("method/limits", "opinions.limits"),
        ]
    blocks.append(
        compose.counted(
            "method/opinions-privacy",
            "opinions.privacy" if facts.votes is None else "opinions.privacy_exact",
            k=compose.fact("k"),
        )
    )
    if facts.agree_style is not None:
        blocks.append(compose.counted("method/style", "opinions.style", style=compose.fact("agree_style")))
    if facts.dropped:
        blocks.append(compose.counted("method/dropped", "opinions.dropped", dropped=compose.fact("dropped")))
    if facts.mark is not None:
        blocks.append(compose.given("given:mark", facts.mark, label=compose.say("opinions.mark")))
    return blocks
