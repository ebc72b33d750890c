"""Weerklank: from conversation to answer.

The library half. Pure Python: no web framework, no database, no network, no clock.
"""

__version__ = "0.1.0"
