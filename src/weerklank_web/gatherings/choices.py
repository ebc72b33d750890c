"""What a form offers: languages, access needs, time zones. Keys are stored; labels are for people."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

__all__ = ["LANGUAGES", "NEEDS", "ROOM_FEATURES", "ZONES", "labels_of"]

# Spoken and signed; a gathering's rooms may name the same keys.
LANGUAGES = (
    ("nl", _("Nederlands")),
    ("fr", _("Frans")),
    ("de", _("Duits")),
    ("en", _("Engels")),
    ("fy", _("Fries")),
    ("vgt", _("Vlaamse Gebarentaal")),
    ("ngt", _("Nederlandse Gebarentaal")),
    ("ar", _("Arabisch")),
    ("tr", _("Turks")),
    ("uk", _("Oekraïens")),
    ("pl", _("Pools")),
    ("es", _("Spaans")),
)

# What a room must have before somebody with this need can sit there (T19).
NEEDS = (
    ("step-free", _("een plek zonder trappen of drempels")),
    ("hearing-loop", _("een ringleiding")),
    ("captions", _("ondertiteling van wat er gezegd wordt")),
    ("sign-interpreter", _("een gebarentolk")),
    ("large-type", _("grote letters of een schermlezer")),
    ("write-only", _("meedoen door te schrijven, zonder te spreken")),
    ("quiet-place", _("een rustige plek om af en toe op adem te komen")),
)

# Which of these a room has or lacks: a hard rule when places are divided. The others the organiser arranges for that
# person wherever they sit: large type goes along on paper, writing is possible in every room, a quiet place is a
# room where nobody talks.
ROOM_FEATURES = ("step-free", "hearing-loop", "captions", "sign-interpreter")

ZONES = (
    ("Europe/Brussels", _("België")),
    ("Europe/Amsterdam", _("Nederland")),
    ("America/Kralendijk", _("Caribisch Nederland")),
)


def labels_of(keys: Iterable[str], choices: Iterable[tuple[str, object]]) -> list[str]:
    """The labels that belong to these keys, in order; a key that is not offered stands for itself."""
    known = dict(choices)
    return [str(known.get(key, key)) for key in keys]
