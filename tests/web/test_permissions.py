"""Every address of the house × the fixed cast (issue §7): who gets in, and that no address is forgotten.

«In» means past the gate: a page, a redirect within, or a refusal about the moment. «Out» means denied, unknown, or the
way to sign in. An address that is not in the table fails the test: a new page has to say whom it is for.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from web.cast import NAMES, Cast, new_registration
from web.vote_scene import round_of, stand_at
from weerklank.formats import shipped_format
from weerklank_web.answers.models import Answer, BenchStep, Commitment, Insight, Message
from weerklank_web.dialogue.actions.contribution import Words, add_contribution
from weerklank_web.dialogue.models import Harvest, HarvestReading
from weerklank_web.formats.actions import keep_own_format
from weerklank_web.gatherings.models import Organisation, ProgrammeItem, SeatingRule
from weerklank_web.groundwork import clock
from weerklank_web.practices.models import NextStep
from weerklank_web.reports.models import NotesUpload, Report, ReportFile

ROOT = Path(__file__).resolve().parents[2]
EVERYBODY = frozenset(NAMES)
PARTICIPANT = frozenset({"anna"})
ORGANISER = frozenset({"carla"})
CREW = frozenset({"bram", "carla"})
ROOM = frozenset({"anna", "bram", "carla"})
SPEAKERS = frozenset({"anna", "bram"})
DESK = frozenset({"dirk"})
READERS = frozenset({"anna", "bram", "carla", "dirk"})
SIGNED_IN = frozenset({"bram", "carla"})

# By the longest name that fits: «gatherings:own» also covers «gatherings:own-details».
TABLE: dict[str, frozenset[str]] = {
    "accounts:": EVERYBODY,
    "home:": EVERYBODY,
    "home:mine": SIGNED_IN,
    "home:post-room": ORGANISER,
    "formats:": ORGANISER,  # whoever may make gatherings; one's own list only, see test_own_formats
    "gatherings:": ORGANISER,
    "gatherings:public": EVERYBODY,
    "gatherings:calendar": EVERYBODY,
    "gatherings:qr": EVERYBODY,
    "gatherings:poster": EVERYBODY,
    "gatherings:register": EVERYBODY,
    "gatherings:new-link": EVERYBODY,
    "gatherings:link-sent": EVERYBODY,
    "gatherings:erased": EVERYBODY,
    "gatherings:entrance": EVERYBODY,
    "gatherings:walk-in": EVERYBODY,  # what opens it is the code
    "gatherings:somebody-else": EVERYBODY,
    "gatherings:arrive": PARTICIPANT,
    "gatherings:keep-link": PARTICIPANT,
    "gatherings:account": SIGNED_IN,
    "gatherings:own": PARTICIPANT,
    "gatherings:confirm": PARTICIPANT,
    "gatherings:cancel": PARTICIPANT,
    "gatherings:one-link": PARTICIPANT,
    "gatherings:export": PARTICIPANT,
    "gatherings:erase": PARTICIPANT,
    "gatherings:registrations": ORGANISER,
    "gatherings:door": CREW,
    "gatherings:door-code": ORGANISER,
    "gatherings:door-make-room": ORGANISER,
    "gatherings:door-reseat": ORGANISER,
    "gatherings:door-close": ORGANISER,
    "dialogue:room": ROOM,
    "dialogue:add": SPEAKERS,
    "dialogue:type-in": CREW,
    "dialogue:edit": PARTICIPANT,
    "dialogue:withdraw": PARTICIPANT,
    "dialogue:share": PARTICIPANT,
    "dialogue:mark": ROOM,
    "dialogue:hide": CREW,
    "dialogue:show": CREW,
    "dialogue:write-harvest": CREW,
    "dialogue:offer-harvest": CREW,
    "dialogue:read-harvest": PARTICIPANT,
    "dialogue:settle-remark": CREW,
    "dialogue:sign-harvest": CREW,
    "dialogue:harvests": ROOM,
    "dialogue:vote": PARTICIPANT,
    "dialogue:take-back-votes": PARTICIPANT,
    "dialogue:look": READERS,
    "dialogue:look-again": ORGANISER,
    "dialogue:votes-as": ORGANISER,
    "dialogue:proposition": CREW,
    "dialogue:move-proposition": CREW,
    "dialogue:take-out-proposition": CREW,
    "dialogue:put-back-proposition": CREW,
    "practices:": PARTICIPANT,
    "answers:": ORGANISER,
    "answers:review": ROOM,
    "answers:take-back-stances": ROOM,  # for the crew it takes nothing back: they have no stance
    "answers:react": PARTICIPANT,
    "answers:desk": DESK,
    "answers:desk-links": ORGANISER,
    "answers:receive": DESK,
    "answers:release": DESK,
    "answers:draft": DESK,
    "answers:progress": DESK,
    "answers:public": EVERYBODY,
    "answers:receipt": PARTICIPANT,
    "reports:": ORGANISER,
    "reports:shared": READERS,
    "reports:file": READERS,
}

# What is there only in a format in which people vote: another gathering, the same question.
OF_VOTES = {
    *("dialogue:vote", "dialogue:take-back-votes", "dialogue:look", "dialogue:look-again"),
    *(
        "dialogue:votes-as-polis",
        "dialogue:votes-as-parquet",
        "dialogue:propositions",
        "dialogue:proposition",
    ),
    *("dialogue:move-proposition", "dialogue:take-out-proposition", "dialogue:put-back-proposition"),
}


def addresses() -> dict[str, frozenset[str]]:
    """Every address there is, by name, with the parts it is made of."""

    def walk(
        patterns: list[URLPattern | URLResolver], space: str, parts: frozenset[str]
    ) -> Iterator[tuple[str, frozenset[str]]]:
        for pattern in patterns:
            here = parts | frozenset(pattern.pattern.converters)
            if isinstance(pattern, URLResolver):
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                yield from walk(pattern.url_patterns, inner, here)
            else:
                yield f"{space}{pattern.name}", here

    found = walk(get_resolver().url_patterns, "", frozenset())
    # The second factor is a package of its own, and goes by what somebody has set up: see test_accounts.
    return {name: parts for name, parts in found if ":" in name}


def whom_for(name: str) -> frozenset[str]:
    fitting = [known for known in TABLE if name.startswith(known)]
    assert fitting, f"{name} is in no row of the table: say whom it is for"
    return TABLE[max(fitting, key=len)]


@pytest.fixture
def world(cast: Cast) -> dict[str, object]:
    """The cast's gathering with one of everything, so that no address is refused for want of a thing."""
    gathering, room = cast.gathering, cast.rooms[0]
    gathering.step = "room"
    gathering.save(update_fields=["step"])
    room.gathering.refresh_from_db()
    said = add_contribution(room, Words("Geef teams één budget."), author_key=cast.author_key)
    harvest = Harvest.objects.create(room=room, read_back=True)
    reading = HarvestReading.objects.create(
        harvest=harvest, author_key="f" * 64, agrees=False, remark="Er mist iets."
    )
    insight = Insight.objects.create(gathering=gathering, sentence="Ruimte helpt.", published=True)
    message = Message.objects.create(gathering=gathering, text="Geef ruimte.", published=True)
    for thing in (insight, message):
        thing.sources.create(contribution=said)
    answer = Answer.objects.create(
        gathering=gathering, message=message, kind="adopt", reason="Ja.", released_on=clock.today()
    )
    commitment = Commitment.objects.create(
        answer=answer,
        text="Een brief.",
        owner="Dirk",
        due=clock.today() + timedelta(days=9),
        made_on=clock.today(),
    )
    report = Report.objects.create(
        gathering=gathering, edition=1, state="ready", asked_at=clock.now(), shared_at=clock.now()
    )
    ReportFile.objects.create(
        report=report, name="verslag.md", media_type="text/markdown", sha256="0", size=5, content=b"# Hoi"
    )
    step = NextStep.objects.create(
        gathering=gathering, author_key=cast.author_key, position=1, then="Bellen."
    )
    other, _secret = new_registration(gathering, "Omar")
    return {
        "slug": gathering.slug,
        "room_id": room.id,
        "source_id": said.id,
        "reading_id": reading.id,
        "person_id": cast.anna.id,
        "report_id": report.id,
        "upload_id": NotesUpload.objects.create(
            gathering=gathering, name="a.md", state="ready", handed_in_at=clock.now()
        ).id,
        "step_id": "harvest",
        "step": BenchStep.objects.create(gathering=gathering, verb="insight.made", by="Carla").pk,
        "name": "verslag.md",
        "file": "zoom.csv",
        "picture": next((ROOT / "docs" / "handleiding" / "beeld").iterdir()).name,
        "secret": cast.secret,
        "pk": 1,
        "key": "workinar",
        "own format": keep_own_format(shipped_format("workinar"), by=cast.carla).pk,
        "insight": insight.id,
        "message": message.id,
        "words": said.id,
        "next step": step.id,
        "commitment": commitment.id,
        "desk link": cast.desk_link.id,
        "organisation": Organisation.objects.get(gathering=gathering).pk,
        "programme item": ProgrammeItem.objects.create(gathering=gathering, title="Welkom").pk,
        "theme": cast.themes[1].pk,
        "crew": cast.bram.memberships.get().pk,
        "rule": SeatingRule.objects.create(gathering=gathering, one=cast.anna, other=other, kind="apart").pk,
    }


