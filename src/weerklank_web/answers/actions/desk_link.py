"""Links to the desk: made by an organiser, shown once, mailed at once, never stored."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from weerklank_web.answers import letters
from weerklank_web.answers.models import DeskLink
from weerklank_web.gatherings.models import Gathering
from weerklank_web.groundwork import journal, links
from weerklank_web.groundwork.errors import NotNow

__all__ = ["MadeLink", "make_desk_link", "revoke_desk_link"]


@dataclass(frozen=True, slots=True)
class MadeLink:
    """A link that was just made. ``secret`` is shown now and never again; ``mailed`` is None without an address."""

    link: DeskLink
    secret: str
    mailed: bool | None


def make_desk_link(
    gathering: Gathering, *, holder: str, email: str = "", may_release: bool, by: str
) -> MadeLink:
    """A new way to the desk. Aides (``may_release`` False) prepare; only the recipient releases."""
    if not holder.strip():
        raise NotNow(_("Zeg voor wie de link is."), code="holder-needed")
    secret = links.new_secret()
    with transaction.atomic():
        link = DeskLink.objects.create(
            gathering=gathering,
            holder=holder.strip(),
            email=email.strip().lower(),
            may_release=may_release,
            fingerprint=links.fingerprint(secret),
        )
        journal.write("desk.link-made", gathering=gathering.id, by=by, subject=link.holder)
    mailed = letters.send_desk_link(link, secret=secret) if link.email else None
    return MadeLink(link=link, secret=secret, mailed=mailed)


@transaction.atomic
def revoke_desk_link(link: DeskLink, *, by: str) -> None:
    """Let a link lapse. What was prepared with it stays."""
    if link.revoked:
        return
    link.revoked = True
    link.save(update_fields=["revoked"])
    journal.write("desk.link-revoked", gathering=link.gathering.id, by=by, subject=link.holder)
