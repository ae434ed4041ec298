"""The documents of this room: one file each."""
