"""The small lists of the set-up pages: organisations, programme, themes, crew."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from weerklank_web.gatherings.models import Organisation, ProgrammeItem, Role, Theme

__all__ = ["CrewForm", "MergeForm", "OrganisationForm", "ProgrammeItemForm", "ThemeForm"]


class OrganisationForm(forms.ModelForm[Organisation]):
    """An organising organisation (W2)."""

    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")

    class Meta:
        model = Organisation
        fields = ("name",)
        labels: ClassVar = {"name": _("Naam")}


class ProgrammeItemForm(forms.ModelForm[ProgrammeItem]):
    """A line of the programme."""

    class Meta:
        model = ProgrammeItem
        fields = ("title", "minutes", "text")
        labels: ClassVar = {"title": _("Onderdeel"), "minutes": _("Minuten"), "text": _("Toelichting")}
        widgets: ClassVar = {"text": forms.Textarea(attrs={"rows": 2})}


class ThemeForm(forms.ModelForm[Theme]):
    """A theme to choose."""

    class Meta:
        model = Theme
        fields = ("title", "text")
        labels: ClassVar = {"title": _("Thema"), "text": _("De vraag bij dit thema")}
        help_texts: ClassVar = {"text": _("Eén vraag waarmee een gesprek kan beginnen.")}
        widgets: ClassVar = {"text": forms.Textarea(attrs={"rows": 2})}


class MergeForm(forms.Form):
    """The theme that says the same in other words."""

    into = forms.ModelChoiceField(queryset=Theme.objects.none(), label=_("Samen met"))

    def __init__(self, *args: Any, theme: Theme, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["into"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Theme.objects.filter(gathering=theme.gathering_id, accepted=True).exclude(
            pk=theme.pk
        )


class CrewForm(forms.Form):
    """Somebody who helps."""

    email = forms.EmailField(label=_("Mailadres"))
    name = forms.CharField(label=_("Naam"), max_length=120, required=False)
    role = forms.ChoiceField(label=_("Rol"), choices=Role.choices, initial=Role.FACILITATOR)

    def role_chosen(self) -> Role:
        """The role as the action takes it."""
        return Role(self.cleaned_data["role"])
