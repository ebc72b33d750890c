"""What votes say, and to whom, and from when: nothing before its time, nothing about fewer than k, never a point per person."""

from __future__ import annotations

import io
import random
import re
import zipfile
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils.html import escape

from web.cast import Cast
from web.vote_scene import TEXTS, ballot, crowd_votes, other_format, round_of, stand_at
from weerklank_web.dialogue.actions.contribution import Words, add_contribution
from weerklank_web.dialogue.actions.proposition import take_out
from weerklank_web.dialogue.actions.snapshot import ask_for_snapshot, ask_when_due, make_snapshot
from weerklank_web.dialogue.actions.vote import cast_votes
from weerklank_web.dialogue.bridge.opinion import Cast as Cast_
from weerklank_web.dialogue.bridge.opinion import picture_of
from weerklank_web.dialogue.models import Contribution, Snapshot, SnapshotState, Vote
from weerklank_web.dialogue.queries.poll import items_of
from weerklank_web.gatherings.actions.gathering import move_to_step
from weerklank_web.gatherings.models import Room
from weerklank_web.groundwork import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def voting(cast: Cast) -> Cast:
    return round_of(cast)


def picture(voting: Cast, step: str = "before") -> Snapshot:
    return make_snapshot(ask_for_snapshot(voting.gathering, step=step).id, full=False)


def page(voting: Cast, who: str, step: str = "before", query: str = "") -> tuple[int, str]:
    answer = voting.client_of(who).get(voting.path("kijk", step) + query)
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("where", ["before", "talk", "after"])
def test_nobody_sees_a_result_before_the_format_shows_it(voting: Cast, where: str) -> None:
    """Not the organiser, not the facilitator, not on one's own screen: no figure on any page, and none in the store."""
    crowd_votes(voting, 20)
    stand_at(voting, where)
    for who in ("anna", "bram", "carla"):
        status, text = page(voting, who)
        assert status == 409
        assert "Nog even geduld" in text
        assert not re.search(r"\d+%", text)
    for address in (voting.path("beheer", "stellingen"), voting.path("beheer")):
        text = voting.client_of("carla").get(address).content.decode()
        assert "20" not in re.sub(r"20[0-9]{2}|<[^>]+>", "", text)
    assert not re.search(
        r"\d+%", voting.client_of("anna").get(voting.path("stemmen", "before")).content.decode()
    )
    if where == "before":
        assert not Snapshot.objects.exists()


def test_moving_on_asks_for_the_picture_and_going_back_hides_it_again(voting: Cast) -> None:
    crowd_votes(voting, 12)
    gathering = move_to_step(voting.gathering, "talk", by=voting.carla)
    assert [(each.step, each.state) for each in Snapshot.objects.all()] == [("before", SnapshotState.WAITING)]
    make_snapshot(Snapshot.objects.get().id, full=False)
    move_to_step(gathering, "look", by=voting.carla)
    assert set(Snapshot.objects.values_list("step", flat=True)) == {"before", "after"}
    assert page(voting, "anna")[0] == 200
    move_to_step(gathering, "before", by=voting.carla, reason="Nog één stem.")
    assert page(voting, "carla")[0] == 409


@pytest.mark.parametrize(("people", "told"), [(4, "minder dan 5"), (12, "minder dan 50")])
def test_under_k_nothing_and_under_fifty_no_map_and_no_groups(voting: Cast, people: int, told: str) -> None:
    crowd_votes(voting, people)
    kept = picture(voting).content
    stand_at(voting, "look")
    status, text = page(voting, "carla")
    assert status == 200
    assert told in text
    assert kept["density"] is None
    assert kept["groups"] == []
    assert kept["cuts"] == {}
    assert "wk-map" not in text
    assert bool(re.search(r"\d+%", text)) == (people >= 10)
    assert ("stemmen.zip" in text) is False
    assert voting.client_of("carla").get(voting.path("kijk", "before") + "stemmen.zip").status_code == 409


