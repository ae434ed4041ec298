"""The channels that this room brings."""
