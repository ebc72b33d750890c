"""Who registered, and what they wish (W3–W5). Nothing here leads to what somebody said."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from weerklank_web.gatherings.records.gathering import Gathering
from weerklank_web.gatherings.records.room import Theme

__all__ = ["EarlierLink", "Registration", "RegistrationState", "Wish"]


class RegistrationState(models.TextChoices):
    """Where a registration stands."""

    UNCONFIRMED = "unconfirmed", _("nog te bevestigen")
    CONFIRMED = "confirmed", _("ingeschreven")
    WAITING = "waiting", _("op de wachtlijst")
    CANCELLED = "cancelled", _("afgemeld")


class Registration(models.Model):
    """One participant. The private link is known by its fingerprint only.

    Days, never seconds: a moment here could be laid beside a moment elsewhere.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="registrations")
    name = models.CharField(_("naam of schuilnaam"), max_length=120)
    email = models.EmailField(_("e-mailadres"), blank=True)
    state = models.CharField(
        max_length=12, choices=RegistrationState.choices, default=RegistrationState.UNCONFIRMED
    )
    queue_number = models.PositiveIntegerField(default=0, help_text="Order of arrival, for the waiting list.")
    layer = models.CharField(_("bestuurslaag"), max_length=40, blank=True)
    organisation = models.CharField(_("organisatie"), max_length=160, blank=True)
    languages = models.JSONField(_("talen"), default=list, blank=True)
    needs = models.JSONField(_("toegankelijkheid"), default=list, blank=True)
    needs_text = models.CharField(_("wat heb je nodig om mee te kunnen doen?"), max_length=300, blank=True)
    link_fingerprint = models.CharField(max_length=64, unique=True)
    thread_id = models.CharField(max_length=120, blank=True, help_text="Message-ID of the first letter.")
    language = models.CharField(max_length=5, default="nl")
    letters_wanted = models.BooleanField(default=True)
    walk_in = models.BooleanField(default=False)
    present = models.BooleanField(default=False)
    consent_on = models.DateField(null=True, blank=True)
    registered_on = models.DateField()

    class Meta:
        ordering = ["queue_number"]
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "email"],
                condition=~models.Q(email="") & ~models.Q(state="cancelled"),
                name="one_registration_per_address",
            )
        ]

    def __str__(self) -> str:
        return self.name


class EarlierLink(models.Model):
    """A link that was given out before the newest one. It still opens: only it leads to the words said with it."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="earlier_links")
    fingerprint = models.CharField(max_length=64, unique=True)
    replaced_on = models.DateField()

    def __str__(self) -> str:
        return f"earlier link of {self.registration_id}"


class Wish(models.Model):
    """A theme that somebody wants to talk about; rank 1 is the first choice."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="wishes")
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="wishes")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "theme"], name="one_wish_per_theme"),
            models.UniqueConstraint(fields=["registration", "rank"], name="one_wish_per_rank"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.theme}"
