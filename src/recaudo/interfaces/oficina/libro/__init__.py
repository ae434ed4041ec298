"""The ledger: trial balance, journal, one entry, seals."""
