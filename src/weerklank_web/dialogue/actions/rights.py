"""A participant's own words when they take everything along, or have everything erased (DOMAIN 7.3, 7.5)."""

from __future__ import annotations

import secrets

from django.db.models import QuerySet

from weerklank_web.dialogue.actions.contribution import withdraw_contribution
from weerklank_web.dialogue.models import Contribution, HarvestReading
from weerklank_web.dialogue.queries.board import own_words
from weerklank_web.gatherings.gates import Participant

__all__ = ["erase_words", "export_words"]


def export_words(participant: Participant) -> object:
    """Everything said under this link, and what its holder thought of the room's harvest; ready for JSON."""
    return {
        "inbreng": [
            {
                "tekst": words.text,
                "kernwoorden": words.key_words,
                "kamer": words.room.name if words.room else "",
                "niveau": words.level,
                "lading": words.tone,
                "gedeeld": words.shared,
                "stand": words.state,
                "reden": words.state_reason,
                "op": words.on.isoformat(),
            }
            for words in own_words(participant.gathering, participant.author_key)
        ],
        "oogst_nagelezen": [
            {"kamer": reading.harvest.room.name, "klopt": reading.agrees, "opmerking": reading.remark}
            for reading in _readings(participant).select_related("harvest__room")
        ],
    }


def erase_words(participant: Participant, withdraw: bool) -> None:
    """Take the words back, or leave them standing without the key that led to somebody.

    What was never shared is nobody else's and goes in both cases.
    """
    words = Contribution.objects.filter(
        gathering=participant.gathering, author_key=participant.author_key
    ).select_related("room", "gathering")
    words.filter(shared=False).delete()
    if withdraw:
        for each in words:
            withdraw_contribution(each, by=None)
        _readings(participant).delete()
    for reading in _readings(participant):
        HarvestReading.objects.filter(pk=reading.pk).update(author_key=secrets.token_hex(32))
    words.update(author_key="")


def _readings(participant: Participant) -> QuerySet[HarvestReading]:
    return HarvestReading.objects.filter(
        harvest__room__gathering=participant.gathering, author_key=participant.author_key
    )
