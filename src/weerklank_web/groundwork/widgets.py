"""Widgets that Django does not have: ranked wishes, choices as cards, a day.

All of them are plain HTML controls: they work without JavaScript and with any assistive technology.
"""

# Django decides which arguments the methods of a widget get.
# ruff: noqa: ARG002
from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

__all__ = ["CheckboxGroup", "DayInput", "MomentInput", "RadioCards", "RankedChoice", "RankedChoiceField"]


class CheckboxGroup(forms.CheckboxSelectMultiple):
    """Several of a few: one checkbox each, in a fieldset."""

    template_name = "components/widgets/options.html"


class RadioCards(forms.RadioSelect):
    """One of a few, each as a card that can be pressed as a whole.

    ``notes`` maps a choice's value to a sentence that stands under its label.
    """

    template_name = "components/widgets/options.html"

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Iterable[Any] = (),
        *,
        notes: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(attrs, choices)
        self.notes = dict(notes or {})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Django's context, with ``cards`` on the widget and a ``note`` on each option."""
        context = super().get_context(name, value, attrs)
        context["widget"]["cards"] = True
        for _group, options, _index in context["widget"]["optgroups"]:
            for option in options:
                option["note"] = self.notes.get(str(option["value"]), "")
        return context


class DayInput(forms.DateInput):
    """A calendar day, picked with the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """A day and a time, on the clock of whoever reads the result."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class RankedChoice(forms.Widget):
    """One select per rank: first choice, second choice, and so on."""

    template_name = "components/widgets/ranked-choice.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None, *, ranks: int = 3) -> None:
        super().__init__(attrs)
        self.ranks = ranks
        self.choices: list[tuple[str, object]] = []

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Django's context, with ``ranks``: number, id, name, label and chosen value of each select."""
        context = super().get_context(name, value, attrs)
        chosen = [str(part) for part in (value or [])]
        base = context["widget"]["attrs"].get("id", f"id_{name}")
        context["widget"]["ranks"] = [
            {
                "id": f"{base}_{rank}",
                "name": f"{name}_{rank}",
                "label": _("Keuze %(rank)d") % {"rank": rank},
                "chosen": chosen[rank - 1] if rank <= len(chosen) else "",
            }
            for rank in range(1, self.ranks + 1)
        ]
        context["widget"]["choices"] = self.choices
        return context

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> list[str]:
        """The chosen values in order of rank; an empty rank stands as an empty text."""
        return [str(data.get(f"{name}_{rank}", "")) for rank in range(1, self.ranks + 1)]

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> bool:
        """Whether none of the selects was sent at all."""
        return not any(f"{name}_{rank}" in data for rank in range(1, self.ranks + 1))

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The first select, so that a link in the error summary lands there."""
        return f"{id_}_1" if id_ else id_


class RankedChoiceField(forms.Field):
    """Ranked wishes: a list of chosen values, first choice first, without gaps or doubles.

    ``choices`` may be set after the form is made (``form.fields["wishes"].choices = …``); there are never more
    ranks than choices.
    """

    def __init__(self, *, choices: Iterable[tuple[Any, object]] = (), ranks: int = 3, **more: Any) -> None:
        super().__init__(widget=RankedChoice(ranks=ranks), **more)
        self._ranks = ranks
        self.choices = list(choices)

    @property
    def choices(self) -> list[tuple[Any, object]]:
        """What may be chosen: value and label (which may be a lazy translation)."""
        return self._choices

    @choices.setter
    def choices(self, choices: Iterable[tuple[Any, object]]) -> None:
        self._choices = list(choices)
        assert isinstance(self.widget, RankedChoice)
        self.widget.choices = [(str(key), label) for key, label in self._choices]
        self.widget.ranks = min(self._ranks, len(self._choices)) if self._choices else self._ranks

    def __deepcopy__(self, memo: dict[int, Any]) -> RankedChoiceField:
        copy: RankedChoiceField = super().__deepcopy__(memo)
        copy.choices = self._choices
        return copy

    def clean(self, value: Any) -> list[str]:
        """The wishes in order; raises ValidationError for a double or unknown one."""
        wishes = [str(part) for part in (value or []) if str(part)]
        known = {str(key) for key, _label in self._choices}
        if len(set(wishes)) != len(wishes):
            raise ValidationError(
                _("Je koos hetzelfde twee keer. Kies elke keer iets anders."), code="double"
            )
        if not set(wishes) <= known:
            raise ValidationError(_("Een van je keuzes bestaat niet meer. Kies opnieuw."), code="unknown")
        if self.required and not wishes:
            raise ValidationError(self.error_messages["required"], code="required")
        return wishes

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the order or the choice differs from what was there."""
        return [str(p) for p in (initial or [])] != [str(p) for p in (data or []) if str(p)]
