"""An address as a QR code, drawn by the library ``segno``."""

from __future__ import annotations

import io

import segno
from django.utils.safestring import SafeString, mark_safe

__all__ = ["qr_svg"]


def qr_svg(address: str, *, title: str) -> SafeString:
    """An SVG with a title for who cannot see it; dark on light, scales to whatever holds it."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn,
        kind="svg",
        title=title,
        xmldecl=False,
        omitsize=True,
        border=2,
        light="#ffffff",
        dark="#000000",
        svgclass="wk-qr",
        lineclass=None,
    )
    return mark_safe(drawn.getvalue().decode())  # noqa: S308 - segno escapes the title; the rest is numbers
