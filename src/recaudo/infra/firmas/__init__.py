"""What the audit must remember and the database may not change: a signed notebook outside it."""
