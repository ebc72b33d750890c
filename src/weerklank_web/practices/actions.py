"""One's own next steps: add, tick off, throw away. Nobody else sees them, and no journal line tells of them."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from weerklank_web.gatherings.gates import Participant
from weerklank_web.gatherings.models import Gathering
from weerklank_web.groundwork.errors import NotFound, NotNow
from weerklank_web.practices.models import NextStep
from weerklank_web.practices.queries import free_places, steps_of

__all__ = ["add_step", "drop_step", "erase_steps", "export_steps", "forget_steps", "tick_step"]


def add_step(participant: Participant, *, then: str, when: str = "") -> NextStep:
    """One step more: if ``when``, then I do ``then``.

    :raises NotNow: nothing is written, or there are four already (T9).
    """
    if not then.strip():
        raise NotNow(_("Schrijf op wat je gaat doen. Klein is goed."), code="empty")
    steps = steps_of(participant)
    places = free_places(steps)
    if not places:
        raise NotNow(
            _(
                "Vier stappen is genoeg. Wil je iets anders, haal er dan eerst een weg: wat telt, is dat het lukt."
            ),
            code="four-is-enough",
        )
    try:
        with transaction.atomic():
            return NextStep.objects.create(
                gathering=participant.gathering,
                author_key=participant.author_key,
                position=places[0],
                when=when.strip(),
                then=then.strip(),
            )
    except IntegrityError:  # the same press twice, or two of my devices at once
        raise NotNow(_("Je was net al bezig met een stap. Kijk of hij er staat."), code="twice") from None


def tick_step(participant: Participant, id: UUID, *, done: bool) -> None:  # noqa: A002
    """It is done, or not after all."""
    if _mine(participant, id).update(done=done) != 1:
        raise NotFound(_("Deze stap is er niet (meer)."))


def drop_step(participant: Participant, id: UUID) -> None:  # noqa: A002
    """Throw a step away; doing so twice is no mistake."""
    _mine(participant, id).delete()


def export_steps(participant: Participant) -> object:
    """My steps, ready for JSON."""
    return [{"als": step.when, "dan": step.then, "gedaan": step.done} for step in steps_of(participant)]


def erase_steps(participant: Participant, withdraw: bool) -> None:  # noqa: ARG001 - always all of them: they are nobody else's
    """Throw the whole sheet away."""
    NextStep.objects.filter(gathering=participant.gathering, author_key=participant.author_key).delete()


def forget_steps(gathering: Gathering) -> None:
    """No link opens these sheets any more."""
    NextStep.objects.filter(gathering=gathering).delete()


def _mine(participant: Participant, id: UUID) -> QuerySet[NextStep]:  # noqa: A002
    return NextStep.objects.filter(gathering=participant.gathering, author_key=participant.author_key, id=id)
