"""How a report's file leaves: as it was made, and unable to do anything in the browser."""

from __future__ import annotations

import base64
import hashlib
import re

from django.http import HttpResponse

from weerklank_web.reports.models import Report, ReportFile

__all__ = ["as_download", "saved_name"]

_STYLE = re.compile(rb"<style[^>]*>(.*?)</style>", re.DOTALL)


def as_download(file: ReportFile, report: Report) -> HttpResponse:
    """The file. HTML is shown in the browser, sandboxed, with exactly its own style sheet; the rest is saved."""
    content = bytes(file.content)
    response = HttpResponse(content, content_type=file.media_type)
    shown = file.media_type.startswith("text/html")
    response["Content-Disposition"] = (
        f'{"inline" if shown else "attachment"}; filename="{saved_name(file, report)}"'
    )
    response["X-Content-Type-Options"] = "nosniff"
    styles = " ".join(_hash(style) for style in _STYLE.findall(content)) if shown else "'none'"
    response["Content-Security-Policy"] = (
        f"default-src 'none'; style-src {styles}; sandbox; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    )
    return response


def saved_name(file: ReportFile, report: Report) -> str:
    """What the file is called on somebody's own computer: gathering, edition, and what it is."""
    return f"{report.gathering.slug}-{report.edition}-{file.name}"


def _hash(style: bytes) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(style).digest()).decode()}'"