def test_a_full_picture_in_words_with_the_map_as_fields_and_the_own_place_for_its_owner(voting: Cast) -> None:
    crowd_votes(voting, 90)
    items = list(voting.gathering.propositions.values_list("id", flat=True))
    cast_votes([ballot(voting, voting.secret, *((item, 1 if n % 2 else -1) for n, item in enumerate(items)))])
    kept = picture(voting).content
    stand_at(voting, "look")
    assert kept["kind"] == "spectrum"
    cells = [cell for row in kept["density"]["rows"] for cell in row if cell is not None]
    assert cells
    assert all(cell >= 5 and cell % 5 == 0 for cell in cells)
    assert kept["people"] == 90  # 91 voted
    _status, mine = page(voting, "anna")
    _status, hers = page(voting, "carla")
    assert "ongeveer jouw plek" in mine
    assert "ongeveer jouw plek" not in hers
    assert "zonder kampen" in mine
    assert "Wat verbindt" in mine
    assert "Knip in" not in mine
    assert "Stuk A" not in page(voting, "anna", query="?knip=2")[1]
    cut = page(voting, "carla", query="?knip=2")[1]
    assert "Stuk A" in cut
    assert "geen groepen" in cut
    assert all(str(key) not in mine for key in Vote.objects.values_list("author_key", flat=True)[:50])


def test_the_picture_is_the_same_from_the_same_votes_and_stays_when_votes_go(voting: Cast) -> None:
    crowd_votes(voting, 60)
    first = picture(voting)
    content, mark = first.content, first.fingerprint
    again = picture(voting)
    assert (again.content, again.fingerprint) == (content, mark)
    stand_at(voting, "look")
    Vote.objects.all().delete()
    assert "zonder kampen" in page(voting, "anna")[1] or content["kind"] != "spectrum"
    assert ask_when_due(voting.gathering, step="before") is None


def test_who_may_look_is_what_the_format_says(voting: Cast) -> None:
    """Everybody who takes part, the crew, and who decides; not a stranger."""
    crowd_votes(voting, 12)
    picture(voting)
    stand_at(voting, "look")
    assert {who: page(voting, who)[0] for who in ("anna", "bram", "carla", "dirk", "esra")} == {
        **dict.fromkeys(("anna", "bram", "carla", "dirk"), 200),
        "esra": 403,
    }


def test_somebody_elses_link_neither_shows_nor_changes_my_votes(voting: Cast) -> None:
    from web.cast import cookie_name, new_registration

    item = voting.gathering.propositions.first().id
    cast_votes([ballot(voting, voting.secret, (item, -1))])
    _zeger, secret = new_registration(voting.gathering, "Zeger")
    browser = voting.client_of("esra")
    browser.cookies[cookie_name("participant", voting.gathering.id)] = secret
    shown = browser.get(voting.path("stemmen", "before")).context["poll"]
    assert [card.value for card in shown.cards] == [None] * len(TEXTS)
    browser.post(voting.path("stemmen", "before"), {"item": str(item), "value": "1", "nr": "1"})
    browser.post(voting.path("stemmen", "before", "intrekken"))
    assert Vote.objects.get().author_key == voting.author_key
    assert Vote.objects.get().value == -1


def test_voting_without_javascript_goes_from_card_to_card_and_says_thanks(voting: Cast) -> None:
    browser = voting.client_of("anna")
    address = voting.path("stemmen", "before")
    for number in range(1, len(TEXTS) + 1):
        card = browser.get(address).context["card"]
        assert card.number == number
        answer = browser.post(address, {"item": str(card.id), "value": "1", "nr": str(number)})
        assert answer.status_code == 303
    assert answer.headers["Location"].endswith("?nr=klaar")
    assert "Dank je wel" in browser.get(answer.headers["Location"]).content.decode()
    changed = browser.get(address + "?nr=2").context["card"]
    browser.post(address, {"item": str(changed.id), "value": "-1", "nr": "2"})
    assert Vote.objects.get(item=changed.id).value == -1
    assert browser.post(address, {"item": "x", "value": "1", "nr": "2"}).status_code == 303
    stand_at(voting, "talk")
    assert browser.post(address, {"item": str(changed.id), "value": "1", "nr": "2"}).status_code == 409


