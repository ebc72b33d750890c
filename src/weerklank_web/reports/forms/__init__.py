"""Forms of reports and notes. They check; they never save."""
