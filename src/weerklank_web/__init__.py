"""The web half of Weerklank. Stands on the library, never the reverse."""
