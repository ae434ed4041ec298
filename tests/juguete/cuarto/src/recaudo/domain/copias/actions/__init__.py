"""The acts of this room: one file, one public function."""
