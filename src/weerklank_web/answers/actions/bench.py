"""At the bench: two insights become one, one becomes two, a word says nothing here, a step goes back (W13)."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from weerklank_web.answers.actions.statement import bench_topic, must_be_bench_time
from weerklank_web.answers.actions.steps import keep_step, key_of, restore, state_of
from weerklank_web.answers.models import BenchStep, FrameWord, Insight, InsightSource, Stance
from weerklank_web.gatherings.models import Gathering
from weerklank_web.groundwork import journal
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.groundwork.live import ring

__all__ = ["add_frame_word", "drop_frame_word", "merge_insights", "split_insight", "undo"]


@transaction.atomic
def merge_insights(first: Insight, second: Insight, *, by: str) -> Insight:
    """The second goes into the first: sources with their quotes, what was said against it, its words as explanation.

    Messages that rested on the second rest on the first from now on.

    :raises NotNow: they are the same, or participants already reacted to the second.
    """
    gathering = first.gathering
    must_be_bench_time(gathering)
    if first.pk == second.pk:
        raise NotNow(_("Kies twee verschillende inzichten."), code="same")
    if Stance.objects.filter(insight=second).exists():
        raise NotNow(
            _("Deelnemers hebben op het tweede inzicht al gereageerd. Het blijft staan."), code="reacted"
        )
    messages = list(second.messages.all())
    before = {key_of(each): state_of(*key_of(each)) for each in (first, second, *messages)}
    known = set(first.sources.values_list("contribution_id", flat=True))
    InsightSource.objects.bulk_create(
        InsightSource(
            insight=first, contribution_id=one.contribution_id, start=one.start, end=one.end, mark=one.mark
        )
        for one in second.sources.order_by("id")
        if one.contribution_id not in known
    )
    behind = known | set(second.sources.values_list("contribution_id", flat=True))
    objecting = second.against.exclude(id__in=behind)
    first.against.add(*objecting)
    first.messages.add(*messages)
    told = [first.explanation, second.sentence if first.sentence else "", second.explanation]
    first.sentence = first.sentence or second.sentence
    first.explanation = "\n\n".join(part for part in told if part)
    first.dissent = "\n\n".join(part for part in (first.dissent, second.dissent) if part)
    first.published = False
    first.version += 1
    first.save()
    gone = str(second.pk)
    second.delete()
    keep_step(gathering, "insight.merged", before, by=by)
    journal.write("insight.merged", gathering=gathering.id, by=by, subject=str(first.pk), note=gone)
    ring(bench_topic(gathering))
    return first


@transaction.atomic
def split_insight(insight: Insight, contributions: Collection[UUID], *, by: str) -> Insight:
    """These sources get an insight of their own, still without a sentence, right after the one they came from.

    :raises NotNow: none of them stands behind it, or nothing would be left.
    """
    gathering = insight.gathering
    must_be_bench_time(gathering)
    chosen = insight.sources.filter(contribution_id__in=contributions)
    count = chosen.count()
    if not count or count == insight.sources.count():
        raise NotNow(
            _("Vink aan wat in een eigen inzicht hoort, en laat er in dit inzicht ook iets staan."),
            code="nothing-to-split",
        )
    before = {key_of(insight): state_of(*key_of(insight))}
    for place, each in enumerate(Insight.objects.filter(gathering=gathering, position__gt=insight.position)):
        Insight.objects.filter(pk=each.pk).update(position=insight.position + 2 + place)
    made = Insight.objects.create(gathering=gathering, position=insight.position + 1)
    chosen.update(insight=made)
    Insight.objects.filter(pk=insight.pk).update(version=insight.version + 1, published=False)
    before[key_of(made)] = None
    keep_step(gathering, "insight.split", before, by=by)
    journal.write("insight.split", gathering=gathering.id, by=by, subject=str(insight.pk), note=str(made.pk))
    ring(bench_topic(gathering))
    return made


@transaction.atomic
def add_frame_word(gathering: Gathering, word: str, *, by: str) -> None:
    """From now on this word heads no suggestion."""
    must_be_bench_time(gathering)
    tidy = " ".join(word.split())[:80].casefold()
    if not tidy:
        raise NotNow(_("Schrijf het woord dat hier niets zegt."), code="empty")
    FrameWord.objects.get_or_create(gathering=gathering, word=tidy)
    journal.write("bench.frame-word", gathering=gathering.id, by=by, note=tidy)
    ring(bench_topic(gathering))


@transaction.atomic
def drop_frame_word(gathering: Gathering, word: str, *, by: str) -> None:
    """This word may head a suggestion again."""
    must_be_bench_time(gathering)
    FrameWord.objects.filter(gathering=gathering, word=word).delete()
    journal.write("bench.frame-word-back", gathering=gathering.id, by=by, note=word)
    ring(bench_topic(gathering))


@transaction.atomic
def undo(gathering: Gathering, step: int, *, by: str) -> BenchStep:
    """Take one step back.

    :raises NotNow: it was taken back already, or what it touched was changed since.
    """
    must_be_bench_time(gathering)
    Gathering.objects.select_for_update().get(pk=gathering.pk)  # two people cannot take back the same step
    found = BenchStep.objects.filter(gathering=gathering, id=step).first()
    if found is None or found.undone:
        raise NotNow(_("Deze stap is al teruggezet, of ze is te lang geleden."), code="gone")
    restore(gathering, found.changes)
    found.undone = True
    found.save(update_fields=["undone"])
    journal.write("bench.undone", gathering=gathering.id, by=by, note=found.verb)
    ring(bench_topic(gathering))
    return found
