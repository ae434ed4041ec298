"""Batch files of payroll events: send one, read what became of each row."""
