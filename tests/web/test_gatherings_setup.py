"""Making a gathering, what must be there before it goes online (W1), the mandate (DOMAIN 5.3), and the steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db.models import Model
from django.test import Client

from web.cast import Cast, new_registration
from weerklank_web.gatherings.actions import setup
from weerklank_web.gatherings.actions.gathering import (
    Basics,
    Moment,
    PromiseWords,
    close_gathering,
    describe,
    make_gathering,
    move_to_step,
    publish,
)
from weerklank_web.gatherings.actions.mandate import MandateWords, freeze_mandate, word_mandate
from weerklank_web.gatherings.actions.themes import add_theme
from weerklank_web.gatherings.models import Gathering, Membership, Promise, RegistrationState, Rung
from weerklank_web.gatherings.queries.gathering import changes_of, missing_for, turn_to
from weerklank_web.gatherings.rules import gaps_in_mandate
from weerklank_web.gatherings.stage import stage_of
from weerklank_web.groundwork import clock
from weerklank_web.groundwork.errors import Denied, NotNow
from weerklank_web.groundwork.journal import journal_of
from weerklank_web.notifications.models import Letter

ClientOf = Callable[[str], Client]

MANDATE = MandateWords(
    rung=Rung.ADVISE,
    open_matters="Hoe diensten samenwerken.",
    fixed_matters="De begroting, want die is vastgesteld.",
    pledge="Alles wordt gelezen.",
    deviates_with_reason=True,
    decider="De minister, in maart.",
    information="Wat deelnemers inbrengen.",
    means="Er is geen budget.",
    hear_from_us="In maart.",
    contact="Ronald Tjon",
    adopted_by="Stuurgroep",
)


def _columns(thing: Model, kind: type) -> dict[str, object]:
    return {name: getattr(thing, name) for name in kind.__dataclass_fields__}


def _complete(cast: Cast) -> Gathering:
    """A draft with everything in it."""
    draft = make_gathering(cast.gathering.format_version, title="Naast het vakje", by=cast.carla)
    start = clock.now() + timedelta(days=20)
    describe(draft, Basics(title=draft.title, slug=draft.slug, purposes="Luisteren"), by=cast.carla)
    describe(
        draft,
        Moment(
            zone="Europe/Brussels",
            country="BE",
            starts_at=start,
            ends_at=start + timedelta(hours=2),
            place="Stadhuis",
        ),
        by=cast.carla,
    )
    describe(draft, PromiseWords(recipient_office="de schepen", promise=Promise.NONE), by=cast.carla)
    word_mandate(draft, MANDATE, by=cast.carla)
    setup.add_organisation(draft, name="Vakhuis", by=cast.carla)
    add_theme(draft, title="Vertrouwen", by=cast.carla)
    draft.refresh_from_db()
    return draft


def test_a_new_gathering_is_a_draft_with_the_programme_of_its_format(cast: Cast) -> None:
    first = make_gathering(cast.gathering.format_version, title="Samen sterker", by=cast.carla)

    assert first.published_at is None
    assert first.slug == "samen-sterker-2", "the address of the other gathering is taken"
    assert [item.minutes for item in first.programme.all()] == [15, 5, 45, 15, 30, 10]
    assert Membership.objects.get(gathering=first).person == cast.carla
    assert first.retention_days == 365


def test_only_who_may_organise_makes_one(cast: Cast) -> None:
    with pytest.raises(Denied):
        make_gathering(cast.gathering.format_version, title="Van Bram", by=cast.bram)


def test_it_goes_online_when_everything_is_there_and_no_promise_is_a_choice(cast: Cast) -> None:
    draft = _complete(cast)

    assert missing_for(draft) == []
    online = publish(draft, by=cast.carla)

    assert online.step == stage_of(online).format.steps[0].id
    assert journal_of(online.id)[0].verb == "gathering.published"


@pytest.mark.parametrize(
    ("emptied", "page"),
    [
        ({"purposes": ""}, "basis"),
        ({"starts_at": None}, "moment"),
        ({"place": "", "video_link": ""}, "moment"),
        ({"recipient_name": "", "recipient_office": ""}, "belofte"),
        ({"promise": ""}, "belofte"),
        ({"promise": Promise.LETTER, "promised_on": None}, "belofte"),
    ],
)
def test_without_recipient_promise_or_moment_it_stays_a_draft(
    cast: Cast, emptied: dict[str, object], page: str
) -> None:
    draft = _complete(cast)
    Gathering.objects.filter(pk=draft.pk).update(**emptied)
    draft.refresh_from_db()

    assert {gap.section for gap in missing_for(draft)} == {page}
    with pytest.raises(NotNow):
        publish(draft, by=cast.carla)
    draft.refresh_from_db()
    assert draft.published_at is None


def test_without_mandate_organisation_or_theme_it_stays_a_draft(cast: Cast) -> None:
    draft = _complete(cast)
    draft.mandate.delete()
    draft.organisations.all().delete()
    draft.themes.all().delete()
    draft.refresh_from_db()

    assert {gap.section for gap in missing_for(draft)} == {"mandaat", "organisaties", "themas"}
    with pytest.raises(NotNow):
        publish(draft, by=cast.carla)


@pytest.mark.parametrize("rung", [Rung.ADVISE, Rung.COPRODUCE, Rung.CODECIDE])
def test_from_advising_up_deviating_needs_a_reason(cast: Cast, rung: Rung) -> None:
    mandate = cast.gathering.mandate
    mandate.rung, mandate.pledge, mandate.deviates_with_reason = rung, "Alles wordt gelezen.", False
    assert [gap.field for gap in gaps_in_mandate(mandate)] == ["deviates_with_reason"]

    mandate.deviates_with_reason = True
    assert gaps_in_mandate(mandate) == []


@pytest.mark.parametrize(
    ("pledge", "enough"),
    [
        ("Afwijken kan alleen met motivering.", True),
        ("We wijken alleen met een goede reden van jullie advies af.", True),
        ("Afwijken mag alleen gemotiveerd, en dat lees je dan.", True),
        ("Alles wordt gelezen. We geven overal een reden bij.", False),
        ("We wijken er soms van af. De motivering is kort.", False),
    ],
)
def test_the_pledge_may_say_it_in_its_own_words(cast: Cast, pledge: str, enough: bool) -> None:
    mandate = cast.gathering.mandate
    mandate.pledge, mandate.deviates_with_reason = pledge, False

    assert (gaps_in_mandate(mandate) == []) is enough


def test_nothing_may_be_open_only_when_the_rung_is_informing(cast: Cast) -> None:
    mandate = cast.gathering.mandate
    mandate.open_matters = " "
    assert [gap.field for gap in gaps_in_mandate(mandate)] == ["open_matters"]

    mandate.rung = Rung.INFORM
    assert gaps_in_mandate(mandate) == []


def test_before_the_first_contribution_the_mandate_changes_freely(cast: Cast) -> None:
    mandate = word_mandate(cast.gathering, replace(MANDATE, means="Twee ton."), by=cast.carla)

    assert mandate.means == "Twee ton."
    assert not changes_of(cast.gathering).exists()


def test_after_freezing_every_change_needs_a_reason_and_stays_visible(
    cast: Cast, client_of: ClientOf
) -> None:
    word_mandate(cast.gathering, MANDATE, by=cast.carla)
    assert freeze_mandate(cast.gathering)
    assert not freeze_mandate(cast.gathering), "a second contribution changes nothing"
    frozen = journal_of(cast.gathering.id).get(verb="mandate.frozen")
    assert frozen.by == ""
    assert (frozen.at.hour, frozen.at.minute) == (0, 0), "the first contribution is somebody's: no hour"

    with pytest.raises(NotNow) as refusal:
        word_mandate(cast.gathering, replace(MANDATE, decider="De raad."), by=cast.carla)
    assert refusal.value.code == "reason-needed"

    word_mandate(
        cast.gathering, replace(MANDATE, decider="De raad."), by=cast.carla, reason="De wet veranderde."
    )
    page = client_of("esra").get(cast.path()).content.decode()
    for words in ("Wat er veranderd is", "De minister, in maart.", "De raad.", "De wet veranderde."):
        assert words in page


def test_a_promise_that_is_online_cannot_silently_shrink(cast: Cast, client_of: ClientOf) -> None:
    less = replace(
        PromiseWords(**_columns(cast.gathering, PromiseWords)), promise=Promise.NONE, promised_on=None
    )

    with pytest.raises(NotNow):
        describe(cast.gathering, less, by=cast.carla)
    describe(cast.gathering, less, by=cast.carla, reason="De minister trad af.")

    page = client_of("esra").get(cast.path()).content.decode()
    assert "Er is geen antwoord beloofd" in page
    assert "De minister trad af." in page
    assert "een antwoord per boodschap" in page, "what it said before"


def test_what_is_online_may_not_become_incomplete(cast: Cast) -> None:
    nobody = replace(
        PromiseWords(**_columns(cast.gathering, PromiseWords)), recipient_name="", recipient_office=""
    )

    with pytest.raises(NotNow):
        describe(cast.gathering, nobody, by=cast.carla, reason="Foutje")
    with pytest.raises(NotNow):
        word_mandate(cast.gathering, replace(MANDATE, open_matters=""), by=cast.carla)

    cast.gathering.refresh_from_db()
    assert cast.gathering.recipient_name == "Dirk Korenaar"


def test_a_new_place_is_told_in_working_hours_to_everybody_who_comes(cast: Cast) -> None:
    new_registration(cast.gathering, "Wim", state=RegistrationState.WAITING)
    new_registration(cast.gathering, "Nee", state=RegistrationState.CANCELLED)
    moved = replace(Moment(**_columns(cast.gathering, Moment)), place="De Oude Veiling")

    describe(cast.gathering, moved, by=cast.carla)

    cast.gathering.refresh_from_db()
    assert cast.gathering.calendar_edition == 1
    letters = Letter.objects.filter(kind="gathering-moved")
    assert {letter.to for letter in letters} == {"anna@voorbeeld.example", "wim@voorbeeld.example"}
    assert all("De Oude Veiling" in letter.body for letter in letters)
    assert not mail.outbox


def test_more_places_let_the_waiting_list_move_up_in_order(cast: Cast) -> None:
    cast.gathering.capacity = 1
    cast.gathering.save()
    people = [
        new_registration(cast.gathering, name, state=RegistrationState.WAITING)[0]
        for name in ("Eerst", "Dan", "Laatst")
    ]

    describe(cast.gathering, replace(Moment(**_columns(cast.gathering, Moment)), capacity=3), by=cast.carla)

    for person in people:
        person.refresh_from_db()
    assert [person.state for person in people] == ["confirmed", "confirmed", "waiting"]


# --- steps -----------------------------------------------------------------------------------------


def test_going_on_says_first_what_it_opens_and_ends(cast: Cast) -> None:
    turn = turn_to(cast.gathering, "welcome")

    assert "inschrijven en thema's kiezen" in turn.ends
    assert "aanmelden bij de deur" in turn.opens
    assert not turn.back


def test_back_needs_a_reason_and_on_does_not(cast: Cast) -> None:
    move_to_step(cast.gathering, "room", by=cast.carla)
    with pytest.raises(NotNow) as refusal:
        move_to_step(cast.gathering, "register", by=cast.carla)
    assert refusal.value.code == "reason-needed"

    moved = move_to_step(cast.gathering, "register", by=cast.carla, reason="Te vroeg gedrukt")

    assert moved.step == "register"
    assert journal_of(moved.id).filter(verb="gathering.step")[0].note == "Te vroeg gedrukt"


def test_a_draft_has_no_steps_and_an_unknown_step_is_refused(cast: Cast) -> None:
    with pytest.raises(NotNow):
        move_to_step(cast.gathering, "picnic", by=cast.carla)
    draft = make_gathering(cast.gathering.format_version, title="Concept", by=cast.carla)
    with pytest.raises(NotNow):
        move_to_step(draft, "welcome", by=cast.carla)


def test_closing_waits_for_the_last_step(cast: Cast) -> None:
    with pytest.raises(NotNow):
        close_gathering(cast.gathering, by=cast.carla)
    move_to_step(cast.gathering, "return", by=cast.carla)

    closed = close_gathering(cast.gathering, by=cast.carla)

    assert closed.closed_at is not None
    with pytest.raises(NotNow):
        move_to_step(cast.gathering, "room", by=cast.carla, reason="Nog even")


def test_a_day_in_a_change_is_read_as_a_day(cast: Cast, client_of: ClientOf) -> None:
    later = replace(PromiseWords(**_columns(cast.gathering, PromiseWords)), promised_on=date(2030, 5, 1))

    describe(cast.gathering, later, by=cast.carla, reason="Er is meer tijd nodig.")

    assert "1 mei 2030" in client_of("esra").get(cast.path()).content.decode()
