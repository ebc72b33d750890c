"""Pages that belong to no single part of the journey."""
