"""Screens of the copies: list, sheet, act."""
