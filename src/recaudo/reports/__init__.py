"""The floor of reports: one module per report, read only, with control totals against the ledger."""
