"""Closing an account: one box that says that it is meant."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

__all__ = ["CloseAccountForm"]


class CloseAccountForm(forms.Form):
    """Nothing is asked but whether it is meant."""

    sure = forms.BooleanField(label=_("Ik weet dat dit niet terug te draaien is"))
