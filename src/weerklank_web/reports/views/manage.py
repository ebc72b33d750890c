"""The organiser's page: make an edition, look at it, share it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from weerklank_web.gatherings.gates import Right, gathering_for, signed_in
from weerklank_web.gatherings.stage import Deed, stage_of
from weerklank_web.groundwork.errors import NotFound
from weerklank_web.reports import tasks
from weerklank_web.reports.actions.report import ask_for_report, share_report
from weerklank_web.reports.files import as_download
from weerklank_web.reports.models import Report, ReportState
from weerklank_web.reports.queries.editions import editions_of, file_of

__all__ = ["ask", "download", "manage", "share"]


def manage(request: HttpRequest, slug: str) -> HttpResponse:
    """Editions, newest first; while one is being made the list renews itself."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    editions = list(editions_of(gathering))
    context = {
        "gathering": gathering,
        "editions": editions,
        "busy": any(edition.state == ReportState.WAITING for edition in editions),
        "may_share": not stage_of(gathering).ahead(Deed.PUBLISH),
        "topic": f"reports-{gathering.id.hex}",
    }
    part = "#editions" if request.headers.get("HX-Request") else ""
    return render(request, f"reports/manage.html{part}", context)


@require_POST
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for a new edition."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    language = request.POST.get("language", "")
    if language not in ("nl", "en"):
        language = (get_language() or "nl").split("-")[0]
    report = ask_for_report(gathering, by=signed_in(request), language=language)
    tasks.make_report.enqueue(str(report.id))
    messages.success(request, _("Het verslag wordt gemaakt. Dat duurt een paar tellen."))
    return redirect("reports:manage", slug=slug)


@require_POST
def share(request: HttpRequest, slug: str, report_id: UUID) -> HttpResponse:
    """Offer an edition to recipient and participants at once."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    share_report(_report(gathering.id, report_id), by=signed_in(request))
    messages.success(
        request,
        _(
            "Aangeboden. De ontvanger en de deelnemers zien nu hetzelfde verslag, en krijgen bericht in werkuren."
        ),
    )
    return redirect("reports:manage", slug=slug)


def download(request: HttpRequest, slug: str, report_id: UUID, name: str) -> HttpResponse:
    """A file of any edition, for the organiser."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    file = file_of(_report(gathering.id, report_id), name)
    if file is None:
        raise NotFound(_("Dit bestand bestaat niet."))
    return as_download(file)


def _report(gathering_id: UUID, report_id: UUID) -> Report:
    report = (
        Report.objects.select_related("gathering").filter(gathering_id=gathering_id, id=report_id).first()
    )
    if report is None:
        raise NotFound(_("Dit verslag bestaat niet (meer)."))
    return report
