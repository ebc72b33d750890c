"""How a report's file leaves: as it was made, and unable to do anything in the browser."""

from __future__ import annotations

import base64
import hashlib
import re

from django.http import HttpResponse

from weerklank_web.reports.models import ReportFile

__all__ = ["as_download"]

_STYLE = re.compile(rb"<style[^>]*>(.*?)</style>", re.DOTALL)


def as_download(file: ReportFile) -> HttpResponse:
    """The file. HTML is shown in the browser, sandboxed, with exactly its own style sheet; the rest is saved."""
    content = bytes(file.content)
    response = HttpResponse(content, content_type=file.media_type)
    shown = file.media_type.startswith("text/html")
    disposition = "inline" if shown else "attachment"
    response["Content-Disposition"] = f'{disposition}; filename="{file.name}"'
    if shown:
        styles = " ".join(_hash(style) for style in _STYLE.findall(content)) or "'none'"
        response["Content-Security-Policy"] = (
            f"default-src 'none'; style-src {styles}; img-src data:; font-src data:; sandbox; "
            "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
        )
    return response


def _hash(style: bytes) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(style).digest()).decode()}'"
