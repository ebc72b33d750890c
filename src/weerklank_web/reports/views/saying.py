"""What the pages of this app do the same way: file links, going on after a deed, and where a refusal can be mended."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _

from weerklank_web.gatherings.models import Gathering
from weerklank_web.gatherings.views.saying import SeeOther
from weerklank_web.reports.forms.report import LANGUAGES
from weerklank_web.reports.models import Report, ReportFile, TroubleAt

__all__ = ["FileLink", "Mending", "file_links", "go_to", "is_part", "mending_of", "spoken_in"]


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file to open, with words for what it is good for."""

    href: str
    label: str
    note: str
    size: int
    shown: bool
    language: str


@dataclass(frozen=True, slots=True)
class Mending:
    """Where a refused sentence can be mended."""

    href: str
    label: str


def file_links(files: Iterable[ReportFile], address: Callable[[ReportFile], str]) -> list[FileLink]:
    """Every file of an edition, the one that opens in the browser first."""
    words = {
        "html": (_("Webpagina"), _("leest het fijnst op een telefoon")),
        "pdf": (_("Pdf"), _("om te bewaren of af te drukken")),
        "docx": (_("Word"), _("om uit over te nemen")),
        "odt": (_("OpenDocument"), _("open standaard, voor LibreOffice")),
        "pptx": (_("Presentatie"), _("kort, om te vertonen")),
        "md": (_("Platte tekst"), _("Markdown, voor wie het zelf wil verwerken")),
        "json": (_("Bewijs"), _("waar elke zin op steunt, om na te rekenen")),
    }
    links = []
    for file in files:
        kind = file.name.rpartition(".")[2]
        label, note = words.get(kind, (file.name, ""))
        links.append(
            FileLink(
                address(file), label, note, file.size, shown=kind == "html", language=file.report.language
            )
        )
    return links


def spoken_in(report: Report) -> str:
    """The name of the language in which the standing sentences of this edition are."""
    return str(dict(LANGUAGES)[report.language])


def mending_of(report: Report) -> Mending | None:
    """The page on which the sentence can be mended that refused this edition."""
    slug, subject = report.gathering.slug, report.trouble_subject
    match report.trouble_at:
        case TroubleAt.INSIGHT:
            return Mending(reverse("answers:insight", args=[slug, subject]), _("Naar dit inzicht"))
        case TroubleAt.MESSAGE:
            return Mending(reverse("answers:message", args=[slug, subject]), _("Naar deze boodschap"))
        case TroubleAt.ROOM:
            return Mending(reverse("dialogue:room", args=[slug, subject]), _("Naar deze kamer"))
        case TroubleAt.SET_UP:
            return Mending(reverse("gatherings:setup-basics", args=[slug]), _("Naar «Instellen»"))
    return None


def go_to(name: str, gathering: Gathering, *more: object, query: str = "") -> SeeOther:
    """Go on to a page of this app."""
    return SeeOther(resolve_url(f"reports:{name}", gathering.slug, *more) + query)


def is_part(request: HttpRequest) -> bool:
    """Whether only the part that renews itself is asked for."""
    return bool(request.headers.get("HX-Request"))
