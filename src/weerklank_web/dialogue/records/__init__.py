"""The tables: what was said, the harvest of a room, propositions and votes."""
