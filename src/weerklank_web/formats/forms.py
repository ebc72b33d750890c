"""Reading in a format of one's own. The form looks at the file; the checker of formats reads it."""

from __future__ import annotations

from django import forms
from django.core.files import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

__all__ = ["OwnFormatForm"]

# The largest format that comes with Weerklank has 25 kB, and no line of 500 characters. Reading a key of very many parts takes
# a parser minutes, and nobody writes one for people.
_LARGEST, _LONGEST_LINE = 100 * 1024, 2000


class OwnFormatForm(forms.Form):
    """A TOML file."""

    file = forms.FileField(
        label=gettext_lazy("Bestand met je werkvorm"),
        help_text=gettext_lazy("Een tekstbestand waarvan de naam eindigt op .toml."),
        widget=forms.FileInput(attrs={"accept": ".toml"}),
        error_messages={"empty": gettext_lazy("Dit bestand is leeg. Kies een bestand met een werkvorm.")},
    )

    def clean_file(self) -> File[bytes]:
        """Refuse what cannot be a format before it is read."""
        file: File[bytes] = self.cleaned_data["file"]
        if not (file.name or "").lower().endswith(".toml"):
            raise forms.ValidationError(
                _("Een werkvorm is een tekstbestand waarvan de naam eindigt op .toml.")
            )
        if file.size > _LARGEST:
            raise forms.ValidationError(
                _("Dit bestand is %(size)s groot. Een werkvorm is hoogstens %(most)s."),
                params={"size": filesizeformat(file.size), "most": filesizeformat(_LARGEST)},
            )
        longest = max(map(len, file.read().splitlines()), default=0)
        file.seek(0)
        if longest > _LONGEST_LINE:
            raise forms.ValidationError(
                _("Een regel in dit bestand heeft meer dan %(most)s tekens. Verdeel hem over meer regels."),
                params={"most": _LONGEST_LINE},
            )
        return file
