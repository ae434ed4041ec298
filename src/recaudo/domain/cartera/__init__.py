"""Arrears: the daily close, mora, and the glosa with its término (C.D. 516 art. 129; rulebook cartera §1-§2).

Owns glosas, closed days and the events each deadline caused. States days closed, glosas emitted, notified,
paid. Challenges, agreements and títulos come with later rooms; nothing here offers them.
"""
