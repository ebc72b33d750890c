"""From votes to an honest map, and to groups only when they are real.

Method, source and limits: ``docs/methods/opinion.md``.
"""

from weerklank.opinion.votes import Canonical, Convention, Votes

__all__ = ["Canonical", "Convention", "Votes"]
