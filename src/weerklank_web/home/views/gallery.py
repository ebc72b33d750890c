"""The gallery of components, to look at all of them on one page. Local installations only."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weerklank_web.groundwork import clock, widgets

__all__ = ["gallery"]


class SampleForm(forms.Form):
    """Every kind of field once."""

    name = forms.CharField(
        label=gettext_lazy("Naam of schuilnaam"), help_text=gettext_lazy("Zo noemen we je in de zaal.")
    )
    email = forms.EmailField(label=gettext_lazy("E-mailadres"), required=False)
    layer = forms.ChoiceField(
        label=gettext_lazy("Waar werk je?"),
        choices=[
            ("gemeente", gettext_lazy("Gemeente")),
            ("gewest", gettext_lazy("Gewest of provincie")),
            ("land", gettext_lazy("Land")),
        ],
    )
    day = forms.DateField(label=gettext_lazy("Antwoord uiterlijk op"), widget=widgets.DayInput())
    wishes = widgets.RankedChoiceField(
        label=gettext_lazy("Waarover praat je het liefst?"),
        help_text=gettext_lazy("Kies er hoogstens drie. Je eerste keuze weegt het zwaarst."),
        choices=[
            ("1", gettext_lazy("Minder regels, meer ruimte")),
            ("2", gettext_lazy("Werken over grenzen heen")),
            ("3", gettext_lazy("Rust in de agenda")),
        ],
        required=False,
    )
    promise = forms.ChoiceField(
        label=gettext_lazy("Wat belooft de ontvanger?"),
        choices=[
            ("per-message", gettext_lazy("Een antwoord per boodschap")),
            ("none", gettext_lazy("Geen belofte")),
        ],
        widget=widgets.RadioCards(notes={"none": gettext_lazy("Deelnemers zien dat er niets beloofd is.")}),
    )
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("Wat heb je nodig om mee te kunnen doen?"),
        choices=[
            ("rolstoel", gettext_lazy("Ruimte voor een rolstoel")),
            ("tolk", gettext_lazy("Een tolk gebarentaal")),
        ],
        widget=widgets.CheckboxGroup(),
        required=False,
    )
    words = forms.CharField(
        label=gettext_lazy("Jouw inbreng"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    file = forms.FileField(label=gettext_lazy("Verslag inlezen"), required=False)
    consent = forms.BooleanField(
        label=gettext_lazy("Ik vind het goed dat mijn woorden in het verslag komen.")
    )


_MISTAKES = {"fout-name": "", "fout-email": "anna@", "fout-wishes_1": "1", "fout-wishes_2": "1"}


def gallery(request: HttpRequest) -> HttpResponse:
    """All components, each in the states that it can have."""
    if not settings.LOCAL:
        raise Http404
    context = {
        "form": SampleForm(),
        "wrong": SampleForm(_MISTAKES, prefix="fout"),
        "crumbs": [(_("Overzicht"), "#"), (_("Bijeenkomst"), "#")],
        "steps": [
            {"label": _("Inschrijven"), "state": "done"},
            {"label": _("Gesprek"), "state": "current", "note": _("nog 25 minuten")},
            {"label": _("Boodschappen"), "state": "coming"},
            {"label": _("Antwoord"), "state": "coming", "note": _("uiterlijk 1 maart")},
        ],
        "tabs": [
            {"label": _("Overzicht"), "href": "#", "current": True},
            {"label": _("Inschrijvingen"), "href": "#", "count": 99},
            {"label": _("Kamers"), "href": "#", "count": 10},
            {"label": _("Programma"), "href": "#"},
            {"label": _("Verslag"), "href": "#"},
        ],
        "page": Paginator(range(30), 10).page(2),
        "now": clock.now(),
    }
    return render(request, "home/gallery.html", context)
