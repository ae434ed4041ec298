"""Content of each document of this room, and its template."""
