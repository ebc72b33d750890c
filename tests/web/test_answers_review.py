"""Reading back before it goes out: one stance each, objections literally, counts released once (DOMAIN 7.3, 7.4)."""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from web.answers_scene import CARLA, Scene, client_with, newer_link, people, stand_at, worded
from web.cast import NAMES, Cast, new_registration
from weerklank.disclosure import Release, reveals
from weerklank_web.answers.actions import statement as bench
from weerklank_web.answers.actions.stance import (
    erase_stances,
    export_stances,
    freeze_read_back,
    give_stance,
)
from weerklank_web.answers.bridge.disclosure import release_stances, tallies_in
from weerklank_web.answers.models import Stance, StanceKind
from weerklank_web.answers.queries.review import objections_of, outcomes_of, released_stances
from weerklank_web.gatherings.actions.rights import erase_own_data, export_own_data
from weerklank_web.gatherings.gates import Participant
from weerklank_web.gatherings.models import PublishedTable, Registration, RegistrationState
from weerklank_web.gatherings.stage import Deed
from weerklank_web.groundwork.errors import Denied, NotNow
from weerklank_web.groundwork.models import JournalLine

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(cast: Cast) -> Scene:
    """Reading back is open."""
    made = worded(cast)
    stand_at(cast, Deed.REVIEW)
    made.message.gathering = made.insight.gathering = cast.gathering
    return made


def anna_of(cast: Cast) -> Participant:
    cast.anna.refresh_from_db()
    cast.anna.gathering = cast.gathering
    return Participant(registration=cast.anna, secret=cast.secret)


def say(scene: Scene, who: Participant, kind: str, objection: str = "") -> Stance:
    who.registration.gathering = scene.cast.gathering
    return give_stance(
        scene.message, participant=who, kind=kind, objection=objection, seen=scene.message.version
    )


def test_the_last_word_counts_and_there_is_one(scene: Scene) -> None:
    anna = anna_of(scene.cast)
    say(scene, anna, "agree")
    say(scene, anna, "disagree", "Zonder steekproef loopt het mis.")
    stance = Stance.objects.get()
    assert (stance.kind, stance.objection) == ("disagree", "Zonder steekproef loopt het mis.")
    assert stance.author_key == scene.cast.author_key


def test_an_earlier_link_reads_but_is_no_second_vote(scene: Scene) -> None:
    cast = scene.cast
    say(scene, anna_of(cast), "agree")
    newest = newer_link(cast.anna)
    old = anna_of(cast)
    with pytest.raises(Denied, match="nieuwere link"):
        say(scene, old, "disagree")
    page = cast.client_of("anna").get(cast.path("nalezen")).content.decode()
    assert scene.message.text in page
    assert "Dit is je vorige link" in page
    assert 'name="r-' not in page, "no form to react with an earlier link"
    fresh = client_with(cast, newest).get(cast.path("nalezen")).content.decode()
    assert "Reageerde je al met je vorige link?" in fresh
    cast.client_of("anna").post(cast.path("nalezen", "terugnemen"))
    assert not Stance.objects.exists(), "what was said under the earlier link can be taken back there"
    say(scene, Participant(registration=old.registration, secret=newest), "disagree")
    assert Stance.objects.get().kind == "disagree"


def test_who_was_not_there_reads_and_does_not_count(scene: Scene) -> None:
    (present,) = people(scene.cast, 1)
    registration, secret = new_registration(scene.cast.gathering, "Afwezig")
    absent = Participant(registration=registration, secret=secret)
    say(scene, present, "agree")
    with pytest.raises(Denied, match="wie erbij was"):
        say(scene, absent, "agree")
    say(scene, anna_of(scene.cast), "agree")  # not checked in, but she spoke: her own words prove it
    assert Stance.objects.count() == 2


def test_a_stance_is_about_the_wording_that_was_read(scene: Scene) -> None:
    anna = anna_of(scene.cast)
    say(scene, anna, "agree", "Zo wel.")
    stand_at(scene.cast, Deed.SYNTHESISE)
    scene.message.gathering = scene.cast.gathering
    bench.reword(scene.message, {"text": "Geef elk team een budget."}, seen=1, by=CARLA)
    stand_at(scene.cast, Deed.REVIEW)
    with pytest.raises(NotNow, match="net gewijzigd"):
        give_stance(scene.message, participant=anna_of(scene.cast), kind="agree", seen=1)
    page = scene.cast.client_of("anna").get(scene.cast.path("nalezen")).content.decode()
    assert "De tekst is gewijzigd sinds je reageerde" in page
    stand_at(scene.cast, Deed.PUBLISH)
    freeze_read_back(scene.cast.gathering)
    assert objections_of(scene.cast.gathering) == {str(scene.message.id): ()}
    assert outcomes_of(scene.cast.gathering, language="nl")[scene.message.id].objections[0].earlier


