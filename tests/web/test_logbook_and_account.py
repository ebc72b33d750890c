"""Who did what (without participants), and leaving: what goes, what stays, and nobody left without an organiser."""

from __future__ import annotations

import ast
import html
import re
from pathlib import Path

import pytest
from django.conf import settings

from web.cast import Cast
from weerklank.formats import shipped_format
from weerklank_web.accounts.models import Person, SignInLink
from weerklank_web.dialogue.actions.contribution import Words, add_contribution, hide_contribution
from weerklank_web.dialogue.actions.harvest import offer_harvest, write_harvest
from weerklank_web.formats.actions import keep_own_format
from weerklank_web.formats.models import OwnFormat
from weerklank_web.gatherings.actions.gathering import make_gathering
from weerklank_web.gatherings.actions.setup import invite_to_crew
from weerklank_web.gatherings.deeds import LEFT_OUT, SENTENCES, WITH_REASON
from weerklank_web.gatherings.models import Gathering, Membership, Role
from weerklank_web.gatherings.stage import Deed
from weerklank_web.groundwork import clock, journal
from weerklank_web.groundwork.models import JournalLine
from weerklank_web.notifications.models import Letter

ACCOUNT = "/mijn/account/"
YES = {"sure": "on"}


def deeds_in_the_code() -> set[str]:
    """Every stable code that some action hands to the journal, whatever the helper in between is called."""
    code = re.compile(r"[a-z-]+\.[a-z-]+")
    found: set[str] = set()
    for path in Path(settings.PACKAGE).glob("*/actions*/**/*.py"):
        found |= _deeds_of(path, code)
    for path in Path(settings.PACKAGE).glob("*/actions.py"):
        found |= _deeds_of(path, code)
    return found


def _deeds_of(path: Path, code: re.Pattern[str]) -> set[str]:
    found = set()
    for call in ast.walk(ast.parse(path.read_text())):
        if not isinstance(call, ast.Call) or ast.unparse(call.func) not in ("journal.write", "_tell"):
            continue
        for part in (piece for argument in call.args[:2] for piece in ast.walk(argument)):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                if code.fullmatch(part.value):
                    found.add(part.value)
                elif re.fullmatch(r"\.[a-z-]+", part.value):
                    found |= {f"{noun}{part.value}" for noun in ("insight", "message")}
    return found


def test_every_deed_has_a_sentence_or_a_reason_to_be_left_out() -> None:
    known = set(SENTENCES) | LEFT_OUT
    assert deeds_in_the_code() - known == set()
    assert set(SENTENCES) - deeds_in_the_code() == set(), "sentences for what nobody does any more"
    assert not set(SENTENCES) & LEFT_OUT
    assert set(SENTENCES) >= WITH_REASON


@pytest.mark.django_db
def test_the_logbook_says_who_of_the_crew_did_what_and_nothing_of_participants(cast: Cast) -> None:
    cast.stand_at(Deed.SPEAK)
    cast.gathering.step = "room"
    cast.gathering.save(update_fields=["step"])
    room = cast.rooms[0]
    room.gathering = cast.gathering
    said = add_contribution(room, Words("Onze chef heet Quirijn."), author_key=cast.author_key)
    hide_contribution(said, reason="Eén persoon is herkenbaar.", by="Bram de Wit")
    write_harvest(room, why="Omdat het knelt.", essence="Ruimte.", by="Bram de Wit")
    offer_harvest(room, by="Bram de Wit")
    invite_to_crew(
        cast.gathering, email="nina@voorbeeld.example", name="Nina", role=Role.NOTE_TAKER, by=cast.carla
    )
    journal.write("answer.drafted", gathering=cast.gathering.id, by="Dirk Korenaar")
    address = cast.path("beheer", "logboek")
    page = html.unescape(cast.client_of("carla").get(address).content.decode())
    for told in (
        "verborg een inbreng",
        "Reden: Eén persoon is herkenbaar.",
        "liet de kamer «Kamer 1» de oogst nalezen",
        "vroeg Nina (verslaglegger) voor het team",
    ):
        assert told in page
    table = page[page.index("<table") : page.index("</table>")]
    assert table.count("<tr>") == 1 + 4
    for kept in ("Quirijn", "Anna", "Dirk", str(said.id)):
        assert kept not in table
    english = cast.client_of("carla")
    english.cookies["weerklank-language"] = "en"
    assert "hid a contribution" in english.get(address).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("lines", [1, 60])
