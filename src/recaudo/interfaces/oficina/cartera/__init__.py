"""Glosas with their términos, and the daily close."""
