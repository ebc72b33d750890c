"""The bench (W13, W19): insights and messages stand on what was said, or they do not go out."""

from __future__ import annotations

from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from web.answers_scene import CARLA, Scene, answered, stand_at, talk, worded
from web.cast import NAMES, Cast, cast_in
from weerklank_web.accounts.models import Person
from weerklank_web.answers.actions import statement as deeds
from weerklank_web.answers.actions.suggestions import ask_suggestions, reckon_suggestions
from weerklank_web.answers.errors import NotLiteral, Overtaken
from weerklank_web.answers.models import (
    Insight,
    InsightSource,
    Message,
    RunState,
    Stance,
    SuggestionRun,
)
from weerklank_web.answers.queries.statement import faults_of, insights_of, messages_of, statement_view
from weerklank_web.dialogue.actions.contribution import (
    hide_contribution,
    withdraw_contribution,
)
from weerklank_web.gatherings.stage import Deed
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.groundwork.models import JournalLine

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return worded(cast)


def whats_wrong(thing: Insight | Message) -> str:
    thing.refresh_from_db()
    faults = faults_of(thing.gathering, [statement_view(thing, language="nl")])[thing.id]
    return " ".join(f"{fault.what} {fault.sentence}" for fault in faults)


def test_an_insight_needs_three_contributions_from_two_rooms(cast: Cast) -> None:
    said = talk(cast)
    stand_at(cast, Deed.SYNTHESISE)
    two = deeds.make_insight(cast.gathering, [said[0].id, said[1].id], by=CARLA, sentence="Een budget helpt.")
    with pytest.raises(NotNow, match="minstens 3 keer inbreng"):
        deeds.set_ready(two, by=CARLA)
    one_room = deeds.make_insight(
        cast.gathering, [said[0].id, said[3].id, said[4].id], by=CARLA, sentence="Een budget helpt."
    )
    with pytest.raises(NotNow, match="minstens 2 kamers"):
        deeds.set_ready(one_room, by=CARLA)
    assert not Insight.objects.filter(published=True).exists()


def test_a_message_without_a_source_is_refused_by_its_own_sentence(cast: Cast) -> None:
    stand_at(cast, Deed.SYNTHESISE)
    message = deeds.make_message(cast.gathering, by=CARLA, text="Schaf de handtekening af.")
    with pytest.raises(NotNow, match=r"minstens 1 keer inbreng.*Schaf de handtekening af"):
        deeds.set_ready(message, by=CARLA)


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Budget scheelt 40 procent van de tijd.", "40"),
        ("Iemand zei «alles moet weg».", "alles moet weg"),
        ("Alle deelnemers willen een budget.", "Alle deelnemers"),
        ("", "nog niet geschreven"),
    ],
)
def test_a_number_a_quote_or_a_sweep_that_does_not_follow_is_named(
    scene: Scene, sentence: str, names: str
) -> None:
    deeds.reword(scene.insight, {"sentence": sentence}, seen=scene.insight.version, by=CARLA)
    assert names in whats_wrong(scene.insight)
    assert not scene.insight.published, "what no longer holds is no longer ready"


def test_a_quote_must_be_literal(scene: Scene) -> None:
    with pytest.raises(NotLiteral, match="niet letterlijk"):
        deeds.quote_piece(scene.insight, scene.hers.id, "Geef teams nooit een budget", by=CARLA)
    deeds.quote_piece(scene.insight, scene.hers.id, "een budget om een knelpunt", by=CARLA)
    (quoted,) = statement_view(scene.insight, language="nl").quotes
    assert quoted.quote == "een budget om een knelpunt"


def test_a_quote_that_was_edited_away_is_told_and_never_shown_wrong(scene: Scene) -> None:
    deeds.quote_piece(scene.insight, scene.hers.id, "een budget om een knelpunt", by=CARLA)
    scene.hers.text = "Iets heel anders over budget en teams, en nog langer dan het eerst was."
    scene.hers.save(update_fields=["text"])
    view = statement_view(scene.insight, language="nl")
    assert view.quotes == []
    assert "niet meer letterlijk" in whats_wrong(scene.insight)
    assert "een budget om" not in str(list(InsightSource.objects.values_list())), "a quote is kept as a place"


