"""Playing the demonstration through the application's own actions, chapter by chapter."""
