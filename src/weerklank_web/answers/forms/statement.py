"""Forms of the bench: choosing, filtering, wording."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weerklank_web.answers.bridge.format import longest
from weerklank_web.answers.models import Insight
from weerklank_web.answers.queries.bench import NO_LEVEL, Bench, Filters
from weerklank_web.gatherings.stage import INSIGHT, MESSAGE, Stage
from weerklank_web.groundwork.widgets import CheckboxGroup

__all__ = ["FilterForm", "InsightForm", "MessageForm", "PieceForm", "chosen_in"]

_EXPLANATION = 2000
_DISSENT = 1000


def chosen_in(values: Iterable[str]) -> list[UUID]:
    """The ids among what was ticked; anything else falls away."""
    found = []
    for value in values:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


class FilterForm(forms.Form):
    """What to look for on the bench."""

    only_looks = True  # a filter asks nothing: no «you may skip this» beside each field

    thema = forms.ChoiceField(label=gettext_lazy("Thema"), required=False)
    niveau = forms.ChoiceField(label=gettext_lazy("Niveau"), required=False)
    zoek = forms.CharField(label=gettext_lazy("Zoek een woord"), required=False, max_length=80)
    over = forms.BooleanField(label=gettext_lazy("Alleen wat nog nergens achter staat"), required=False)

    def lay_out(self, bench: Bench) -> None:
        """Offer the themes and levels of this gathering."""
        theme, level = self.fields["thema"], self.fields["niveau"]
        assert isinstance(theme, forms.ChoiceField)
        assert isinstance(level, forms.ChoiceField)
        theme.choices = [("", _("alle thema's")), *bench.theme_choices]
        level.choices = [("", _("alle niveaus")), *bench.level_choices, (NO_LEVEL, _("zonder niveau"))]

    @classmethod
    def filters_in(cls, data: Any) -> Filters:
        """The filters as they stand in the address; what is unknown simply finds nothing."""
        return Filters(
            theme=str(data.get("thema", "")),
            level=str(data.get("niveau", "")),
            search=str(data.get("zoek", "")).strip()[:80],
            unused=bool(data.get("over")),
        )


class InsightForm(forms.Form):
    """An insight in words. The check comes before it goes out; here only the sentence is asked for."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    sentence = forms.CharField(
        label=gettext_lazy("Het inzicht in één zin"),
        help_text=gettext_lazy(
            "Alleen wat uit de inbreng eronder volgt. Getallen en citaten worden nagekeken."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    explanation = forms.CharField(
        label=gettext_lazy("Toelichting"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    dissent = forms.CharField(
        label=gettext_lazy("Wie zag het anders, en waarom?"),
        help_text=gettext_lazy(
            "Een ander geluid krijgt een eigen plek. Kies hieronder de inbreng die het zegt."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=_DISSENT,
    )

    def __init__(self, *args: Any, stage: Stage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _limit(self, "sentence", longest(stage, INSIGHT, "sentence", room=300))
        _limit(self, "explanation", longest(stage, INSIGHT, "explanation", room=_EXPLANATION))

    @property
    def words(self) -> dict[str, str]:
        """The columns, after checking."""
        return {
            name: _one_kind_of_line_end(self.cleaned_data[name])
            for name in ("sentence", "explanation", "dissent")
        }


class InsightsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not generic when it runs
    """Insights to choose from, each by its sentence."""

    def label_from_instance(self, obj: Insight) -> str:
        return obj.sentence or _("(nog zonder zin)")


class MessageForm(forms.Form):
    """A message in words."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("De boodschap"),
        help_text=gettext_lazy("Eén vraag of wens waar de ontvanger ja, deels of nee op kan zeggen."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    addressee = forms.CharField(
        label=gettext_lazy("Wie kan hier iets aan doen?"), max_length=160, required=False
    )
    level = forms.ChoiceField(label=gettext_lazy("Over wie gaat het?"), required=False)
    insights = InsightsField(
        label=gettext_lazy("Steunt op deze inzichten"),
        help_text=gettext_lazy("De inbreng achter een inzicht komt mee."),
        queryset=Insight.objects.none(),
        widget=CheckboxGroup,
        required=False,
    )
    dissent = forms.CharField(
        label=gettext_lazy("Wie zag het anders, en waarom?"),
        help_text=gettext_lazy(
            "Een ander geluid krijgt een eigen plek. Kies hieronder de inbreng die het zegt."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=_DISSENT,
    )

    def __init__(
        self,
        *args: Any,
        stage: Stage,
        levels: Sequence[tuple[str, str]],
        insights: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _limit(self, "text", longest(stage, MESSAGE, "text", room=500))
        level, choice = self.fields["level"], self.fields["insights"]
        assert isinstance(level, forms.ChoiceField)
        assert isinstance(choice, forms.ModelMultipleChoiceField)
        level.choices = [("", _("zonder niveau")), *levels]
        choice.queryset = insights
        if not insights:
            del self.fields["insights"]

    @property
    def words(self) -> dict[str, str]:
        """The columns, after checking."""
        names = ("text", "addressee", "level", "dissent")
        return {name: _one_kind_of_line_end(self.cleaned_data[name]) for name in names}

    @property
    def chosen(self) -> list[Insight]:
        """The insights it rests on, after checking."""
        return list(self.cleaned_data.get("insights", []))


class PieceForm(forms.Form):
    """A literal piece of a source."""

    piece = forms.CharField(
        label=gettext_lazy("Letterlijk stukje om te citeren"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=600,
    )


def _limit(form: forms.Form, name: str, most: int) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.CharField)
    field.validators.append(MaxLengthValidator(most))
    field.widget.attrs["maxlength"] = most


def _one_kind_of_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
