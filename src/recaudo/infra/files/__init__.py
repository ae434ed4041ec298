"""Files received from outside (batch files, statements), kept as they came, with their SHA-256."""
