"""Contributing: add, edit, withdraw, mark key fragments, hide, show again (W9–W12, issue §2.5).

A contribution is acknowledged only after its transaction has committed. Its id is made by the browser, so sending
it again stores nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from weerklank_web.dialogue.actions.change import note_change
from weerklank_web.dialogue.bridge.format import (
    known_value,
    leaving_steps,
    longest_text,
    sharing_is_open,
    written_for_oneself,
)
from weerklank_web.dialogue.models import Contribution, ContributionSource, ContributionState
from weerklank_web.dialogue.rules import fragments_of, said_on_leaving, spans_of, tidy
from weerklank_web.gatherings.actions.mandate import freeze_mandate
from weerklank_web.gatherings.models import Room
from weerklank_web.gatherings.stage import Deed, Stage, stage_of
from weerklank_web.groundwork import clock, journal
from weerklank_web.groundwork.errors import Denied, NotNow
from weerklank_web.groundwork.live import ring

__all__ = [
    "Words",
    "add_contribution",
    "edit_contribution",
    "hide_contribution",
    "mark_fragments",
    "share_contribution",
    "show_contribution",
    "type_in",
    "withdraw_contribution",
]


# What somebody wrote down elsewhere comes in as it is, however long its paragraphs are.
_LONGEST_NOTE = 10_000


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody wrote: the text and where it belongs in the format.

    Key fragments come as words (``fragments``), or as places in the text where they are known (``spans``).
    """

    text: str
    level: str = ""
    tone: str = ""
    prompt: str = ""
    fragments: Sequence[str] = ()
    spans: Sequence[tuple[int, int]] = ()
    kind: str = "point"
    unfinished: bool = False


def add_contribution(
    room: Room,
    words: Words,
    *,
    author_key: str,
    source: str = ContributionSource.PARTICIPANT,
    id: UUID | None = None,  # noqa: A002
) -> Contribution:
    """Add what somebody said in this room; the same id twice gives the one row.

    ``author_key`` is empty for what the crew typed. Raises NotNow when the rooms are not open.
    """
    stage = stage_of(room.gathering)
    _must_be_open(stage, deed=Deed.TYPE_UP if not author_key else Deed.SPEAK)
    text = tidy(
        words.text, most=_LONGEST_NOTE if source == ContributionSource.IMPORT else longest_text(stage)
    )
    fresh = Contribution(
        id=id or uuid4(),
        gathering=room.gathering,
        room=room,
        theme=room.theme,
        step=room.gathering.step,
        text=text,
        level=known_value(stage, "level", words.level),
        tone=known_value(stage, "tone", words.tone),
        prompt=words.prompt[:300],
        fragments=spans_of(text, words.spans) if words.spans else fragments_of(text, words.fragments),
        kind=words.kind,
        unfinished=words.unfinished,
        source=source,
        author_key=author_key,
        shared=not author_key or not written_for_oneself(stage),
        on=clock.today(room.gathering.zone),
    )
    earlier = Contribution.objects.filter(id=fresh.id).first()
    if earlier is not None:
        return _same_or_refuse(earlier, fresh)
    try:
        with transaction.atomic():
            _store(fresh, room)
            journal.write("contribution.added", gathering=room.gathering_id, by=None, subject=str(room.id))
            _note_change(fresh, _("1 inbreng toegevoegd"))
            ring(f"room-{room.id.hex}")
    except IntegrityError:
        earlier = Contribution.objects.filter(id=fresh.id).first()
        if earlier is None:
            raise
        return _same_or_refuse(earlier, fresh)
    return fresh


def type_in(room: Room, many: Iterable[Words], *, source: str, by: str) -> int:
    """Type in paper cards or notes, all or nothing; returns how many."""
    with transaction.atomic():
        count = len([add_contribution(room, words, author_key="", source=source) for words in many])
        journal.write(
            "contribution.typed-in",
            gathering=room.gathering_id,
            by=by,
            subject=str(room.id),
            note=f"{count} {source}",
        )
    return count


@transaction.atomic
def edit_contribution(contribution: Contribution, words: Words, *, by: str | None) -> Contribution:
    """Change one's own words (``by`` is None), or as crew those that the crew typed. Shown as edited."""
    _must_be_readable(contribution)
    stage = stage_of(contribution.gathering)
    _must_be_open(stage, deed=Deed.SPEAK if by is None else Deed.TYPE_UP)
    contribution.text = tidy(words.text, most=longest_text(stage))
    contribution.level = known_value(stage, "level", words.level)
    contribution.tone = known_value(stage, "tone", words.tone)
    contribution.fragments = fragments_of(contribution.text, words.fragments)
    contribution.edited = True
    contribution.save()
    _tell(contribution, "contribution.edited", by=by, what=_("1 inbreng gewijzigd"))
    return contribution


