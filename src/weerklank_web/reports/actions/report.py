"""Ask for an edition, make it, share it with recipient and participants at one moment (W14, W15)."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from weerklank_web.accounts.models import Person
from weerklank_web.answers.actions.milestone import tell_report_is_offered
from weerklank_web.answers.actions.stance import freeze_read_back
from weerklank_web.dialogue.actions.snapshot import make_open_snapshots
from weerklank_web.dialogue.bridge.format import Audience
from weerklank_web.gatherings.models import Gathering
from weerklank_web.gatherings.stage import Deed, stage_of
from weerklank_web.groundwork import clock, journal
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.groundwork.live import ring
from weerklank_web.reports.bridge.facts import facts_of
from weerklank_web.reports.bridge.making import MadeFile, files_of, fingerprint_of
from weerklank_web.reports.bridge.mending import home_of
from weerklank_web.reports.bridge.refusal import Refused
from weerklank_web.reports.models import Delivery, DeliveryTo, Report, ReportFile, ReportState
from weerklank_web.reports.queries.collect import collect
from weerklank_web.reports.queries.editions import is_overtaken, is_stuck

__all__ = ["ask_for_report", "make_report", "share_report"]


@transaction.atomic
def ask_for_report(gathering: Gathering, *, by: Person, language: str = "nl") -> Report:
    """Ask for an edition; the background makes it (``reports.tasks``).

    One that was refused is made again under its own number; while one is being made, that one is given back.

    :raises NotNow: before anything could be said, or without a moment.
    """
    Gathering.objects.select_for_update(of=("self",)).get(id=gathering.id)
    if gathering.starts_at is None:
        raise NotNow(_("Vul eerst in wanneer de bijeenkomst is."), code="incomplete")
    if stage_of(gathering).ahead(Deed.SPEAK):
        raise NotNow(_("Een verslag kan zodra er in de kamers is gesproken."), code="too-early")
    last = Report.objects.filter(gathering=gathering).order_by("-edition").first()
    if last is not None and last.state == ReportState.WAITING and not is_stuck(last):
        return last
    if last is None or last.state == ReportState.READY:
        last = Report(gathering=gathering, edition=1 if last is None else last.edition + 1)
    last.language, last.asked_at, last.state, last.done = language, clock.now(), ReportState.WAITING, 0
    last.trouble = last.trouble_sentence = last.trouble_at = last.trouble_subject = ""
    last.save()
    journal.write("report.asked", gathering=gathering.id, by=str(by), subject=str(last.edition))
    ring(f"reports-{gathering.id.hex}")
    return last


def make_report(report_id: UUID) -> Report:
    """Make every format of an edition; a sentence without ground refuses the whole edition, by name.

    Safe to run twice.
    """
    report = Report.objects.select_related("gathering__format_version").get(id=report_id)
    if report.state != ReportState.WAITING:
        return report

    def progress(done: int, total: int) -> None:
        Report.objects.filter(id=report_id, state=ReportState.WAITING).update(
            done=min(99, 100 * done // total)
        )

    freeze_read_back(report.gathering)
    with override(report.language):
        try:
            make_open_snapshots(report.gathering, audience=Audience.RECIPIENT)
            rows = collect(report.gathering, language=report.language, edition=report.edition)
            facts = facts_of(rows)
            files = files_of(facts, progress=progress)
        except Refused as refusal:
            home = home_of(refusal.about, rows) or ("", "")
            return _refuse(report, refusal.what, about=refusal.about, at=str(home[0]), subject=home[1])
        except Exception:
            _refuse(report, _("Er ging bij ons iets mis bij het maken. Probeer het opnieuw."))
            raise
    return _keep(report, files, fingerprint=fingerprint_of(facts))


@transaction.atomic
def share_report(report: Report, *, by: Person) -> Report:
    """Offer this edition: recipient and participants get the same files at the same moment (W15).

    :raises NotNow: it is not ready, not the newest, or overtaken; or the gathering is not where it is offered.
    """
    gathering = (
        Gathering.objects.select_for_update(of=("self",))
        .select_related("format_version")
        .get(id=report.gathering_id)
    )
    report = Report.objects.get(id=report.id)
    report.gathering = gathering
    if report.shared_at is not None:
        return report
    _must_be_shareable(report)
    report.shared_at = clock.now()
    report.save(update_fields=["shared_at"])
    if gathering.offered_at is None:
        gathering.offered_at = report.shared_at
        gathering.save(update_fields=["offered_at"])
    told = tell_report_is_offered(gathering, edition=report.edition)
    counts = {DeliveryTo.RECIPIENT: told.recipients, DeliveryTo.PARTICIPANTS: told.participants}
    for to, letters in counts.items():
        Delivery.objects.create(report=report, to=to, letters=letters, at=report.shared_at)
    journal.write("report.shared", gathering=gathering.id, by=str(by), subject=str(report.edition))
    ring(f"reports-{gathering.id.hex}")
    ring(f"gathering/{gathering.id}")
    return report


def _must_be_shareable(report: Report) -> None:
    if report.state != ReportState.READY:
        raise NotNow(_("Dit verslag is nog niet klaar."), code="not-ready")
    if Report.objects.filter(gathering=report.gathering, edition__gt=report.edition).exists():
        raise NotNow(_("Er is een nieuwere uitgave. Bied die aan."), code="not-the-newest")
    if stage_of(report.gathering).ahead(Deed.PUBLISH):
        raise NotNow(
            _("Aanbieden kan pas na het nalezen. Zet de bijeenkomst eerst een stap verder."), code="too-early"
        )
    if is_overtaken(report):
        raise NotNow(
            _(
                "Sinds dit verslag is gemaakt, is er iets veranderd of ingetrokken. Maak het opnieuw; dan klopt het weer."
            ),
            code="overtaken",
        )


@transaction.atomic
def _keep(report: Report, files: list[MadeFile], *, fingerprint: str) -> Report:
    report.state, report.made_at, report.fingerprint, report.done = (
        ReportState.READY,
        clock.now(),
        fingerprint,
        100,
    )
    if not _settle(report, "state", "made_at", "fingerprint", "done"):
        return report
    for place, file in enumerate(files):
        ReportFile.objects.create(
            report=report,
            name=file.name,
            media_type=file.media_type,
            content=file.content,
            size=len(file.content),
            position=place,
            sha256=hashlib.sha256(file.content).hexdigest(),
        )
    _forget_drafts_before(report)
    return report


def _forget_drafts_before(report: Report) -> None:
    """Files that nobody was given and that were replaced go: they may hold words that were taken back since."""
    ReportFile.objects.filter(
        report__gathering=report.gathering, report__edition__lt=report.edition, report__shared_at=None
    ).delete()


@transaction.atomic
def _refuse(report: Report, why: str, *, about: str = "", at: str = "", subject: str = "") -> Report:
    report.state, report.made_at = ReportState.REFUSED, clock.now()
    report.trouble, report.trouble_sentence = why, about
    report.trouble_at, report.trouble_subject = at, subject
    _settle(report, "state", "made_at", "trouble", "trouble_sentence", "trouble_at", "trouble_subject")
    return report


def _settle(report: Report, *fields: str) -> bool:
    """Write the outcome, if nobody else did: two workers may have made the same edition."""
    waiting = Report.objects.filter(id=report.id, state=ReportState.WAITING)
    settled = waiting.update(**{field: getattr(report, field) for field in fields})
    ring(f"reports-{report.gathering.id.hex}")
    return bool(settled)
