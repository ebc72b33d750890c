"""What this app asks the library: the format, evidence, suggestions, disclosure."""
