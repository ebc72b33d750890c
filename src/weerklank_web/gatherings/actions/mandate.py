"""The mandate statement: wording it, freezing it, and keeping every change after that (DOMAIN 5.3, G8, WW29)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from weerklank_web.accounts.models import Person
from weerklank_web.gatherings.models import Gathering, Mandate, MandateChange
from weerklank_web.gatherings.rules import gaps_in_mandate
from weerklank_web.groundwork import clock, journal
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.groundwork.live import ring

__all__ = ["MandateWords", "freeze_mandate", "keep_changes", "word_mandate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateWords:
    """Every part of the statement."""

    rung: str = ""
    open_matters: str = ""
    fixed_matters: str = ""
    pledge: str = ""
    deviates_with_reason: bool = False
    decider: str = ""
    information: str = ""
    means: str = ""
    hear_from_us: str = ""
    contact: str = ""
    adopted_by: str = ""


@transaction.atomic
def word_mandate(gathering: Gathering, words: MandateWords, *, by: Person, reason: str = "") -> Mandate:
    """Word the statement. After freezing, each changed part is kept beside what it said, with the reason.

    :raises NotNow: when a frozen statement changes without a reason, or one that is online would get a gap.
    """
    Mandate.objects.get_or_create(gathering=gathering)
    mandate = Mandate.objects.select_for_update().get(gathering=gathering)
    wanted = asdict(words)
    changes = {
        name: (getattr(mandate, name), value)
        for name, value in wanted.items()
        if getattr(mandate, name) != value
    }
    if not changes:
        return mandate
    for name, value in wanted.items():
        setattr(mandate, name, value)
    gaps = gaps_in_mandate(mandate)
    if gaps and gathering.published_at is not None:
        raise NotNow(" ".join(gap.sentence for gap in gaps), code="incomplete")
    mandate.save(update_fields=list(wanted))
    if mandate.frozen_on is not None:
        keep_changes(gathering, changes, reason=reason)
    journal.write(
        "mandate.worded",
        gathering=gathering.id,
        by=str(by),
        subject=", ".join(changes)[:200],
        note=reason.strip(),
    )
    ring(f"gathering/{gathering.id}")
    mandate.refresh_from_db()
    return mandate


def freeze_mandate(gathering: Gathering) -> bool:
    """Freeze the statement at the first contribution; every later call does nothing. Says whether it froze now.

    The journal names nobody and no hour: the first contribution is somebody's.
    """
    frozen = Mandate.objects.filter(gathering=gathering, frozen_on__isnull=True).update(
        frozen_on=clock.today(gathering.zone)
    )
    if frozen:
        journal.write("mandate.frozen", gathering=gathering.id, by=None)
    return bool(frozen)


def keep_changes(
    gathering: Gathering, changes: Mapping[str, tuple[object, object]], *, reason: str
) -> list[MandateChange]:
    """Keep what changed in mandate or promise after people relied on it; for everybody to read.

    :raises NotNow: without a reason.
    """
    if not changes:
        return []
    if not reason.strip():
        raise NotNow(
            _("Schrijf erbij waarom dit verandert. Deelnemers zien de wijziging met jouw reden."),
            code="reason-needed",
        )
    mandate, _made = Mandate.objects.get_or_create(gathering=gathering)
    Mandate.objects.filter(pk=mandate.pk).update(version=F("version") + 1)
    return MandateChange.objects.bulk_create(
        MandateChange(
            mandate=mandate,
            field=name,
            before=_written(before),
            after=_written(after),
            reason=reason.strip(),
            on=clock.today(gathering.zone),
        )
        for name, (before, after) in changes.items()
    )


def _written(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "1" if value else ""
    return "" if value is None else str(value)
