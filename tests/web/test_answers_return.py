"""Back to whoever said it (W16–W19, T16): public answers, days late, the receipt, one quiet letter per milestone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from web.answers_scene import (
    CARLA,
    answered,
    client_with,
    newer_link,
    people,
    stand_at,
    worded,
)
from web.cast import NAMES, Cast
from weerklank_web.answers.actions import milestone
from weerklank_web.answers.actions.desk import release_answers, report_commitment, save_draft
from weerklank_web.answers.actions.statement import object_with
from weerklank_web.answers.models import CommitmentState, MilestoneLetter
from weerklank_web.answers.queries.answer import counts_of, threads_of
from weerklank_web.answers.queries.receipt import receipt_of
from weerklank_web.answers.rules import Drafted, days_late
from weerklank_web.dialogue.actions.contribution import hide_contribution, withdraw_contribution
from weerklank_web.dialogue.models import Harvest
from weerklank_web.gatherings.gates import Participant
from weerklank_web.gatherings.models import Promise, Registration, RegistrationState
from weerklank_web.gatherings.stage import Deed
from weerklank_web.groundwork import clock
from weerklank_web.notifications.models import Letter, Urgency

pytestmark = pytest.mark.django_db


def page_for(cast: Cast, name: str, *parts: str) -> str:
    return str(cast.client_of(name).get(cast.path(*parts)).content.decode())


def promise(cast: Cast, *, days_ago: int) -> None:
    cast.gathering.promised_on = clock.today(cast.gathering.zone) - timedelta(days=days_ago)
    cast.gathering.save(update_fields=["promised_on"])


# --- in public ---------------------------------------------------------------------------------------


def test_the_public_sees_how_far_it_is_and_who_took_part_sees_everything(cast: Cast) -> None:
    scene, _answer = answered(cast)
    for name in NAMES:
        page = page_for(cast, name, "antwoorden")
        inside = name != "esra"
        assert "1 van 1 beantwoord" in page, name
        assert (scene.message.text in page) == inside, name
        assert ("Jullie hebben gelijk." in page) == inside, name
        assert (scene.hers.text in page) == inside, name


def test_silence_is_shown_after_the_promised_day_and_not_before(cast: Cast) -> None:
    worded(cast)
    stand_at(cast, Deed.ANSWER)
    promise(cast, days_ago=0)
    assert "Antwoord beloofd uiterlijk op" in page_for(cast, "esra", "antwoorden")
    promise(cast, days_ago=1)
    assert "Nog niet beantwoord, 1 dag<" in page_for(cast, "esra", "antwoorden")
    promise(cast, days_ago=12)
    assert "Nog niet beantwoord, 12 dagen" in page_for(cast, "esra", "antwoorden")
    assert "nog niet beantwoord, 12 dagen" in page_for(cast, "anna", "antwoorden")
    assert "De beloofde dag is 12 dagen voorbij" in page_for(cast, "dirk", "bureau")
    assert (counts_of(cast.gathering).open, counts_of(cast.gathering).late) == (1, 12)


def test_an_answer_ends_the_counting(cast: Cast) -> None:
    answered(cast)
    promise(cast, days_ago=30)
    (thread,) = threads_of(cast.gathering, language="nl")
    assert thread.late == 0
    assert "Alle boodschappen zijn beantwoord" in page_for(cast, "esra", "antwoorden")
    assert "nog niet beantwoord" not in page_for(cast, "anna", "antwoorden")


def test_what_was_never_offered_is_not_the_recipients_silence_and_no_promise_is_said(cast: Cast) -> None:
    worded(cast)
    promise(cast, days_ago=5)
    stand_at(cast, Deed.REVIEW)
    page = page_for(cast, "esra", "antwoorden")
    assert "dat ligt bij de organisatie" in page, "the recipient is not blamed for what never arrived"
    assert "Nog niet beantwoord" not in page
    stand_at(cast, Deed.ANSWER)
    cast.gathering.promise = Promise.NONE
    cast.gathering.save(update_fields=["promise"])
    page = page_for(cast, "anna", "antwoorden")
    assert "Er is geen antwoord beloofd" in page
    assert "nog niet beantwoord" not in page.lower()


def test_days_are_counted_on_the_clock_of_the_gathering(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half past eleven in the evening in Brussels is already tomorrow in UTC+2, and not yet on Bonaire."""
    worded(cast)
    stand_at(cast, Deed.ANSWER)
    cast.gathering.promised_on = datetime(2027, 6, 10, tzinfo=UTC).date()
    cast.gathering.save(update_fields=["promised_on"])
    just_after = datetime(2027, 6, 11, 0, 30, tzinfo=ZoneInfo("Europe/Brussels")).astimezone(UTC)
    monkeypatch.setattr(clock, "now", lambda: just_after)
    assert counts_of(cast.gathering).late == 1
    cast.gathering.zone = "America/Kralendijk"
    assert counts_of(cast.gathering).late == 0
    assert [
        days_late(None, today=just_after.date()),
        days_late(just_after.date(), today=just_after.date()),
    ] == [0, 0]


