"""The audit: every money and legal invariant as a query that must return no rows.

One file per invariant in `sql/`, or a function in `calculadas.py` when the law has to be asked
again.
"""
