"""Wording insights and messages (W13, W19): make, reword, put behind it, quote, order, set ready, delete.

Two people at work never overwrite each other: whoever saves says which version they read, and a row changes only when it
is still that version.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from weerklank_web.answers.actions.steps import keep_step, key_of, noun_of, undoable
from weerklank_web.answers.errors import NotLiteral, Overtaken
from weerklank_web.answers.models import Answer, Insight, InsightSource, Message, MessageSource, Stance
from weerklank_web.answers.queries.statement import faults_of, statement_view
from weerklank_web.answers.rules import literal_place, mark_of
from weerklank_web.dialogue.models import Contribution
from weerklank_web.dialogue.queries.board import contributions_to_use
from weerklank_web.gatherings.models import Gathering
from weerklank_web.gatherings.stage import Deed, stage_of
from weerklank_web.groundwork import journal
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.groundwork.live import ring

__all__ = [
    "bench_topic",
    "delete_statement",
    "drop_source",
    "make_insight",
    "make_message",
    "move_statement",
    "must_be_bench_time",
    "object_with",
    "put_behind",
    "quote_piece",
    "reword",
    "set_ready",
    "stop_objecting_with",
    "take_back",
]

Thing = Insight | Message


def bench_topic(gathering: Gathering) -> str:
    """The doorbell of the bench."""
    return f"bench-{gathering.id.hex}"


def must_be_bench_time(gathering: Gathering) -> None:
    """Refuse unless the format is where insights and messages are worded."""
    stage = stage_of(gathering)
    if stage.may(Deed.SYNTHESISE):
        return
    if stage.ahead(Deed.SYNTHESISE):
        raise NotNow(_("Duiden kan zodra de gesprekken klaar zijn."), code="not-open-yet")
    raise NotNow(
        _("De inzichten en boodschappen staan vast: deelnemers lezen ze na of ze zijn al aangeboden."),
        code="closed",
    )


@transaction.atomic
def make_insight(
    gathering: Gathering,
    contributions: Collection[UUID],
    *,
    by: str,
    sentence: str = "",
    explanation: str = "",
) -> Insight:
    """A new insight on these contributions, at the end of the list; the sentence may follow later."""
    must_be_bench_time(gathering)
    rows = _usable(gathering, contributions)
    insight = Insight.objects.create(
        gathering=gathering,
        position=_next_position(Insight, gathering),
        sentence=sentence.strip(),
        explanation=explanation.strip(),
    )
    InsightSource.objects.bulk_create(InsightSource(insight=insight, contribution=row) for row in rows)
    keep_step(gathering, "insight.made", {key_of(insight): None}, by=by)
    _tell(insight, "insight.made", by=by)
    return insight


@transaction.atomic
def make_message(
    gathering: Gathering,
    contributions: Collection[UUID] = (),
    *,
    by: str,
    insights: Iterable[Insight] = (),
    text: str = "",
    addressee: str = "",
    level: str = "",
) -> Message:
    """A new message on these contributions and on everything behind these insights."""
    must_be_bench_time(gathering)
    message = Message.objects.create(
        gathering=gathering,
        position=_next_position(Message, gathering),
        text=text.strip(),
        addressee=addressee.strip() or gathering.recipient_office or gathering.recipient_name,
        level=level,
    )
    MessageSource.objects.bulk_create(
        MessageSource(message=message, contribution=row) for row in _usable(gathering, contributions)
    )
    _rest_on_insights(message, insights)
    keep_step(gathering, "message.made", {key_of(message): None}, by=by)
    _tell(message, "message.made", by=by)
    return message


@undoable("reworded")
@transaction.atomic
def reword(
    thing: Thing,
    words: Mapping[str, str],
    *,
    seen: int,
    by: str,
    insights: Iterable[Insight] | None = None,
) -> Thing:
    """Write other words, if nobody else did since version ``seen``.

    :param words: columns of the insight or message with their new text.
    :param insights: for a message, the insights it rests on; None leaves them.
    :raises Overtaken: somebody else was first; nothing is changed.
    """
    _must_be_changeable(thing)
    model = type(thing)
    trimmed = {name: text.strip() for name, text in words.items()}
    now = model._default_manager.filter(pk=thing.pk).values(*trimmed).first()
    if now is None:
        raise Overtaken(_("Iemand anders heeft dit net weggehaald."), code="deleted")
    wanted = None if insights is None or isinstance(thing, Insight) else list(insights)
    rests_anew = wanted is not None and {each.id for each in wanted} != _insights_behind(thing)
    if now != trimmed or rests_anew:
        changed = model._default_manager.filter(pk=thing.pk, version=seen).update(
            version=F("version") + 1, **trimmed
        )
        if changed != 1:
            raise Overtaken(_("Iemand anders heeft dit net gewijzigd. Vergelijk de twee teksten."))
    if wanted is not None and isinstance(thing, Message):
        _rest_on_insights(thing, wanted)
    thing.refresh_from_db()
    _settle(thing)
    _tell(thing, f"{noun_of(thing)}.reworded", by=by)
    return thing


@undoable("added")
@transaction.atomic
def put_behind(thing: Thing, contributions: Collection[UUID], *, by: str) -> int:
    """Put more contributions behind it; returns how many were new."""
    _must_be_changeable(thing)
    rows = _usable(thing.gathering, contributions)
    known = set(thing.sources.values_list("contribution_id", flat=True))
    fresh = [row for row in rows if row.id not in known]
    _add(thing, fresh)
    thing.against.remove(*fresh)
    _settle(thing)
    _tell(thing, f"{noun_of(thing)}.sources", by=by)
    return len(fresh)


@undoable("dropped")
@transaction.atomic
def drop_source(thing: Thing, contribution: UUID, *, by: str) -> None:
    """Take a contribution away from behind it."""
    _must_be_changeable(thing)
    thing.sources.filter(contribution_id=contribution).delete()
    _settle(thing)
    _tell(thing, f"{noun_of(thing)}.sources", by=by)


@undoable("quoted")
@transaction.atomic
def quote_piece(thing: Thing, contribution: UUID, piece: str, *, by: str) -> None:
    """Quote a literal piece of a source; an empty piece takes the quote away.

    :raises NotLiteral: the piece does not stand there.
    :raises NotNow: the words are gone.
    """
    _must_be_changeable(thing)
    row = _usable(thing.gathering, [contribution])[0]
    start, end, mark = None, None, ""
    if piece.strip():
        place = literal_place(row.text, piece)
        if place is None:
            raise NotLiteral(
                _("«%(piece)s» staat niet letterlijk in de inbreng. Neem het stukje precies over.")
                % {"piece": piece.strip()[:120]}
            )
        start, end = place
        mark = mark_of(row.id, row.text[start:end])
    thing.sources.filter(contribution_id=contribution).update(start=start, end=end, mark=mark)
    _settle(thing)
    _tell(thing, f"{noun_of(thing)}.quoted", by=by)


@undoable("objecting")
@transaction.atomic
def object_with(thing: Thing, contribution: UUID, *, by: str) -> None:
    """Let a contribution stand for the other sound: it was said against this. It no longer counts for it."""
    _must_be_changeable(thing)
    row = _usable(thing.gathering, [contribution])[0]
    thing.sources.filter(contribution_id=contribution).delete()
    thing.against.add(row)
    _settle(thing)
    _tell(thing, f"{noun_of(thing)}.sources", by=by)


@undoable("not-objecting")
@transaction.atomic
def stop_objecting_with(thing: Thing, contribution: UUID, *, by: str) -> None:
    """Take a contribution away from the other sound."""
    _must_be_changeable(thing)
    thing.against.remove(*thing.against.filter(id=contribution))
    _settle(thing)
    _tell(thing, f"{noun_of(thing)}.sources", by=by)


@transaction.atomic
def move_statement(thing: Thing, *, up: bool, by: str) -> None:
    """One place up or down in the list."""
    _must_be_changeable(thing)
    Gathering.objects.select_for_update().get(
        pk=thing.gathering.pk
    )  # one at a time, so that no place is lost
    order = list(type(thing)._default_manager.filter(gathering=thing.gathering))
    here = next(place for place, each in enumerate(order) if each.pk == thing.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(order):
        return
    order[here], order[there] = order[there], order[here]
    for place, each in enumerate(order):
        type(thing)._default_manager.filter(pk=each.pk).update(position=place)
    _tell(thing, f"{noun_of(thing)}.moved", by=by)


@undoable("ready")
@transaction.atomic
def set_ready(thing: Thing, *, by: str) -> Thing:
    """Set it ready to be read back.

    :raises NotNow: naming the sentence and what is missing.
    """
    _must_be_changeable(thing)
    faults = faults_of(thing.gathering, [statement_view(thing, language="nl")])[thing.id]
    if faults:
        first = faults[0]
        about = f" «{first.sentence}»" if first.sentence else ""
        raise NotNow(f"{first.what}{about}", code="unfounded")
    type(thing)._default_manager.filter(pk=thing.pk).update(published=True)
    thing.published = True
    _tell(thing, f"{noun_of(thing)}.ready", by=by)
    return thing


@undoable("taken-back")
@transaction.atomic
def take_back(thing: Thing, *, by: str) -> Thing:
    """Take it back to the bench: it does not go out for now."""
    _must_be_changeable(thing)
    type(thing)._default_manager.filter(pk=thing.pk).update(published=False)
    thing.published = False
    _tell(thing, f"{noun_of(thing)}.taken-back", by=by)
    return thing


@undoable("deleted")
@transaction.atomic
def delete_statement(thing: Thing, *, by: str) -> None:
    """Throw it away. What participants reacted to is not thrown away, only taken back."""
    _must_be_changeable(thing)
    if Stance.objects.filter(**{noun_of(thing): thing}).exists():
        raise NotNow(
            _("Deelnemers hebben hier al op gereageerd. Je kunt het terughalen, niet weggooien."),
            code="reacted",
        )
    gathering, noun, subject = thing.gathering, noun_of(thing), str(thing.pk)
    thing.delete()
    journal.write(f"{noun}.deleted", gathering=gathering.id, by=by, subject=subject)
    ring(bench_topic(gathering))


def _rest_on_insights(message: Message, insights: Iterable[Insight]) -> None:
    """Let a message rest on these insights; what stands behind a new one comes along, so that every source is its own."""
    wanted = list(insights)
    before = set(message.insights.values_list("id", flat=True))
    message.insights.set(wanted)
    fresh = [insight for insight in wanted if insight.id not in before]
    known = set(message.sources.values_list("contribution_id", flat=True))
    pieces = InsightSource.objects.filter(insight__in=fresh).order_by("id")
    sources = {piece.contribution_id: piece for piece in pieces if piece.contribution_id not in known}
    MessageSource.objects.bulk_create(
        MessageSource(
            message=message,
            contribution_id=piece.contribution_id,
            start=piece.start,
            end=piece.end,
            mark=piece.mark,
        )
        for piece in sources.values()
    )


def _must_be_changeable(thing: Thing) -> None:
    must_be_bench_time(thing.gathering)
    if isinstance(thing, Message) and Answer.objects.filter(message=thing).exists():
        raise NotNow(_("Op deze boodschap is al geantwoord. Maak een nieuwe."), code="answered")


def _insights_behind(thing: Thing) -> set[UUID]:
    return set() if isinstance(thing, Insight) else set(thing.insights.values_list("id", flat=True))


def _usable(gathering: Gathering, contributions: Collection[UUID]) -> list[Contribution]:
    wanted = set(contributions)
    rows = list(contributions_to_use(gathering).filter(id__in=wanted))
    if len(rows) < len(wanted):
        raise NotNow(
            _("Iets van wat je koos is intussen ingetrokken of verborgen. Kies opnieuw."), code="source-gone"
        )
    return rows


def _add(thing: Thing, rows: Iterable[Contribution]) -> None:
    if isinstance(thing, Insight):
        InsightSource.objects.bulk_create(InsightSource(insight=thing, contribution=row) for row in rows)
    else:
        MessageSource.objects.bulk_create(MessageSource(message=thing, contribution=row) for row in rows)


def _settle(thing: Thing) -> None:
    """What was ready and no longer holds, is no longer ready."""
    if thing.published and faults_of(thing.gathering, [statement_view(thing, language="nl")])[thing.id]:
        type(thing)._default_manager.filter(pk=thing.pk).update(published=False)
        thing.published = False


def _next_position(model: type[Insight] | type[Message], gathering: Gathering) -> int:
    last = model._default_manager.filter(gathering=gathering).aggregate(last=Max("position"))["last"]
    return 0 if last is None else int(last) + 1


def _tell(thing: Thing, verb: str, *, by: str) -> None:
    journal.write(verb, gathering=thing.gathering.id, by=by, subject=str(thing.pk))
    ring(bench_topic(thing.gathering))