def test_the_shift_is_told_of_many_together(voting: Cast) -> None:
    """Sixty vote twice; thirty of them move on the first proposition (W8)."""
    secrets = crowd_votes(voting, 60)
    first = voting.gathering.propositions.first()
    cast_votes([ballot(voting, secret, (first.id, -1)) for secret in secrets])
    picture(voting)
    stand_at(voting, "after")
    votes = [
        ballot(voting, secret, (first.id, 1 if n < 30 else -1), step="after")
        for n, secret in enumerate(secrets)
    ]
    assert cast_votes(votes) == [None] * 60
    kept = picture(voting, "after").content
    assert kept["shift"]["before"] == "before"
    moved = kept["shift"]["items"][str(first.id)]
    assert (moved["people"], moved["agree"]["percent"], moved["passed"]["percent"]) == (60, 50, 50)
    stand_at(voting, "look")
    text = page(voting, "anna", "after")[1]
    assert "Voor en na het gesprek" in text
    assert "50% schoof op naar eens" in text


def test_words_that_are_taken_out_are_on_no_page_any_more(voting: Cast) -> None:
    crowd_votes(voting, 12)
    picture(voting)
    stand_at(voting, "look")
    gone = voting.gathering.propositions.first()
    assert escape(gone.text) in page(voting, "anna")[1]
    take_out(gone, by=voting.carla)
    assert escape(gone.text) not in page(voting, "anna")[1]


def test_the_files_hold_numbers_and_no_keys_and_other_numbers_for_each_step(voting: Cast) -> None:
    secrets = crowd_votes(voting, 55)
    stand_at(voting, "after")
    items = list(voting.gathering.propositions.values_list("id", flat=True))
    given = {
        (row[0], row[1]): row[2]
        for row in Vote.objects.filter(step="before").values_list("author_key", "item", "value")
    }
    from weerklank_web.groundwork import links

    again = [
        ballot(
            voting,
            secret,
            *((item, given[links.author_key(secret, voting.gathering.id), item]) for item in items),
            step="after",
        )
        for secret in secrets
    ]
    assert cast_votes(again) == [None] * len(again)
    stand_at(voting, "look")
    folders = {}
    for step in ("before", "after"):
        answer = voting.client_of("carla").get(voting.path("kijk", step) + "stemmen.zip")
        folders[step] = zipfile.ZipFile(io.BytesIO(answer.content))
    rows = {step: folder.read("participants-votes.csv").decode() for step, folder in folders.items()}
    assert len(rows["before"].splitlines()) == 56
    assert sorted(rows["before"].splitlines()) != sorted(rows["after"].splitlines())
    everything = "".join(
        folder.read(name).decode() for folder in folders.values() for name in folder.namelist()
    )
    assert not any(key in everything for key in Vote.objects.values_list("author_key", flat=True))
    assert TEXTS[0] in everything
    parquet = voting.client_of("carla").get(voting.path("kijk", "before") + "stemmen.parquet")
    assert parquet.content[:4] == b"PAR1"
    for who in ("anna", "bram", "dirk", "esra"):
        for name in ("stemmen.zip", "stemmen.parquet"):
            assert voting.client_of(who).get(voting.path("kijk", "before") + name).status_code in (302, 403)


def two_camps(people: int, statements: int) -> Cast_:
    """Two thirds and one third, who answer most statements the other way round."""
    chance = random.Random(7)
    items = [uuid4() for _ in range(statements)]
    rows = [
        (
            f"{person:064}",
            item,
            1 if chance.random() < (0.92 if (person % 3 == 0) == (place % 2 == 0) else 0.08) else -1,
        )
        for person in range(people)
        for place, item in enumerate(items)
    ]
    return Cast_(*([row[column] for row in rows] for column in range(3)))


