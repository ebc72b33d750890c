"""What follows a deed: go and look there, or hear why it was refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.translation import gettext as _

from weerklank_web.groundwork.errors import NotNow

__all__ = ["SeeOther", "refusals_told"]


class SeeOther(HttpResponseRedirect):
    """After a deed: look there, with a new GET."""

    status_code = 303


@contextmanager
def refusals_told(request: HttpRequest, *, done: str = "") -> Iterator[None]:
    """Say ``done`` when the deed inside succeeded, or why it was refused."""
    try:
        yield
    except NotNow as refusal:
        messages.error(request, refusal.sentence or _("Dat kan nu niet."))
    else:
        if done:
            messages.success(request, done)
