"""Money in: comprobantes, bank statements, application in order, what could not be applied.

Source: C.D. 497 2.3.2.1; rulebook recaudación §5.6 and §6. Owns comprobantes, statements and
their lines, payments, applications, credits and values to identify.
States comprobantes generated and annulled, statements imported, money applied by hand.
"""
