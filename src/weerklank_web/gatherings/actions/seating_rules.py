"""Rules between two people: together or apart. Only organisers know of them."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from weerklank_web.accounts.models import Person
from weerklank_web.gatherings.models import Gathering, Registration, RuleKind, SeatingRule
from weerklank_web.groundwork import journal
from weerklank_web.groundwork.errors import NotNow

__all__ = ["add_rule", "drop_rule"]


@transaction.atomic
def add_rule(gathering: Gathering, *, one: UUID, other: UUID, kind: RuleKind, by: Person) -> SeatingRule:
    """Keep two people together or apart; it counts from the next division or move on.

    :raises NotNow: for the same person twice, or somebody who does not take part.
    """
    pair = list(Registration.objects.filter(gathering=gathering, id__in=(one, other)).order_by("id"))
    if len(pair) != 2:
        raise NotNow(_("Kies twee verschillende mensen uit deze bijeenkomst."))
    rule, _made = SeatingRule.objects.update_or_create(
        gathering=gathering, one=pair[0], other=pair[1], defaults={"kind": kind}
    )
    # The journal tells that there is a rule, never about whom.
    journal.write("seating.rule-added", gathering=gathering.id, by=str(by), subject=kind)
    return rule


@transaction.atomic
def drop_rule(rule: SeatingRule, *, by: Person) -> None:
    """Let go of a rule between two people."""
    journal.write("seating.rule-dropped", gathering=rule.gathering_id, by=str(by), subject=rule.kind)
    rule.delete()