@transaction.atomic
def mark_fragments(contribution: Contribution, fragments: Iterable[str], *, by: str | None) -> Contribution:
    """Mark the key fragments (W10); they must stand there literally."""
    _must_be_readable(contribution)
    contribution.fragments = fragments_of(contribution.text, fragments)
    contribution.save(update_fields=["fragments"])
    _tell(contribution, "contribution.marked", by=by, what="")
    return contribution


@transaction.atomic
def withdraw_contribution(contribution: Contribution, *, by: str | None) -> None:
    """Take one's own words back, at any moment. The words go; that there was something stays."""
    if contribution.state == ContributionState.WITHDRAWN:
        return
    contribution.state = ContributionState.WITHDRAWN
    contribution.text = ""
    contribution.fragments = []
    contribution.state_reason = ""
    contribution.state_on = clock.today(contribution.gathering.zone)
    contribution.save()
    _tell(contribution, "contribution.withdrawn", by=by, what=_("1 inbreng ingetrokken"))


@transaction.atomic
def share_contribution(contribution: Contribution) -> None:
    """The author shares with the room what they wrote for themselves."""
    _must_be_readable(contribution)
    if contribution.shared:
        return
    if not sharing_is_open(stage_of(contribution.gathering)):
        raise NotNow(_("Delen kan zodra het gesprek in de kamer begint."), code="not-open-yet")
    contribution.shared = True
    contribution.save(update_fields=["shared"])
    _tell(contribution, "contribution.shared", by=None, what=_("1 inbreng toegevoegd"))


@transaction.atomic
def hide_contribution(contribution: Contribution, *, reason: str, by: str) -> None:
    """Hide words that harm somebody. The reason is obligatory; the author reads it, the room sees that it happened."""
    if not reason.strip():
        raise NotNow(
            _("Schrijf op waarom je dit verbergt. De schrijver leest je reden."), code="reason-needed"
        )
    _must_be_readable(contribution)
    contribution.state = ContributionState.HIDDEN
    contribution.state_reason = reason.strip()
    contribution.state_on = clock.today(contribution.gathering.zone)
    contribution.save(update_fields=["state", "state_reason", "state_on"])
    _tell(contribution, "contribution.hidden", by=by, what=_("1 inbreng verborgen"), note=reason.strip())


@transaction.atomic
def show_contribution(contribution: Contribution, *, by: str) -> None:
    """Undo the hiding."""
    if contribution.state != ContributionState.HIDDEN:
        return
    contribution.state = ContributionState.SHOWN
    contribution.state_reason = ""
    contribution.state_on = None
    contribution.save(update_fields=["state", "state_reason", "state_on"])
    _tell(contribution, "contribution.shown", by=by, what=_("1 inbreng weer zichtbaar gemaakt"))


def _store(fresh: Contribution, room: Room) -> None:
    Room.objects.select_for_update().get(id=room.id)  # one at a time, so that positions do not collide
    last = Contribution.objects.filter(room=room).aggregate(last=Max("position"))["last"] or 0
    fresh.position = last + 1
    fresh.save(force_insert=True)
    freeze_mandate(room.gathering)


def _same_or_refuse(earlier: Contribution, fresh: Contribution) -> Contribution:
    if (earlier.room_id, earlier.author_key) != (fresh.room_id, fresh.author_key):
        raise Denied(_("Dit kon niet worden bewaard. Laad de pagina opnieuw en probeer het nog eens."))
    return earlier


def _must_be_open(stage: Stage, *, deed: Deed) -> None:
    if stage.may(deed):
        return
    if stage.ahead(deed):
        raise NotNow(
            _("De kamers zijn nog niet open. Wat je schreef staat nog in je scherm."), code="not-open-yet"
        )
    raise NotNow(_("De kamers zijn gesloten. Praat met je gespreksleider als er iets mist."), code="closed")


def _must_be_readable(contribution: Contribution) -> None:
    if contribution.state != ContributionState.SHOWN:
        raise NotNow(_("Deze inbreng is er niet meer of is verborgen."), code="not-shown")


def _tell(contribution: Contribution, verb: str, *, by: str | None, what: str, note: str = "") -> None:
    journal.write(verb, gathering=contribution.gathering_id, by=by, subject=str(contribution.id), note=note)
    if contribution.room is None:
        return
    if what:
        _note_change(contribution, what)
    ring(f"room-{contribution.room.id.hex}")


def _note_change(contribution: Contribution, what: str) -> None:
    """A trace under the signed harvest of its room; what somebody wrote on leaving is no part of that harvest."""
    leaving = leaving_steps(stage_of(contribution.gathering).format)
    if contribution.room is not None and not said_on_leaving(contribution, steps=leaving):
        note_change(contribution.room, what)
