"""Data: the sentences of a report, one file per language."""
