"""The monthly bill: planilla, one line per worker, its obligación, its distribution by fund and its
ledger entry in one transaction (C.D. 497 DG 7.ª and 8.ª).

Owns planillas, lines, emission lots and the small tables the law makes for SQL to join.
States that a period was emitted.
"""
