"""Statements, their reconciliation, and the money nobody could apply."""
