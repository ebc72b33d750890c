"""The set-up pages, one small form a section. Each gives the words that an action takes; none saves."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from weerklank_web.formats.bridge import Format
from weerklank_web.formats.queries import Offered
from weerklank_web.gatherings.actions.gathering import Basics, Moment, PromiseWords
from weerklank_web.gatherings.actions.mandate import MandateWords
from weerklank_web.gatherings.choices import ZONES
from weerklank_web.gatherings.models import Gathering, Mandate, Promise, Rung
from weerklank_web.gatherings.rules import MANDATE_FIELDS, PROMISE_FIELDS
from weerklank_web.groundwork.dates import day_in_words
from weerklank_web.groundwork.widgets import DayInput, MomentInput, RadioCards

__all__ = ["BasicsForm", "MandateForm", "MomentForm", "NewGatheringForm", "PromiseForm", "ReasonForm"]

_FEW_LINES = {"rows": 4}


def _from_gathering(gathering: Gathering, fields: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(gathering, name) for name in fields}


class NewGatheringForm(forms.Form):
    """A title and a format: enough to begin."""

    title = forms.CharField(label=_("Titel"), max_length=160)
    format = forms.ChoiceField(
        label=_("Werkvorm"),
        widget=RadioCards,
        help_text=_("De werkvorm bepaalt de stappen en de vragen. Later wisselen kan niet."),
    )
    language = forms.ChoiceField(label=_("Taal van de bijeenkomst"), choices=settings.LANGUAGES, initial="nl")

    def __init__(self, data: Any = None, *, offered: tuple[Offered, ...], language: str) -> None:
        super().__init__(data)
        self.offered = offered
        field = self.fields["format"]
        assert isinstance(field, forms.ChoiceField)
        field.widget.notes = {each.key: _note_of(each, language) for each in offered}
        field.choices = [(each.key, each.format.title.in_language(language)) for each in offered]
        if len(offered) == 1:
            self.initial.setdefault("format", offered[0].key)

    def chosen(self) -> Format:
        """The format that was chosen."""
        return next(each.format for each in self.offered if each.key == self.cleaned_data["format"])


def _note_of(offered: Offered, language: str) -> str:
    """What a format is for; and of one's own, that it is and since when."""
    purpose = offered.format.purpose
    notes = [] if purpose is None else [purpose.in_language(language)]
    if offered.own is not None:
        day = day_in_words(offered.own.read_on, weekday=False)
        notes.append(gettext("Eigen werkvorm, ingelezen op %(day)s.") % {"day": day})
    return " ".join(notes)


class ReasonForm(forms.Form):
    """Why: for going back a step, and for declining a theme."""

    reason = forms.CharField(label=_("Waarom?"), widget=forms.Textarea(attrs={"rows": 2}), max_length=500)


class _MayWait(forms.ModelForm[Any]):
    """A draft may leave the fields in ``needed`` empty, though publishing asks for them: no «you may skip this»."""

    needed: tuple[str, ...] = ()

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._ask(needed=True)

    def full_clean(self) -> None:
        """Check what was typed, and let what is missing wait."""
        self._ask(needed=False)
        super().full_clean()
        self._ask(needed=True)

    def _ask(self, *, needed: bool) -> None:
        for name in self.needed:
            self.fields[name].required = needed


class BasicsForm(_MayWait):
    """What it is about."""

    needed = ("purposes",)

    slug = forms.SlugField(
        label=_("Adres van de pagina"),
        max_length=80,
        help_text=_("Alleen kleine letters, cijfers en streepjes."),
    )
    language = forms.ChoiceField(label=_("Taal van de bijeenkomst"), choices=settings.LANGUAGES)

    class Meta:
        model = Gathering
        fields = ("title", "summary", "purposes", "language", "retention_days")
        labels: ClassVar = {
            "title": _("Titel"),
            "summary": _("In het kort"),
            "purposes": _("Doelen"),
            "retention_days": _("Losse inbreng bewaren (dagen na de bijeenkomst)"),
        }
        help_texts: ClassVar = {
            "summary": _("Twee of drie zinnen waarmee je iemand warm maakt om mee te doen."),
            "purposes": _("Eén doel per regel."),
            "retention_days": _(
                "Het verslag en de antwoorden blijven. Losse inbreng en de koppeling met iemands link gaan na deze tijd weg."
            ),
        }
        widgets: ClassVar = {
            "summary": forms.Textarea(attrs=_FEW_LINES),
            "purposes": forms.Textarea(attrs=_FEW_LINES),
        }

    field_order = ("title", "slug", "summary", "purposes", "language", "retention_days")

    def __init__(self, data: Any = None, *, gathering: Gathering) -> None:
        kept = (*self.Meta.fields, "slug")
        super().__init__(data, initial=_from_gathering(gathering, kept))
        self.gathering = gathering
        if gathering.published_at is not None:
            self.fields["slug"].disabled = True
            self.fields["slug"].help_text = _("Dit adres staat vast: mensen hebben de link al.")

    def clean_slug(self) -> str:
        """Lower case, and nobody else's."""
        slug = str(self.cleaned_data["slug"]).lower()
        if Gathering.objects.filter(slug=slug).exclude(pk=self.gathering.pk).exists():
            raise ValidationError(_("Dit adres is al in gebruik. Kies een ander."), code="taken")
        return slug

    def clean_retention_days(self) -> int:
        """At least long enough for the answer to come back; at most ten years."""
        days = int(self.cleaned_data["retention_days"])
        if not 30 <= days <= 3650:
            raise ValidationError(_("Kies een aantal dagen van 30 tot 3650."), code="out-of-reach")
        return days

    def words(self) -> Basics:
        """What the action takes."""
        return Basics(**self.cleaned_data)


