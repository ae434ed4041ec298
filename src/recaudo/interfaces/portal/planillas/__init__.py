"""Planillas: the list, one with its lines, and the why of each amount."""
