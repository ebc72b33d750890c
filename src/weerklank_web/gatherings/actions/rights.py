"""A participant's own rights: everything in one file, or everything gone (DOMAIN 7.3, 7.5)."""

from __future__ import annotations

from django.db import transaction

from weerklank_web.gatherings.actions.arrivals import seat_whoever_waits
from weerklank_web.gatherings.actions.places import fill_places, locked
from weerklank_web.gatherings.gates import Participant
from weerklank_web.gatherings.models import Registration
from weerklank_web.gatherings.rights import own_data
from weerklank_web.groundwork import journal
from weerklank_web.groundwork.live import ring
from weerklank_web.notifications.models import Letter

__all__ = ["erase_own_data", "export_own_data"]


def export_own_data(participant: Participant) -> dict[str, object]:
    """Everything that is kept about the holder of this link, ready for JSON.

    What was said under an earlier link is not among it: nothing here leads from one link to the other.
    """
    registration = participant.registration
    seat = getattr(registration, "seat", None)
    letters = Letter.objects.filter(gathering=registration.gathering_id, to=registration.email)
    return {
        "bijeenkomst": registration.gathering.title,
        "inschrijving": {
            "naam": registration.name,
            "mailadres": registration.email,
            "stand": registration.state,
            "bestuurslaag": registration.layer,
            "organisatie": registration.organisation,
            "talen": registration.languages,
            "toegankelijkheid": registration.needs,
            "toegankelijkheid_toelichting": registration.needs_text,
            "taal_van_de_brieven": registration.language,
            "brieven_gewenst": registration.letters_wanted,
            "binnengelopen": registration.walk_in,
            "aanwezig": registration.present,
            "toestemming_op": _day(registration.consent_on),
            "ingeschreven_op": _day(registration.registered_on),
        },
        "wensen": [
            {"keuze": wish.rank, "thema": wish.theme.title}
            for wish in registration.wishes.select_related("theme")
        ],
        "plaats": None
        if seat is None
        else {"kamer": seat.room.name, "thema": seat.room.theme.title, "waarom": seat.reason},
        "brieven": [
            {"onderwerp": letter.subject, "tekst": letter.body, "verstuurd": letter.sent_at is not None}
            for letter in letters.order_by("made_at")
        ]
        if registration.email
        else [],
        **{part.name: part.export(participant) for part in own_data()},
    }


@transaction.atomic
def erase_own_data(participant: Participant, *, withdraw: bool) -> None:
    """Forget this participant: name, address, wishes, seat, letters, and the key to their words.

    :param withdraw: True takes the words back too; False leaves the text, and nothing leads to a person.
    """
    gathering = locked(participant.registration.gathering_id)
    for part in own_data():
        part.erase(participant, withdraw)
    registration = Registration.objects.select_for_update(of=("self",)).get(pk=participant.registration.pk)
    if registration.email:
        Letter.objects.filter(gathering=gathering.id, to=registration.email).delete()
    registration.delete()
    journal.write("participant.erased", gathering=gathering.id, by=None)
    fill_places(gathering)
    seat_whoever_waits(gathering)
    ring(f"gathering/{gathering.id}")


def _day(day: object) -> str | None:
    return None if day is None else str(day)
