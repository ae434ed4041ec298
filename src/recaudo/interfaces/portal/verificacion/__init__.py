"""Public verification of documents, by code or by file."""
