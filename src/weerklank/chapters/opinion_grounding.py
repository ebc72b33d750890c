"""What the gate may believe about votes: facts by name, from the records by themselves; the chapters must state the same."""

from __future__ import annotations

from collections.abc import Collection

from weerklank.chapters.opinion_facts import OpinionFacts

__all__ = ["given_of", "known_of"]


def known_of(facts: OpinionFacts) -> dict[str, int | None]:
    """Every figure that a report on these votes may state."""
    known: dict[str, int | None] = {
        "people": facts.people,
        "votes": facts.votes,
        "statements": len(facts.statements),
        "dropped": facts.dropped,
        "level": facts.level,
        "k": facts.k,
        "parts": len(facts.parts),
        "few": facts.few,
    }
    if facts.agree_style is not None:
        known["agree_style"] = facts.agree_style
    for statement in facts.statements:
        known |= {f"share:{name}:{statement.id}": told for name, told in statement.shares.each()}
        if statement.margin is not None:
            low, high = statement.margin
            known |= {f"margin:{statement.id}:low": low, f"margin:{statement.id}:high": high}
    return known | _found(facts) | _parts(facts) | _moved(facts) | _grid(facts)


def given_of(facts: OpinionFacts, *, said: Collection[str] = ()) -> dict[str, str]:
    """Texts that somebody answerable gave, statements too unless they were ``said`` (ids)."""
    given = {"given:verdict": facts.verdict, "given:united-over": facts.united_over}
    given |= {f"given:evidence:{place}": text for place, text in enumerate(facts.shown_evidence)}
    given |= {f"given:statement:{one.id}": one.text for one in facts.statements if one.id not in said}
    if facts.source is not None:
        given["given:source"] = facts.source
    if facts.mark is not None:
        given["given:mark"] = facts.mark
    return given


def _found(facts: OpinionFacts) -> dict[str, int | None]:
    known: dict[str, int | None] = {}
    for line in facts.unites:
        known |= {
            f"unites:{line.statement}:{at}": getattr(line, at) for at in ("agree", "low", "high", "floor")
        }
    for divide in facts.divides:
        known |= {f"divides:{divide.statement}:{at}": getattr(divide, at) for at in ("gap", "low", "high")}
        known |= {f"divides:{divide.statement}:end:{place}": share for place, share in enumerate(divide.ends)}
    return known


def _parts(facts: OpinionFacts) -> dict[str, int | None]:
    known: dict[str, int | None] = {}
    for place, part in enumerate(facts.parts):
        known |= {f"part:{place}:{at}": getattr(part, at) for at in ("share", "low", "high", "people")}
        for typical in part.typical:
            name = f"part:{place}:{typical.statement}:{typical.answer}"
            known |= {f"{name}:inside": typical.inside, f"{name}:outside": typical.outside}
    return known


def _moved(facts: OpinionFacts) -> dict[str, int | None]:
    known: dict[str, int | None] = {}
    for shift in facts.shifts:
        name = f"shift:{shift.statement}"
        known |= {f"{name}:agree": shift.toward, f"{name}:same": shift.same, f"{name}:disagree": shift.away}
        known |= {f"{name}:{at}": getattr(shift, at) for at in ("people", "before", "after")}
    return known


def _grid(facts: OpinionFacts) -> dict[str, int | None]:
    if facts.grid is None:
        return {}
    return {
        f"grid:{row}:{column}": cell
        for row, cells in enumerate(facts.grid.rows)
        for column, cell in enumerate(cells)
    }
