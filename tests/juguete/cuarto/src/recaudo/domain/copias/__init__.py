"""Certified copies of a case file: who asked, what they cost, whether they were paid.

Owns the orders of copies. States that one was settled, told to the lawyer who asked for it, left
unpaid, closed, paid. The example room of `docs/guias/agregar-un-cuarto.md`: no norm is behind it.
"""
