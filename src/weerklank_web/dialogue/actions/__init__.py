"""What people do in a room: contributing, and making the room's own harvest."""
