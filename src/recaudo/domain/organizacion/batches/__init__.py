"""The set-based steps that the acts of this room use."""