def test_words_that_are_withdrawn_or_hidden_later_show_and_fail_the_check_again(scene: Scene) -> None:
    assert whats_wrong(scene.insight) == ""
    withdraw_contribution(scene.said[1], by=None)
    assert "minstens 3 keer inbreng nodig; nu 2" in whats_wrong(scene.insight)
    hide_contribution(scene.said[2], reason="Herkenbaar.", by="Bram")
    page = scene.cast.client_of("carla").get(scene.cast.path("duiden")).content.decode()
    assert "klopt niet meer" in page
    assert "2 keer is later ingetrokken of verborgen" in page
    assert "scheelt weken wachten" not in page


def test_only_what_was_shared_and_is_shown_can_be_used(scene: Scene) -> None:
    private, gone = scene.said[3], scene.said[4]
    private.shared = False
    private.save(update_fields=["shared"])
    withdraw_contribution(gone, by=None)
    for row in (private, gone):
        with pytest.raises(NotNow, match="ingetrokken of verborgen"):
            deeds.put_behind(scene.insight, [row.id], by=CARLA)
    with pytest.raises(NotNow):
        deeds.put_behind(scene.insight, [uuid4()], by=CARLA)


def test_a_contribution_of_another_gathering_cannot_be_put_behind(scene: Scene) -> None:
    Person.objects.all().delete()  # the second cast brings its own
    foreign = talk(cast_in("elders"))[0]
    with pytest.raises(NotNow):
        deeds.put_behind(scene.insight, [foreign.id], by=CARLA)


def test_dissent_stands_on_its_own_words_and_does_not_count_for_the_insight(scene: Scene) -> None:
    deeds.reword(scene.insight, {"dissent": "Sommigen willen juist regels."}, seen=1, by=CARLA)
    assert "nog geen inbreng" in whats_wrong(scene.insight)
    deeds.object_with(scene.insight, scene.said[3].id, by=CARLA)
    assert whats_wrong(scene.insight) == ""
    deeds.object_with(scene.insight, scene.said[2].id, by=CARLA)
    assert "nu 2" in whats_wrong(scene.insight), "what speaks against does not count for"


def test_a_message_takes_what_stands_behind_its_insight_along(scene: Scene) -> None:
    (view,) = messages_of(scene.cast.gathering, language="nl")
    assert view.coverage.contributions == 3
    assert view.coverage.rooms == 3
    assert [insight.id for insight in view.insights] == [scene.insight.id]


