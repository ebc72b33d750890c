"""Uploading notes, and looking them over page by page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from weerklank_web.reports.bridge.notes import SUFFIXES
from weerklank_web.reports.collected import ReadRow

__all__ = ["PAGE", "LookOverForm", "UploadForm"]

PAGE = 60
_LARGEST = 10 * 1024 * 1024


class UploadForm(forms.Form):
    """A file with notes."""

    file = forms.FileField(
        label=_("Bestand met notities"),
        help_text=_(
            "Markdown, Word, CSV of een transcript van Teams (WebVTT). Namen van sprekers worden niet bewaard."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(sorted(SUFFIXES))}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > _LARGEST:
            raise forms.ValidationError(_("Dit bestand is groter dan 10 MB. Knip het in stukken."))
        if not any(file.name.lower().endswith(suffix) for suffix in SUFFIXES):
            raise forms.ValidationError(
                _("Dit soort bestand kunnen we niet lezen. Bewaar het als %(kinds)s en probeer opnieuw."),
                params={"kinds": ", ".join(sorted(SUFFIXES))},
            )
        return file


class LookOverForm(forms.Form):
    """One page of rows: keep or not, which room, which level."""

    def __init__(
        self,
        *args: Any,
        rows: Sequence[tuple[int, ReadRow]],
        rooms: Sequence[tuple[str, str]],
        levels: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._places = [place for place, _row in rows]
        for place, row in rows:
            self.fields[f"keep-{place}"] = forms.BooleanField(
                label=_("meenemen"), required=False, initial=row.keep
            )
            self.fields[f"room-{place}"] = forms.ChoiceField(
                label=_("kamer"),
                required=False,
                choices=[("", _("kies een kamer")), *rooms],
                initial=row.room,
            )
            self.fields[f"level-{place}"] = forms.ChoiceField(
                label=_("niveau"),
                required=False,
                choices=[("", _("geen niveau")), *levels],
                initial=row.level,
            )

    @property
    def corrections(self) -> dict[int, dict[str, object]]:
        """What was corrected, after checking."""
        return {
            place: {key: self.cleaned_data[f"{key}-{place}"] for key in ("keep", "room", "level")}
            for place in self._places
        }
