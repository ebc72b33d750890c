"""Asking for a report."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

__all__ = ["LANGUAGES", "AskForm"]

# The library writes its reports in these; the pages of the application are another matter (``settings.LANGUAGES``).
LANGUAGES = (("nl", _("Nederlands")), ("en", _("Engels")), ("fr", _("Frans")))


class AskForm(forms.Form):
    """In which language the standing sentences are; what people said stays as it was said."""

    language = forms.ChoiceField(
        label=_("Taal van het verslag"),
        choices=LANGUAGES,
        help_text=_("Wat mensen zeiden, blijft in hun eigen taal."),
    )
