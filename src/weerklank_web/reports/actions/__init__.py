"""Making and sharing reports; taking in notes."""
