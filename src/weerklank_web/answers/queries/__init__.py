"""Reads: the bench, reading back, the desk, what came of it."""
