"""Voting: agree, disagree, pass; once per link and thing, changeable while the step is open, and nobody's afterwards (W8)."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from web.cast import Cast, new_registration
from web.vote_scene import ballot, round_of, stand_at
from weerklank_web.dialogue.actions.proposition import add_propositions, take_out, word_proposition
from weerklank_web.dialogue.actions.vote import cast_votes, erase_votes, take_back_votes
from weerklank_web.dialogue.models import Contribution, Vote
from weerklank_web.dialogue.queries.poll import items_of, poll_of
from weerklank_web.dialogue.rules import doubts_about
from weerklank_web.gatherings.gates import Participant
from weerklank_web.gatherings.models import EarlierLink, Gathering, RegistrationState
from weerklank_web.groundwork import clock, links
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.groundwork.models import JournalLine

pytestmark = pytest.mark.django_db


@pytest.fixture
def voting(cast: Cast) -> Cast:
    return round_of(cast)


def things(voting: Cast) -> list:
    return list(items_of(voting.gathering, "before"))


def codes(refusals: list) -> list[str]:
    return [refusal.code if refusal else "" for refusal in refusals]


def test_the_same_vote_twice_is_one_row_and_the_last_one_counts(voting: Cast) -> None:
    item = things(voting)[0]
    for value in (1, 1, -1):
        assert cast_votes([ballot(voting, voting.secret, (item, value))]) == [None]
    assert list(Vote.objects.values_list("item", "value")) == [(item, -1)]
    both = [ballot(voting, voting.secret, (item, 0)), ballot(voting, voting.secret, (item, 1))]
    assert cast_votes(both) == [None, None]
    assert Vote.objects.get().value == 1


def test_a_batch_keeps_the_good_and_says_of_each_bad_one_why(voting: Cast) -> None:
    item = things(voting)[0]
    _new, unconfirmed = new_registration(voting.gathering, "Uma", state=RegistrationState.UNCONFIRMED)
    EarlierLink.objects.create(
        registration=voting.anna, fingerprint=links.fingerprint("old"), replaced_on=clock.today()
    )
    told = cast_votes(
        [
            ballot(voting, voting.secret, (item, 1)),
            ballot(voting, "made-up", (item, 1)),
            ballot(voting, "old", (item, 1)),
            ballot(voting, unconfirmed, (item, 1)),
            ballot(voting, voting.secret, (uuid4(), 1)),
            ballot(voting, voting.secret, (item, 2)),
            ballot(voting, voting.secret, (item, 1), step="after"),
            ballot(voting, voting.secret, (item, 1), step="talk"),
        ]
    )
    assert codes(told) == [
        *("", "link-needed", "earlier-link", "not-confirmed"),
        *("unknown-item", "unknown-item", "not-open-yet", "not-found"),
    ]
    assert Vote.objects.count() == 1


def test_a_link_of_another_gathering_opens_nothing_here(voting: Cast) -> None:
    elsewhere = Gathering.objects.get(pk=voting.gathering.pk)
    elsewhere.pk, elsewhere.slug = uuid4(), "elders"
    elsewhere.save(force_insert=True)
    _zeger, secret = new_registration(elsewhere, "Zeger")
    told = cast_votes([ballot(voting, secret, (things(voting)[0], 1))])
    assert codes(told) == ["link-needed"]


def test_after_the_step_nothing_changes_any_more(voting: Cast) -> None:
    item = things(voting)[0]
    cast_votes([ballot(voting, voting.secret, (item, 1))])
    stand_at(voting, "talk")
    assert codes(cast_votes([ballot(voting, voting.secret, (item, -1))])) == ["closed"]
    assert Vote.objects.get().value == 1


def test_many_ballots_cost_a_handful_of_queries(voting: Cast) -> None:
    items = things(voting)
    voters = [new_registration(voting.gathering, f"Mens{n}")[1] for n in range(40)]
    ballots = [ballot(voting, secret, *((item, 1) for item in items)) for secret in voters]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert cast_votes(ballots) == [None] * 40
    assert len(asked) <= 10, [each["sql"][:80] for each in asked]
    assert Vote.objects.count() == 240


def test_nothing_beside_a_vote_leads_to_a_person(voting: Cast, caplog: pytest.LogCaptureFixture) -> None:
    """No column with a person, a registration, a moment or the link; no line in the journal about it, none in a log."""
    cast_votes([ballot(voting, voting.secret, (things(voting)[0], 1))])
    columns = {field.name: field for field in Vote._meta.get_fields()}
    assert set(columns) == {"id", "gathering", "step", "author_key", "item", "value", "on"}
    assert [field.get_internal_type() for field in columns.values()].count("DateTimeField") == 0
    kept = Vote.objects.get()
    assert voting.anna.link_fingerprint != kept.author_key
    assert voting.secret not in str(vars(kept))
    lines = JournalLine.objects.filter(gathering=voting.gathering.id)
    assert {(line.verb, line.by) for line in lines} == {("mandate.frozen", "")}
    assert caplog.text == ""


def test_each_voter_has_an_order_that_stays(voting: Cast) -> None:
    one = [card.id for card in poll_of(voting.gathering, "before", author_key="a" * 64).cards]
    again = [card.id for card in poll_of(voting.gathering, "before", author_key="a" * 64).cards]
    others = {
        tuple(card.id for card in poll_of(voting.gathering, "before", author_key=f"{n:064}").cards)
        for n in range(30)
    }
    assert one == again
    assert set(one) == set(things(voting))
    assert len(others) > 20


def test_taking_back_and_erasing(voting: Cast) -> None:
    items = things(voting)
    _zeger, other = new_registration(voting.gathering, "Zeger")
    cast_votes([ballot(voting, secret, *((item, 1) for item in items)) for secret in (voting.secret, other)])
    anna = Participant(registration=voting.anna, secret=voting.secret)
    assert take_back_votes(anna, step="before") == len(items)
    assert set(Vote.objects.values_list("author_key", flat=True)) == {
        links.author_key(other, voting.gathering.id)
    }
    cast_votes([ballot(voting, voting.secret, *((item, -1) for item in items))])
    erase_votes(anna, False)
    assert not Vote.objects.filter(author_key=voting.author_key).exists()
    assert Vote.objects.count() == 2 * len(items)
    assert Vote.objects.values("author_key").distinct().count() == 2


def test_the_export_of_a_participant_holds_their_own_votes(voting: Cast) -> None:
    item = things(voting)[0]
    _zeger, other = new_registration(voting.gathering, "Zeger")
    cast_votes([ballot(voting, voting.secret, (item, -1)), ballot(voting, other, (item, 1))])
    answer = voting.client_of("anna").get(f"/b/{voting.gathering.slug}/ik/gegevens.json")
    mine = json.loads(answer.content)["stemmen"]
    assert [(each["stap"], each["stem"]) for each in mine] == [("before", "disagree")]


def test_words_stay_once_somebody_voted_and_what_is_taken_out_is_not_voted_on(voting: Cast) -> None:
    first, second = voting.gathering.propositions.all()[:2]
    cast_votes([ballot(voting, voting.secret, (first.id, 1))])
    with pytest.raises(NotNow, match="al gestemd"):
        word_proposition(first, text="Iets heel anders.", by=voting.carla)
    assert word_proposition(second, text="Netter gezegd.", by=voting.bram).text == "Netter gezegd."
    take_out(first, by=voting.carla)
    assert codes(cast_votes([ballot(voting, voting.secret, (first.id, 1))])) == ["unknown-item"]
    assert len(things(voting)) == 5
    made = add_propositions(voting.gathering, ["Netter gezegd.", " Nog een. ", "Nog een."], by=voting.carla)
    assert [each.text for each in made] == ["Nog een."]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Teams maken zelf hun rooster.", 0),
        ("Teams maken zelf hun rooster en kiezen hun leiding.", 1),
        ("We vergaderen niet meer op vrijdag.", 1),
        ("Moet er minder vergaderd worden?", 1),
        ("De ambtenaar en de burger zijn nooit gelijk, of toch?", 3),
    ],
)
def test_hard_propositions_get_a_friendly_question(text: str, count: int) -> None:
    assert len(doubts_about(text)) == count


def test_only_words_that_everybody_may_read_are_put_to_a_vote(voting: Cast) -> None:
    """In this format what is said stays in its room: it is never an item, whatever somebody sends."""
    stand_at(voting, "talk")
    said = Contribution.objects.create(
        gathering=voting.gathering,
        room=voting.rooms[0],
        step="talk",
        text="In de kamer gezegd.",
        source="participant",
        position=1,
        on=clock.today(),
        author_key="b" * 64,
    )
    stand_at(voting, "after")
    assert said.id not in items_of(voting.gathering, "after")
    assert codes(cast_votes([ballot(voting, voting.secret, (said.id, 1), step="after")])) == ["unknown-item"]
