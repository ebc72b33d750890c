"""The one gate for every shown count of people (G4, §7.4 of the domain notes).

Four ways through, and no fifth:

* :func:`release`: exact numbers, as margins of one population, together, once. :func:`disclose` is its
  form for a single table.
* :func:`at_least`: one number in steps of k ("minstens 10"), for groups that overlap: people behind a
  message, people so far.
* :func:`coarse_share`: a share on a grid of k people or more, for answers to many things at once (votes).
* :func:`turnout`: registered and present, apart, with their share.

:func:`reveals` plays the attacker on what was published. Method, source and limits:
``docs/methods/disclosure.md``.
"""

from weerklank.disclosure.audit import Leak, reveals
from weerklank.disclosure.figures import Figure, Shown, at_least, coarse_share, share, share_grid, whole
from weerklank.disclosure.release import AlreadyReleased, Release, release
from weerklank.disclosure.suppression import Disclosed, Together, Within, disclose
from weerklank.disclosure.turnout import Turnout, turnout
from weerklank.disclosure.wording import explanation

__all__ = [
    "AlreadyReleased",
    "Disclosed",
    "Figure",
    "Leak",
    "Release",
    "Shown",
    "Together",
    "Turnout",
    "Within",
    "at_least",
    "coarse_share",
    "disclose",
    "explanation",
    "release",
    "reveals",
    "share",
    "share_grid",
    "turnout",
    "whole",
]