class MomentForm(_MayWait):
    """When and where. Times are on the clock of the chosen zone."""

    needed = ("starts_at", "ends_at")

    zone = forms.ChoiceField(label=_("Klok van"), choices=ZONES)
    video_link = forms.URLField(label=_("Videolink"), required=False, assume_scheme="https")
    captions_link = forms.URLField(
        label=_("Link naar de ondertiteling"),
        required=False,
        assume_scheme="https",
        help_text=_("Waar iemand die niet goed hoort, kan meelezen wat er gezegd wordt."),
    )

    class Meta:
        model = Gathering
        fields = ("starts_at", "ends_at", "country", "place", "accessibility", "capacity")
        labels: ClassVar = {
            "starts_at": _("Begin"),
            "ends_at": _("Einde"),
            "country": _("Feestdagen van"),
            "place": _("Plaats"),
            "accessibility": _("Toegankelijkheid"),
            "capacity": _("Aantal plaatsen"),
        }
        help_texts: ClassVar = {
            "country": _("Op deze feestdagen sturen we geen mail."),
            "place": _("Een plaats of een videolink is genoeg."),
            "accessibility": _(
                "Bijvoorbeeld: een lift, een ringleiding, een tolk, een stille ruimte, parkeren."
            ),
            "capacity": _("Wie zich daarna inschrijft, komt op de wachtlijst."),
        }
        widgets: ClassVar = {
            "starts_at": MomentInput,
            "ends_at": MomentInput,
            "accessibility": forms.Textarea(attrs=_FEW_LINES),
        }

    field_order = (
        "starts_at",
        "ends_at",
        "zone",
        "country",
        "place",
        "video_link",
        "captions_link",
        "accessibility",
        "capacity",
    )

    def __init__(self, data: Any = None, *, gathering: Gathering) -> None:
        zone = ZoneInfo(gathering.zone)
        initial = _from_gathering(gathering, self.field_order)
        for name in ("starts_at", "ends_at"):
            moment: datetime | None = initial[name]
            initial[name] = None if moment is None else moment.astimezone(zone).replace(tzinfo=None)
        super().__init__(data, initial=initial)
        self.fields["capacity"].widget.attrs["min"] = 1

    def clean_capacity(self) -> int:
        """At least one place."""
        places = int(self.cleaned_data["capacity"])
        if places < 1:
            raise ValidationError(_("Geef minstens één plaats."), code="too-few")
        return places

    def clean(self) -> dict[str, Any]:
        """The moments on the chosen clock; the end after the beginning."""
        data = super().clean() or self.cleaned_data
        zone = ZoneInfo(data.get("zone") or "Europe/Brussels")
        for name in ("starts_at", "ends_at"):
            if data.get(name) is not None:
                data[name] = data[name].replace(tzinfo=zone)
        start, end = data.get("starts_at"), data.get("ends_at")
        if start and end and end <= start:
            self.add_error("ends_at", ValidationError(_("Het einde ligt voor het begin."), code="backwards"))
        return data

    def words(self) -> Moment:
        """What the action takes."""
        return Moment(**self.cleaned_data)


