"""One page for whoever hands out places: rooms, a team, or a lottery. Counts of people in it are for the organiser."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from weerklank.allocation import Candidate, Event, Lottery, Plan, Quota, Team
from weerklank.allocation.lottery import MILLION
from weerklank.allocation.wording import policy_in_words, rank_in_words, unit_in_words
from weerklank.report import Document, Language, Paragraph, Run, Section, Table
from weerklank.report.words import words_for

__all__ = ["lottery_page", "rooms_page", "team_page"]


def rooms_page(
    event: Event, plan: Plan, *, title: str | None, date: dt.date, language: str, remarks: Sequence[str] = ()
) -> Document:
    """How good the seating is for everybody together: choices, rooms, and what was weighed."""
    say = _Say(language)
    choices = plan.choices
    got = [
        *(
            (rank_in_words(rank, True, language=language), many)
            for rank, many in enumerate(choices.by_rank, 1)
        ),
        (rank_in_words(None, True, language=language), choices.unwished),
        (rank_in_words(None, False, language=language), choices.no_wish),
    ]
    blocks: list[Paragraph | Table] = [
        say.paragraph("rooms-intro", people=len(event.people), rooms=len(event.rooms), rounds=event.rounds),
        say.table("choices", [(name, str(many)) for name, many in got if many]),
        *(_rooms_table(event, plan, say, turn) for turn in range(1, event.rounds + 1)),
        say.table(
            "terms",
            [
                (policy_in_words(language)[term.name], str(term.amount), unit_in_words(term.name, language))
                for term in plan.terms
                if term.weight
            ],
            numeric=(1,),
        ),
        say.paragraph(
            "rooms-quality",
            score=plan.score,
            bound=plan.bound,
            floor=say("floor-proven" if plan.floor.proven else "floor-found"),
        ),
        say.paragraph("rooms-repeat", seed=plan.audit.seed, version=plan.audit.version),
        *(say.given(remark, place) for place, remark in enumerate(remarks)),
    ]
    return say.page(title or say("rooms-title"), blocks, date=date)


def lottery_page(
    lottery: Lottery,
    pool: Sequence[Candidate],
    quotas: Sequence[Quota],
    *,
    title: str | None,
    date: dt.date,
    language: str,
) -> Document:
    """What is published before three digits are drawn: the quotas, the chances, the proof, and how to draw."""
    say = _Say(language)
    fair = {chance.candidate: chance.fair for chance in lottery.chances}
    rows = []
    for quota in sorted(quotas):
        holders = [one.id for one in pool if quota.holds(one)]
        seats = sum(fair[who] for who in holders) / MILLION
        rows.append(
            (
                f"{quota.feature}{say.colon} {quota.value}",
                f"{quota.low}–{quota.high}",
                str(len(holders)),
                say.number(seats, 1),
            )
        )
    never = sum(chance.panels == 0 for chance in lottery.chances)
    blocks: list[Paragraph | Table] = [
        say.paragraph("lottery-intro", people=len(pool), size=lottery.size),
        say.paragraph("lottery-how"),
        say.table("quotas", rows, numeric=(2, 3)),
        say.table(
            "chances",
            [
                (say("chance-lowest"), say.percent(lottery.lowest)),
                (say("chance-highest"), say.percent(max(fair.values()))),
                (say("chance-bound"), say.percent(lottery.certificate.bound)),
                (say("chance-rounding"), say.percent(lottery.rounding)),
            ],
            numeric=(1,),
        ),
        say.paragraph("lottery-proven" if lottery.proven else "lottery-unproven"),
        *([say.paragraph("lottery-never", people=never)] if never else []),
        say.paragraph(
            "lottery-repeat",
            seed=lottery.audit.seed,
            version=lottery.audit.version,
            question=lottery.audit.question,
        ),
    ]
    return say.page(title or say("lottery-title"), blocks, date=date)


def team_page(team: Team, *, title: str | None, date: dt.date, language: str) -> Document:
    """Who is asked, and what the team covers; no order among people."""
    say = _Say(language)
    blocks: list[Paragraph | Table] = [
        say.given(team.text(language), 0),
        say.table("members", [(name,) for name in team.members]),
        say.paragraph("team-order"),
        say.paragraph("team-repeat", seed=team.audit.seed, version=team.audit.version),
    ]
    return say.page(title or say("team-title"), blocks, date=date)


def _rooms_table(event: Event, plan: Plan, say: _Say, turn: int) -> Table:
    people = {person.id: person for person in event.people}
    rows = []
    for room in event.rooms:  # as the organiser put them
        inside = [people[seat.person] for seat in plan.seats if (seat.room, seat.round) == (room.id, turn)]
        crowd = Counter(person.organisation for person in inside if person.organisation)
        rows.append(
            (
                room.name,
                room.theme,
                f"{len(inside)} / {room.max}",
                str(len(crowd)),
                str(max(crowd.values(), default=0)),
                str(len({person.layer for person in inside} - {None})),
            )
        )
    name = "rooms" if event.rounds == 1 else "rooms-round"
    return say.table(name, rows, numeric=(2, 3, 4, 5), id=f"rooms-{turn}", round=turn)


@cache
def _texts() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("places.toml").read_text(encoding="utf-8"))


class _Say:
    """The words of one language, and blocks made of them."""

    def __init__(self, language: str) -> None:
        self._language = Language(language)
        self._words = _texts()[self._language]
        self.colon = words_for(self._language).colon

    def __call__(self, key: str, **values: object) -> str:
        return self._words[key].format(**values)

    def number(self, value: float, decimals: int) -> str:
        return f"{value:.{decimals}f}".replace(".", self("decimal"))

    def percent(self, millionths: int) -> str:
        return f"{self.number(millionths / 10_000, 2)}\u00a0%"

    def paragraph(self, key: str, **values: object) -> Paragraph:
        return Paragraph(id=key, text=(Run(self(key, **values)),))

    def given(self, text: str, place: int) -> Paragraph:
        return Paragraph(id=f"given-{place}", text=(Run(text),))

    def table(
        self,
        key: str,
        rows: Sequence[tuple[str, ...]],
        *,
        numeric: tuple[int, ...] = (),
        id: str | None = None,  # noqa: A002 - the name that the document tree uses
        **values: object,
    ) -> Table:
        return Table(
            id=id or key,
            caption=self(f"{key}-table", **values),
            header=tuple(self(f"{key}-header").split(" | ")),
            rows=tuple(rows),
            numeric=numeric,
        )

    def page(self, title: str, blocks: Sequence[Paragraph | Table], *, date: dt.date) -> Document:
        section = Section(id="page", title=self("page"), blocks=tuple(blocks))
        return Document(title=title, language=self._language, date=date, organisers=(), sections=(section,))
