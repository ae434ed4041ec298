"""The floor of reports: one module each, read only, with control totals against the ledger."""
