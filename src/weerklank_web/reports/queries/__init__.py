"""Reads: what a report is made from, and the editions that were made."""
