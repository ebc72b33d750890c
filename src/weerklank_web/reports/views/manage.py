"""The organiser's page: make an edition, look at it, share it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from weerklank_web.gatherings.gates import Right, gathering_for, signed_in
from weerklank_web.gatherings.models import Gathering
from weerklank_web.gatherings.stage import Deed, stage_of
from weerklank_web.gatherings.views.saying import organiser_page, refusals_told
from weerklank_web.groundwork.errors import NotFound, NotNow
from weerklank_web.reports import tasks
from weerklank_web.reports.actions.report import ask_for_report, share_report
from weerklank_web.reports.files import as_download
from weerklank_web.reports.forms.report import AskForm
from weerklank_web.reports.models import Report, ReportState
from weerklank_web.reports.queries.editions import Edition, edition_of, editions_of, file_of
from weerklank_web.reports.views.saying import file_links, go_to, is_part, mending_of, spoken_in

__all__ = ["ask", "download", "manage", "share"]


@require_safe
def manage(request: HttpRequest, slug: str) -> HttpResponse:
    """Editions, newest first; while one is being made the list renews itself."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    editions = editions_of(gathering)
    stage = stage_of(gathering)
    context = {
        "gathering": gathering,
        "editions": [_shown(edition) for edition in editions],
        "busy": any(
            edition.report.state == ReportState.WAITING and not edition.stuck for edition in editions
        ),
        "may_ask": not stage.ahead(Deed.SPEAK),
        "may_share": not stage.ahead(Deed.PUBLISH),
        "may_mend": stage.may(Deed.SYNTHESISE),
        "form": AskForm(initial={"language": gathering.language}),
        "topic": f"reports-{gathering.id.hex}",
    }
    if is_part(request):
        return render(request, "reports/manage.html#editions", context)
    return organiser_page(request, gathering, "reports/manage.html", context, current="reports:manage")


@require_POST
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for an edition."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    form = AskForm(request.POST)
    language = form.cleaned_data["language"] if form.is_valid() else gathering.language
    try:
        report = ask_for_report(gathering, by=signed_in(request), language=language)
    except NotNow as refusal:
        messages.error(request, refusal.sentence)
    else:
        tasks.make_report.enqueue(str(report.id))
    return go_to("manage", gathering, query="#uitgaven")


@require_POST
def share(request: HttpRequest, slug: str, report_id: UUID) -> HttpResponse:
    """Offer an edition to recipient and participants at once."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    done = _(
        "Aangeboden. De ontvanger en de deelnemers zien nu hetzelfde verslag, en krijgen bericht in werkuren."
    )
    with refusals_told(request, done=done):
        share_report(_report(gathering, report_id), by=signed_in(request))
    return go_to("manage", gathering)


@require_safe
def download(request: HttpRequest, slug: str, report_id: UUID, name: str) -> HttpResponse:
    """A file of any edition, for the organiser."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    report = _report(gathering, report_id)
    file = file_of(report, name)
    if file is None:
        raise NotFound(_("Dit bestand bestaat niet."))
    return as_download(file, report)


def _report(gathering: Gathering, report_id: UUID) -> Report:
    report = edition_of(gathering, report_id)
    if report is None:
        raise NotFound(_("Dit verslag bestaat niet (meer)."))
    return report


def _shown(edition: Edition) -> dict[str, object]:
    report = edition.report
    return {
        "report": report,
        "overtaken": edition.overtaken,
        "stuck": edition.stuck,
        "links": file_links(
            edition.files,
            lambda file: reverse("reports:download", args=[report.gathering.slug, report.id, file.name]),
        ),
        "mending": mending_of(report),
        "language": spoken_in(report),
    }
