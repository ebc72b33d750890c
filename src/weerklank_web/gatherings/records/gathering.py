"""Gathering, its organisers, promise and mandate (W1–W3, W17, G8)."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from weerklank_web.formats.models import FormatVersion

__all__ = [
    "Gathering",
    "Mandate",
    "MandateChange",
    "Membership",
    "Organisation",
    "ProgrammeItem",
    "Promise",
    "PublishedTable",
    "Role",
    "Rung",
]


class Promise(models.TextChoices):
    """What the recipient promises to do with the messages (W1). «None» is said aloud."""

    PER_MESSAGE = "per-message", _("een antwoord per boodschap")
    LETTER = "letter", _("een brief aan alle deelnemers")
    FILM = "film", _("een filmpje voor de deelnemers")
    MEETING = "meeting", _("een gesprek met de deelnemers")
    NONE = "none", _("geen belofte")


class Rung(models.TextChoices):
    """How far participation goes (DOMAIN §5.3), from informing to deciding together."""

    INFORM = "inform", _("informeren")
    CONSULT = "consult", _("raadplegen")
    ADVISE = "advise", _("adviseren")
    COPRODUCE = "coproduce", _("coproduceren")
    CODECIDE = "codecide", _("meebeslissen")


class Role(models.TextChoices):
    """What a signed-in person does in a gathering."""

    ORGANISER = "organiser", _("organisator")
    FACILITATOR = "facilitator", _("gespreksleider")
    NOTE_TAKER = "note-taker", _("verslaglegger")


class Gathering(models.Model):
    """One working session and everything that follows from it.

    ``step`` is the key of the format's step where the gathering now stands; what may happen follows from
    that step in the format file, not from code. Empty while it is a draft.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(_("titel"), max_length=160)
    summary = models.TextField(_("in het kort"), blank=True)
    purposes = models.TextField(_("doelen"), blank=True, help_text=_("Eén doel per regel."))
    format_version = models.ForeignKey(FormatVersion, on_delete=models.PROTECT)
    step = models.CharField(max_length=60, blank=True)
    language = models.CharField(_("taal"), max_length=5, default="nl")
    zone = models.CharField(_("tijdzone"), max_length=60, default="Europe/Brussels")
    country = models.CharField(
        _("land"), max_length=2, default="BE", choices=[("BE", _("België")), ("NL", _("Nederland"))]
    )
    starts_at = models.DateTimeField(_("begin"), null=True, blank=True)
    ends_at = models.DateTimeField(_("einde"), null=True, blank=True)
    place = models.CharField(_("plaats"), max_length=200, blank=True)
    video_link = models.URLField(_("videolink"), blank=True)
    captions_link = models.URLField(_("link naar de live ondertiteling"), blank=True)
    accessibility = models.TextField(_("toegankelijkheid"), blank=True)
    capacity = models.PositiveIntegerField(_("aantal plaatsen"), default=100)
    recipient_name = models.CharField(_("naam van de ontvanger"), max_length=120, blank=True)
    recipient_office = models.CharField(_("ambt of functie"), max_length=160, blank=True)
    promise = models.CharField(_("belofte"), max_length=20, choices=Promise.choices, blank=True)
    promise_text = models.TextField(_("toelichting bij de belofte"), blank=True)
    promised_on = models.DateField(_("antwoord uiterlijk op"), null=True, blank=True)
    retention_days = models.PositiveIntegerField(_("ruwe inbreng bewaren (dagen)"), default=365)
    door_code = models.CharField(max_length=12, blank=True)
    seats_shown_on = models.DateField(
        null=True, blank=True, help_text="The day on which everybody could see their own seat."
    )
    seating_policy = models.JSONField(
        default=dict,
        blank=True,
        help_text="What weighs more in the seating: question → answer, both as words.",
    )
    absent_give_way = models.BooleanField(
        default=False, help_text="At the door: who is not there holds no seat any more."
    )
    published_at = models.DateTimeField(null=True, blank=True)
    offered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    calendar_edition = models.PositiveIntegerField(
        default=0, help_text="SEQUENCE of the calendar file: goes up when the time or place changes."
    )
    thinned_on = models.DateField(
        null=True, blank=True, help_text="The day on which registrations lost what is no longer needed."
    )
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.title

    @property
    def purpose_lines(self) -> list[str]:
        """The purposes, one by one."""
        return [line.strip() for line in self.purposes.splitlines() if line.strip()]


class Organisation(models.Model):
    """An organising organisation; a gathering may have several (W2)."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="organisations")
    name = models.CharField(_("naam"), max_length=160)
    website = models.URLField(_("website"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class Mandate(models.Model):
    """How far participation goes (DOMAIN §5.3, G8, WW29). Frozen at the first contribution."""

    gathering = models.OneToOneField(Gathering, on_delete=models.CASCADE, related_name="mandate")
    open_matters = models.TextField(_("Wat ligt open?"), blank=True)
    fixed_matters = models.TextField(_("Wat ligt vast, en waarom?"), blank=True)
    rung = models.CharField(_("Hoe ver gaat meedoen?"), max_length=12, choices=Rung.choices, blank=True)
    pledge = models.TextField(_("Dit beloven we met jouw inbreng"), blank=True)
    deviates_with_reason = models.BooleanField(
        _("We wijken alleen af van jullie inbreng met een motivering"), default=False
    )
    decider = models.TextField(_("Wie beslist, en wanneer?"), blank=True)
    information = models.TextField(_("Wie bepaalt welke informatie meetelt?"), blank=True)
    means = models.TextField(_("Budget en termijn"), blank=True)
    hear_from_us = models.TextField(_("Wanneer hoor je van ons?"), blank=True)
    contact = models.TextField(_("Niet eens met het verloop? Contact"), blank=True)
    adopted_by = models.CharField(_("Vastgesteld door"), max_length=200, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    frozen_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"mandaat van {self.gathering}"


class MandateChange(models.Model):
    """A change after freezing, of the mandate or the promise: what it said, what it says, why. Shown to everyone."""

    mandate = models.ForeignKey(Mandate, on_delete=models.CASCADE, related_name="changes")
    field = models.CharField(max_length=30)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    reason = models.TextField()
    on = models.DateField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.field} ({self.on})"


class Membership(models.Model):
    """A role of a signed-in person in a gathering; facilitators and note-takers have a room."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role.choices)
    room = models.ForeignKey(
        "gatherings.Room", null=True, blank=True, on_delete=models.SET_NULL, related_name="crew"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering", "person", "role", "room"], name="one_role_per_room"),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.role})"


class ProgrammeItem(models.Model):
    """A line of the programme."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="programme")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("onderdeel"), max_length=160)
    text = models.TextField(_("toelichting"), blank=True)
    minutes = models.PositiveSmallIntegerField(_("minuten"), default=10)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title


class PublishedTable(models.Model):
    """Counts of people as the disclosure gate released them, once. Later views show this, nothing newer.

    ``release`` is the library's own form. ``labels`` says in words what its keys stand for, frozen with it.
    """

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="published_tables")
    name = models.CharField(max_length=120)
    release = models.JSONField()
    labels = models.JSONField(default=dict, blank=True)
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gathering", "name"], name="one_release_per_table")]

    def __str__(self) -> str:
        return self.name
