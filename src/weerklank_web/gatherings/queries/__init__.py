"""Reads of this app, one noun a file."""
