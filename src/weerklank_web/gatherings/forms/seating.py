"""Rules between two people."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weerklank_web.gatherings.models import Registration, RuleKind

__all__ = ["RuleForm"]


class RuleForm(forms.Form):
    """Who sits with whom, or just not."""

    one = forms.ChoiceField(label=gettext_lazy("Wie"))
    other = forms.ChoiceField(label=gettext_lazy("En wie nog"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Wat wil je?"), choices=RuleKind.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, people: list[Registration], **more: Any) -> None:
        super().__init__(*args, **more)
        names = sorted(((str(one.pk), one.name) for one in people), key=lambda pair: pair[1].casefold())
        for name in ("one", "other"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("Kies iemand")), *names]

    def clean(self) -> dict[str, Any]:
        """Two different people."""
        data = super().clean() or self.cleaned_data
        if data.get("one") and data.get("one") == data.get("other"):
            self.add_error("other", ValidationError(_("Kies twee verschillende mensen."), code="same"))
        return data

    def rule(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        return {"one": UUID(data["one"]), "other": UUID(data["other"]), "kind": RuleKind(data["kind"])}
