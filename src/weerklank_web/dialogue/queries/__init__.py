"""Reads of the rooms: the board, the harvest, and what a participant's own words are."""
