"""At the bench (W13, W21): merge, split, leave a word out, read along, and take every step back without overwriting anybody."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest

from web.answers_scene import CARLA, Scene, stand_at, talk, worded
from web.cast import Cast
from weerklank_web.answers.actions import bench as bench_deeds
from weerklank_web.answers.actions import statement as deeds
from weerklank_web.answers.actions.stance import give_stance
from weerklank_web.answers.actions.suggestions import ask_suggestions, reckon_suggestions
from weerklank_web.answers.models import BenchStep, Insight, Message, SuggestionRun
from weerklank_web.answers.queries.pictures import heat_of, related_to, ring_of
from weerklank_web.answers.queries.statement import statement_view
from weerklank_web.answers.queries.suggestions import found_now, suggestions_of
from weerklank_web.dialogue.actions.contribution import withdraw_contribution
from weerklank_web.dialogue.queries.board import contributions_to_use
from weerklank_web.gatherings.gates import Participant
from weerklank_web.gatherings.models import Gathering
from weerklank_web.gatherings.stage import Deed
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.groundwork.models import JournalLine

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return worded(cast)


def whole(gathering: Gathering) -> dict[str, object]:
    """Everything on the bench, to compare before and after."""
    insights = Insight.objects.filter(gathering=gathering)
    told: dict[str, object] = {
        str(one.pk): (
            one.sentence,
            one.explanation,
            one.dissent,
            one.published,
            sorted(one.sources.values_list("contribution_id", "start", "end", "mark")),
            sorted(one.against.values_list("id", flat=True)),
        )
        for one in insights
    }
    told |= {
        str(one.pk): (
            one.text,
            one.published,
            sorted(one.sources.values_list("contribution_id", "start", "end", "mark")),
            sorted(one.insights.values_list("id", flat=True)),
        )
        for one in Message.objects.filter(gathering=gathering)
    }
    return told


def last_step(gathering: Gathering) -> int:
    return BenchStep.objects.filter(gathering=gathering).order_by("-id").values_list("id", flat=True)[0]


def sources_of(insight: Insight) -> set[UUID]:
    return set(insight.sources.values_list("contribution_id", flat=True))


def test_merging_keeps_every_source_and_word_and_goes_back_whole(scene: Scene) -> None:
    gathering = scene.cast.gathering
    other = deeds.make_insight(
        gathering,
        [scene.said[3].id, scene.said[0].id],
        by=CARLA,
        sentence="Ruimte helpt.",
        explanation="Omdat.",
    )
    message = deeds.make_message(gathering, by=CARLA, insights=[other], text="Geef ruimte.")
    both = sources_of(scene.insight) | sources_of(other)
    quoted = list(scene.insight.sources.exclude(start=None).values_list("contribution_id", "start", "end"))
    before = whole(gathering)
    merged = bench_deeds.merge_insights(scene.insight, other, by=CARLA)
    assert sources_of(merged) == both
    assert list(merged.sources.exclude(start=None).values_list("contribution_id", "start", "end")) == quoted
    assert "Ruimte helpt." in merged.explanation
    assert "Omdat." in merged.explanation
    assert list(message.insights.all()) == [merged]
    assert not Insight.objects.filter(pk=other.pk).exists()
    bench_deeds.undo(gathering, last_step(gathering), by=CARLA)
    assert whole(gathering) == before


def test_splitting_moves_sources_and_goes_back(scene: Scene) -> None:
    gathering, insight = scene.cast.gathering, scene.insight
    before, everything = whole(gathering), sources_of(insight)
    out = sorted(everything)[:1]
    made = bench_deeds.split_insight(insight, out, by=CARLA)
    assert sources_of(made) == set(out)
    assert sources_of(insight) == everything - set(out)
    assert [one.pk for one in Insight.objects.filter(gathering=gathering)][:2] == [insight.pk, made.pk]
    for nothing in ([], sorted(sources_of(insight))):
        with pytest.raises(NotNow, match="laat er in dit inzicht ook iets staan"):
            bench_deeds.split_insight(insight, nothing, by=CARLA)
    bench_deeds.undo(gathering, last_step(gathering), by=CARLA)
    assert whole(gathering) == before


DEEDS: dict[str, Callable[[Scene], object]] = {
    "reword": lambda s: deeds.reword(s.insight, {"sentence": "Anders."}, seen=s.insight.version, by=CARLA),
    "put behind": lambda s: deeds.put_behind(s.insight, [s.said[4].id], by=CARLA),
    "quote": lambda s: deeds.quote_piece(s.insight, s.said[1].id, s.said[1].text[:8], by=CARLA),
    "object": lambda s: deeds.object_with(s.insight, s.said[0].id, by=CARLA),
    "no objection": lambda s: deeds.stop_objecting_with(s.insight, s.said[3].id, by=CARLA),
    "drop": lambda s: deeds.drop_source(s.insight, s.said[0].id, by=CARLA),
    "take back": lambda s: deeds.take_back(s.message, by=CARLA),
    "make an insight": lambda s: deeds.make_insight(s.cast.gathering, [s.said[4].id], by=CARLA),
    "make a message": lambda s: deeds.make_message(
        s.cast.gathering, by=CARLA, insights=[s.insight], text="Doe iets."
    ),
    "delete an insight": lambda s: deeds.delete_statement(s.insight, by=CARLA),
    "delete a message": lambda s: deeds.delete_statement(s.message, by=CARLA),
}


@pytest.mark.parametrize("name", DEEDS)
def test_every_deed_on_a_statement_can_be_taken_back(scene: Scene, name: str) -> None:
    gathering = scene.cast.gathering
    deeds.object_with(scene.insight, scene.said[3].id, by=CARLA)
    scene.insight.refresh_from_db()
    scene.message.refresh_from_db()
    before = whole(gathering)
    DEEDS[name](scene)
    assert whole(gathering) != before
    bench_deeds.undo(gathering, last_step(gathering), by=CARLA)
    assert whole(gathering) == before
    assert JournalLine.objects.filter(verb="bench.undone").count() == 1


def test_a_step_back_never_overwrites_what_somebody_did_since(scene: Scene) -> None:
    gathering, insight = scene.cast.gathering, scene.insight
    deeds.reword(insight, {"sentence": "Van Carla."}, seen=insight.version, by=CARLA)
    hers = last_step(gathering)
    deeds.reword(insight, {"sentence": "Van een collega."}, seen=insight.version, by="Een collega")
    with pytest.raises(NotNow, match="overschrijven"):
        bench_deeds.undo(gathering, hers, by=CARLA)
    insight.refresh_from_db()
    assert insight.sentence == "Van een collega."
    bench_deeds.undo(gathering, last_step(gathering), by=CARLA)
    with pytest.raises(NotNow, match="al teruggezet"):
        bench_deeds.undo(gathering, last_step(gathering), by=CARLA)


def test_whoever_has_the_old_words_open_does_not_save_over_what_came_back(scene: Scene) -> None:
    insight = scene.insight
    deeds.reword(insight, {"sentence": "Nieuw."}, seen=insight.version, by=CARLA)
    seen = insight.version
    bench_deeds.undo(scene.cast.gathering, last_step(scene.cast.gathering), by=CARLA)
    insight.refresh_from_db()
    assert insight.version != seen


def test_what_was_withdrawn_since_comes_back_as_a_trace_without_words_and_without_counting(
    scene: Scene,
) -> None:
    gathering, id_ = scene.cast.gathering, scene.insight.pk
    deeds.delete_statement(scene.insight, by=CARLA)
    withdraw_contribution(scene.hers, by=None)
    bench_deeds.undo(gathering, last_step(gathering), by=CARLA)
    coverage = statement_view(Insight.objects.get(pk=id_), language="nl").coverage
    assert (coverage.contributions, coverage.gone) == (2, 1)


def test_what_participants_reacted_to_is_not_merged_away(scene: Scene) -> None:
    gathering = scene.cast.gathering
    other = deeds.make_insight(gathering, [scene.said[3].id], by=CARLA, sentence="Ruimte helpt.")
    stand_at(scene.cast, Deed.REVIEW)
    scene.insight.refresh_from_db()
    scene.insight.gathering = gathering
    scene.cast.anna.gathering = gathering
    anna = Participant(registration=scene.cast.anna, secret=scene.cast.secret)
    give_stance(scene.insight, participant=anna, kind="agree", seen=scene.insight.version)
    stand_at(scene.cast, Deed.SYNTHESISE)
    with pytest.raises(NotNow, match="al gereageerd"):
        bench_deeds.merge_insights(other, scene.insight, by=CARLA)


def reckoned(gathering: Gathering) -> SuggestionRun:
    run = ask_suggestions(gathering)
    reckon_suggestions(run.id)
    return SuggestionRun.objects.get(id=run.id)


def test_a_word_that_says_nothing_here_heads_no_suggestion_until_it_is_let_in_again(cast: Cast) -> None:
    talk(cast)
    stand_at(cast, Deed.SYNTHESISE)
    rows = list(contributions_to_use(cast.gathering))
    first = reckoned(cast.gathering)
    hearts = [one.heart for one in suggestions_of(cast.gathering, rows, language="nl").insights]
    assert hearts
    bench_deeds.add_frame_word(cast.gathering, f" {hearts[0].upper()} ", by=CARLA)
    second = reckoned(cast.gathering)
    assert second.fingerprint != first.fingerprint
    left = [one.heart for one in suggestions_of(cast.gathering, rows, language="nl").insights]
    assert hearts[0] not in left
    bench_deeds.drop_frame_word(cast.gathering, hearts[0].casefold(), by=CARLA)
    reckoned(cast.gathering)
    assert [one.heart for one in suggestions_of(cast.gathering, rows, language="nl").insights] == hearts


def test_the_pictures_count_what_may_be_used_and_what_is_near_is_only_read_along(scene: Scene) -> None:
    gathering = scene.cast.gathering
    reckoned(gathering)
    rows = list(contributions_to_use(gathering))
    heat = heat_of(gathering, rows, language="nl")
    assert sum(row.total for row in heat.rows) == len(rows)
    assert all(row.total == sum(cell.count for cell in row.cells) for row in heat.rows)
    assert max(cell.shade for row in heat.rows for cell in row.cells) == 5
    found = found_now(gathering, rows)
    assert found is not None
    by_id = {str(row.id): row for row in rows}
    assert set(found.places) == {row.room.name for row in rows if row.room}
    ring = ring_of(found, by_id)
    assert all({link.left, link.right} <= set(found.places) for link in ring.links)
    near = related_to(found, rows[0], by_id)
    assert near
    assert rows[0] not in near
    gone = near[0]
    without = {key: row for key, row in by_id.items() if row.id != gone.id}
    assert gone not in related_to(found, rows[0], without)


def test_the_bench_and_its_pages_open_and_their_buttons_work(scene: Scene) -> None:
    gathering, carla = scene.cast.gathering, scene.cast.client_of("carla")
    reckoned(gathering)
    other = deeds.make_insight(gathering, [scene.said[3].id], by=CARLA, sentence="Ruimte helpt.")
    base = f"/b/{gathering.slug}/duiden/"
    page = carla.get(base).content.decode()
    assert "Kies inzicht 2 om samen te voegen" in page
    assert "Laatste stappen" in page
    assert "Thema's en niveaus" in carla.get(f"{base}beeld/").content.decode()
    assert "Verwant, niet geteld" in carla.get(f"{base}inbreng/{scene.said[0].id}/").content.decode()
    one = carla.post(f"{base}samenvoegen/", {"inzicht": [str(other.id)]}, follow=True)
    assert "precies twee" in one.content.decode()
    carla.post(f"{base}samenvoegen/", {"inzicht": [str(scene.insight.id), str(other.id)]})
    assert Insight.objects.filter(gathering=gathering).count() == 1
    carla.post(f"{base}stap/{last_step(gathering)}/terug/")
    assert Insight.objects.filter(gathering=gathering).count() == 2
    carla.post(
        f"{base}kiezen/",
        {"bron": [str(scene.said[4].id)], "wat": "ander-geluid", "bij": f"insight:{other.id.hex}"},
    )
    assert list(other.against.values_list("id", flat=True)) == [scene.said[4].id]


def test_a_small_group_is_called_by_what_was_said_and_not_by_words_that_change_with_the_weather(
    cast: Cast,
) -> None:
    talk(cast)
    stand_at(cast, Deed.SYNTHESISE)
    reckoned(cast.gathering)
    rows = list(contributions_to_use(cast.gathering))
    texts = {row.text for row in rows}
    groups = suggestions_of(cast.gathering, rows, language="nl").clusters
    assert groups
    for group in groups:
        assert not group.labels
        assert any(text.startswith(group.heart.rstrip("…")) for text in texts)
