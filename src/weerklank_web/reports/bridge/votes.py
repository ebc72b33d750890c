"""What people voted, as facts for the report: the picture of the page, figure by figure, and nothing that is not on it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from weerklank.chapters import OpinionFacts
from weerklank.chapters.opinion_facts import (
    DivideFacts,
    EndFacts,
    Grid,
    PartFacts,
    ShiftFacts,
    StatementVotes,
    TypicalFacts,
    UniteFacts,
)
from weerklank.chapters.opinion_showing import shown_statement
from weerklank.opinion import BridgeMethod
from weerklank.report import Language
from weerklank_web.dialogue.bridge.opinion import FEWEST_FOR_MAP
from weerklank_web.dialogue.queries.look import Look, Piece, Seen
from weerklank_web.reports.collected import Collected

__all__ = ["votes_in"]


def votes_in(rows: Collected, *, k: int) -> tuple[OpinionFacts, ...]:
    """The pictures of all finished votes, in the language of the edition."""
    return tuple(_opinion(title, look, rows, k=k) for title, look in rows.votes)


def _opinion(title: str, look: Look, rows: Collected, *, k: int) -> OpinionFacts:
    moment = look.made_at
    parts = tuple(_part(piece) for piece in look.groups)
    return OpinionFacts(
        title=title,
        report_date=rows.today if moment is None else moment.astimezone(ZoneInfo(rows.gathering.zone)).date(),
        people=look.people,
        votes=None,
        kind=look.kind,
        verdict=look.sentence,
        few=None if look.many else FEWEST_FOR_MAP,
        statements=tuple(
            shown_statement(StatementVotes(seen.id, seen.text), seen.shares) for seen in look.items
        ),
        unites=tuple(_unites(seen) for seen in look.unites),
        united_over=BridgeMethod.EVERYBODY.explained(rows.language),
        divides=tuple(DivideFacts(seen.id, seen.ends) for seen in look.divides),
        parts=tuple(part for part in parts if part is not None),
        grid=None
        if look.density is None
        else Grid(
            look.density.rows,
            tuple(
                EndFacts(tuple(seen.id for seen in end.agree), tuple(seen.id for seen in end.disagree))
                for end in look.ends
            ),
        ),
        answering_style=look.agree_style,
        shifts=tuple(shift for seen in look.shifts if (shift := _shift(seen)) is not None),
        mark=look.mark or None,
        language=Language(rows.language),
        k=k,
    )


def _unites(seen: Seen) -> UniteFacts:
    assert seen.shares is not None  # what nobody may see unites nobody
    agree = seen.shares.agree
    return UniteFacts(seen.id, agree.percent, agree.low, agree.high, floor=seen.floor, counted=True)


def _part(piece: Piece) -> PartFacts | None:
    if piece.percent is None:
        return None
    return PartFacts(
        share=piece.percent,
        people=piece.people,
        typical=tuple(
            TypicalFacts(one.id, "agree" if one.agrees else "disagree", one.inside, one.outside)
            for one in piece.typical
        ),
    )


def _shift(seen: Seen) -> ShiftFacts | None:
    moved = seen.moved
    if moved is None:
        return None
    return ShiftFacts(
        statement=seen.id,
        people=moved.people,
        toward=moved.agree.percent,
        same=moved.passed.percent,
        away=moved.disagree.percent,
        before=None if seen.before is None else seen.before.agree.percent,
        after=None if seen.shares is None else seen.shares.agree.percent,
    )
