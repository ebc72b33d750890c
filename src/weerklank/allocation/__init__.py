"""Fair rooms: people with ranked wishes become seats, with reasons (W5, W6, W7).

:func:`allocate` seats everybody, :func:`reseat` whoever comes later, :func:`explain` says why, and
:func:`check_plan` recomputes it all without the search. Method, source and limits: ``docs/methods/allocation.md``.
"""

from weerklank.allocation.allocating import Effort, allocate, explain, plan_from_seats
from weerklank.allocation.checking import Breach, BrokenPlan, Rule, breaches, check_plan
from weerklank.allocation.conflicts import Conflict, Demand, NoSeating
from weerklank.allocation.event import Event, Meetings, Person, Policy, Room, changed
from weerklank.allocation.exports import (
    Groups,
    Listed,
    Sheet,
    bigbluebutton_groups,
    door_list,
    listed_from,
    plain_cell,
    room_lists,
    teams_list,
    workbook,
    zoom_list,
)
from weerklank.allocation.plan import Audit, Burden, Choices, Floor, Move, Plan, Seat, Term, Unit
from weerklank.allocation.reasons import Reason, WhyNot
from weerklank.allocation.reseating import reseat

__all__ = [
    "Audit",
    "Breach",
    "BrokenPlan",
    "Burden",
    "Choices",
    "Conflict",
    "Demand",
    "Effort",
    "Event",
    "Floor",
    "Groups",
    "Listed",
    "Meetings",
    "Move",
    "NoSeating",
    "Person",
    "Plan",
    "Policy",
    "Reason",
    "Room",
    "Rule",
    "Seat",
    "Sheet",
    "Term",
    "Unit",
    "WhyNot",
    "allocate",
    "bigbluebutton_groups",
    "breaches",
    "changed",
    "check_plan",
    "door_list",
    "explain",
    "listed_from",
    "plain_cell",
    "plan_from_seats",
    "reseat",
    "room_lists",
    "teams_list",
    "workbook",
    "zoom_list",
]
