"""Walking in: as little as possible, on a phone, in a doorway."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from weerklank_web.formats.bridge import Format
from weerklank_web.gatherings.actions.registration import Details
from weerklank_web.gatherings.choices import NEEDS, ROOM_FEATURES
from weerklank_web.gatherings.forms.registration import DetailsForm, WishesForm
from weerklank_web.gatherings.models import Gathering

__all__ = ["DeskWalkInForm", "WalkInForm"]


class WalkInForm(WishesForm, DetailsForm):
    """A name or alias and the code at the door; everything else may stay empty.

    Of what somebody needs only what decides which room: the rest is quicker said than ticked.
    """

    form = forms.UUIDField(widget=forms.HiddenInput)
    code = forms.CharField(
        label=_("De code aan de deur"),
        max_length=12,
        help_text=_("Hij hangt bij de ingang, of vraag hem aan iemand van de organisatie."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    email = forms.EmailField(
        label=_("Je mailadres"),
        required=False,
        help_text=_("Dan mailen we je eigen link, en hoor je later wat er met de inbreng gebeurt."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    consent = forms.BooleanField(label=_("Ik weet wat jullie van me bewaren en wie leest wat ik schrijf"))

    field_order = ("form", "code", "name", "wishes", "layer", "needs", "email", "consent")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial.setdefault("form", uuid4())

    def offer(self, gathering: Gathering, format_: Format) -> None:
        """Leave out what can wait."""
        super().offer(gathering, format_)
        for name in ("proposes", "organisation", "languages", "needs_text"):
            self.fields.pop(name, None)
        needs = self.fields["needs"]
        assert isinstance(needs, forms.MultipleChoiceField)
        needs.choices = [(key, label) for key, label in NEEDS if key in ROOM_FEATURES]

    def details(self) -> Details:
        """What the action takes."""
        data = self.cleaned_data
        return Details(name=data["name"].strip(), layer=data.get("layer", ""), needs=tuple(data["needs"]))

    def mark(self) -> UUID:
        """The form's own mark: sent twice, it is still one person."""
        mark: UUID = self.cleaned_data["form"]
        return mark


class DeskWalkInForm(WalkInForm):
    """The same at the desk, for somebody without a phone: no code, and they say themselves that they agree."""

    consent = forms.BooleanField(
        label=_("Deze persoon weet wat we bewaren en wie meeleest, en vindt dat goed")
    )

    def offer(self, gathering: Gathering, format_: Format) -> None:
        """The crew needs no code."""
        super().offer(gathering, format_)
        del self.fields["code"]
