"""Fair rooms: people with ranked wishes become seats, with reasons (W5, W6, W7).

:func:`allocate` seats everybody, :func:`reallocate` offers ways to go on when people come and go, :func:`explain` says why, and
:func:`check_plan` recomputes it all without the search. Method, source and limits: ``docs/methods/allocation.md``.
"""

from weerklank.allocation.allocating import allocate, explain, plan_from_seats
from weerklank.allocation.checking import Breach, BrokenPlan, Rule, breaches, breaches_over, check_plan
from weerklank.allocation.composing import compose_team
from weerklank.allocation.conflicts import Conflict, Demand, NoSeating, Part, PartKind, Repair, RepairKind
from weerklank.allocation.diagnosing import diagnose, parts_of
from weerklank.allocation.drawing_lots import draw_panel
from weerklank.allocation.effects import (
    Change,
    Effect,
    RoomReason,
    Step,
    explain_room,
    swap_options,
    weigh,
    what_if,
)
from weerklank.allocation.effort import Effort
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
from weerklank.allocation.proving import prove
from weerklank.allocation.reasons import Reason, WhyNot
from weerklank.allocation.reseating import BUDGETS, Option, Relocation, WhyMove, reallocate
from weerklank.allocation.team import Colleague, NoTeam, Role, Shares, Team, TeamCover, TeamPolicy, Want

__all__ = [
    "BUDGETS",
    "Audit",
    "Breach",
    "BrokenLottery",
    "BrokenPlan",
    "Burden",
    "Candidate",
    "Certificate",
    "Chance",
    "Change",
    "Choices",
    "Clash",
    "Colleague",
    "Conflict",
    "Demand",
    "Effect",
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
    "NoTeam",
    "Option",
    "Part",
    "PartKind",
    "Person",
    "Plan",
    "Policy",
    "Quota",
    "QuotaConflict",
    "QuotaLimit",
    "Reason",
    "Relocation",
    "Repair",
    "RepairKind",
    "Role",
    "Room",
    "RoomReason",
    "Rule",
    "Seat",
    "Shares",
    "Sheet",
    "Step",
    "Team",
    "TeamCover",
    "TeamPolicy",
    "Term",
    "Unit",
    "Want",
    "WhyMove",
    "WhyNot",
    "allocate",
    "bigbluebutton_groups",
    "bound_of",
    "breaches",
    "breaches_over",
    "changed",
    "check_lottery",
    "check_plan",
    "compose_team",
    "diagnose",
    "door_list",
    "draw_panel",
    "explain",
    "explain_room",
    "listed_from",
    "parts_of",
    "plain_cell",
    "plan_from_seats",
    "prove",
    "reallocate",
    "room_lists",
    "swap_options",
    "teams_list",
    "weigh",
    "what_if",
    "workbook",
    "zoom_list",
]
