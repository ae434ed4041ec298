"""Files received from outside (batch files, bank statements), kept as they came, with their SHA-256."""
