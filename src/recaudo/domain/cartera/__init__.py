"""Arrears: the daily close, mora and the glosa with its término (C.D. 516 art. 129; LSS 89).

Owns glosas and closed days. States days closed, debts in arrears,
glosas emitted, notified, expired and paid. Challenges, agreements and títulos come with later
rooms; nothing here offers them.
"""