class _WithReason(_MayWait):
    """Asks why, once a change is no longer only the organiser's own business."""

    reason = forms.CharField(
        label=_("Waarom verandert dit?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        required=False,
        help_text=_("Iedereen kan de wijziging en jouw reden lezen op de pagina van de bijeenkomst."),
    )

    def ask_reason(self, *, asked: bool) -> None:
        """Keep the question only when it is asked."""
        if asked:
            self.needed = (*self.needed, "reason")
            self.fields["reason"].required = True
        else:
            del self.fields["reason"]

    def reason_given(self) -> str:
        """The reason, or nothing."""
        return str(self.cleaned_data.get("reason", ""))


class PromiseForm(_WithReason):
    """Who receives it, and what they promise (W1)."""

    needed = ("recipient_name", "recipient_office", "promise", "promised_on")

    promise = forms.ChoiceField(
        label=_("Wat belooft de ontvanger?"),
        required=False,
        choices=Promise.choices,
        widget=RadioCards(
            notes={
                Promise.PER_MESSAGE: _("Elke boodschap krijgt een besluit en een reden."),
                Promise.LETTER: _("Eén brief voor iedereen die meedeed."),
                Promise.FILM: _("Een film met uitgeschreven tekst."),
                Promise.MEETING: _("De ontvanger komt het zelf vertellen."),
                Promise.NONE: _("Dan zeggen we dat eerlijk, voordat iemand zich inschrijft."),
            }
        ),
    )

    class Meta:
        model = Gathering
        fields = PROMISE_FIELDS
        labels: ClassVar = {
            "recipient_name": _("Naam van de ontvanger"),
            "recipient_office": _("Ambt of functie"),
            "promise_text": _("De belofte in eigen woorden"),
            "promised_on": _("Antwoord uiterlijk op"),
        }
        help_texts: ClassVar = {
            "recipient_name": _("Een naam of een ambt is genoeg, liefst allebei."),
            "recipient_office": _("Bijvoorbeeld: schepen van Wonen, of het managementteam."),
            "promise_text": _("Liefst de woorden van de ontvanger zelf. Iedereen kan dit lezen."),
        }
        widgets: ClassVar = {"promise_text": forms.Textarea(attrs=_FEW_LINES), "promised_on": DayInput}

    def __init__(self, data: Any = None, *, gathering: Gathering) -> None:
        super().__init__(data, initial=_from_gathering(gathering, PROMISE_FIELDS))
        self.ask_reason(asked=gathering.published_at is not None)

    def words(self) -> PromiseWords:
        """What the action takes; without a promise there is no day either."""
        values = {name: self.cleaned_data[name] for name in PROMISE_FIELDS}
        if values["promise"] == Promise.NONE:
            values["promised_on"] = None
        return PromiseWords(**values)


class MandateForm(_WithReason):
    """How far taking part goes (DOMAIN 5.3)."""

    needed = tuple(name for name in MANDATE_FIELDS if name != "deviates_with_reason")

    rung = forms.ChoiceField(
        label=_("Hoe ver gaat meedoen?"),
        required=False,
        choices=Rung.choices,
        widget=RadioCards(
            notes={
                Rung.INFORM: _("Je vertelt wat er komt. Er ligt niets meer open."),
                Rung.CONSULT: _("Je vraagt wat mensen vinden, en zegt wat je ermee doet."),
                Rung.ADVISE: _("Wat mensen zeggen weegt zwaar. Afwijken kan alleen met een reden."),
                Rung.COPRODUCE: _("Je maakt het samen. De beslissing blijft bij wie bevoegd is."),
                Rung.CODECIDE: _("Deelnemers beslissen mee, binnen het kader dat je hieronder geeft."),
            }
        ),
    )

    class Meta:
        model = Mandate
        fields = MANDATE_FIELDS
        labels: ClassVar = {
            "deviates_with_reason": _("We wijken alleen met een motivering af van wat deelnemers zeggen"),
        }
        help_texts: ClassVar = {
            "open_matters": _("Waar kunnen deelnemers nog iets aan veranderen?"),
            "fixed_matters": _("Wat is al besloten, en waarom kan dat niet meer anders?"),
            "pledge": _("Bijvoorbeeld: alles wordt gelezen, en elke boodschap krijgt een antwoord."),
            "means": _("Is er geen budget? Schrijf dat dan op."),
            "contact": _("Liefst iemand die niet zelf organiseert."),
        }
        widgets: ClassVar = {
            name: forms.Textarea(attrs={"rows": 3})
            for name in (
                "open_matters",
                "fixed_matters",
                "pledge",
                "decider",
                "information",
                "means",
                "hear_from_us",
                "contact",
            )
        }

    def __init__(self, data: Any = None, *, mandate: Mandate) -> None:
        initial = {name: getattr(mandate, name) for name in MANDATE_FIELDS}
        super().__init__(data, initial=initial)
        self.ask_reason(asked=mandate.frozen_on is not None)

    def words(self) -> MandateWords:
        """What the action takes."""
        return MandateWords(**{name: self.cleaned_data[name] for name in MANDATE_FIELDS})
