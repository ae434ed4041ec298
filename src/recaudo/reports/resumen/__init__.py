"""One page of totals: what was emitted, collected and is owed, each figure beside the ledger's."""
