"""The set-based steps of this room."""
