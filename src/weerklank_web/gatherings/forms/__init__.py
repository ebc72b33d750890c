"""Forms, one noun a file. They check and clean; they never save."""