def test_two_people_never_overwrite_each_other(scene: Scene) -> None:
    carla = scene.cast.client_of("carla")
    address = scene.cast.path("duiden", "inzicht", scene.insight.id)
    first = {"version": "1", "sentence": "Wat de een bewaarde.", "explanation": "", "dissent": ""}
    assert carla.post(address, first).status_code == 303
    answer = carla.post(address, {**first, "sentence": "Wat de ander schreef."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Iemand anders heeft dit net gewijzigd" in page
    assert "Wat de een bewaarde." in page
    assert "Wat de ander schreef." in page
    scene.insight.refresh_from_db()
    assert scene.insight.sentence == "Wat de een bewaarde."
    assert 'name="version" value="2"' in page, "saving again is then a choice"
    assert carla.post(address, {**first, "version": "2", "sentence": "Samen."}).status_code == 303


def test_the_same_press_twice_is_no_conflict(scene: Scene) -> None:
    for _press in range(2):
        deeds.reword(scene.insight, {"sentence": "Een budget helpt teams."}, seen=1, by=CARLA)
    with pytest.raises(Overtaken):
        deeds.reword(scene.insight, {"sentence": "Iets anders."}, seen=1, by=CARLA)


def test_order_by_buttons(scene: Scene) -> None:
    second = deeds.make_insight(scene.cast.gathering, [scene.hers.id], by=CARLA, sentence="Tweede.")
    carla = scene.cast.client_of("carla")
    carla.post(scene.cast.path("duiden", "inzicht", second.id, "plek"), {"way": "up"})
    carla.post(scene.cast.path("duiden", "inzicht", second.id, "plek"), {"way": "up"})
    assert list(Insight.objects.values_list("id", flat=True)) == [second.id, scene.insight.id]


def test_what_participants_reacted_to_is_not_thrown_away(scene: Scene) -> None:
    Stance.objects.create(
        gathering=scene.cast.gathering, message=scene.message, author_key="a" * 64, kind="disagree"
    )
    with pytest.raises(NotNow, match="al op gereageerd"):
        deeds.delete_statement(scene.message, by=CARLA)
    deeds.take_back(scene.message, by=CARLA)
    deeds.delete_statement(scene.insight, by=CARLA)
    assert not Insight.objects.exists()
    assert JournalLine.objects.filter(verb="insight.deleted", by=CARLA).count() == 1


def test_the_words_are_fast_once_participants_read_them(scene: Scene) -> None:
    scene.cast.stand_at(Deed.REVIEW)
    scene.insight.gathering = scene.cast.gathering
    for deed in (
        lambda: deeds.reword(scene.insight, {"sentence": "Anders."}, seen=1, by=CARLA),
        lambda: deeds.drop_source(scene.insight, scene.hers.id, by=CARLA),
        lambda: deeds.set_ready(scene.insight, by=CARLA),
        lambda: deeds.make_message(scene.cast.gathering, by=CARLA),
    ):
        with pytest.raises(NotNow, match="staan vast"):
            deed()


def test_what_was_answered_is_not_reworded_taken_back_or_thrown_away(cast: Cast) -> None:
    scene, _answer = answered(cast)
    stand_at(cast, Deed.SYNTHESISE)
    scene.message.gathering = cast.gathering
    for deed in (
        lambda: deeds.reword(scene.message, {"text": "Anders."}, seen=1, by=CARLA),
        lambda: deeds.take_back(scene.message, by=CARLA),
        lambda: deeds.delete_statement(scene.message, by=CARLA),
    ):
        with pytest.raises(NotNow, match="al geantwoord"):
            deed()


def test_somebody_who_types_hears_that_another_was_first(scene: Scene) -> None:
    carla = scene.cast.client_of("carla")
    address = f"{scene.cast.path('duiden', 'inzicht', scene.insight.id)}?gezien=1"
    ring = {"HX-Request": "true"}
    assert "net gewijzigd" not in carla.get(address, headers=ring).content.decode()
    deeds.reword(scene.insight, {"sentence": "Een budget helpt teams."}, seen=1, by=CARLA)
    assert "net gewijzigd" in carla.get(address, headers=ring).content.decode()


def test_without_javascript_ticked_contributions_become_an_insight(cast: Cast) -> None:
    said = talk(cast)
    stand_at(cast, Deed.SYNTHESISE)
    carla = cast.client_of("carla")
    address = cast.path("duiden", "kiezen")
    nothing = carla.post(address, {"wat": "insight"}, follow=True)
    assert "Vink eerst inbreng aan" in nothing.content.decode()
    made = carla.post(address, {"wat": "insight", "bron": [str(row.id) for row in said[:2]]})
    insight = Insight.objects.get()
    assert made["Location"] == cast.path("duiden", "inzicht", insight.id)
    carla.post(
        address, {"wat": "bij", "bij": f"insight:{insight.id.hex}", "bron": [str(said[2].id), "onzin"]}
    )
    assert insight.sources.count() == 3


def test_the_bench_finds_by_theme_level_word_and_use(scene: Scene) -> None:
    carla = scene.cast.client_of("carla")

    def shown(query: str) -> list[str]:
        page = carla.get(f"{scene.cast.path('duiden')}?{query}").content.decode()
        board = page.partition('id="inbreng"')[2].partition('class="wk-bench__made"')[0]
        return [row.text for row in scene.said if row.text in board]

    assert shown("") == [row.text for row in scene.said]
    assert shown("zoek=KOFFIE") == ["De koffie mag beter."]
    assert shown(f"thema={scene.cast.themes[1].pk}") == [scene.said[2].text]
    assert shown("niveau=meso") == [scene.said[1].text, scene.said[3].text]
    assert shown("niveau=geen") == ["De koffie mag beter."]
    assert shown("over=on") == [scene.said[3].text, scene.said[4].text]
    assert shown("zoek=bestaatniet") == []


def test_suggestions_are_reckoned_apart_and_the_page_never_waits(
    scene: Scene, django_capture_on_commit_callbacks: object
) -> None:
    carla = scene.cast.client_of("carla")
    page = carla.get(scene.cast.path("duiden")).content.decode()
    assert "Wordt berekend" in page
    run = SuggestionRun.objects.get()
    carla.get(scene.cast.path("duiden"))
    assert SuggestionRun.objects.count() == 1, "asked once for one state of the contributions"
    reckon_suggestions(run.pk)
    run.refresh_from_db()
    assert run.state == RunState.READY
    assert "budget" in str(run.found)
    assert not any(row.text in str(run.found) for row in scene.said), (
        "nobody's sentences are kept a second time"
    )
    part = carla.get(
        f"{scene.cast.path('duiden')}?deel=suggesties", headers={"HX-Request": "true"}
    ).content.decode()
    assert "budget" in part
    assert "<html" not in part
    assert "Wordt berekend" not in part


def test_suggestions_never_show_words_that_were_taken_back_since(scene: Scene) -> None:
    reckon_suggestions(ask_suggestions(scene.cast.gathering).pk)
    withdraw_contribution(scene.said[1], by=None)
    page = scene.cast.client_of("carla").get(scene.cast.path("duiden")).content.decode()
    assert "scheelt weken" not in page
    assert "Wordt bijgewerkt" in page
    newer = SuggestionRun.objects.get(state=RunState.WAITING)
    reckon_suggestions(newer.pk)
    assert SuggestionRun.objects.get().state == RunState.READY, "what was reckoned before is forgotten"


def test_too_little_to_reckon_says_why(cast: Cast) -> None:
    stand_at(cast, Deed.SYNTHESISE)
    run = ask_suggestions(cast.gathering)
    reckon_suggestions(run.pk)
    assert "te suggereren" in cast.client_of("carla").get(cast.path("duiden")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_bench_asks_as_much_of_the_database_however_many_insights_there_are(
    scene: Scene, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count - 1):
        deeds.make_insight(
            scene.cast.gathering, [row.id for row in scene.said], by=CARLA, sentence=f"Inzicht {number}."
        )
    carla = scene.cast.client_of("carla")
    carla.get(scene.cast.path("duiden"))
    with django_assert_max_num_queries(26):
        carla.get(scene.cast.path("duiden"))
    with django_assert_max_num_queries(6):
        insights_of(scene.cast.gathering, language="nl")


def test_who_may_at_the_bench(scene: Scene) -> None:
    cast = scene.cast
    one = cast.path("duiden", "inzicht", scene.insight.id)
    pages = [cast.path("duiden"), one, f"{one}weg/", cast.path("beheer", "bureau")]
    deeds_ = [
        f"{one}klaar/",
        f"{one}plek/",
        f"{one}bron/{scene.hers.id}/",
        f"{one}bron/{scene.hers.id}/citaat/",
    ]
    deeds_ += [f"{one}boodschap/", cast.path("duiden", "kiezen")]
    for name in NAMES:
        client = cast.client_of(name)
        for page in pages:
            answer = client.get(page)
            assert (answer.status_code == 200) == (name == "carla"), (name, page, answer.status_code)
            if name != "carla":
                assert scene.insight.sentence not in answer.content.decode()
        for deed in deeds_:
            if name != "carla":
                assert client.post(deed, {"wat": "terug"}).status_code in (302, 403), (name, deed)
    scene.insight.refresh_from_db()
    assert scene.insight.published
