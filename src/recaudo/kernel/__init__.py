"""Plain values every floor shares: money, periods, identifications, states, reasons, refusals.

No Django and no law here. Import from the modules, not from this package.
"""