def test_a_film_comes_with_its_words(cast: Cast) -> None:
    worded(cast)
    stand_at(cast, Deed.ANSWER)
    film = Drafted(
        to_everybody=True,
        reason="Kijk even.",
        film_link="https://video.example/a",
        transcript="Dag allemaal.",
    )
    save_draft(cast.gathering, None, film, seen=0, by=cast.desk_link)
    release_answers(cast.gathering, by=cast.desk_link)
    page = page_for(cast, "anna", "antwoorden")
    assert "https://video.example/a" in page
    assert "Dag allemaal." in page
    assert "0 van 1 beantwoord" in page, "a word to everybody answers no message"


# --- the receipt -------------------------------------------------------------------------------------


def test_anna_sees_where_her_words_went(cast: Cast) -> None:
    scene, answer = answered(cast)
    Harvest.objects.create(room=cast.rooms[0], essence="Een budget dichtbij.", read_back=True)
    report_commitment(
        answer.commitments.get(), text="Gestart.", state=CommitmentState.DONE, by=cast.desk_link
    )
    page = page_for(cast, "anna", "ik", "terug")
    thread = [
        scene.hers.text,
        "Een budget dichtbij.",
        scene.insight.sentence,
        scene.message.text,
        "Jullie hebben gelijk.",
        "Drie teams krijgen een budget.",
        "gedaan",
    ]
    places = [page.find(each) for each in thread]
    assert -1 not in places, dict(zip(thread, places, strict=True))
    assert places == sorted(places), "from my words to what came of them, in that order"
    assert "Hier is geen inzicht of boodschap van gemaakt. Het staat wel in het verslag" in page
    assert scene.said[1].text not in page, "only my own words"
    assert cast.path("ik", "stappen") in page


def test_the_receipt_is_nobody_elses(cast: Cast) -> None:
    scene, _answer = answered(cast)
    for name in NAMES:
        answer = cast.client_of(name).get(cast.path("ik", "terug"))
        assert (answer.status_code == 200) == (name == "anna"), (name, answer.status_code)
        assert (scene.unused.text in answer.content.decode()) == (name == "anna")
    (other,) = people(cast, 1)
    page = client_with(cast, other.secret).get(cast.path("ik", "terug")).content.decode()
    assert scene.hers.text not in page
    assert "Onder deze link staat nog niets van jou" in page


def test_words_said_under_an_earlier_link_are_found_with_that_link(cast: Cast) -> None:
    scene, _answer = answered(cast)
    newest = newer_link(cast.anna)
    assert scene.hers.text in page_for(cast, "anna", "ik", "terug"), "the earlier link still opens its words"
    fresh = client_with(cast, newest).get(cast.path("ik", "terug")).content.decode()
    assert scene.hers.text not in fresh
    assert "Had je eerder een andere link?" in fresh


def test_what_was_hidden_or_withdrawn_is_said_with_the_reason(cast: Cast) -> None:
    scene = worded(cast)
    hide_contribution(scene.unused, reason="Dit gaat over één collega.", by="Bram")
    withdraw_contribution(scene.hers, by=None)
    page = page_for(cast, "anna", "ik", "terug")
    assert "Dit gaat over één collega." in page
    assert "Je trok dit in op" in page
    assert "Geef teams zelf een budget" not in page


def test_nothing_is_promised_too_early_in_the_receipt(cast: Cast) -> None:
    scene = worded(cast)
    page = page_for(cast, "anna", "ik", "terug")
    assert scene.insight.sentence not in page, "the bench is not open to participants"
    assert "Hier is nog niets mee gedaan" in page
    stand_at(cast, Deed.REVIEW)
    assert scene.insight.sentence in page_for(cast, "anna", "ik", "terug")


def test_a_dissenting_voice_finds_itself_back(cast: Cast) -> None:
    scene = worded(cast)
    object_with(scene.message, scene.unused.id, by=CARLA)
    stand_at(cast, Deed.REVIEW)
    receipt = receipt_of(Participant(registration=cast.anna, secret=cast.secret), language="nl")
    thread = next(each for each in receipt.threads if each.contribution.id == scene.unused.id)
    assert [each.view.id for each in thread.messages] == [scene.message.id]
    assert "Jij bent het andere geluid" in page_for(cast, "anna", "ik", "terug")


