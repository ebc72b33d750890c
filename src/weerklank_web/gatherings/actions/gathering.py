"""Making a gathering, describing it section by section, publishing it, and taking it from step to step."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from weerklank_web.accounts.models import Person
from weerklank_web.formats.bridge import format_of
from weerklank_web.formats.models import FormatVersion
from weerklank_web.gatherings import letters
from weerklank_web.gatherings.actions.mandate import keep_changes
from weerklank_web.gatherings.actions.places import fill_places, locked
from weerklank_web.gatherings.bridge import live_steps, retention_days
from weerklank_web.gatherings.models import Gathering, Mandate, Membership, ProgrammeItem, Role
from weerklank_web.gatherings.moves import move_calls
from weerklank_web.gatherings.queries.gathering import missing_for
from weerklank_web.gatherings.rules import PROMISE_FIELDS
from weerklank_web.gatherings.stage import stage_of
from weerklank_web.groundwork import clock, journal
from weerklank_web.groundwork.errors import Denied, NotNow
from weerklank_web.groundwork.live import ring

__all__ = [
    "Basics",
    "Moment",
    "PromiseWords",
    "close_gathering",
    "describe",
    "make_gathering",
    "move_to_step",
    "publish",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Basics:
    """What it is about."""

    title: str
    slug: str
    summary: str = ""
    purposes: str = ""
    language: str = "nl"
    retention_days: int = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When and where, and for how many."""

    zone: str
    country: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    video_link: str = ""
    captions_link: str = ""
    accessibility: str = ""
    capacity: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseWords:
    """Who receives the messages, and what they promise to do with them (W1)."""

    recipient_name: str = ""
    recipient_office: str = ""
    promise: str = ""
    promise_text: str = ""
    promised_on: date | None = None


@transaction.atomic
def make_gathering(version: FormatVersion, *, title: str, by: Person, language: str = "nl") -> Gathering:
    """A draft on this version of a format, with its maker as organiser and a first programme from the format.

    :raises Denied: when this person may not make gatherings.
    """
    if not by.may_organise:
        raise Denied(
            _("Je mag zelf geen bijeenkomsten maken. Vraag het aan de beheerder."), code="may-not-organise"
        )
    format_ = format_of(version)
    gathering = Gathering.objects.create(
        slug=_free_slug(title),
        title=title.strip(),
        format_version=version,
        language=language,
        retention_days=retention_days(format_),
        door_code=f"{secrets.randbelow(1_000_000):06d}",
    )
    Mandate.objects.create(gathering=gathering)
    Membership.objects.create(gathering=gathering, person=by, role=Role.ORGANISER)
    ProgrammeItem.objects.bulk_create(
        ProgrammeItem(gathering=gathering, position=place, title=step_title, minutes=minutes)
        for place, (step_title, minutes) in enumerate(live_steps(format_, language=language))
    )
    journal.write("gathering.made", gathering=gathering.id, by=str(by), subject=format_.id)
    return gathering


@transaction.atomic
def describe(
    gathering: Gathering, words: Basics | Moment | PromiseWords, *, by: Person, reason: str = ""
) -> Gathering:
    """Put one section into words. A draft may stay incomplete; what is online may not become so.

    Changing the promise of something online asks for a reason and shows as a change; a new time or place goes
    to everybody who comes; more places let the waiting list move up.

    :raises NotNow: when the section would leave something online incomplete, or a reason is missing.
    """
    gathering = locked(gathering.id)
    wanted = asdict(words)
    before = {name: getattr(gathering, name) for name in wanted}
    changed = [name for name, value in wanted.items() if before[name] != value]
    if not changed:
        return gathering
    online = gathering.published_at is not None
    if online and "slug" in changed:
        raise NotNow(_("Het adres van de pagina staat vast zodra ze online is: mensen hebben de link al."))
    for name in changed:
        setattr(gathering, name, wanted[name])
    if online:
        _stay_complete(gathering)
        promised = [name for name in changed if name in PROMISE_FIELDS]
        keep_changes(gathering, {name: (before[name], wanted[name]) for name in promised}, reason=reason)
    moved = online and bool({"starts_at", "ends_at", "place", "video_link", "zone"} & set(changed))
    if moved:
        gathering.calendar_edition += 1
        changed.append("calendar_edition")
    gathering.save(update_fields=[*changed, "changed_at"])
    journal.write(
        "gathering.described",
        gathering=gathering.id,
        by=str(by),
        subject=", ".join(changed)[:200],
        note=reason,
    )
    if moved:
        letters.tell_everybody_it_moved(gathering)
    if "capacity" in changed:
        fill_places(gathering)
    ring(f"gathering/{gathering.id}")
    return gathering


@transaction.atomic
def publish(gathering: Gathering, *, by: Person) -> Gathering:
    """Put it online at the first step of its format (W1).

    :raises NotNow: with everything that is missing, in words.
    """
    gathering = locked(gathering.id)
    if gathering.published_at is not None:
        return gathering
    _stay_complete(gathering)
    gathering.published_at = clock.now()
    gathering.step = format_of(gathering.format_version).steps[0].id
    gathering.save(update_fields=["published_at", "step", "changed_at"])
    journal.write("gathering.published", gathering=gathering.id, by=str(by))
    ring(f"gathering/{gathering.id}")
    return gathering


@transaction.atomic
def move_to_step(gathering: Gathering, step: str, *, by: Person, reason: str = "") -> Gathering:
    """Go to another step of the format; back only with a reason.

    :raises NotNow: before publication, after closing, for an unknown step, or back without a reason.
    """
    gathering = locked(gathering.id)
    here = stage_of(gathering)
    if here.step is None:
        raise NotNow(_("Zet de bijeenkomst eerst online. Daarna begint de eerste stap."))
    if gathering.closed_at is not None:
        raise NotNow(_("Deze bijeenkomst is afgesloten."))
    try:
        there = here.at(step)
    except KeyError:
        raise NotNow(_("Deze stap hoort niet bij de werkvorm van deze bijeenkomst.")) from None
    if there.place == here.place:
        return gathering
    if there.place < here.place and not reason.strip():
        raise NotNow(_("Schrijf op waarom je teruggaat. Deelnemers merken het immers."), code="reason-needed")
    gathering.step = step
    gathering.save(update_fields=["step", "changed_at"])
    journal.write("gathering.step", gathering=gathering.id, by=str(by), subject=step, note=reason.strip())
    for call in move_calls():
        call(gathering, here, there)
    ring(f"gathering/{gathering.id}")
    return gathering


@transaction.atomic
def close_gathering(gathering: Gathering, *, by: Person) -> Gathering:
    """Say that everything is done: from now on the days of keeping run out (DOMAIN 7.5).

    :raises NotNow: before the last step.
    """
    gathering = locked(gathering.id)
    here = stage_of(gathering)
    if here.step is None or here.next_step is not None:
        raise NotNow(_("Afsluiten kan pas in de laatste stap, als het antwoord terug is bij de deelnemers."))
    if gathering.closed_at is None:
        gathering.closed_at = clock.now()
        gathering.save(update_fields=["closed_at", "changed_at"])
        journal.write("gathering.closed", gathering=gathering.id, by=str(by))
        ring(f"gathering/{gathering.id}")
    return gathering


def _stay_complete(gathering: Gathering) -> None:
    gaps = missing_for(gathering)
    if gaps:
        raise NotNow(" ".join(gap.sentence for gap in gaps), code="incomplete")


def _free_slug(title: str) -> str:
    base = slugify(title)[:70] or "bijeenkomst"
    taken = set(Gathering.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    names = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)
