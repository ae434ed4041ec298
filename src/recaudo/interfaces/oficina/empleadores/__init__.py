"""The registry seen by the office: search, and one employer whole."""
