"""Rooms (W8–W12, issue §2.5): contributing, keeping one's own words, and the room's harvest."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import models

from web.cast import Cast, cookie_name, new_registration
from weerklank_web.dialogue.actions import contribution as deeds
from weerklank_web.dialogue.actions import harvest as harvests
from weerklank_web.dialogue.actions.contribution import Words, add_contribution
from weerklank_web.dialogue.actions.retention import forget_contributions_due
from weerklank_web.dialogue.models import Contribution, ContributionSource, ContributionState, HarvestChange
from weerklank_web.gatherings.models import Mandate, Registration
from weerklank_web.gatherings.stage import Deed, stage_of
from weerklank_web.groundwork import links
from weerklank_web.groundwork.errors import Denied, NotNow
from weerklank_web.groundwork.models import JournalLine

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_conversation(cast: Cast) -> Cast:
    """The cast, with the rooms in conversation: what is said is for the whole room."""
    cast.gathering.step = "room"
    cast.gathering.save(update_fields=["step"])
    for room in cast.rooms:
        room.gathering.refresh_from_db()
    return cast


def say(cast: Cast, text: str = "Geef teams één budget.", **more: str) -> Contribution:
    room = cast.rooms[0]
    room.gathering.refresh_from_db()
    return add_contribution(room, Words(text, **more), author_key=cast.author_key)


def test_the_same_words_sent_twice_are_stored_once(in_conversation: Cast) -> None:
    room, key, id_ = in_conversation.rooms[0], in_conversation.author_key, uuid4()
    first = add_contribution(room, Words("Eén keer."), id=id_, author_key=key)
    second = add_contribution(room, Words("Eén keer."), id=id_, author_key=key)
    assert first.id == second.id
    assert Contribution.objects.count() == 1


def test_an_id_that_belongs_to_somebody_else_opens_nothing(in_conversation: Cast) -> None:
    mine = say(in_conversation)
    with pytest.raises(Denied):
        add_contribution(in_conversation.rooms[0], Words("Van mij!"), id=mine.id, author_key="f" * 64)
    mine.refresh_from_db()
    assert mine.text == "Geef teams één budget."


def test_with_the_whole_database_nobody_can_tell_who_wrote_what(in_conversation: Cast) -> None:
    """No column of any table holds both a registration's marks and a contribution's; the link opens both."""
    words = say(in_conversation)
    anna = in_conversation.anna
    assert words.author_key == links.author_key(in_conversation.secret, in_conversation.gathering.id)
    traces = {str(anna.id), anna.id.hex, anna.name, anna.email, anna.link_fingerprint, in_conversation.secret}
    for row in [words, *JournalLine.objects.filter(verb__startswith="contribution.")]:
        values = {str(value) for value in model_values(row).values()}
        assert not values & traces
    for model in apps.get_models():
        if model._meta.app_label in {"sessions", "contenttypes", "auth"}:
            continue
        for row in model._default_manager.all():
            values = [str(value) for value in model_values(row).values()]
            holds_author = any(words.author_key in value for value in values)
            holds_person = any(trace in value for value in values for trace in traces)
            assert not (holds_author and holds_person), model
            assert not any(in_conversation.secret in value for value in values), (
                f"{model} keeps a private link"
            )


def test_no_moment_finer_than_a_day_stands_with_what_participants_do(in_conversation: Cast) -> None:
    say(in_conversation)
    for model in (Contribution, Registration):
        fields = [field for field in model._meta.get_fields() if isinstance(field, models.DateTimeField)]
        assert fields == [], f"{model.__name__} keeps a moment that can be laid beside another"
    line = JournalLine.objects.get(verb="contribution.added")
    assert (line.at.hour, line.at.minute, line.at.second, line.by) == (0, 0, 0, "")


def test_what_is_written_for_oneself_is_read_by_nobody_until_its_author_shares_it(cast: Cast) -> None:
    room = cast.rooms[0]
    cast.gathering.step = "alone"
    cast.gathering.save(update_fields=["step"])
    words = say(cast, "Dit durf ik nog niet te zeggen.")
    bram, anna = cast.client_of("bram"), cast.client_of("anna")
    page = cast.path("kamer", room.id)
    assert "durf ik nog niet" not in bram.get(page).content.decode()
    assert "durf ik nog niet" in anna.get(page).content.decode()
    words.refresh_from_db()
    with pytest.raises(NotNow, match="Delen kan"):
        deeds.share_contribution(words)
    cast.gathering.step = "room"
    cast.gathering.save(update_fields=["step"])
    assert "durf ik nog niet" not in bram.get(page).content.decode()
    anna.post(f"{page}inbreng/{words.id}/delen/")
    assert "durf ik nog niet" in bram.get(page).content.decode()


def test_levels_and_tones_come_from_the_format_and_are_never_guessed(in_conversation: Cast) -> None:
    assert say(in_conversation, "Met niveau.", level="micro", tone="wish").level == "micro"
    assert say(in_conversation, "Onbekend niveau.", level="mega").level == ""


def test_key_fragments_must_stand_there_literally(in_conversation: Cast) -> None:
    words = say(in_conversation, "Vertrouwen en vertrouwen geven.", fragments=("vertrouwen geven",))
    assert words.key_words == ["vertrouwen geven"]
    with pytest.raises(NotNow, match="niet letterlijk"):
        deeds.mark_fragments(words, ["wantrouwen"], by=None)


def test_withdrawing_takes_the_words_and_leaves_the_trace(in_conversation: Cast) -> None:
    words = say(in_conversation, "Dit had ik niet moeten zeggen.")
    deeds.withdraw_contribution(words, by=None)
    words.refresh_from_db()
    assert (words.state, words.text) == (ContributionState.WITHDRAWN, "")
    page = (
        in_conversation.client_of("bram")
        .get(in_conversation.path("kamer", in_conversation.rooms[0].id))
        .content.decode()
    )
    assert "niet moeten zeggen" not in page
    assert "De schrijver heeft het ingetrokken" in page


def test_hidden_words_are_read_by_their_author_with_the_reason_and_by_no_other_participant(
    in_conversation: Cast,
) -> None:

    words = say(in_conversation, "Piet van het loket is lui.")
    with pytest.raises(NotNow, match="waarom"):
        deeds.hide_contribution(words, reason="  ", by="Bram")
    deeds.hide_contribution(words, reason="Dit gaat over één herkenbare collega.", by="Bram")
    page = in_conversation.path("kamer", in_conversation.rooms[0].id)
    assert "herkenbare collega" in in_conversation.client_of("anna").get(page).content.decode()
    other = seated_client(in_conversation, *new_registration(in_conversation.gathering, "Omar"))
    text = other.get(page).content.decode()
    assert "is lui" not in text
    assert "verborgen" in text


def test_nobody_changes_somebody_elses_words(in_conversation: Cast) -> None:
    words = say(in_conversation)
    address = in_conversation.path("kamer", in_conversation.rooms[0].id, "inbreng", words.id, "wijzigen")
    new = {"id": str(words.id), "text": "Iets anders."}
    for name, status in {"bram": 403, "carla": 403, "dirk": 403, "esra": 403, "anna": 302}.items():
        assert in_conversation.client_of(name).post(address, new).status_code == status, name
    words.refresh_from_db()
    assert (words.text, words.edited) == ("Iets anders.", True)


def test_the_first_contribution_freezes_the_mandate(in_conversation: Cast) -> None:
    assert Mandate.objects.get(gathering=in_conversation.gathering).frozen_on is None
    say(in_conversation)
    assert Mandate.objects.get(gathering=in_conversation.gathering).frozen_on is not None


def test_rooms_that_are_closed_take_nothing_and_say_so(cast: Cast) -> None:
    cast.stand_at(Deed.REGISTER)
    with pytest.raises(NotNow, match="nog niet open"):
        say(cast)
    cast.stand_at(Deed.ANSWER)
    with pytest.raises(NotNow, match="gesloten"):
        say(cast)
    assert Contribution.objects.count() == 0


def test_paper_cards_come_in_all_or_nothing(in_conversation: Cast) -> None:
    room = in_conversation.rooms[0]
    address = in_conversation.path("kamer", room.id, "kaarten")
    too_long = "x" * 700
    answer = in_conversation.client_of("bram").post(
        address, {"cards": f"Eerste kaart\n{too_long}", "level": "meso"}
    )
    assert answer.status_code == 400
    assert "Regel 2" in answer.content.decode()
    assert "Eerste kaart" in answer.content.decode(), "what was typed must not be lost"
    assert Contribution.objects.count() == 0
    in_conversation.client_of("bram").post(
        address, {"cards": "Eerste kaart\n\nTweede kaart", "level": "meso"}
    )
    cards = list(Contribution.objects.order_by("position"))
    assert [(card.text, card.level, card.source, card.author_key) for card in cards] == [
        ("Eerste kaart", "meso", ContributionSource.CARD, ""),
        ("Tweede kaart", "meso", ContributionSource.CARD, ""),
    ]


def test_a_room_signs_off_only_after_reading_back_and_later_changes_stay_visible(
    in_conversation: Cast,
) -> None:
    room, key = in_conversation.rooms[0], in_conversation.author_key
    words = say(in_conversation)
    harvests.write_harvest(room, why="Het raakt ons.", essence="Eén budget.", by="Bram")
    with pytest.raises(NotNow, match="eerst nalezen"):
        harvests.sign_harvest(room, by="Bram")
    harvests.offer_harvest(room, by="Bram")
    reading = harvests.read_harvest(room, author_key=key, agrees=False, remark="Tijd ontbreekt.")
    with pytest.raises(NotNow, match="opmerking open"):
        harvests.sign_harvest(room, by="Bram")
    harvests.settle_remark(reading, by="Bram")
    assert harvests.sign_harvest(room, by="Bram").signed_on is not None
    assert HarvestChange.objects.count() == 0
    deeds.edit_contribution(words, Words("Geef teams twee budgetten."), by=None)
    deeds.withdraw_contribution(words, by=None)
    assert [change.what for change in HarvestChange.objects.all()] == [
        "1 inbreng gewijzigd",
        "1 inbreng ingetrokken",
    ]
    assert (
        "1 inbreng ingetrokken"
        in in_conversation.client_of("anna").get(in_conversation.path("kamer", room.id)).content.decode()
    )


def test_without_javascript_a_contribution_is_a_form_and_a_redirect(in_conversation: Cast) -> None:
    room = in_conversation.rooms[0]
    answer = in_conversation.client_of("anna").post(
        in_conversation.path("kamer", room.id, "inbreng"),
        {"id": str(uuid4()), "text": "Gewoon een formulier."},
        follow=True,
    )
    assert "Gewoon een formulier." in answer.content.decode()
    assert "van jou" in answer.content.decode()


def test_the_room_asks_few_questions_of_the_database_however_much_was_said(
    in_conversation: Cast, django_assert_max_num_queries
) -> None:
    room, anna = in_conversation.rooms[0], in_conversation.client_of("anna")
    page = in_conversation.path("kamer", room.id)
    say(in_conversation, "Eén.")
    with django_assert_max_num_queries(14):
        anna.get(page)
    for number in range(20):
        say(in_conversation, f"Nummer {number}.")
    with django_assert_max_num_queries(14):
        anna.get(page)


def test_on_a_phone_the_words_of_the_others_are_one_step_away_and_counted(in_conversation: Cast) -> None:
    """Plain links to what is really on the page, renewed with the board; nothing to go to, no links."""
    anna, address = (
        in_conversation.client_of("anna"),
        in_conversation.path("kamer", in_conversation.rooms[0].id),
    )
    assert "wk-room-bar" not in anna.get(address).content.decode()
    say(in_conversation)
    page = anna.get(address).content.decode()
    for mark in re.findall(r'<a id="naar-[a-z]+" href="#([^"]+)"', page):
        assert f'id="{mark}"' in page
    assert page.count('<a id="naar-') == 2
    live = anna.get(address, headers={"HX-Request": "true"}).content.decode()
    for shown in (page, live):
        assert re.search(r'class="wk-room-bar__count">1<', shown)


def test_who_may_open_a_room(in_conversation: Cast) -> None:
    assert stage_of(in_conversation.gathering).may(Deed.SPEAK)
    first, other = in_conversation.rooms[0], in_conversation.rooms[2]
    for room, allowed in ((first, {"anna", "bram", "carla"}), (other, {"carla"})):
        for name in ("anna", "bram", "carla", "dirk", "esra"):
            status = in_conversation.client_of(name).get(in_conversation.path("kamer", room.id)).status_code
            assert (status == 200) == (name in allowed), (name, room.name, status)


def seated_client(cast: Cast, registration: Registration, secret: str):
    from django.test import Client

    from weerklank_web.gatherings.models import Seat

    Seat.objects.create(registration=registration, room=cast.rooms[0])
    client = Client()
    client.cookies[cookie_name("participant", cast.gathering.id)] = secret
    return client


def model_values(row: models.Model) -> dict[str, object]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_raw_contributions_are_forgotten_when_their_days_run_out_and_the_record_stays_without_an_author(
    in_conversation: Cast,
) -> None:
    from weerklank_web.answers.models import Message, MessageSource

    loose, cited = say(in_conversation, "Los gezegd."), say(in_conversation, "Dit staat in de boodschap.")
    message = Message.objects.create(gathering=in_conversation.gathering, text="Doe dit.", published=True)
    MessageSource.objects.create(message=message, contribution=cited)
    ended = in_conversation.gathering.ends_at
    days = timedelta(days=in_conversation.gathering.retention_days)
    assert forget_contributions_due(ended + days - timedelta(days=1)) == 0
    assert forget_contributions_due(ended + days + timedelta(days=1)) == 1
    assert not Contribution.objects.filter(id=loose.id).exists()
    cited.refresh_from_db()
    assert (cited.text, cited.author_key) == ("Dit staat in de boodschap.", "")
