"""The parts of a report on votes that are tables: what moved between two votes, how every statement was answered."""

from __future__ import annotations

from collections.abc import Sequence

from weerklank.chapters.composing import Composer
from weerklank.chapters.opinion_facts import OpinionFacts, StatementVotes
from weerklank.report.chart import Chart, ChartKind, ChartRow
from weerklank.report.document import Block, Section, Table

__all__ = ["listed", "margins_table", "shares_chart", "shifts_section", "statements_section"]

_PAGE = 20


def shifts_section(facts: OpinionFacts, compose: Composer) -> Section:
    """What moved between two votes (W8): where most moved first."""
    lines = facts.shifts
    figures = [
        tuple(compose.fact(f"shift:{line.statement}:{at}") for at in ("agree", "same", "disagree"))
        for line in lines
    ]
    chart = Chart(
        id="shifts/chart",
        kind=ChartKind.SHARES,
        caption=compose.say("opinions.shifts_caption"),
        alt=compose.say("opinions.shifts_alt"),
        header=compose.sentences.lists["opinions.shifts_head"],
        rows=tuple(
            ChartRow(facts.texts[line.statement], tuple(figure.value for figure in each))
            for line, each in zip(lines, figures, strict=True)
        ),
        unit="%",
        figures=tuple(figure for each in figures for figure in each),
    )
    rows = [
        (
            facts.texts[line.statement],
            tuple(f"shift:{line.statement}:{at}" for at in ("before", "after", "people")),
        )
        for line in lines
    ]
    table = listed(
        "shifts/before-after",
        compose.say("opinions.before_after"),
        compose.sentences.lists["opinions.before_after_head"],
        rows,
        compose,
        units=("\u00a0%", "\u00a0%", ""),
    )
    intro = compose.counted("shifts/intro", "opinions.shifts_intro")
    return Section(id="shifts", title=compose.say("opinions.shifts"), blocks=(intro, chart, table))


def statements_section(facts: OpinionFacts, compose: Composer) -> Section:
    """Every statement with its answers, in tables of twenty; the first also as a picture, since more would say no more."""
    statements = facts.statements
    pages = [statements[start : start + _PAGE] for start in range(0, len(statements), _PAGE)]
    if facts.votes is None:
        intro = compose.counted("statements/intro", "opinions.statements_intro", k=compose.fact("k"))
    else:
        intro = compose.counted("statements/intro", "opinions.statements_intro_exact")
    blocks: list[Block] = [intro]
    for number, page in enumerate(pages):
        caption = compose.say("opinions.statements_caption" if number == 0 else "opinions.statements_more")
        blocks.append(shares_chart(f"statements/{number}", caption, page, compose, drawn=number == 0))
    return Section(id="statements", title=compose.say("opinions.statements"), blocks=tuple(blocks))


def shares_chart(
    name: str, caption: str, page: Sequence[StatementVotes], compose: Composer, *, drawn: bool
) -> Chart:
    rows, figures = [], []
    for statement in page:
        names = [f"share:{side}:{statement.id}" for side, _ in statement.shares.each()]
        figures += [compose.fact(each) for each in names]
        rows.append(ChartRow(statement.text, tuple(told for _, told in statement.shares.each())))
    return Chart(
        id=name,
        kind=ChartKind.SHARES,
        caption=caption,
        alt=compose.say("opinions.statements_alt"),
        header=compose.sentences.lists["opinions.statements_head"],
        rows=tuple(rows),
        unit="%",
        withheld="–",
        drawn=drawn,
        figures=tuple(figures),
    )


def margins_table(facts: OpinionFacts, compose: Composer) -> Table:
    """From where to where the agreement with each statement may lie."""
    rows = [
        (one.text, (f"share:agree:{one.id}", f"margin:{one.id}:low", f"margin:{one.id}:high"))
        for one in facts.statements
        if one.margin is not None
    ]
    columns = compose.sentences.lists["opinions.unites_head"][1:]
    return listed("statements/margins", compose.say("opinions.margins"), columns, rows, compose)


def listed(
    name: str,
    caption: str,
    columns: Sequence[str],
    rows: Sequence[tuple[str, tuple[str, ...]]],
    compose: Composer,
    *,
    units: Sequence[str] = (),
) -> Table:
    """A table of statements with per column a figure in per cent; ``units`` where that is otherwise."""
    after = units or ("\u00a0%",) * len(columns)
    figures = [[compose.fact(fact) for fact in facts] for _, facts in rows]
    return Table(
        id=name,
        caption=caption,
        header=(compose.sentences.lists["opinions.statements_head"][0], *columns),
        rows=tuple(
            (
                text,
                *(
                    "–" if one.value is None else f"{one.value}{unit}"
                    for one, unit in zip(cells, after, strict=True)
                ),
            )
            for (text, _), cells in zip(rows, figures, strict=True)
        ),
        numeric=tuple(range(1, len(columns) + 1)),
        figures=tuple(figure for cells in figures for figure in cells),
    )