def test_reading_back_opens_and_closes_with_its_step(scene: Scene) -> None:
    cast = scene.cast
    for deed, said in ((Deed.SYNTHESISE, "nog niet"), (Deed.PUBLISH, "voorbij")):
        stand_at(cast, deed)
        with pytest.raises(NotNow, match=said):
            say(scene, anna_of(cast), "agree")
    stand_at(cast, Deed.SYNTHESISE)
    page = cast.client_of("anna").get(cast.path("nalezen")).content.decode()
    assert scene.message.text not in page
    assert "nog niets om na te lezen" in page


def test_the_outcome_stays_shut_until_the_end_also_for_the_organiser(scene: Scene) -> None:
    for who in people(scene.cast, 20)[:12]:
        say(scene, who, "agree", "Eindelijk.")
    for name in ("anna", "carla"):
        page = scene.cast.client_of(name).get(scene.cast.path("nalezen")).content.decode()
        assert "Eindelijk." not in page
        assert "eens: 12" not in page
    assert objections_of(scene.cast.gathering) == {}
    assert freeze_read_back(scene.cast.gathering) is None
    stand_at(scene.cast, Deed.PUBLISH)
    for name in ("anna", "carla"):
        page = scene.cast.client_of(name).get(scene.cast.path("nalezen")).content.decode()
        assert "Eindelijk." in page
        assert "eens: 12" in page


def test_the_counts_are_frozen_once(scene: Scene) -> None:
    crowd = people(scene.cast, 20)
    for who in crowd[:8]:
        say(scene, who, "agree")
    stand_at(scene.cast, Deed.PUBLISH)
    first = freeze_read_back(scene.cast.gathering)
    erase_stances(crowd[0], True)
    again = freeze_read_back(scene.cast.gathering)
    assert first == again
    assert PublishedTable.objects.filter(name="nalezen").count() == 1
    assert released_stances(scene.cast.gathering)[str(scene.message.id)]["agree"] == 8
    stand_at(scene.cast, Deed.REVIEW)
    with pytest.raises(NotNow, match="uitslag staat vast"):
        say(scene, crowd[9], "disagree")


def test_when_more_reacted_than_were_there_no_count_is_made_up(scene: Scene) -> None:
    crowd = people(scene.cast, 6)
    for who in crowd:
        say(scene, who, "agree", "Mijn woorden.")
    for who in crowd[:3]:  # erased afterwards, the words were left
        erase_own_data(who, withdraw=False)
    stand_at(scene.cast, Deed.PUBLISH)
    freeze_read_back(scene.cast.gathering)
    assert str(scene.message.id) not in released_stances(scene.cast.gathering)
    assert len(objections_of(scene.cast.gathering)[str(scene.message.id)]) == 6


def test_objections_travel_literally_without_names_and_in_no_order(scene: Scene) -> None:
    crowd = people(scene.cast, 6)
    words = [f"Bezwaar «{n}» & zo." for n in range(6)]
    for who, text in zip(crowd, words, strict=True):
        say(scene, who, "disagree", text)
    stand_at(scene.cast, Deed.PUBLISH)
    told = objections_of(scene.cast.gathering)[str(scene.message.id)]
    assert sorted(told) == sorted(words)
    assert not any(who.registration.name in text for who in crowd for text in told)
    assert list(Stance.objects.values_list("objection", flat=True)) == list(told), "by random id, not by time"
    line = JournalLine.objects.filter(verb="stance.given").first()
    assert line is not None
    assert (line.by, line.at.hour, line.at.minute) == ("", 0, 0)


def test_export_and_erasure_take_the_stances_along(scene: Scene) -> None:
    anna = anna_of(scene.cast)
    say(scene, anna, "disagree", "Niet zo.")
    told = export_own_data(anna)["reacties"]
    assert told == [{"over": scene.message.text, "reactie": "disagree", "bezwaar": "Niet zo."}]
    erase_stances(anna, False)
    left = Stance.objects.get()
    assert left.objection == "Niet zo."
    assert left.author_key != scene.cast.author_key, "nobody's link opens it any more"
    assert export_stances(anna) == []
    say(scene, anna, "agree")
    erase_stances(anna, True)
    assert Stance.objects.count() == 1


def test_without_javascript_a_reaction_is_a_form_and_a_mistake_keeps_the_words(scene: Scene) -> None:
    anna, cast = scene.cast.client_of("anna"), scene.cast
    address = cast.path("nalezen", "boodschap", scene.message.id)
    prefix = f"r-{scene.message.id.hex}"
    wrong = anna.post(address, {f"{prefix}-version": "1", f"{prefix}-objection": "Mijn zorg."})
    assert wrong.status_code == 422
    assert "Mijn zorg." in wrong.content.decode()
    right = anna.post(
        address,
        {f"{prefix}-version": "1", f"{prefix}-kind": "disagree", f"{prefix}-objection": "Mijn zorg."},
        follow=True,
    )
    assert "jij zei: oneens" in right.content.decode()


