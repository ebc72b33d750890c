"""The form of one step."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

__all__ = ["StepForm"]


class StepForm(forms.Form):
    """If this happens, then I do that."""

    when = forms.CharField(
        label=_("Als …"),
        help_text=_("Een moment dat je herkent. Bijvoorbeeld: als de week begint."),
        required=False,
        max_length=300,
    )
    then = forms.CharField(
        label=_("Dan …"),
        help_text=_("Iets kleins dat je zelf kunt. Bijvoorbeeld: bel ik één collega van een andere dienst."),
        max_length=300,
    )
