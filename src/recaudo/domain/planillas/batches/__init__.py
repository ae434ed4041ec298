"""The set-based acts of this room."""
