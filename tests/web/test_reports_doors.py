"""Who opens the pages and files of a report, and how the files leave."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from web.cast import NAMES, Cast, cookie_name, new_registration
from web.report_scene import filled
from weerklank_web.answers.models import DeskLink
from weerklank_web.gatherings.actions.gathering import make_gathering
from weerklank_web.gatherings.models import RegistrationState
from weerklank_web.gatherings.stage import Deed
from weerklank_web.reports.actions.notes import hand_in_notes, read_notes
from weerklank_web.reports.actions.report import ask_for_report, make_report, share_report
from weerklank_web.reports.models import NotesUpload, Report, ReportState

ClientOf = Callable[[str], Client]


def file_of(cast: Cast, name: str) -> str:
    return f"/b/{cast.gathering.slug}/verslag/{name}"


def editions(cast: Cast) -> tuple[Report, Report]:
    """One that was shared and a newer one in English that was not."""
    cast.stand_at(Deed.PUBLISH)
    shared = make_report(ask_for_report(cast.gathering, by=cast.carla).id)
    share_report(shared, by=cast.carla)
    newer = make_report(ask_for_report(cast.gathering, by=cast.carla, language="en").id)
    assert newer.state == ReportState.READY
    return shared, newer


def upload(cast: Cast) -> NotesUpload:
    handed_in = hand_in_notes(
        cast.gathering, name="n.md", content=b"## Thema\n\n- Een zin over iets.\n", by=cast.carla
    )
    return read_notes(handed_in.id, language="nl")


def test_only_the_organiser_makes_reports_and_reads_notes(cast: Cast, client_of: ClientOf) -> None:
    shared, _newer = editions(cast)
    notes = upload(cast)
    slug = cast.gathering.slug
    pages = [
        f"/b/{slug}/beheer/verslag/",
        f"/b/{slug}/beheer/verslag/{shared.id}/verslag.pdf",
        f"/b/{slug}/beheer/inlezen/",
        f"/b/{slug}/beheer/inlezen/{notes.id}/",
    ]
    deeds = [
        f"/b/{slug}/beheer/verslag/maken/",
        f"/b/{slug}/beheer/verslag/{shared.id}/aanbieden/",
        f"/b/{slug}/beheer/inlezen/",
        f"/b/{slug}/beheer/inlezen/{notes.id}/",
        f"/b/{slug}/beheer/inlezen/{notes.id}/delen/",
        f"/b/{slug}/beheer/inlezen/{notes.id}/weggooien/",
    ]
    for name in NAMES:
        client, expected = client_of(name), {"carla": 200, "bram": 403}.get(name, 302)
        for page in pages:
            answer = client.get(page)
            assert answer.status_code == expected, (name, page)
            if expected == 302:
                assert answer["Location"].startswith("/inloggen/")
        for deed in deeds if name != "carla" else ():
            assert client.post(deed, {"accept": "1"}).status_code == 403, (name, deed)
    notes.refresh_from_db()
    assert notes.state == "ready"


def test_whoever_belongs_reads_what_was_offered_and_a_stranger_reads_how_to_get_in(
    cast: Cast, client_of: ClientOf
) -> None:
    """The newer edition is in English: its files have other names, and nobody gets them at the shared address."""
    _shared, newer = editions(cast)
    for name in NAMES:
        client = client_of(name)
        page, file = client.get(cast.path("verslag")), client.get(file_of(cast, "verslag.docx"))
        if name == "esra":
            assert (page.status_code, file.status_code) == (403, 403)
            assert "Open je eigen link" in page.content.decode()
            assert not file.content.startswith(b"PK")
            continue
        assert (page.status_code, file.status_code) == (200, 200), name
        assert "Uitgave 1" in page.content.decode()
        assert "Uitgave 2" not in page.content.decode()
        for wrong in ("report.pdf", "slides.pptx", "iets.pdf", "..%2f..%2fsettings.py"):
            assert client.get(file_of(cast, wrong)).status_code == 404, (name, wrong)
    assert newer.files.filter(name="report.pdf").exists()


def test_nothing_of_another_gathering_can_be_reached(cast: Cast, client_of: ClientOf) -> None:
    shared, _newer = editions(cast)
    other = make_gathering(cast.gathering.format_version, title="Een andere", by=cast.carla)
    carla = client_of("carla")
    assert carla.get(f"/b/{other.slug}/beheer/verslag/").status_code == 200
    assert carla.get(f"/b/{other.slug}/beheer/verslag/{shared.id}/verslag.pdf").status_code == 404
    assert carla.post(f"/b/{other.slug}/beheer/verslag/{shared.id}/aanbieden/").status_code == 404
    assert carla.get(f"/b/{other.slug}/beheer/inlezen/{upload(cast).id}/").status_code == 404


def test_a_revoked_desk_and_who_does_not_take_part_any_more_are_strangers(
    cast: Cast, client_of: ClientOf
) -> None:
    editions(cast)
    DeskLink.objects.update(revoked=True)
    assert client_of("dirk").get(cast.path("verslag")).status_code == 403
    for state in (RegistrationState.CANCELLED, RegistrationState.WAITING, RegistrationState.UNCONFIRMED):
        registration, secret = new_registration(cast.gathering, f"Wie{state}", state=state)
        client = Client()
        client.cookies[cookie_name("participant", registration.gathering_id)] = secret
        assert client.get(file_of(cast, "verslag.pdf")).status_code == 403, state


def test_files_can_do_nothing_in_the_browser(cast: Cast, client_of: ClientOf) -> None:
    """No script, no network, no frame, no sniffing; the page may use exactly its own style sheet."""
    editions(cast)
    anna = client_of("anna")
    page = anna.get(file_of(cast, "verslag.html"))
    policy = page["Content-Security-Policy"]
    assert re.search(r"style-src 'sha256-[A-Za-z0-9+/=]{44}';", policy)
    assert {"default-src 'none'", "sandbox", "frame-ancestors 'none'", "base-uri 'none'"} <= {
        part.strip() for part in policy.split(";")
    }
    assert page["Content-Disposition"] == 'inline; filename="samen-sterker-1-verslag.html"'
    for name in ("verslag.pdf", "verslag.docx", "presentatie.pptx", "verslag.md", "evidence.json"):
        answer = anna.get(file_of(cast, name))
        assert answer["Content-Disposition"] == f'attachment; filename="samen-sterker-1-{name}"'
        assert "sandbox" in answer["Content-Security-Policy"]
        assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "no-store")


def test_the_page_shows_how_far_the_making_is_and_stops_asking_when_it_is_done(
    cast: Cast, client_of: ClientOf
) -> None:
    cast.stand_at(Deed.PUBLISH)
    carla = client_of("carla")
    assert "Nog geen verslag" in carla.get(cast.path("beheer", "verslag")).content.decode()
    asked = carla.post(cast.path("beheer", "verslag", "maken"), {"language": "nl"})
    assert asked.status_code == 303
    report = Report.objects.get()
    Report.objects.update(done=57)
    part = carla.get(cast.path("beheer", "verslag"), headers={"HX-Request": "true"}).content.decode()
    assert 'value="57"' in part
    assert 'hx-trigger="every 2s"' in part
    assert "<html" not in part
    make_report(report.id)
    part = carla.get(cast.path("beheer", "verslag"), headers={"HX-Request": "true"}).content.decode()
    assert "every 2s" not in part
    assert "Bied deze uitgave aan" in part


@pytest.mark.slow
def test_more_editions_cost_no_more_questions(cast: Cast, client_of: ClientOf) -> None:
    scene = filled(cast)
    carla, page = client_of("carla"), cast.path("beheer", "verslag")
    counts = []
    for _edition in range(3):
        share_report(scene.make(), by=cast.carla)
        carla.get(page)
        with CaptureQueriesContext(connection) as asked:
            carla.get(page)
        counts.append(len(asked))
    assert counts[0] == counts[2] <= 45
