"""Taking a format: from now on this version, whatever happens to the file. And reading in one's own."""

from __future__ import annotations

from django.db import transaction
from django.db.models import ProtectedError

from weerklank_web.accounts.models import Person
from weerklank_web.formats.bridge import Format, frozen_text
from weerklank_web.formats.models import FormatVersion, OwnFormat
from weerklank_web.groundwork import clock, journal

__all__ = ["forget_own_formats", "keep_own_format", "remove_own_format", "take_format"]


def take_format(format_: Format) -> FormatVersion:
    """The frozen version of this format; taking the same content twice gives the same row."""
    text, fingerprint = frozen_text(format_)
    version, _ = FormatVersion.objects.get_or_create(
        fingerprint=fingerprint, defaults={"key": format_.id, "title": str(format_.title)[:200], "text": text}
    )
    return version


@transaction.atomic
def keep_own_format(format_: Format, *, by: Person) -> OwnFormat:
    """Put a sound format on its writer's list, in the place of their earlier one with the same id.

    Gatherings that took the earlier version keep it.
    """
    version = take_format(format_)
    own = OwnFormat.objects.select_for_update().filter(owner=by, key=version.key).first()
    if own is None:
        own = OwnFormat(owner=by, key=version.key)
    earlier = None if own.version_id in (None, version.pk) else own.version
    own.version, own.read_on = version, clock.today()
    own.save()
    if earlier is not None:
        _drop_if_unused(earlier)
    journal.write("format.read-in", gathering=None, by=str(by), subject=version.key)
    return own


@transaction.atomic
def remove_own_format(own: OwnFormat, *, by: Person) -> bool:
    """Take it off the list. Returns whether its text went too: what a gathering took stays with that gathering."""
    version = own.version
    own.delete()
    journal.write("format.removed", gathering=None, by=str(by), subject=version.key)
    return _drop_if_unused(version)


@transaction.atomic
def forget_own_formats(person: Person) -> None:
    """Everything on this person's list goes; for whoever closes their account."""
    for own in OwnFormat.objects.filter(owner=person).select_related("version"):
        version = own.version
        own.delete()
        _drop_if_unused(version)


def _drop_if_unused(version: FormatVersion) -> bool:
    """Let a version go that stands on no list and that no gathering took."""
    try:
        version.delete()
    except ProtectedError:
        return False
    return True