# What «id» and «number» stand for: the first whose mark is in the address's name.
_IDS = {
    "dialogue": "words",
    "formats": "own format",
    "practices": "next step",
    "reading": "words",
    "split": "insight",
    "insight": "insight",
    "progress": "commitment",
    "revoke": "desk link",
    "answers": "message",
}
_NUMBERS = {
    "organisation": "organisation",
    "item": "programme item",
    "crew": "crew",
    "rule": "rule",
    "": "theme",
}


def address_of(name: str, parts: frozenset[str], world: dict[str, object]) -> str:
    known = {
        **world,
        "id": world[next(thing for mark, thing in {**_IDS, "": "words"}.items() if mark in name)],
        "number": world[next(thing for mark, thing in _NUMBERS.items() if mark in name)],
    }
    if name == "home:help-page":
        known["slug"] = "werkvorm-schrijven"
    if name == "home:help-picture":
        known["name"] = world["picture"]
    return reverse(name, kwargs={part: known[part] for part in parts})


def is_in(answer: HttpResponse) -> bool:
    if answer.status_code in (301, 302, 303):
        return not answer.headers["Location"].startswith(("/inloggen/", "/beveiliging/inloggen/"))
    return answer.status_code not in (401, 403, 404)


def knock(browser: Client, address: str) -> HttpResponse:
    answer = browser.get(address)
    if answer.status_code == 405:
        answer = browser.post(address)
    if answer.streaming:
        answer.getvalue()
        for closer in answer._resource_closers:  # response.close() would close the test's database too
            closer()
    return answer


