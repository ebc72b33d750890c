"""Rooms, who helps there, and how many each theme gets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from weerklank_web.accounts.models import Person
from weerklank_web.gatherings.actions.rooms import RoomWords
from weerklank_web.gatherings.choices import LANGUAGES, NEEDS, ROOM_FEATURES
from weerklank_web.gatherings.models import Gathering, Role, Room, Theme
from weerklank_web.gatherings.queries.rooms import Proposal, helpers_of
from weerklank_web.groundwork.widgets import CheckboxGroup

__all__ = ["RoomCountForm", "RoomCrewForm", "RoomForm", "SharesForm"]

_MOST = 500


class RoomForm(forms.Form):
    """What a room is."""

    name = forms.CharField(label=gettext_lazy("Naam"), max_length=80)
    theme = forms.ModelChoiceField(
        queryset=Theme.objects.none(), label=gettext_lazy("Thema"), empty_label=gettext_lazy("Kies een thema")
    )
    places_min = forms.IntegerField(
        label=gettext_lazy("Minstens zoveel mensen"), min_value=0, max_value=_MOST
    )
    places_max = forms.IntegerField(
        label=gettext_lazy("Hoogstens zoveel mensen"),
        min_value=1,
        max_value=_MOST,
        help_text=gettext_lazy("Met zes tot acht mensen komt iedereen goed aan het woord."),
    )
    place = forms.CharField(
        label=gettext_lazy("Waar te vinden"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("Bijvoorbeeld: tweede verdieping, links van de trap."),
    )
    video_link = forms.URLField(label=gettext_lazy("Videolink"), required=False, assume_scheme="https")
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("In welke talen wordt hier gepraat?"),
        required=False,
        choices=LANGUAGES,
        widget=CheckboxGroup,
        help_text=gettext_lazy("Kies je niets, dan kan iedereen hier terecht."),
    )
    features = forms.MultipleChoiceField(
        label=gettext_lazy("Wat heeft deze kamer?"),
        required=False,
        choices=[(key, label) for key, label in NEEDS if key in ROOM_FEATURES],
        widget=CheckboxGroup,
        help_text=gettext_lazy("Wie dit nodig heeft, komt alleen in een kamer die het heeft."),
    )

    def __init__(self, *args: Any, gathering: Gathering, room: Room | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["theme"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = gathering.themes.filter(
            Q(accepted=True) | Q(pk=None if room is None else room.theme_id)
        )

    @staticmethod
    def told_by(room: Room) -> dict[str, Any]:
        """The initial values for a room that is there."""
        names = ("name", "places_min", "places_max", "place", "video_link", "languages", "features")
        return {"theme": room.theme_id, **{name: getattr(room, name) for name in names}}

    def clean(self) -> dict[str, Any]:
        """The least is not more than the most."""
        data = super().clean() or self.cleaned_data
        least, most = data.get("places_min"), data.get("places_max")
        if least is not None and most is not None and least > most:
            self.add_error(
                "places_min", ValidationError(_("Dit is meer dan er hoogstens in passen."), code="backwards")
            )
        return data

    def words(self) -> RoomWords:
        """What the action takes."""
        return RoomWords(**self.cleaned_data)


class RoomCrewForm(forms.Form):
    """Who leads the conversation here, and who writes along."""

    facilitator = forms.ChoiceField(label=gettext_lazy("Gespreksleider"), required=False)
    note_taker = forms.ChoiceField(label=gettext_lazy("Verslaglegger"), required=False)

    roles = (("facilitator", Role.FACILITATOR), ("note_taker", Role.NOTE_TAKER))

    def __init__(self, *args: Any, gathering: Gathering, room: Room, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, role in self.roles:
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("Nog niemand")), *helpers_of(gathering, role)]
            here = room.crew.filter(role=role).first()
            self.initial.setdefault(name, "" if here is None else str(here.person_id))

    def chosen(self) -> Iterable[tuple[Role, Person | None]]:
        """Per role who was chosen."""
        for name, role in self.roles:
            who = self.cleaned_data[name]
            yield role, Person.objects.get(pk=who) if who else None


class RoomCountForm(forms.Form):
    """How many rooms to propose."""

    kamers = forms.IntegerField(label=gettext_lazy("Aantal kamers"), min_value=1, max_value=_MOST)


class SharesForm(forms.Form):
    """How many rooms each theme gets: the proposal, to accept or change."""

    def __init__(self, *args: Any, proposal: Proposal, **more: Any) -> None:
        super().__init__(*args, **more)
        for share in proposal.shares:
            chosen = ngettext(
                "%(first)d keer de eerste keuze, %(all)d keer gekozen. Nu %(now)d kamer.",
                "%(first)d keer de eerste keuze, %(all)d keer gekozen. Nu %(now)d kamers.",
                share.now,
            ) % {"first": share.first, "all": share.any, "now": share.now}
            own = "" if share.theme.accepted else " " + _("Voorgesteld door een deelnemer.")
            self.fields[f"theme-{share.theme.pk}"] = forms.IntegerField(
                label=share.theme.title,
                min_value=0,
                max_value=_MOST,
                initial=max(share.proposed, share.now),
                help_text=chosen + own,
            )

    def wanted(self) -> dict[int, int]:
        """Rooms per theme, as the action takes it."""
        return {
            int(name.removeprefix("theme-")): int(count or 0) for name, count in self.cleaned_data.items()
        }
