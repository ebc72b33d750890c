"""Forms of this app. They check; they never save."""
