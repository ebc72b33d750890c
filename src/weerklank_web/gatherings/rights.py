"""What others keep about a participant, so that one press exports or erases all of it.

An app to the left of this one keeps words or steps under a participant's author key. It says here, once, from its
``AppConfig.ready``, how to export and how to erase them::

    register_own_data("inbreng", export=own_contributions, erase=erase_contributions)

``export`` gives anything that JSON can hold. ``erase`` runs inside one transaction with everything else;
``withdraw`` says what the participant chose: True takes the words back, False leaves the text and destroys the key,
so that nothing leads to a person any more.

In the same way an app may ask to be called before registrations lose what counts are made of
(``before_thinning``): whatever must still be countable later is released and frozen then; or when the last of a
gathering's registrations go (``when_forgotten``): from then on no link opens what it keeps under an author key.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from weerklank_web.gatherings.gates import Participant
from weerklank_web.gatherings.models import Gathering

__all__ = [
    "OwnData",
    "before_thinning",
    "forgetting_calls",
    "own_data",
    "register_own_data",
    "thinning_calls",
    "when_forgotten",
]

Export = Callable[[Participant], object]
Erase = Callable[[Participant, bool], None]


@dataclass(frozen=True, slots=True)
class OwnData:
    """One app's part of what is kept about a participant."""

    name: str
    export: Export
    erase: Erase


_own_data: dict[str, OwnData] = {}
_before_thinning: dict[str, Callable[[Gathering], None]] = {}
_when_forgotten: dict[str, Callable[[Gathering], None]] = {}


def register_own_data(name: str, *, export: Export, erase: Erase) -> None:
    """Take part in export and erasure under this name; a second call with the same name replaces the first."""
    _own_data[name] = OwnData(name=name, export=export, erase=erase)


def own_data() -> list[OwnData]:
    """Every part, by name."""
    return [_own_data[name] for name in sorted(_own_data)]


def before_thinning(name: str, call: Callable[[Gathering], None]) -> None:
    """Have ``call(gathering)`` run just before names, layers and wishes of its registrations are wiped."""
    _before_thinning[name] = call


def thinning_calls() -> list[Callable[[Gathering], None]]:
    """Every such call, by name."""
    return [_before_thinning[name] for name in sorted(_before_thinning)]


def when_forgotten(name: str, call: Callable[[Gathering], None]) -> None:
    """Have ``call(gathering)`` run when the last registrations of it go, links and all."""
    _when_forgotten[name] = call


def forgetting_calls() -> list[Callable[[Gathering], None]]:
    """Every such call, by name."""
    return [_when_forgotten[name] for name in sorted(_when_forgotten)]
