"""Pure calculations at the command line: no database, an answer in under a second."""
