"""The command line: pure calculations, and work on the database that is dry by default."""
