"""Deeds: wording, reading back, answering, telling."""
