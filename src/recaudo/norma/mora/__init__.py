"""Interest on arrears (LSS 89)."""
