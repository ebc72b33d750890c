"""Rules between two people, and what weighs more."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weerklank_web.gatherings.models import Registration, RuleKind

__all__ = ["PolicyForm", "RuleForm"]

# Question → its answers, in the order of from here to there. The keys are those of ``seating_bridge.policies``.
_WISHES = (
    ("first", gettext_lazy("Vooral de eerste keuze: een goede mix komt daarna")),
    ("usual", gettext_lazy("In evenwicht: eerste of tweede keuze, en een goede mix")),
    ("mix", gettext_lazy("Vooral de mix: tot één op de tien krijgt daarvoor een derde keuze")),
)
_ORGANISATIONS = (
    ("free", gettext_lazy("Maakt niet uit")),
    ("usual", gettext_lazy("Liever niet bij elkaar")),
    ("strong", gettext_lazy("Zo min mogelijk bij elkaar")),
)
_LAYERS = (
    ("free", gettext_lazy("Maakt niet uit")),
    ("usual", gettext_lazy("In elke kamer liefst drie verschillende")),
    ("strong", gettext_lazy("In elke kamer zo gemengd mogelijk")),
)
_SIZES = (
    ("free", gettext_lazy("Mogen verschillen, binnen het minimum en maximum")),
    ("usual", gettext_lazy("Liefst ongeveer even groot")),
    ("strong", gettext_lazy("Zo gelijk mogelijk")),
)


class PolicyForm(forms.Form):
    """What weighs more, in words. Hard rules are not asked: those always hold."""

    wishes = forms.ChoiceField(
        label=gettext_lazy("Wat weegt zwaarder?"), choices=_WISHES, widget=forms.RadioSelect
    )
    organisations = forms.ChoiceField(
        label=gettext_lazy("Collega's van één organisatie"), choices=_ORGANISATIONS, widget=forms.RadioSelect
    )
    layers = forms.ChoiceField(label=gettext_lazy("Bestuurslagen"), choices=_LAYERS, widget=forms.RadioSelect)
    sizes = forms.ChoiceField(
        label=gettext_lazy("Grootte van de kamers"), choices=_SIZES, widget=forms.RadioSelect
    )
    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, answers: dict[str, str]) -> None:
        was = " ".join(answers[question] for question in sorted(answers))
        super().__init__(data, initial={**answers, "was": was})
        self._questions = sorted(answers)

    def answers(self) -> dict[str, str]:
        """The answers chosen."""
        return {question: self.cleaned_data[question] for question in self._questions}

    def seen(self) -> dict[str, str]:
        """The answers that stood there when the form was opened."""
        return dict(zip(self._questions, self.cleaned_data["was"].split(), strict=False))


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
