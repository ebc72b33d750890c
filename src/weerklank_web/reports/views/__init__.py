"""Pages of reports: making and sharing editions, reading them, taking in notes."""
