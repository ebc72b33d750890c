"""The gathering, who comes, and where they sit."""

from weerklank_web.gatherings.records.gathering import (
    Gathering,
    Mandate,
    MandateChange,
    Membership,
    Organisation,
    ProgrammeItem,
    Promise,
    PublishedTable,
    Role,
    Rung,
)
from weerklank_web.gatherings.records.registration import EarlierLink, Registration, RegistrationState, Wish
from weerklank_web.gatherings.records.room import Room, Theme
from weerklank_web.gatherings.records.seating import (
    RuleKind,
    Seat,
    SeatingKind,
    SeatingRule,
    SeatingRun,
    SeatingState,
)

__all__ = [
    "EarlierLink",
    "Gathering",
    "Mandate",
    "MandateChange",
    "Membership",
    "Organisation",
    "ProgrammeItem",
    "Promise",
    "PublishedTable",
    "Registration",
    "RegistrationState",
    "Role",
    "Room",
    "RuleKind",
    "Rung",
    "Seat",
    "SeatingKind",
    "SeatingRule",
    "SeatingRun",
    "SeatingState",
    "Theme",
    "Wish",
]
