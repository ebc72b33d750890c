"""The records of the demo content, one noun a file."""
