"""Propositions: written by organisers and facilitators; their words stay once somebody voted on them (W8)."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from weerklank_web.accounts.models import Person
from weerklank_web.dialogue.models import Proposition, Vote
from weerklank_web.dialogue.rules import tidy
from weerklank_web.gatherings.actions.order import move_in_order
from weerklank_web.gatherings.actions.places import locked
from weerklank_web.gatherings.models import Gathering
from weerklank_web.gatherings.stage import Deed, stage_of
from weerklank_web.groundwork import journal
from weerklank_web.groundwork.errors import NotNow

__all__ = ["LONGEST", "add_propositions", "move_proposition", "put_back", "take_out", "word_proposition"]

LONGEST = 280
_MOST = 1_000


@transaction.atomic
def add_propositions(gathering: Gathering, texts: list[str], *, by: Person) -> list[Proposition]:
    """Put one or more propositions at the end of the list; one that stands there already is left out.

    :raises NotNow: the last vote is over, or the list is full.
    """
    gathering = locked(gathering.id)
    stage = stage_of(gathering)
    if not stage.vote_steps:
        raise NotNow(_("In deze werkvorm wordt niet gestemd."), code="no-vote")
    if stage.past(Deed.VOTE):
        raise NotNow(_("Het stemmen is voorbij. Er komen geen stellingen meer bij."), code="closed")
    there = {text.casefold() for text in gathering.propositions.values_list("text", flat=True)}
    fresh = [
        text
        for text in dict.fromkeys(tidy(text, most=LONGEST) for text in texts)
        if text.casefold() not in there
    ]
    if len(there) + len(fresh) > _MOST:
        raise NotNow(_("Meer dan duizend stellingen leest niemand. Kies de belangrijkste."), code="too-many")
    last = gathering.propositions.aggregate(last=Max("position"))["last"]
    start = 0 if last is None else last + 1
    made = Proposition.objects.bulk_create(
        Proposition(gathering=gathering, text=text, position=start + place)
        for place, text in enumerate(fresh)
    )
    if made:
        journal.write("proposition.added", gathering=gathering.id, by=str(by), note=str(len(made)))
    return made


@transaction.atomic
def word_proposition(proposition: Proposition, *, text: str, by: Person) -> Proposition:
    """Word it otherwise.

    :raises NotNow: somebody voted on it: other words would put another opinion in their mouth.
    """
    text = tidy(text, most=LONGEST)
    gathering = locked(proposition.gathering_id)
    if text == proposition.text:
        return proposition
    if Vote.objects.filter(gathering=gathering, item=proposition.id).exists():
        raise NotNow(
            _(
                "Hierop is al gestemd, dus de woorden blijven staan. Haal de stelling uit de ronde en voeg een nieuwe toe."
            ),
            code="voted-on",
        )
    proposition.text = text
    proposition.save(update_fields=["text"])
    _tell(proposition, "proposition.worded", by=by)
    return proposition


@transaction.atomic
def take_out(proposition: Proposition, *, by: Person) -> None:
    """Take it out of the vote; what was voted on it counts nowhere any more."""
    if not proposition.taken_out:
        proposition.taken_out = True
        proposition.save(update_fields=["taken_out"])
        _tell(proposition, "proposition.taken-out", by=by)


@transaction.atomic
def put_back(proposition: Proposition, *, by: Person) -> None:
    """Put it back, with what was voted on it."""
    if proposition.taken_out:
        proposition.taken_out = False
        proposition.save(update_fields=["taken_out"])
        _tell(proposition, "proposition.put-back", by=by)


def move_proposition(proposition: Proposition, *, up: bool) -> None:
    """One place up or down in the organiser's list; voters each have an order of their own."""
    move_in_order(proposition, list(proposition.gathering.propositions.all()), up=up)  # type: ignore[arg-type]


def _tell(proposition: Proposition, verb: str, *, by: Person) -> None:
    journal.write(verb, gathering=proposition.gathering_id, by=str(by), subject=str(proposition.id))
