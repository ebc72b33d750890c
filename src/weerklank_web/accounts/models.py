"""People who sign in: organisers, facilitators, note-takers. Participants need no account."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["Person", "SignInLink"]


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, name: str = "", **extra: Any) -> Person:
        person = self.model(email=self.normalize_email(email).lower(), name=name, **extra)
        person.set_unusable_password()
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody with a role. Signs in by a link in the mail; a second factor is possible."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(_("e-mailadres"), unique=True)
    name = models.CharField(_("naam"), max_length=120, blank=True)
    language = models.CharField(max_length=5, default="nl")
    may_organise = models.BooleanField(default=False, help_text="May make gatherings of their own.")
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_on = models.DateField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[PersonManager] = PersonManager()

    def __str__(self) -> str:
        return self.name or self.email


class SignInLink(models.Model):
    """A one-time way in. Only a fingerprint is kept; used or expired links open nothing."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sign_in_links")
    fingerprint = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"link for {self.person}"