@pytest.mark.django_db
@pytest.mark.parametrize("who", NAMES)
def test_who_may_go_where(who: str, cast: Cast, world: dict[str, object]) -> None:
    """Opening an address; where it only takes deeds, an empty deed. Gates come first, so nothing is changed by that."""
    wrong = []
    for name, parts in addresses().items():
        if name in OF_VOTES:
            continue
        answer = knock(cast.client_of(who), address_of(name, parts, world))
        if is_in(answer) != (who in whom_for(name)):
            wrong.append(f"{name}: {answer.status_code} {answer.headers.get('Location', '')}")
        assert answer.status_code != 500, name
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
@pytest.mark.parametrize("who", NAMES)
def test_who_may_vote_and_see_what_votes_say(who: str, cast: Cast) -> None:
    """The same question at the step of a round of propositions in which everything may be seen."""
    round_of(cast)
    stand_at(cast, "look")
    known = {"slug": cast.gathering.slug, "step_id": "before", "id": cast.gathering.propositions.first().pk}
    there = addresses()
    wrong = []
    for name in sorted(OF_VOTES):
        answer = knock(cast.client_of(who), reverse(name, kwargs={part: known[part] for part in there[name]}))
        if is_in(answer) != (who in whom_for(name)):
            wrong.append(f"{name}: {answer.status_code} {answer.headers.get('Location', '')}")
    assert not wrong, "\n".join(wrong)
