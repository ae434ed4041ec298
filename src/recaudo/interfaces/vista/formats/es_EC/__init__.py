"""Formats of Spanish as written in Ecuador."""
