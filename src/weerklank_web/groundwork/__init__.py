"""What every app may stand on. A closed list: clock, dates in words, errors, private links, rate limits, journal,
live doorbell, middleware, the quiet log; and the look: the house, forms, widgets, template tags. Nothing of a
gathering belongs here."""
