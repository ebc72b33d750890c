"""The tables of this app, one noun a file."""
