"""Fair rooms: people with ranked wishes become seats, with reasons (W5, W6, W7).

:func:`allocate` seats everybody, :func:`reseat` whoever comes later, :func:`explain` says why, and
:func:`check_plan` recomputes it all without the search. Method, source and limits: ``docs/methods/allocation.md``.
"""

from weerklank.allocation.allocating import Effort, allocate, explain, plan_from_seats
from weerklank.allocation.checking import Breach, BrokenPlan, Rule, breaches, check_plan
from weerklank.allocation.conflicts import Conflict, Demand, NoSeating
from weerklank.allocation.drawing_lots import draw_panel
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
from weerklank.allocation.lottery import Certificate, Chance, Lottery
from weerklank.allocation.lottery_checking import BrokenLottery, bound_of, check_lottery
from weerklank.allocation.no_panel import Clash, NoPanel, QuotaConflict, QuotaLimit
from weerklank.allocation.plan import Audit, Burden, Choices, Floor, Move, Plan, Seat, Term, Unit
from weerklank.allocation.pool import Candidate, Quota
from weerklank.allocation.reasons import Reason, WhyNot
from weerklank.allocation.reseating import reseat

__all__ = [
    "Audit",
    "Breach",
    "BrokenLottery",
    "BrokenPlan",
    "Burden",
    "Candidate",
    "Certificate",
    "Chance",
    "Choices",
    "Clash",
    "Conflict",
    "Demand",
    "Effort",
    "Event",
    "Floor",
    "Groups",
    "Listed",
    "Lottery",
    "Meetings",
    "Move",
    "NoPanel",
    "NoSeating",
    "Person",
    "Plan",
    "Policy",
    "Quota",
    "QuotaConflict",
    "QuotaLimit",
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
    "bound_of",
    "breaches",
    "changed",
    "check_lottery",
    "check_plan",
    "door_list",
    "draw_panel",
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