def test_who_may_read_back(scene: Scene) -> None:
    cast = scene.cast
    waiting, secret = new_registration(cast.gathering, "Wachtend", state=RegistrationState.WAITING)
    assert client_with(cast, secret).get(cast.path("nalezen")).status_code == 403, waiting
    for name in NAMES:
        client = cast.client_of(name)
        answer = client.get(cast.path("nalezen"))
        inside = name in ("anna", "bram", "carla")
        assert (answer.status_code == 200) == inside, (name, answer.status_code)
        assert (scene.message.text in answer.content.decode()) == inside, name
        given = client.post(
            cast.path("nalezen", "boodschap", scene.message.id), {f"r-{scene.message.id.hex}-kind": "agree"}
        )
        assert (given.status_code in (303, 422)) == (name == "anna"), (name, given.status_code)


def test_nothing_that_is_not_ready_can_be_read_back(scene: Scene) -> None:
    stand_at(scene.cast, Deed.SYNTHESISE)
    scene.message.gathering = scene.cast.gathering
    bench.take_back(scene.message, by=CARLA)
    stand_at(scene.cast, Deed.REVIEW)
    anna = scene.cast.client_of("anna")
    assert scene.message.text not in anna.get(scene.cast.path("nalezen")).content.decode()
    assert anna.post(scene.cast.path("nalezen", "boodschap", scene.message.id), {}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_reading_back_asks_as_much_of_the_database_however_much_there_is(
    scene: Scene, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    stand_at(scene.cast, Deed.SYNTHESISE)
    for number in range(count - 1):
        more = bench.make_message(
            scene.cast.gathering, [scene.hers.id], by=CARLA, text=f"Een budget, deel {'x' * number}."
        )
        bench.set_ready(more, by=CARLA)
    stand_at(scene.cast, Deed.REVIEW)
    anna = scene.cast.client_of("anna")
    with django_assert_max_num_queries(26):
        anna.get(scene.cast.path("nalezen"))


@given(
    counts=st.lists(
        st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=6
    ),
    silent=st.integers(0, 12),
    k=st.sampled_from([3, 5, 8]),
)
@settings(deadline=None, max_examples=150)
def test_no_table_that_is_released_tells_of_fewer_people_than_k(
    counts: list[tuple[int, int, int]], silent: int, k: int
) -> None:
    """The attacker of the library, on what this app stores."""
    people_there = max(sum(row) for row in counts) + silent
    tables = {
        f"boodschap {place}": dict(zip(("agree", "disagree", "pass"), row, strict=True))
        for place, row in enumerate(counts)
    }
    kept = release_stances(tables, people=people_there, k=k)
    assert reveals([Release.from_dict(kept)], k=k) == ()
    for tally in tallies_in(kept).values():
        shown = [count for count in tally.rows.values() if count is not None]
        assert all(count >= k for count in (*shown, *(count for _rows, count in tally.together)))


@pytest.mark.slow
@settings(deadline=None, max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_no_sequence_of_pages_shows_a_count_of_people_under_k(cast: Cast, seed: int) -> None:
    """Every page of this app, for everybody, before and after each step and after people left."""
    Stance.objects.all().delete()
    PublishedTable.objects.all().delete()
    Registration.objects.exclude(pk=cast.anna.pk).delete()
    draw = Random(seed)
    scene = worded(cast)
    stand_at(cast, Deed.REVIEW)
    scene.message.gathering = cast.gathering
    crowd = people(cast, draw.randint(1, 16))
    for who in crowd:
        if draw.random() < 0.7:
            say(scene, who, draw.choice(StanceKind.values))
    pages = [cast.path(*parts) for parts in (("nalezen",), ("antwoorden",), ("bureau",), ("ik", "terug"))]
    releases: list[Release] = []
    for deed in (Deed.REVIEW, Deed.PUBLISH, Deed.ANSWER, Deed.RETURN):
        stand_at(cast, deed)
        for page in pages:
            for name in NAMES:
                text = cast.client_of(name).get(page).content.decode()
                for number in re.findall(
                    r"(?:eens|oneens|weet niet|gereageerd|samen|aanwezig|Ingeschreven): ?(\d+)", text
                ):
                    assert int(number) >= 5, (deed, page, name, number)
        releases = [
            Release.from_dict(kept) for kept in PublishedTable.objects.values_list("release", flat=True)
        ]
        if crowd:
            erase_own_data(crowd.pop(), withdraw=True)
    assert reveals(releases) == ()
    assert len(releases) == 1
