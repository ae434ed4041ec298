"""Debts that no planilla asks for: costs, fines, resolutions; each with its own page."""
