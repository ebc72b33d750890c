"""Pages of the rooms: the board, changing words, the harvest, typing in."""
