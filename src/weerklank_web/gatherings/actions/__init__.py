"""Verbs that write, one noun a file."""
