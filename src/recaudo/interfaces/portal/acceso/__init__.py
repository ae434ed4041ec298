"""Entering, leaving, and choosing for which employer one acts."""
