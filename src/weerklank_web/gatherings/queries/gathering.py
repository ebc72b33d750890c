"""Reads of the gathering itself: what is missing, its programme, its steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from weerklank_web.accounts.models import Person
from weerklank_web.formats.bridge import format_of
from weerklank_web.gatherings.bridge import Step, wishes_allowed
from weerklank_web.gatherings.models import Gathering, Mandate, MandateChange, ProgrammeItem
from weerklank_web.gatherings.rules import Gap, gaps_in_gathering, gaps_in_mandate
from weerklank_web.gatherings.stage import Deed, StepState, stage_of
from weerklank_web.groundwork.language import language_now

__all__ = [
    "ProgrammeRow",
    "StepRow",
    "Turn",
    "changes_of",
    "mandate_of",
    "missing_for",
    "programme_of",
    "roles_of",
    "steps_of",
    "turn_to",
]


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A line of the programme with the moment at which it begins (None: no moment known yet)."""

    item: ProgrammeItem
    starts_at: datetime | None


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step of the format as people see it; ``state`` is done, current or coming."""

    id: str
    label: str
    hint: str
    note: str
    state: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What going to a step opens and ends; said before anybody presses the button."""

    step: StepRow
    opens: list[str]
    ends: list[str]
    back: bool


def mandate_of(gathering: Gathering) -> Mandate:
    """The mandate statement; an empty one, not yet stored, when nobody wrote any."""
    return Mandate.objects.filter(gathering=gathering).first() or Mandate(gathering=gathering)


def changes_of(gathering: Gathering) -> QuerySet[MandateChange]:
    """What changed in mandate or promise after people relied on it, oldest first."""
    return MandateChange.objects.filter(mandate__gathering=gathering)


def missing_for(gathering: Gathering) -> list[Gap]:
    """What must still be done before this can be published, in the order of the set-up pages (W1)."""
    gaps = gaps_in_gathering(gathering)
    if not gathering.organisations.exists():
        gaps.append(Gap("organisaties", "name", _("Noem minstens één organisatie.")))
    gaps += gaps_in_mandate(mandate_of(gathering))
    if (
        wishes_allowed(format_of(gathering.format_version))
        and not gathering.themes.filter(accepted=True).exists()
    ):
        gaps.append(Gap("themas", "title", _("Voeg minstens één thema toe.")))
    return gaps


def programme_of(gathering: Gathering) -> list[ProgrammeRow]:
    """The programme, each line with its moment, reckoned from the beginning."""
    rows, moment = [], gathering.starts_at
    for item in gathering.programme.all():
        rows.append(ProgrammeRow(item=item, starts_at=moment))
        moment = None if moment is None else moment + timedelta(minutes=item.minutes)
    return rows


def steps_of(gathering: Gathering) -> list[StepRow]:
    """Every step of the format with done, now or later."""
    return [_row(step, state) for step, state in stage_of(gathering).states()]


def turn_to(gathering: Gathering, step_id: str) -> Turn:
    """What will happen when the gathering goes to this step; ``KeyError`` for a step it does not have."""
    here = stage_of(gathering)
    there = here.at(step_id)
    assert there.step is not None
    opens = [deed for deed in Deed if there.may(deed) and not here.may(deed)]
    ends = [deed for deed in Deed if here.may(deed) and not there.may(deed)]
    words = _deeds()
    return Turn(
        step=_row(there.step, StepState.LATER),
        opens=[words[deed] for deed in opens],
        ends=[words[deed] for deed in ends],
        back=there.place < here.place,
    )


def roles_of(person: Person, gathering: Gathering) -> set[str]:
    """The roles of this person in this gathering."""
    return set(person.memberships.filter(gathering=gathering).values_list("role", flat=True))


def _row(step: Step, state: StepState) -> StepRow:
    words = {StepState.DONE: "done", StepState.NOW: "current", StepState.LATER: "coming"}
    note = ""
    if step.live_minutes:
        note = ngettext("%(count)d minuut", "%(count)d minuten", step.live_minutes) % {
            "count": step.live_minutes
        }
    elif step.days:
        note = ngettext("ongeveer %(count)d dag", "ongeveer %(count)d dagen", step.days) % {
            "count": step.days
        }
    return StepRow(
        id=step.id,
        label=step.title.in_language(language_now()),
        hint="" if step.hint is None else step.hint.in_language(language_now()),
        note=note,
        state=words[state],
    )


def _deeds() -> dict[Deed, str]:
    return {
        Deed.REGISTER: _("inschrijven en thema's kiezen"),
        Deed.CHECK_IN: _("aanmelden bij de deur"),
        Deed.SEAT: _("mensen over kamers verdelen"),
        Deed.SPEAK: _("inbreng schrijven in de kamers"),
        Deed.VOTE: _("stemmen: eens, oneens of overslaan"),
        Deed.HARVEST: _("de oogst van een kamer schrijven, teruglezen en vaststellen"),
        Deed.TYPE_UP: _("kaarten en notities overtypen"),
        Deed.SYNTHESISE: _("inzichten en boodschappen verwoorden"),
        Deed.REVIEW: _("nalezen en bezwaar maken door deelnemers"),
        Deed.PUBLISH: _("verslag en boodschappen aanbieden"),
        Deed.ANSWER: _("antwoorden door de ontvanger"),
        Deed.RETURN: _("het antwoord terugbrengen bij de deelnemers"),
    }
