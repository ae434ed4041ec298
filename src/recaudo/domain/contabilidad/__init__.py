"""The double-entry ledger: accounts by fund and state of the receivable (C.D. 497, DG 7.ª, 8.ª).

Owns accounts, entries (asientos), their lines (partidas) and the seals that prove nothing changed.
States that the ledger was sealed. Each upper room owns the pure function that turns its fact
into legs; here they are only posted.
"""
