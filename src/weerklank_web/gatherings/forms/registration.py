"""Registering, and changing what somebody told. Only a name (or alias) and a mail address are needed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from weerklank_web.formats.bridge import Format, format_of
from weerklank_web.gatherings.actions.registration import Details
from weerklank_web.gatherings.bridge import layers_of, wishes_allowed
from weerklank_web.gatherings.choices import LANGUAGES, NEEDS
from weerklank_web.gatherings.models import Gathering, Registration
from weerklank_web.gatherings.queries.registration import theme_choices
from weerklank_web.groundwork.language import language_now
from weerklank_web.groundwork.widgets import CheckboxGroup, RankedChoiceField

__all__ = ["DetailsForm", "EraseForm", "LettersForm", "NewLinkForm", "RegistrationForm", "WishesForm"]

_YES_NO = (("yes", _("Ja, stuur me bericht")), ("no", _("Nee, ik kijk zelf wel")))


class _OfGathering(forms.Form):
    """Offers what this gathering offers; each part of a form adds its own in ``offer``."""

    def __init__(self, *args: Any, gathering: Gathering, **more: Any) -> None:
        super().__init__(*args, **more)
        self.offer(gathering, format_of(gathering.format_version))

    def offer(self, gathering: Gathering, format_: Format) -> None:
        """Fill the choices, and leave out what this gathering does not ask."""


class DetailsForm(_OfGathering):
    """What somebody tells about themselves."""

    name = forms.CharField(
        label=_("Je naam of een schuilnaam"),
        max_length=120,
        help_text=_("Zo noemen we je in de lijst aan de deur en in je kamer."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    layer = forms.ChoiceField(
        label=_("Bij welke overheid werk je?"),
        required=False,
        help_text=_("Daarmee mengen we de kamers. Wie hier maar met een paar zijn, tellen we nooit apart."),
    )
    organisation = forms.CharField(
        label=_("Organisatie"),
        max_length=160,
        required=False,
        help_text=_("Alleen de organisatoren zien dit."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    languages = forms.MultipleChoiceField(
        label=_("In welke talen praat je graag?"),
        required=False,
        choices=LANGUAGES,
        widget=CheckboxGroup,
        help_text=_("Dan zit je in een kamer waar je jezelf kunt zijn."),
    )
    needs = forms.MultipleChoiceField(
        label=_("Wat heb je nodig om goed mee te kunnen doen?"),
        required=False,
        choices=NEEDS,
        widget=CheckboxGroup,
        help_text=_("Alleen de organisatoren en de gespreksleider van je kamer zien dit."),
    )
    needs_text = forms.CharField(
        label=_("Nog iets anders dat je nodig hebt?"), max_length=300, required=False
    )

    def offer(self, gathering: Gathering, format_: Format) -> None:
        """The layers of government of this format."""
        super().offer(gathering, format_)
        layers = layers_of(format_, language=language_now())
        field = self.fields["layer"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Zeg ik liever niet")), *layers]
        if not layers:
            del self.fields["layer"]

    @staticmethod
    def told_by(registration: Registration) -> dict[str, Any]:
        """The initial values for somebody who told before."""
        names = ("name", "layer", "organisation", "languages", "needs", "needs_text")
        return {name: getattr(registration, name) for name in names}

    def details(self) -> Details:
        """What the action takes."""
        data = self.cleaned_data
        return Details(
            name=data["name"].strip(),
            layer=data.get("layer", ""),
            organisation=data["organisation"].strip(),
            languages=tuple(data["languages"]),
            needs=tuple(data["needs"]),
            needs_text=data["needs_text"].strip(),
        )


class WishesForm(_OfGathering):
    """Ranked themes, and one of your own."""

    wishes = RankedChoiceField(
        label=_("Over welke thema's wil je het liefst praten?"),
        required=False,
        help_text=_("Zet je liefste thema bovenaan. Geen voorkeur mag ook."),
    )
    proposes = forms.CharField(
        label=_("Mis je een thema? Stel het voor"),
        max_length=160,
        required=False,
        help_text=_("De organisator kijkt ernaar. Kiezen genoeg mensen het, dan komt er een kamer voor."),
    )

    def offer(self, gathering: Gathering, format_: Format) -> None:
        """The themes of this gathering, as many ranks as the format allows."""
        super().offer(gathering, format_)
        ranks, choices = wishes_allowed(format_), theme_choices(gathering)
        field = self.fields["wishes"]
        assert isinstance(field, RankedChoiceField)
        field.widget.ranks = ranks
        field.choices = choices
        if not ranks:
            del self.fields["wishes"], self.fields["proposes"]
        elif not choices:
            del self.fields["wishes"]

    def themes(self) -> list[int]:
        """The chosen themes, first choice first."""
        return [int(theme) for theme in self.cleaned_data.get("wishes", [])]

    def proposal(self) -> str:
        """The theme somebody misses, or nothing."""
        return str(self.cleaned_data.get("proposes", ""))


class RegistrationForm(WishesForm, DetailsForm):
    """Everything at once, for a phone and five spare minutes."""

    email = forms.EmailField(
        label=_("Je mailadres"),
        help_text=_("Hierop krijg je je eigen link. Andere deelnemers zien het niet."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    letters = forms.ChoiceField(
        label=_("Wil je bericht als er iets met de inbreng gebeurt?"),
        choices=_YES_NO,
        widget=forms.RadioSelect,
        help_text=_(
            "Hoogstens één mail per stap, en nooit 's avonds of in het weekend. Je kunt dit later veranderen."
        ),
    )
    consent = forms.BooleanField(label=_("Ik weet wat jullie van me bewaren en wie leest wat ik schrijf"))

    field_order = (
        "name",
        "email",
        "wishes",
        "proposes",
        "layer",
        "organisation",
        "languages",
        "needs",
        "needs_text",
        "letters",
        "consent",
    )

    def letters_wanted(self) -> bool:
        """Whether they want to hear what happens next."""
        return bool(self.cleaned_data["letters"] == "yes")


class LettersForm(forms.Form):
    """Letters on or off."""

    letters = forms.ChoiceField(
        label=_("Wil je bericht als er iets met de inbreng gebeurt?"),
        choices=_YES_NO,
        widget=forms.RadioSelect,
    )


class NewLinkForm(forms.Form):
    """Where to send a new link."""

    email = forms.EmailField(
        label=_("Het mailadres waarmee je je inschreef"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class EraseForm(forms.Form):
    """What happens to somebody's words when they go."""

    words = forms.ChoiceField(
        label=_("Wat doen we met wat je schreef?"),
        choices=(
            ("keep", _("Laat mijn woorden staan, zonder spoor naar mij")),
            ("withdraw", _("Trek al mijn woorden in")),
        ),
        widget=forms.RadioSelect,
    )
    sure = forms.BooleanField(label=_("Ik weet dat dit niet terug te draaien is"))
