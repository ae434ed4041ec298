"""Payroll events: their kinds, deadlines, open periods, and when one may enter (LSS art. 73)."""
