"""Forms of the rooms. They check; they never save."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from weerklank_web.dialogue.actions.contribution import Words
from weerklank_web.dialogue.actions.proposition import LONGEST
from weerklank_web.dialogue.bridge.format import longest_text, values_of
from weerklank_web.dialogue.models import VoteValue
from weerklank_web.gatherings.stage import Stage

__all__ = [
    "CardForm",
    "ContributionForm",
    "FragmentsForm",
    "HarvestForm",
    "HideForm",
    "PropositionForm",
    "PropositionsForm",
    "ReadingForm",
    "VoteForm",
    "cards_of",
]


class ContributionForm(forms.Form):
    """One thought. Level and tone come from the format and may stay open."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(label=_("Wat wil je zeggen?"), widget=forms.Textarea(attrs={"rows": 3}))
    level = forms.ChoiceField(label=_("Over wie gaat het?"), required=False, widget=forms.RadioSelect)
    tone = forms.ChoiceField(label=_("Wat voor inbreng is dit?"), required=False, widget=forms.RadioSelect)
    prompt = forms.CharField(widget=forms.HiddenInput, required=False, max_length=300)

    def __init__(self, *args: Any, stage: Stage, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["id"].initial = uuid4
        self.fields["text"].widget.attrs["maxlength"] = longest_text(stage)
        for name in ("level", "tone"):
            values = values_of(stage, name, language)
            if not values:
                del self.fields[name]
                continue
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [*((value.key, value.label) for value in values), ("", _("weet ik niet"))]

    @property
    def words(self) -> Words:
        """What was written, after checking."""
        data = self.cleaned_data
        return Words(
            text=data["text"],
            level=data.get("level", ""),
            tone=data.get("tone", ""),
            prompt=data.get("prompt", ""),
        )


class FragmentsForm(forms.Form):
    """Key fragments: one a line, copied literally."""

    fragments = forms.CharField(
        label=_("Kernwoorden"),
        help_text=_("Neem de woorden die niet verloren mogen gaan precies over. Eén stukje per regel."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    @property
    def lines(self) -> list[str]:
        """The fragments, after checking."""
        return [line for line in self.cleaned_data["fragments"].splitlines() if line.strip()]


class HideForm(forms.Form):
    """Why something is hidden; its author reads this."""

    reason = forms.CharField(
        label=_("Waarom verberg je dit?"),
        help_text=_("De schrijver leest je reden. De kamer ziet dat er iets is verborgen, niet wat."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
    )


class HarvestForm(forms.Form):
    """The room's own words about its theme."""

    why = forms.CharField(
        label=_("Waarom koos de kamer dit thema?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=1000,
    )
    essence = forms.CharField(
        label=_("Wat is de essentie?"),
        help_text=_("Als de ontvanger maar één ding onthoudt, wat is dat dan?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=1000,
    )


class ReadingForm(forms.Form):
    """A participant reads the harvest back."""

    agrees = forms.ChoiceField(
        label=_("Klopt het met wat jullie zeiden?"),
        choices=[("yes", _("Ja, het klopt")), ("no", _("Nee, er mist iets of het klopt niet"))],
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(
        label=_("Wat mist er of klopt niet?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=600,
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("agrees") == "no" and not data.get("remark", "").strip():
            self.add_error("remark", _("Schrijf kort op wat er mist of niet klopt."))
        return data


class CardForm(forms.Form):
    """Paper cards, typed in afterwards: one card a line, all for one level."""

    cards = forms.CharField(
        label=_("De kaarten"),
        help_text=_("Eén kaart per regel. Typ over wat er staat, ook als de zin niet af is."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    level = forms.ChoiceField(
        label=_("Over wie gaan deze kaarten?"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, stage: Stage, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._most = longest_text(stage)
        values = values_of(stage, "level", language)
        field = self.fields["level"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*((value.key, value.label) for value in values), ("", _("staat er niet bij"))]

    def clean_cards(self) -> str:
        for number, line in enumerate(self.cleaned_data["cards"].splitlines(), start=1):
            if len(line.strip()) > self._most:
                raise forms.ValidationError(
                    _("Regel %(line)s is langer dan %(most)s tekens. Maak er twee regels van."),
                    params={"line": number, "most": self._most},
                )
        return str(self.cleaned_data["cards"])


def cards_of(form: CardForm) -> list[Words]:
    """The cards, after checking; empty lines left out."""
    level = form.cleaned_data["level"]
    return [Words(text=line, level=level) for line in form.cleaned_data["cards"].splitlines() if line.strip()]


class PropositionsForm(forms.Form):
    """One or more propositions, each on a line of its own."""

    texts = forms.CharField(
        label=_("Stellingen"),
        help_text=_(
            "Eén per regel. Eén gedachte per stelling, en liever wat er wel moet dan wat er niet moet."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_texts(self) -> list[str]:
        """The lines with something on them."""
        lines = [line.strip() for line in self.cleaned_data["texts"].splitlines() if line.strip()]
        if any(len(line) > LONGEST for line in lines):
            raise forms.ValidationError(
                _("Houd elke stelling onder %(most)s tekens."), params={"most": LONGEST}
            )
        return lines


class PropositionForm(forms.Form):
    """The words of one proposition."""

    text = forms.CharField(
        label=_("De stelling"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )


class VoteForm(forms.Form):
    """One vote. The page's own buttons send it; it is never shown as a form."""

    item = forms.UUIDField()
    value = forms.TypedChoiceField(coerce=int, choices=VoteValue.choices)
    nr = forms.IntegerField(min_value=1)
