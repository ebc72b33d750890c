from django import forms
from django.utils.translation import gettext_lazy as _

__all__ = ["SignInForm"]


class SignInForm(forms.Form):
    """Where to mail the link."""

    email = forms.EmailField(
        label=_("Je e-mailadres"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
