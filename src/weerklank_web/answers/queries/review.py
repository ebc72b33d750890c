"""Reading back: what participants read, what they themselves said of it, and what may be told about all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from weerklank_web.answers.bridge.disclosure import Tally, explained, tallies_in
from weerklank_web.answers.bridge.format import Audience, k_of, may_read_now
from weerklank_web.answers.models import Insight, Message, Stance, StanceKind
from weerklank_web.answers.queries.offering import is_offered
from weerklank_web.answers.queries.statement import StatementView, insights_of, messages_of
from weerklank_web.gatherings.models import Gathering, PublishedTable
from weerklank_web.gatherings.stage import INSIGHT, MESSAGE, Deed, stage_of

__all__ = [
    "READ_BACK",
    "Objection",
    "Outcome",
    "ReadBack",
    "ReadItem",
    "frozen_table",
    "objections_of",
    "outcomes_of",
    "read_back_of",
    "released_stances",
    "stance_words",
]

READ_BACK = "nalezen"  # the name of the published table


@dataclass(frozen=True, slots=True)
class Objection:
    """Somebody's objection, literally. ``earlier``: it was about an earlier wording."""

    text: str
    earlier: bool = False


@dataclass(frozen=True)
class Outcome:
    """What people thought of one statement, as it may be told: numbers that were released, and words."""

    lines: list[str] = field(default_factory=list)
    objections: list[Objection] = field(default_factory=list)
    counted: bool = False


@dataclass(frozen=True)
class ReadItem:
    """One statement to read back, with what this reader said of it."""

    view: StatementView
    mine: Stance | None
    outcome: Outcome

    @property
    def reworded(self) -> bool:
        """Whether it was reworded after this reader reacted."""
        return self.mine is not None and self.mine.version != self.view.thing.version


@dataclass(frozen=True)
class ReadBack:
    """Everything to read back. ``open``: the step is there; ``closed``: it lies behind and results are shown."""

    insights: list[ReadItem]
    messages: list[ReadItem]
    readable: bool
    open: bool
    closed: bool
    explanation: str

    @property
    def items(self) -> list[ReadItem]:
        """Insights first, then messages."""
        return [*self.insights, *self.messages]

    @property
    def reacted(self) -> int:
        """How many of these this reader reacted to."""
        return sum(item.mine is not None and not item.reworded for item in self.items)


def frozen_table(gathering: Gathering) -> PublishedTable | None:
    """The released counts, once they are frozen."""
    return PublishedTable.objects.filter(gathering=gathering, name=READ_BACK).first()


def released_stances(gathering: Gathering) -> dict[str, Mapping[str, int | None]]:
    """For each insight and message (by id) the released rows: a number, or None when it may not be shown by itself."""
    return {name: tally.rows for name, tally in _tallies(gathering).items()}


def objections_of(gathering: Gathering) -> dict[str, tuple[str, ...]]:
    """For each published insight and message (by id) the objections to its present wording, literally, without names.

    Empty until reading back is over: nobody reads along while people still think.
    """
    found = _objections(gathering)
    return {
        str(id_): tuple(each.text for each in objections if not each.earlier)
        for id_, objections in found.items()
    }


def outcomes_of(gathering: Gathering, *, language: str) -> dict[UUID, Outcome]:
    """For each published statement what may be told; empty until reading back is over."""
    tallies, objections = _tallies(gathering), _objections(gathering)
    words = stance_words()
    known = {UUID(name) for name in tallies} | set(objections)
    return {
        id_: Outcome(
            lines=_lines(tallies.get(str(id_)), words, language),
            objections=objections.get(id_, []),
            counted=str(id_) in tallies,
        )
        for id_ in known
    }


def stance_words() -> dict[str, str]:
    """What each row of a released table stands for, in the reader's language."""
    return {key: str(label) for key, label in StanceKind.choices} | {"silent": _("niet gereageerd")}


def read_back_of(gathering: Gathering, *, author_key: str, language: str) -> ReadBack:
    """What there is to read back, for whoever holds this key (empty: crew)."""
    stage = stage_of(gathering)
    offered = is_offered(gathering)
    outcomes = outcomes_of(gathering, language=language)
    mine = {
        (stance.message_id or stance.insight_id): stance
        for stance in Stance.objects.filter(~Q(author_key=""), gathering=gathering, author_key=author_key)
    }

    def items(views: list[StatementView]) -> list[ReadItem]:
        return [ReadItem(view, mine.get(view.id), outcomes.get(view.id, Outcome())) for view in views]

    def readable(noun: str) -> bool:
        return may_read_now(stage, noun, Audience.PLENARY, offered=offered)

    insights = insights_of(gathering, language=language, only_published=True) if readable(INSIGHT) else []
    messages = messages_of(gathering, language=language, only_published=True) if readable(MESSAGE) else []
    return ReadBack(
        insights=items(insights),
        messages=items(messages),
        readable=readable(INSIGHT) or readable(MESSAGE),
        open=stage.may(Deed.REVIEW) and frozen_table(gathering) is None,
        closed=stage.past(Deed.REVIEW),
        explanation=explained(k=k_of(stage), language=language),
    )


def _tallies(gathering: Gathering) -> dict[str, Tally]:
    table = frozen_table(gathering)
    return {} if table is None else tallies_in(table.release)


def _lines(tally: Tally | None, labels: Mapping[str, str], language: str) -> list[str]:
    return [] if tally is None or tally.withheld else tally.lines(labels, language=language)


def _objections(gathering: Gathering) -> dict[UUID, list[Objection]]:
    if not stage_of(gathering).past(Deed.REVIEW):
        return {}
    versions = dict(Insight.objects.filter(gathering=gathering, published=True).values_list("id", "version"))
    versions |= dict(Message.objects.filter(gathering=gathering, published=True).values_list("id", "version"))
    found: dict[UUID, list[Objection]] = defaultdict(list)
    for stance in Stance.objects.filter(gathering=gathering).exclude(objection="").order_by("id"):
        about = stance.message_id or stance.insight_id
        if about in versions:
            found[about].append(Objection(stance.objection, earlier=stance.version != versions[about]))
    return dict(found)