def test_groups_are_shown_only_when_they_are_real_and_then_of_many_together(voting: Cast) -> None:
    """The one picture with groups: sizes in steps of k, shares on a grid, what is typical as (item, answer, inside, outside)."""
    picture_, model = picture_of(two_camps(180, 24), k=5, seed=1, full=False)
    assert picture_.kind == "groups"
    assert sorted(part.people for part in picture_.groups) == [60, 120]
    assert all(part.typical for part in picture_.groups)
    assert all(
        one.inside % 5 == 0 and one.outside % 5 == 0 for part in picture_.groups for one in part.typical
    )
    assert picture_.divides
    assert model
    crowd_votes(voting, 12)
    kept = picture(voting)
    kept.content = {
        **picture_.as_dict(),
        "items": kept.content["items"],
        "groups": [
            {**part, "typical": [{**part["typical"][0], "item": next(iter(kept.content["items"]))}]}
            for part in picture_.as_dict()["groups"]
        ],
        "unites": [],
        "divides": [],
        "shift": {},
    }
    kept.save()
    stand_at(voting, "look")
    text = page(voting, "anna")[1]
    assert "Groepen die anders kijken" in text
    assert "Niemand «is» een groep" in text
    assert "Groep B" in text


AFTER_RELEASE = 'visibility = {who = "plenary", when = "after_release", name = "never"}'


def test_where_the_format_shows_votes_at_once_the_picture_is_made_anew_only_now_and_then(
    voting: Cast,
) -> None:
    """Not at every vote, and never for fewer than k new people: nobody can watch one vote arrive."""
    other_format(voting, (AFTER_RELEASE, AFTER_RELEASE.replace("after_release", "direct")))
    crowd_votes(voting, 12)
    assert page(voting, "anna")[0] == 200
    first = Snapshot.objects.get()
    made = make_snapshot(first.id, full=False).content
    assert made["people"] == 10
    crowd_votes(voting, 2, seed=2)
    assert ask_when_due(voting.gathering, step="before") is None
    with clock.as_if(clock.now() + timedelta(minutes=11)):
        assert ask_when_due(voting.gathering, step="before") is not None
        assert make_snapshot(first.id, full=False).content == made
    crowd_votes(voting, 1, seed=3)
    with clock.as_if(clock.now() + timedelta(minutes=22)):
        assert ask_when_due(voting.gathering, step="before") is not None
        assert make_snapshot(first.id, full=False).content["people"] == 15
    assert "tussenstand" in page(voting, "anna")[1]


def test_the_recipient_sees_it_only_where_the_format_says_so(voting: Cast) -> None:
    crowd_votes(voting, 12)
    picture(voting)
    stand_at(voting, "look")
    assert "ongeveer jouw plek" not in page(voting, "dirk")[1]
    assert "Knip in" not in page(voting, "dirk")[1]
    release = 'release = {objects = ["vote"], to = "recipient"'
    other_format(voting, (release, release.replace("recipient", "plenary")))
    assert {who: page(voting, who)[0] for who in ("anna", "dirk")} == {"anna": 200, "dirk": 403}


def test_what_was_said_can_be_voted_on_once_everybody_may_read_it(voting: Cast) -> None:
    """Hidden and withdrawn words, and what stayed with its author, are not put to a vote."""
    other_format(
        voting,
        (
            'reads = ["proposition"]\nwrites = ["contribution"]\nvisibility = {who = "group"',
            'writes = ["contribution"]\nvisibility = {who = "plenary"',
        ),
        (
            'writes = ["vote"]\nvisibility = {who = "plenary", when = "after_step"',
            'writes = ["vote"]\nvisibility = {who = "plenary", when = "after_step"',
        ),
        (
            'fr = "Êtes-vous d’accord maintenant\u00a0?"}]\nminutes = 10\nwho = ["participant"]\ngrouping = {shape = "alone"}\nreads = ["proposition"]',
            'fr = "Êtes-vous d’accord maintenant\u00a0?"}]\nminutes = 10\nwho = ["participant"]\ngrouping = {shape = "alone"}\nreads = ["contribution"]',
        ),
    )
    stand_at(voting, "talk")
    room = Room.objects.select_related("gathering__format_version", "theme").get(pk=voting.rooms[0].pk)
    said = [
        add_contribution(room, Words(text), author_key=voting.author_key)
        for text in ("Eén.", "Twee.", "Drie.")
    ]
    Contribution.objects.filter(pk=said[1].pk).update(state="hidden")
    Contribution.objects.filter(pk=said[2].pk).update(shared=False)
    stand_at(voting, "after")
    assert items_of(voting.gathering, "after") == {said[0].id: "Eén."}
    assert cast_votes([ballot(voting, voting.secret, (said[0].id, 1), step="after")]) == [None]