def test_withdrawing_from_the_receipt_shows_at_once_behind_the_insight(cast: Cast) -> None:
    scene, _answer = answered(cast)
    cast.client_of("anna").post(cast.path("ik", "inbreng", str(scene.hers.id), "intrekken"))
    page = page_for(cast, "anna", "antwoorden")
    assert scene.hers.text not in page
    assert "1 keer inbreng is later ingetrokken" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_receipt_asks_as_much_of_the_database_however_much_was_said(
    cast: Cast, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    scene, _answer = answered(cast)
    for row in scene.said[1 : count + 1]:
        row.author_key = cast.author_key
        row.save(update_fields=["author_key"])
    anna = cast.client_of("anna")
    anna.get(cast.path("ik", "terug"))
    with django_assert_max_num_queries(28):
        anna.get(cast.path("ik", "terug"))
    with django_assert_max_num_queries(30):
        anna.get(cast.path("antwoorden"))


# --- letters -----------------------------------------------------------------------------------------


def letters(kind: str) -> list[Letter]:
    return list(Letter.objects.filter(kind=f"milestone-{kind}").order_by("to"))


def test_each_milestone_is_told_once_to_everybody_who_wants_letters(cast: Cast) -> None:
    people(cast, 2)
    Registration.objects.filter(name="deelnemer0").update(letters_wanted=False)
    for state in (RegistrationState.WAITING, RegistrationState.CANCELLED):
        Registration.objects.create(
            gathering=cast.gathering,
            name=state,
            email=f"{state}@voorbeeld.example",
            state=state,
            link_fingerprint=state,
            registered_on=clock.today(),
        )
    worded(cast)
    stand_at(cast, Deed.REVIEW)
    for _again in range(2):
        milestone.settle_due()
        milestone.tell_reading_back_is_open(cast.gathering)
    told = [letter.to for letter in letters("read-back")]
    assert told == ["anna@voorbeeld.example", "deelnemer1@voorbeeld.example"]


def test_a_milestone_letter_is_quiet_threaded_and_without_a_secret(cast: Cast) -> None:
    cast.anna.thread_id = "<eerste@voorbeeld>"
    cast.anna.save(update_fields=["thread_id"])
    scene, answer = answered(cast)
    commitment = answer.commitments.get()
    for _again in range(2):
        report_commitment(commitment, text="Gestart.", state=CommitmentState.DONE, by=cast.desk_link)
        told = milestone.tell_report_is_offered(cast.gathering, edition=1)
    assert (told.participants, told.recipients) == (0, 0), "the second call hands in nothing"
    for kind in ("offered", "answered", "done"):
        (letter,) = [each for each in letters(kind) if each.to == cast.anna.email]
        assert letter.urgency == Urgency.QUIET
        assert letter.in_reply_to == "<eerste@voorbeeld>"
        assert (letter.zone, letter.country) == (cast.gathering.zone, cast.gathering.country)
        assert cast.path("ik") in letter.body
        assert "/l/" not in letter.body
        assert cast.secret not in letter.body
        assert scene.hers.text not in letter.body
    (desk,) = [each for each in letters("offered") if each.to == cast.desk_link.email]
    assert cast.path("bureau") in desk.body
    assert cast.desk_secret not in desk.body


def test_a_second_release_on_the_same_day_is_the_same_milestone_and_a_later_one_is_not(cast: Cast) -> None:
    scene, answer = answered(cast)
    again = Drafted(to_everybody=False, kind="no", reason="Toch niet.")
    save_draft(cast.gathering, scene.message, again, seen=0, by=cast.desk_link)
    release_answers(cast.gathering, by=cast.desk_link)
    assert len(letters("answered")) == 1
    answer.refresh_from_db()
    answer.released_on = clock.today() + timedelta(days=3)
    answer.save(update_fields=["released_on"])
    milestone.tell_answers_are_there(cast.gathering)
    assert len(letters("answered")) == 2


def test_a_letter_that_could_not_be_handed_in_leaves_no_claim(cast: Cast) -> None:
    answered(cast)

    @transaction.atomic
    def tell_and_fall_over() -> None:
        milestone.tell_report_is_offered(cast.gathering, edition=2)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        tell_and_fall_over()
    assert not MilestoneLetter.objects.filter(kind="offered").exists()
    assert milestone.tell_report_is_offered(cast.gathering, edition=2).participants == 1


def test_there_is_no_letter_about_nothing(cast: Cast) -> None:
    worded(cast, ready=False)
    stand_at(cast, Deed.REVIEW)
    milestone.settle_due()
    assert letters("read-back") == []


def test_the_round_counts_what_was_said_once_the_step_is_over(cast: Cast) -> None:
    worded(cast)
    stand_at(cast, Deed.PUBLISH)
    milestone.settle_due()
    assert cast.gathering.published_tables.filter(name="nalezen").count() == 1
