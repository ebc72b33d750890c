"""Reading back: one stance per participant and statement, changeable until the step ends; then counted once.

Nothing here knows who a participant is: a stance stands under the author key of their link. Only the newest link
speaks, so that an earlier one is no second vote (docs/decisions/0003 tells what that costs).
"""

from __future__ import annotations

import secrets
from collections import Counter, defaultdict

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from weerklank_web.answers.bridge.disclosure import release_stances
from weerklank_web.answers.bridge.format import k_of, longest
from weerklank_web.answers.models import Insight, Message, Stance, StanceKind
from weerklank_web.answers.queries.people import ledger_of, people_counted, was_there
from weerklank_web.answers.queries.review import READ_BACK, frozen_table
from weerklank_web.gatherings.gates import Participant
from weerklank_web.gatherings.models import Gathering, PublishedTable
from weerklank_web.gatherings.stage import Deed, stage_of
from weerklank_web.groundwork import clock, journal, links
from weerklank_web.groundwork.errors import Denied, NotNow
from weerklank_web.groundwork.live import ring

__all__ = [
    "LONGEST_OBJECTION",
    "count_before_thinning",
    "erase_stances",
    "export_stances",
    "forget_whose_stances",
    "freeze_read_back",
    "give_stance",
    "take_back_stances",
]

LONGEST_OBJECTION = 1000


@transaction.atomic
def give_stance(
    thing: Insight | Message, *, participant: Participant, kind: str, objection: str = "", seen: int
) -> Stance:
    """Say what one thinks of it; the last word counts.

    :param seen: the version that was read. A stance on another wording would put words in somebody's mouth.
    :raises NotNow: reading back is not open, the wording changed, or there is nothing to say.
    :raises Denied: with an earlier link, or by somebody who was not there.
    """
    gathering = participant.gathering
    _must_be_open(gathering)
    _must_speak(participant)
    if kind not in StanceKind.values:
        raise NotNow(_("Kies eens, oneens of weet niet."), code="choose")
    words = objection.strip()
    most = longest(stage_of(gathering), "reaction", "objection", room=LONGEST_OBJECTION)
    if len(words) > most:
        raise NotNow(_("Houd je bezwaar onder %(most)s tekens.") % {"most": most}, code="too-long")
    if thing.version != seen:
        raise NotNow(_("De tekst is net gewijzigd. Lees hem opnieuw en reageer dan."), code="reworded")
    about = {"insight": thing} if isinstance(thing, Insight) else {"message": thing}
    stance, _made = Stance.objects.update_or_create(
        **about,
        author_key=participant.author_key,
        defaults={"gathering": gathering, "kind": kind, "objection": words, "version": seen},
    )
    journal.write("stance.given", gathering=gathering.id, by=None, subject=str(thing.pk))
    return stance


@transaction.atomic
def take_back_stances(participant: Participant) -> int:
    """Take back everything said under this link, also an earlier one; returns how many. Only while reading back is open."""
    _must_be_open(participant.gathering)
    taken = Stance.objects.filter(
        gathering=participant.gathering, author_key=participant.author_key
    ).delete()[0]
    if taken:
        journal.write("stance.taken-back", gathering=participant.gathering.id, by=None)
    return taken


def freeze_read_back(gathering: Gathering) -> PublishedTable | None:
    """Count the stances once and release them through the gate; later calls give the same table.

    :returns: None while reading back is not over.
    """
    if not stage_of(gathering).past(Deed.REVIEW):
        return None
    return frozen_table(gathering) or _freeze(gathering)


def count_before_thinning(gathering: Gathering) -> None:
    """Count what was said while it can still be known how many were there."""
    freeze_read_back(gathering)


def export_stances(participant: Participant) -> object:
    """What the holder of this link said of insights and messages."""
    mine = Stance.objects.filter(
        gathering=participant.gathering, author_key=participant.author_key
    ).select_related("message", "insight")
    return [
        {
            "over": stance.message.text
            if stance.message
            else stance.insight.sentence
            if stance.insight
            else "",
            "reactie": stance.kind,
            "bezwaar": stance.objection,
        }
        for stance in mine
    ]


def erase_stances(participant: Participant, withdraw: bool) -> None:
    """Take the stances away, or leave them under a key that nobody holds."""
    mine = Stance.objects.filter(gathering=participant.gathering, author_key=participant.author_key)
    if withdraw:
        mine.delete()
    else:
        _under_other_keys(mine)


def forget_whose_stances(gathering: Gathering) -> None:
    """The last links are gone: what was said of a statement stays with it, and is nobody's any more."""
    _under_other_keys(Stance.objects.filter(gathering=gathering))


def _under_other_keys(stances: QuerySet[Stance]) -> None:
    for stance in stances:  # each under a key of its own: nothing leads from one to another either
        Stance.objects.filter(pk=stance.pk).update(author_key=secrets.token_hex(32))


@transaction.atomic
def _freeze(gathering: Gathering) -> PublishedTable:
    Gathering.objects.select_for_update(of=("self",)).get(pk=gathering.pk)  # one at a time counts
    earlier = frozen_table(gathering)
    if earlier is not None:
        return earlier
    table = PublishedTable.objects.create(
        gathering=gathering,
        name=READ_BACK,
        release=release_stances(
            _counts(gathering),
            people=people_counted(gathering),
            k=k_of(stage_of(gathering)),
            earlier=ledger_of(gathering),
        ),
        on=clock.today(gathering.zone),
    )
    journal.write("read-back.frozen", gathering=gathering.id, by="Weerklank")
    ring(f"gathering/{gathering.id}")
    return table


def _counts(gathering: Gathering) -> dict[str, dict[str, int]]:
    """For every published statement how many agree, disagree or pass on its present wording."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for noun, model in (("insight", Insight), ("message", Message)):
        published = dict(
            model._default_manager.filter(gathering=gathering, published=True).values_list("id", "version")
        )
        for id_ in published:
            counts[str(id_)] = Counter()
        rows = Stance.objects.filter(Q(**{f"{noun}__in": list(published)}), gathering=gathering)
        for id_, kind, version in rows.values_list(f"{noun}_id", "kind", "version"):
            if published[id_] == version:
                counts[str(id_)][kind] += 1
    return {name: dict(count) for name, count in counts.items()}


def _must_be_open(gathering: Gathering) -> None:
    stage = stage_of(gathering)
    if stage.ahead(Deed.REVIEW):
        raise NotNow(_("Nalezen kan nog niet. Je krijgt bericht zodra het zover is."), code="not-open-yet")
    if not stage.may(Deed.REVIEW) or frozen_table(gathering) is not None:
        raise NotNow(_("Nalezen is voorbij. De uitslag staat vast."), code="closed")


def _must_speak(participant: Participant) -> None:
    if links.fingerprint(participant.secret) != participant.registration.link_fingerprint:
        raise Denied(
            _("Je kreeg een nieuwere link. Reageer daarmee: zo telt iedereen één keer."), code="earlier-link"
        )
    if not was_there(participant):
        raise Denied(_("Reageren is voor wie erbij was. Lezen mag je alles."), code="was-not-there")
