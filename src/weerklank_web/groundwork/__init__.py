"""What every app may stand on. A closed list: clock, errors, private links, rate limits, journal,
live doorbell, middleware, the quiet log. Nothing of a gathering belongs here."""
