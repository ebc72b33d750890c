"""Pages, one noun a file."""
