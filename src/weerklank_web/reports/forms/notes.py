"""Uploading notes, and looking them over page by page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files import File
from django.forms.boundfield import BoundField
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from weerklank_web.reports.actions.notes import Correction
from weerklank_web.reports.bridge.notes import SUFFIXES
from weerklank_web.reports.collected import ReadRow
from weerklank_web.reports.queries.uploads import Part

__all__ = ["LookOverForm", "PartsForm", "Row", "UploadForm"]

_LARGEST = 10 * 1024 * 1024
_AS_IT_IS = "zo-laten"
_NOT_YET = "nog-niet"

Choices = Sequence[tuple[str, str]]


class UploadForm(forms.Form):
    """A file with notes."""

    file = forms.FileField(
        label=gettext_lazy("Bestand met notities"),
        help_text=gettext_lazy(
            "Word, Markdown, CSV of een transcript van Teams (WebVTT), hoogstens 10 MB. "
            "Namen van sprekers worden niet bewaard, en het bestand zelf ook niet."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
        error_messages={"empty": gettext_lazy("Dit bestand is leeg. Kies een bestand met tekst.")},
    )

    def clean_file(self) -> File[bytes]:
        """Refuse what cannot be read before anybody waits for it."""
        file: File[bytes] = self.cleaned_data["file"]
        if file.size > _LARGEST:
            raise forms.ValidationError(
                _("Dit bestand is %(size)s groot. Meer dan 10 MB lezen we niet: knip het in stukken."),
                params={"size": filesizeformat(file.size)},
            )
        if not (file.name or "").lower().endswith(SUFFIXES):
            raise forms.ValidationError(
                _("Dit soort bestand kunnen we niet lezen. Bewaar het als %(kinds)s en probeer opnieuw."),
                params={"kinds": ", ".join(SUFFIXES)},
            )
        return file


class PartsForm(forms.Form):
    """For each heading of the file the room where all of it goes."""

    prefix = "deel"

    def __init__(self, *args: Any, parts: Sequence[Part], rooms: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in parts:
            mixed = [(_AS_IT_IS, _("verschillende kamers: laat zo"))] if part.mixed else []
            count = ngettext("%(count)d stuk", "%(count)d stukken", part.count) % {"count": part.count}
            self.fields[str(part.number)] = forms.ChoiceField(
                label=f"{part.title} ({count})",
                choices=[*mixed, (_NOT_YET, _("nog geen kamer")), *rooms],
                initial=_AS_IT_IS if part.mixed else part.room or _NOT_YET,
            )

    @property
    def rooms(self) -> dict[int, str]:
        """The chosen room by the number of the part; parts that stay as they are, are left out."""
        return {
            int(name): "" if room == _NOT_YET else room
            for name, room in self.cleaned_data.items()
            if room != _AS_IT_IS
        }


@dataclass(frozen=True)
class Row:
    """A row to look over with its three fields."""

    found: ReadRow
    keep: BoundField
    room: BoundField
    level: BoundField


class LookOverForm(forms.Form):
    """One page of rows: keep or not, which room, which level."""

    def __init__(
        self,
        *args: Any,
        rows: Sequence[tuple[int, ReadRow]],
        rooms: Choices,
        levels: Choices,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._rows = rows
        self.has_levels = bool(levels)
        for place, row in rows:
            where = {"line": row.first_line}
            self.fields[f"keep-{place}"] = forms.BooleanField(
                label=_("Neem regel %(line)s mee") % where, required=False, initial=row.keep
            )
            self.fields[f"room-{place}"] = forms.ChoiceField(
                label=_("Kamer voor regel %(line)s") % where,
                required=False,
                choices=[("", _("kies een kamer")), *rooms],
                initial=row.room,
            )
            self.fields[f"level-{place}"] = forms.ChoiceField(
                label=_("Niveau van regel %(line)s") % where,
                required=False,
                choices=[("", _("geen niveau")), *levels],
                initial=row.level,
            )

    def parts(self) -> Iterator[tuple[str, list[Row]]]:
        """The rows under their headings, in the order of the file."""
        title: str | None = None
        rows: list[Row] = []
        for place, found in self._rows:
            if found.part != title:
                if title is not None:
                    yield title, rows
                title, rows = found.part, []
            rows.append(Row(found, self[f"keep-{place}"], self[f"room-{place}"], self[f"level-{place}"]))
        if title is not None:
            yield title, rows

    @property
    def corrections(self) -> dict[int, Correction]:
        """What was corrected, after checking."""
        given = self.cleaned_data
        return {
            place: Correction(
                keep=given[f"keep-{place}"], room=given[f"room-{place}"], level=given[f"level-{place}"]
            )
            for place, _row in self._rows
        }
