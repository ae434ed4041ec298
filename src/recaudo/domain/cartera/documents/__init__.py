"""The contents of this room's documents."""
