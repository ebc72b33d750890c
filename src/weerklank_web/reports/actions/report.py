"""Ask for an edition, make it, share it with recipient and participants at one moment (W14, W15)."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import override

from weerklank_web.accounts.models import Person
from weerklank_web.answers.actions.milestone import tell_report_is_offered
from weerklank_web.gatherings.models import Gathering
from weerklank_web.gatherings.stage import Deed, stage_of
from weerklank_web.groundwork import clock, journal
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.groundwork.live import ring
from weerklank_web.reports.bridge.facts import facts_of
from weerklank_web.reports.bridge.making import Refused, files_of
from weerklank_web.reports.models import Delivery, Report, ReportFile, ReportState
from weerklank_web.reports.queries.collect import collect

__all__ = ["ask_for_report", "make_report", "share_report"]


@transaction.atomic
def ask_for_report(gathering: Gathering, *, by: Person, language: str = "nl") -> Report:
    """Ask for a new edition; it is made in the background (``reports.tasks``)."""
    if gathering.starts_at is None:
        raise NotNow(_("Vul eerst in wanneer de bijeenkomst is."), code="incomplete")
    last = Report.objects.filter(gathering=gathering).aggregate(last=Max("edition"))["last"] or 0
    report = Report.objects.create(gathering=gathering, edition=last + 1, language=language)
    journal.write("report.asked", gathering=gathering.id, by=str(by), subject=str(report.edition))
    return report


def make_report(report_id: UUID) -> Report:
    """Make every format of an edition. A sentence without ground refuses the whole edition, by name."""
    report = Report.objects.select_related("gathering__format_version", "gathering__mandate").get(
        id=report_id
    )
    if report.state != ReportState.WAITING:
        return report
    try:
        with override(report.language):
            files = files_of(facts_of(collect(report.gathering, language=report.language)))
    except Refused as refusal:
        return _settle(report, ReportState.REFUSED, trouble=str(refusal))
    except Exception:
        _settle(
            report, ReportState.REFUSED, trouble=_("Er ging iets mis bij het maken. Probeer het opnieuw.")
        )
        raise
    with transaction.atomic():
        for file in files:
            ReportFile.objects.create(
                report=report,
                name=file.name,
                media_type=file.media_type,
                content=file.content,
                sha256=hashlib.sha256(file.content).hexdigest(),
            )
        return _settle(report, ReportState.READY)


@transaction.atomic
def share_report(report: Report, *, by: Person) -> Report:
    """Offer this edition: recipient and participants get the same files at the same moment (W15).

    :raises NotNow: when it is not ready, or the gathering is not at the step where it is offered.
    """
    gathering = Gathering.objects.select_for_update(of=("self",)).get(id=report.gathering_id)
    stage = stage_of(gathering)
    if report.state != ReportState.READY:
        raise NotNow(_("Dit verslag is nog niet klaar."), code="not-ready")
    if stage.ahead(Deed.PUBLISH):
        raise NotNow(
            _("Aanbieden kan pas na het nalezen. Zet de bijeenkomst eerst een stap verder."), code="too-early"
        )
    if report.shared_at is not None:
        return report
    report.shared_at = clock.now()
    report.save(update_fields=["shared_at"])
    if gathering.offered_at is None:
        gathering.offered_at = report.shared_at
        gathering.save(update_fields=["offered_at"])
    told = tell_report_is_offered(gathering, edition=report.edition)
    for to, letters in (("recipient", told.recipients), ("participants", told.participants)):
        Delivery.objects.create(report=report, to=to, letters=letters, at=report.shared_at)
    journal.write("report.shared", gathering=gathering.id, by=str(by), subject=str(report.edition))
    ring(f"reports-{gathering.id.hex}")
    return report


def _settle(report: Report, state: ReportState, *, trouble: str = "") -> Report:
    report.state, report.trouble = state, trouble
    report.made_at = clock.now()
    report.save(update_fields=["state", "trouble", "made_at"])
    ring(f"reports-{report.gathering.id.hex}")
    return report
