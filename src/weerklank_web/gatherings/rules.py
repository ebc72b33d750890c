"""Pure judgements: is the mandate complete, may this be published, what is still missing.

A gap names the section of the set-up pages where it can be mended, and says in a sentence what is needed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from weerklank_web.gatherings.models import Gathering, Mandate, Promise, Rung

__all__ = [
    "MANDATE_FIELDS",
    "PROMISE_FIELDS",
    "Gap",
    "gaps_in_gathering",
    "gaps_in_mandate",
    "promises_reasons",
]

MANDATE_FIELDS = (
    "rung",
    "open_matters",
    "fixed_matters",
    "pledge",
    "deviates_with_reason",
    "decider",
    "information",
    "means",
    "hear_from_us",
    "contact",
    "adopted_by",
)

PROMISE_FIELDS = ("recipient_name", "recipient_office", "promise", "promise_text", "promised_on")

# From here up, what people say weighs so much that deviating needs a reason (DOMAIN 5.3).
_WEIGHTY = (Rung.ADVISE, Rung.COPRODUCE, Rung.CODECIDE)

_DEVIATES = re.compile(r"afwijk|afgeweken|\bwijk(?:en|t)?\b.*\baf\b|deviat", re.IGNORECASE)
_REASON = re.compile(r"motiv|reden|reason", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?;\n]")


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that must be there before publishing."""

    section: str
    field: str
    sentence: str


def promises_reasons(mandate: Mandate) -> bool:
    """Whether the pledge says that deviating needs a reason: ticked, or in so many words."""
    sentences = _SENTENCE_END.split(mandate.pledge)
    said = any(_DEVIATES.search(sentence) and _REASON.search(sentence) for sentence in sentences)
    return mandate.deviates_with_reason or said


def gaps_in_mandate(mandate: Mandate) -> list[Gap]:
    """What the mandate statement still lacks (DOMAIN 5.3)."""
    questions = {
        "rung": _("Kies hoe ver meedoen gaat."),
        "open_matters": _("Schrijf op wat er open ligt. Ligt er niets open, kies dan «informeren»."),
        "fixed_matters": _("Schrijf op wat er vast ligt, en waarom."),
        "pledge": _("Schrijf op wat je met de inbreng belooft te doen."),
        "decider": _("Schrijf op wie beslist, en wanneer."),
        "information": _("Schrijf op wie bepaalt welke informatie meetelt."),
        "means": _("Schrijf op welk budget en welke termijn er is. «Er is geen budget» is ook een antwoord."),
        "hear_from_us": _("Schrijf op wanneer deelnemers van je horen."),
        "contact": _("Geef een contact voor wie het niet eens is met het verloop."),
        "adopted_by": _("Schrijf op wie het mandaat vaststelt."),
    }
    informs = mandate.rung == Rung.INFORM
    gaps = [
        Gap("mandaat", field, sentence)
        for field, sentence in questions.items()
        if not str(getattr(mandate, field)).strip() and not (field == "open_matters" and informs)
    ]
    if mandate.rung in _WEIGHTY and not promises_reasons(mandate):
        gaps.append(
            Gap(
                "mandaat",
                "deviates_with_reason",
                _(
                    "Wie advies vraagt, wijkt daar alleen met een motivering van af. Beloof dat, of kies een lagere trede."
                ),
            )
        )
    return gaps


def gaps_in_gathering(gathering: Gathering) -> list[Gap]:
    """What the gathering's own row still lacks: title, moment, place, recipient, promise (W1)."""
    checks = [
        ("basis", "purposes", bool(gathering.purpose_lines), _("Geef minstens één doel.")),
        ("moment", "starts_at", gathering.starts_at is not None, _("Kies wanneer het begint.")),
        ("moment", "ends_at", gathering.ends_at is not None, _("Kies wanneer het eindigt.")),
        (
            "moment",
            "place",
            bool(gathering.place or gathering.video_link),
            _("Geef een plaats of een videolink."),
        ),
        (
            "belofte",
            "recipient_name",
            bool(gathering.recipient_name or gathering.recipient_office),
            _("Geef de ontvanger: een naam of een ambt."),
        ),
        (
            "belofte",
            "promise",
            bool(gathering.promise),
            _("Kies wat de ontvanger belooft. «Geen belofte» mag ook, maar dan zeg je dat eerlijk."),
        ),
        (
            "belofte",
            "promised_on",
            gathering.promise in ("", Promise.NONE) or gathering.promised_on is not None,
            _("Geef de dag waarop het antwoord er uiterlijk is."),
        ),
    ]
    return [Gap(section, field, sentence) for section, field, holds, sentence in checks if not holds]
