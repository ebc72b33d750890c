"""Forms of the desk. A draft may be half finished; what is not readable at all stays on the screen with its mistake."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from weerklank_web.answers.models import AnswerKind, CommitmentState, Draft
from weerklank_web.answers.rules import CommitmentRow, Drafted, is_web_address
from weerklank_web.groundwork.widgets import DayInput

__all__ = ["DeskLinkForm", "DraftForm", "ProgressForm"]

_MOST_COMMITMENTS = 8
_PARTS = ("text", "owner", "due")
_NEEDED = ("kind", "reason")


class DraftForm(forms.Form):
    """The answer to one message (or, ``to_everybody``, a word to all), with its commitments."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    rows = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(
        label=_("Wat doen jullie met deze boodschap?"),
        choices=AnswerKind.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    reason = forms.CharField(
        label=_("Waarom?"),
        help_text=_("De deelnemers lezen dit letterlijk. Schrijf het zoals je het hun zou zeggen."),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        max_length=4000,
    )
    owner = forms.CharField(
        label=_("Wie doet dit?"), help_text=_("Een naam met een functie."), required=False, max_length=160
    )
    due = forms.DateField(label=_("Wanneer?"), widget=DayInput, required=False)
    film_link = forms.URLField(
        label=_("Link naar een filmpje"), required=False, max_length=200, assume_scheme="https"
    )
    transcript = forms.CharField(
        label=_("Uitgeschreven tekst van het filmpje"),
        help_text=_("Verplicht bij een filmpje: niet iedereen kan het horen of zien."),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        max_length=12000,
    )

    def __init__(self, *args: Any, to_everybody: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.to_everybody = to_everybody
        if to_everybody:
            for name in ("kind", "owner", "due"):
                del self.fields[name]
            self.fields["reason"].label = _("Wat wil je iedereen zeggen die meedeed?")
        self.count = 0 if to_everybody else self._row_count()
        self.fields["rows"].initial = self.count
        for number in range(self.count):
            self.fields[f"c{number}_text"] = forms.CharField(
                label=_("Wat gaat er gebeuren?"), required=False, max_length=400
            )
            self.fields[f"c{number}_owner"] = forms.CharField(
                label=_("Wie zorgt ervoor?"), required=False, max_length=160
            )
            self.fields[f"c{number}_due"] = forms.DateField(
                label=_("Wanneer is het klaar?"), widget=DayInput, required=False
            )

        self._ask(needed=True)

    def clean_film_link(self) -> str:
        """Only an address that a browser opens by itself."""
        link = str(self.cleaned_data["film_link"])
        if link and not is_web_address(link):
            raise forms.ValidationError(_("Geef een adres dat met https:// begint."))
        return link

    def full_clean(self) -> None:
        """Check what was typed, and let what is missing wait: a draft may be half finished."""
        self._ask(needed=False)
        super().full_clean()
        self._ask(needed=True)

    def _ask(self, *, needed: bool) -> None:
        """Releasing asks for these, so they carry no «you may skip this»."""
        for name in _NEEDED:
            if name in self.fields:
                self.fields[name].required = needed

    def _row_count(self) -> int:
        """As many rows as there are, and one more."""
        asked = str(self.data.get(self.add_prefix("rows"), "")) if self.is_bound else ""
        kept = sum(name.endswith("_text") for name in self.initial)
        count = int(asked) if asked.isdecimal() else kept + 1
        return max(1, min(count, _MOST_COMMITMENTS))

    @classmethod
    def of(cls, draft: Draft | None, *, to_everybody: bool, prefix: str) -> DraftForm:
        """The form as it stands for this draft, or an empty one."""
        initial: dict[str, object] = {"version": 0}
        if draft is not None:
            initial = {
                name: getattr(draft, name)
                for name in ("version", "kind", "reason", "owner", "due", "film_link", "transcript")
            }
            for number, row in enumerate(draft.commitments):
                initial |= {f"c{number}_{part}": row[part] for part in _PARTS}
        return cls(initial=initial, to_everybody=to_everybody, prefix=prefix)

    @property
    def commitment_rows(self) -> Iterator[tuple[int, list[BoundField]]]:
        """The rows of fields for commitments, numbered from 1."""
        for number in range(self.count):
            yield number + 1, [self[f"c{number}_{part}"] for part in _PARTS]

    @property
    def words(self) -> Drafted:
        """What was written, after checking; rows in which nothing stands fall away."""
        data = self.cleaned_data
        rows = [self._row(data, number) for number in range(self.count)]
        return Drafted(
            to_everybody=self.to_everybody,
            kind=data.get("kind", ""),
            reason=data["reason"].replace("\r\n", "\n"),
            owner=data.get("owner", ""),
            due=data.get("due"),
            film_link=data["film_link"],
            transcript=data["transcript"].replace("\r\n", "\n"),
            commitments=[row for row in rows if any(row.values())],
        )

    @staticmethod
    def _row(data: Mapping[str, Any], number: int) -> CommitmentRow:
        due = data.get(f"c{number}_due")
        return CommitmentRow(
            text=data.get(f"c{number}_text", ""),
            owner=data.get(f"c{number}_owner", ""),
            due=due.isoformat() if due else "",
        )


class ProgressForm(forms.Form):
    """How it goes with a commitment."""

    text = forms.CharField(
        label=_("Hoe staat het ervoor?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
    )
    state = forms.ChoiceField(label=_("Stand"), choices=CommitmentState.choices, widget=forms.RadioSelect)


class DeskLinkForm(forms.Form):
    """For whom a link to the desk is, and what they may do."""

    holder = forms.CharField(
        label=_("Voor wie?"), max_length=120, help_text=_("De naam die bij een concept staat.")
    )
    email = forms.EmailField(
        label=_("E-mailadres"),
        required=False,
        help_text=_("De link gaat er meteen heen. Zonder adres geef je hem zelf door."),
    )
    role = forms.ChoiceField(
        label=_("Wat mag deze persoon?"),
        choices=[
            ("aide", _("Voorbereiden: antwoorden schrijven als concept")),
            ("recipient", _("Voorbereiden en vrijgeven: de ontvanger zelf")),
        ],
        widget=forms.RadioSelect,
        initial="aide",
    )

    @property
    def may_release(self) -> bool:
        """Whether it is the recipient's own link."""
        return bool(self.cleaned_data["role"] == "recipient")