def test_a_long_logbook_comes_in_pages_with_as_many_questions(
    cast: Cast, lines: int, django_assert_num_queries: object
) -> None:
    for number in range(lines):
        journal.write("theme.added", gathering=cast.gathering.id, by="Carla", subject=f"Thema {number}")
    carla = cast.client_of("carla")
    with django_assert_num_queries(7):
        newest = carla.get(cast.path("beheer", "logboek")).content.decode()
    assert newest.count("voegde het thema") == min(lines, 50)
    if lines > 50:
        older = carla.get(f"{cast.path('beheer', 'logboek')}?page=2").content.decode()
        assert "«Thema 0»" in older
        assert "«Thema 0»" not in newest


@pytest.mark.django_db
def test_an_account_that_is_closed_leaves_nothing_behind_but_the_name_on_what_was_done(cast: Cast) -> None:
    bram = cast.bram
    Person.objects.filter(pk=bram.pk).update(may_organise=True)
    bram.refresh_from_db()
    alone = make_gathering(cast.gathering.format_version, title="Nog maar een idee", by=bram)
    keep_own_format(shipped_format("one-two-four-all"), by=bram)
    journal.write("harvest.signed", gathering=cast.gathering.id, by=str(bram), subject=str(cast.rooms[0].id))
    browser = cast.client_of("bram")
    browser.get("/mijn/")
    page = browser.get(ACCOUNT).content.decode()
    assert bram.email in page
    assert "je concept «Nog maar een idee»" in page
    assert browser.post(ACCOUNT, {}).status_code == 422
    assert Person.objects.filter(pk=bram.pk).exists()
    answer = browser.post(ACCOUNT, YES)
    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert browser.get("/mijn/").status_code in (302, 401, 403)
    assert not Person.objects.filter(pk=bram.pk).exists()
    assert not Gathering.objects.filter(pk=alone.pk).exists()
    for table in (SignInLink, OwnFormat):
        assert not table.objects.exists()
    assert not Membership.objects.filter(gathering=cast.gathering, role=Role.FACILITATOR).exists()
    assert not Letter.objects.filter(to="bram@voorbeeld.example").exists()
    assert JournalLine.objects.filter(verb="harvest.signed", by="Bram de Wit").exists()
    closed = JournalLine.objects.get(verb="account.closed")
    assert (closed.by, closed.subject, closed.at.hour) == ("", "", 0)


@pytest.mark.django_db
def test_the_last_organiser_hands_over_first(cast: Cast) -> None:
    carla = cast.client_of("carla")
    page = carla.get(ACCOUNT).content.decode()
    assert "Eerst moet iemand het van je overnemen" in page
    assert cast.path("beheer", "team") in page
    assert 'name="sure"' not in page
    refused = carla.post(ACCOUNT, YES)
    assert refused.status_code == 422
    assert Person.objects.filter(pk=cast.carla.pk).exists()
    invite_to_crew(
        cast.gathering, email="nina@voorbeeld.example", name="Nina", role=Role.ORGANISER, by=cast.carla
    )
    assert carla.post(ACCOUNT, YES).status_code == 303
    assert not Person.objects.filter(pk=cast.carla.pk).exists()
    left = Membership.objects.get(gathering=cast.gathering, role=Role.ORGANISER)
    assert left.person.name == "Nina"


@pytest.mark.django_db
def test_a_gathering_that_is_closed_holds_nobody(cast: Cast) -> None:
    Gathering.objects.filter(pk=cast.gathering.pk).update(closed_at=clock.now())

    assert cast.client_of("carla").post(ACCOUNT, YES).status_code == 303

    assert Gathering.objects.filter(pk=cast.gathering.pk).exists()
    assert not Person.objects.filter(pk=cast.carla.pk).exists()


def test_a_draft_with_a_colleague_is_not_thrown_away(cast: Cast) -> None:
    draft = make_gathering(cast.gathering.format_version, title="Samen bedacht", by=cast.carla)
    invite_to_crew(draft, email="nina@voorbeeld.example", name="Nina", role=Role.FACILITATOR, by=cast.carla)
    invite_to_crew(cast.gathering, email="nina@voorbeeld.example", role=Role.ORGANISER, by=cast.carla)
    answer = cast.client_of("carla").post(ACCOUNT, YES)
    assert answer.status_code == 422
    assert "Samen bedacht" in answer.content.decode()
    assert Gathering.objects.filter(pk=draft.pk).exists()
