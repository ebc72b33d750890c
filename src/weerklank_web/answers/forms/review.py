"""Forms of reading back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from weerklank_web.answers.actions.stance import LONGEST_OBJECTION
from weerklank_web.answers.bridge.format import longest
from weerklank_web.answers.models import StanceKind
from weerklank_web.gatherings.stage import Stage

__all__ = ["StanceForm"]


class StanceForm(forms.Form):
    """Agree, disagree or pass on one statement, with an objection in words if one likes."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("Sta je hierachter?"), choices=StanceKind.choices, widget=forms.RadioSelect
    )
    objection = forms.CharField(
        label=_("Wat klopt er niet, of wat ontbreekt?"),
        help_text=_("Je woorden gaan letterlijk mee naar de ontvanger, zonder je naam."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(self, *args: Any, stage: Stage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = longest(stage, "reaction", "objection", room=LONGEST_OBJECTION)
        self.fields["objection"].widget.attrs["maxlength"] = most
