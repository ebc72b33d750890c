"""What is live: a doorbell, the hub that carries it, and the raw stream that browsers hold open.

The event carries a name, never data: the browser asks the same view again. Losing one costs nothing.
"""

from weerklank_web.groundwork.live.doorbell import CHANNEL, ring, ticket_for, topics_of

__all__ = ["CHANNEL", "ring", "ticket_for", "topics_of"]
