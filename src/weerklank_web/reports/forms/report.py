"""Asking for a report."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

__all__ = ["AskForm"]


class AskForm(forms.Form):
    """In which language the standing sentences are; what people said stays as it was said."""

    language = forms.ChoiceField(
        label=_("Taal van het verslag"),
        choices=[("nl", _("Nederlands")), ("en", _("Engels"))],
        help_text=_("Wat mensen zeiden, blijft in hun eigen taal."),
    )
